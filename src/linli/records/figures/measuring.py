"""A simple figure measured straight from the rows it counts: one query each, whatever is measured, in all or by groups.

What is kept of figures of events as sums is read by `sums`; `compute` asks there first.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final, cast

import numpy as np
from django.apps import apps
from django.db.models import Aggregate, Avg, Count, F, FloatField, Max, Min, Model, QuerySet, Sum, Value
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext_lazy as _

from linli.core.calendar_table import calendar_for
from linli.core.errors import InvalidInput
from linli.records.figures.definitions import Figure, dates_of, walk
from linli.records.figures.words import Number
from linli.records.types import Measure, RecordType, record_type

Groups = list[tuple[Any, Number]]
PLACES: Final = ("county", "street", "community")
KEYS: Final = ("key", "key_month")


def how(figure: Figure) -> str:
    """How a simple figure measures: `count`, `sum`, `average` and so on."""
    return figure.measure if isinstance(figure.measure, str) else next(iter(figure.measure))


class Percentile(Aggregate):
    """PostgreSQL's percentile_cont."""

    name = "percentile"
    template = "percentile_cont(%(fraction)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


def measured_rows(figure: Figure, found: QuerySet[Any]) -> Number:
    """What a simple figure measures of these rows; None where nothing of the kind was ever recorded or has a value."""
    kind = record_type(figure.of)
    if figure.measure == "count":
        count = found.count()
        return Decimal(count) if count or kind.rows().exists() else None
    how, name = next(iter(cast(dict[str, str], figure.measure).items()))
    if how == "distinct":
        count = found.aggregate(n=Count(distinct_path(kind, name), distinct=True))["n"]
        return Decimal(count) if count or kind.rows().exists() else None
    measure = kind.measure(name)
    assert measure is not None, f"unchecked measure {name}"
    if measure.kind == "duration":
        return _duration(how, measure, found)
    return decimal(found.aggregate(n=aggregate(how, measure.lookup))["n"])


def distinct_path(kind: RecordType, name: str) -> str:
    """The ORM path of what is counted once each."""
    measure = kind.measure(name)
    if measure is not None:
        return measure.lookup
    found = walk(kind, name)
    return found[0] if found else name


def aggregate(how: str, path: str) -> Aggregate:
    """The database's aggregate for a measure."""
    plain: dict[str, Any] = {"sum": Sum, "average": Avg, "min": Min, "max": Max}
    if how in plain:
        return cast(Aggregate, plain[how](path))
    return Percentile(F(path), fraction={"median": 0.5, "p90": 0.9}[how])


def _duration(how: str, measure: Measure, found: QuerySet[Any]) -> Number:
    """Durations in working minutes of the lawful calendar, or in calendar days between two dates."""
    pairs = list(_pairs(found, measure).values_list(measure.start, measure.end, "times"))
    return _spanned(how, measure, pairs) if pairs else None


def _pairs(found: QuerySet[Any], measure: Measure) -> QuerySet[Any]:
    """Begin and end of each span, and how many times they are `times`: days repeat, moments hardly ever."""
    complete = found.exclude(**{f"{measure.start}__isnull": True}).exclude(**{f"{measure.end}__isnull": True})
    if not measure.working:
        keys = [measure.start, measure.end, *(key for key in KEYS if key in found.query.annotations)]
        complete = complete.order_by().values(*keys)
    counted: QuerySet[Any] = complete.annotate(times=Value(1) if measure.working else Count("pk"))
    return counted


def _spanned(how: str, measure: Measure, pairs: Sequence[tuple[Any, Any, int]]) -> Number:
    if measure.working:
        begins, ends, _times = zip(*pairs, strict=True)
        spans = calendar_for().working_minutes_between_many(begins, ends)
    else:
        spans = np.repeat([(b - a).days for a, b, _n in pairs], [n for _a, _b, n in pairs])
    values: dict[str, Any] = {"average": np.mean, "min": np.min, "max": np.max, "sum": np.sum}
    if how in values:
        return decimal(float(values[how](spans)))
    return decimal(float(np.percentile(spans, {"median": 50, "p90": 90}[how])))


