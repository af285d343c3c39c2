"""A figure's conditions and period as one filter: ORM only, so that every figure is one QuerySet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db.models import Count, Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from linli.core import clock
from linli.core.errors import InvalidInput
from linli.records.figures.definitions import Figure, Period, Span, dates_of, is_several, walk
from linli.records.types import RecordType, record_type


@dataclass(frozen=True, slots=True)
class Scope:
    """The part of the territory that is counted: a division's path, or everything."""

    code: str = ""
    path: str = ""


EVERYWHERE = Scope()


def rows(figure: Figure, at: date, scope: Scope = EVERYWHERE) -> QuerySet[Any]:
    """The rows that a simple figure counts on a day within a scope."""
    kind = record_type(figure.of)
    found = kind.rows().filter(within_period(kind, figure.period, figure.by, at))
    found = found.filter(condition(kind, figure.where, at))
    return found.filter(within_scope(kind, scope))


def within_scope(kind: RecordType, scope: Scope) -> Q:
    """The filter of a scope; rows of several places count once."""
    if not scope.path:
        return Q()
    lookup = f"{kind.place}__path" if kind.place else "path"
    matching = Q(**{f"{lookup}__startswith": scope.path})
    return Q(pk__in=kind.rows().filter(matching).values("pk")) if is_several(kind, kind.place) else matching


def within_groups(kind: RecordType, scope: Scope) -> Q:
    """The filter of the places under which a row is told within a scope, where it may have some beside it."""
    beside = scope.path and is_several(kind, kind.place)
    return Q(**{f"{kind.place}__path__startswith": scope.path}) if beside else Q()


def bounds(period: Period, at: date) -> tuple[date | None, date]:
    """The first and last day of a period seen from a day."""
    if isinstance(period, Span):
        return period.start, min(period.end, at) if period.end else at
    if period in ("year_to_date", "year"):
        return date(at.year, 1, 1), at
    if period == "month":
        return at.replace(day=1), at
    if period == "quarter":
        return date(at.year, 3 * ((at.month - 1) // 3) + 1, 1), at
    if period == "last_month":
        last = at.replace(day=1) - timedelta(days=1)
        return last.replace(day=1), last
    return None, at


def within_period(kind: RecordType, period: Period, by: str, at: date) -> Q:
    """The filter of a period. A state counts on the days of its span; an undated event counts in no range."""
    if kind.span and period == "as_of" and not by:
        since, until = kind.span
        begun = Q(**{f"{since}__isnull": True}) | Q(**{f"{since}__lte": at})
        return begun & (Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gt": at}))
    name = dates_of(kind)[by] if by else (kind.dates[0] if kind.dates else kind.span[0] if kind.span else "")
    if not name:
        return Q()
    first, last = bounds(period, at)
    moment = kind.rows().model._meta.get_field(name).get_internal_type() == "DateTimeField"
    limits = Q(**{f"{name}__lt": clock.day_end(last)}) if moment else Q(**{f"{name}__lte": last})
    if first is not None:
        limits &= Q(**{f"{name}__gte": clock.day_start(first) if moment else first})
    return limits


def condition(kind: RecordType, where: Mapping[str, Any], at: date) -> Q:
    """All conditions together as one filter."""
    result = Q()
    for name, value in where.items():
        if name == "has":
            for item in value if isinstance(value, list) else [value]:
                result &= _has(kind, item, at)
        elif name == "any":
            either = Q(pk__in=[])
            for item in value:
                either |= condition(kind, item, at)
            result &= either
        else:
            result &= _holds(kind, name, value)
    return result


def _holds(kind: RecordType, name: str, value: Any) -> Q:
    found = walk(kind, name)
    assert found is not None, f"unchecked dimension {name}"
    path, dimension = found
    shape = dimension.type if dimension is not None else ""
    return _match("" if path == "place" and kind.place == "" else path, value, shape)


def _match(path: str, value: Any, shape: str) -> Q:
    if isinstance(value, Mapping):
        if "not" in value:
            other = ~_match(path, value["not"], shape)
            return other if _is_none(value["not"]) else other | Q(**{f"{path}__isnull": True})
        if "within" in value:
            return _below(path, str(value["within"]))
        limits = Q()
        for word, lookup in (("from", "gte"), ("to", "lte")):
            if value.get(word) is not None:
                limits &= Q(**{f"{path}__{lookup}": value[word]})
        return limits
    if _is_none(value):
        empty = Q(**{f"{path}__isnull": True})
        nothing: Any = [] if shape == "list" else ""
        return empty if shape == "reference" or value is None else empty | Q(**{path: nothing})
    return _is(path, value, shape)


def _is(path: str, value: Any, shape: str) -> Q:
    """The filter of one value or several; a list has one of them in it."""
    if shape == "list":
        return reduce(or_, (Q(**{f"{path}__contains": [item]}) for item in _several(value)), Q(pk__in=[]))
    if isinstance(value, list | tuple):
        return Q(**{f"{path}__in": list(value)})
    return Q(**{path: value})


def _several(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _is_none(value: Any) -> bool:
    return value is None or bool(value == "none")


def _below(path: str, code: str) -> Q:
    places: type[Model] = apps.get_model("territory.Place")
    place = places._default_manager.filter(code=code).order_by("until", "-id").values("path", "grid_path").first()
    if place is None:
        raise InvalidInput("figure.unknown_place", _("There is no place with the code “%(code)s”."), code=code)
    lookup = "grid_path" if place["grid_path"] else "path"
    return Q(**{f"{path}__{lookup}__startswith" if path else f"{lookup}__startswith": place[lookup]})


def _has(kind: RecordType, item: Mapping[str, Any], at: date) -> Q:
    """Rows that have (so many) rows of another type on the same place, person or reference."""
    other = record_type(item["of"])
    own, theirs = _joined(kind, other, item.get("on", "place"))
    found = other.rows().filter(within_period(other, item.get("period", "as_of"), item.get("by", ""), at))
    found = found.filter(condition(other, item.get("where", {}), at)).exclude(**{f"{theirs}__isnull": True})
    counted = found.order_by().values(theirs).annotate(have=Count("pk", distinct=True))
    if "exactly" in item and item["exactly"] > 0:
        return Q(**{f"{own}__in": counted.filter(have=item["exactly"]).values(theirs)})
    if "exactly" in item or "at_most" in item:
        most = item.get("at_most", 0)
        return ~Q(**{f"{own}__in": counted.filter(have__gt=most).values(theirs)})
    least = item.get("at_least", 1)
    wanted = counted.filter(have__gte=least).values(theirs) if least > 1 else found.order_by().values(theirs)
    return Q(**{f"{own}__in": wanted})


def _joined(kind: RecordType, other: RecordType, on: str) -> tuple[str, str]:
    """The paths on both sides that must agree."""

    def side(one: RecordType) -> str:
        if on == "place":
            return one.place or "pk"
        if one.code == on:
            return "pk"
        dimension = one.dimension(on)
        if dimension is None:
            raise InvalidInput(
                "figure.unknown_dimension",
                _("“%(of)s” has no dimension “%(name)s”. Known are: %(known)s."),
                of=one.code,
                name=on,
                known="",
            )
        return dimension.lookup

    return side(kind), side(other)