def grouped_rows(figure: Figure, found: QuerySet[Any], by: str, *, months: bool = False, ids: bool = False) -> Groups:
    """What a simple figure measures of these rows by month, street or another dimension, in one query.

    With months by those too, under pairs of both; places by their names, or by their ids.
    """
    kind = record_type(figure.of)
    found = found.annotate(key=_month(kind, figure) if by == "month" else _key(kind, by))
    if months:
        found = found.annotate(key_month=_month(kind, figure))
    groups = _grouped(kind, figure, found, KEYS if months else KEYS[:1])
    return groups if by not in PLACES or ids else named(groups)


def _month(kind: RecordType, figure: Figure) -> TruncMonth:
    return TruncMonth(dates_of(kind)[figure.by] if figure.by else (kind.dates or kind.span or ("",))[0])


def _key(kind: RecordType, by: str) -> F:
    if by in PLACES:
        return F(f"{kind.place}__{by}_id" if kind.place else f"{by}_id")
    path = walk(kind, by)
    if path is None:
        raise InvalidInput(
            "figure.unknown_dimension",
            _("“%(of)s” has no dimension “%(name)s”. Known are: %(known)s."),
            of=kind.code,
            name=by,
            known="",
        )
    return F(path[0])


def _grouped(kind: RecordType, figure: Figure, found: QuerySet[Any], keys: Sequence[str]) -> Groups:
    """A simple figure by the values of what was annotated under these keys, under pairs where they are two."""
    spans = _spans(kind, figure)
    if spans is not None:
        return _grouped_spans(found, *spans, keys)
    if figure.measure == "count":
        expression: Aggregate = Count("pk")
    else:
        how, name = next(iter(cast(dict[str, str], figure.measure).items()))
        expression = (
            Count(distinct_path(kind, name), distinct=True)
            if how == "distinct"
            else aggregate(how, (kind.measure(name) or Measure(name, "number")).lookup)
        )
    counted = found.values(*keys).annotate(n=expression).order_by(*keys).values_list(*keys, "n")
    return [(_one(key), decimal(n)) for *key, n in counted]


def _one(key: Sequence[Any]) -> Any:
    return key[0] if len(key) == 1 else tuple(key)


def named(groups: Groups) -> Groups:
    """Groups by the id of a place as groups by its name: joining the names to every row costs more than counting."""
    places: type[Model] = apps.get_model("territory.Place")
    names = dict(places._default_manager.filter(pk__in=[key for key, _n in groups if key]).values_list("pk", "name"))
    return sorted(((names.get(key), n) for key, n in groups), key=lambda group: (group[0] is None, group[0] or ""))


def _spans(kind: RecordType, figure: Figure) -> tuple[str, Measure] | None:
    """How a duration is measured, where the figure measures one."""
    if isinstance(figure.measure, str):
        return None
    how, name = next(iter(figure.measure.items()))
    measure = kind.measure(name)
    return (how, measure) if measure is not None and measure.kind == "duration" else None


def _grouped_spans(found: QuerySet[Any], how: str, measure: Measure, keys: Sequence[str]) -> Groups:
    """Durations by the values of what was annotated under these keys, in one query."""
    pairs: dict[Any, list[tuple[Any, Any, int]]] = {}
    spans = _pairs(found, measure).order_by(*keys).values_list(*keys, measure.start, measure.end, "times")
    for *key, start, end, times in spans:
        pairs.setdefault(_one(key), []).append((start, end, times))
    return [(key, _spanned(how, measure, items)) for key, items in pairs.items()]


def decimal(value: Any) -> Number:
    """A number of the database as figures compute with it."""
    return None if value is None else Decimal(str(value))
