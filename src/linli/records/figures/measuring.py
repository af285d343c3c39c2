"""Simple figures measured straight from the rows they count, in all or by groups.

Figures of the same rows are measured together: one query for all of them, and one for each kind of span.
What is kept of figures of events as sums is read by `sums`; `compute` asks there first.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, cast

import numpy as np
from django.apps import apps
from django.db.models import Aggregate, Avg, Count, F, FloatField, Max, Min, Model, QuerySet, Sum, Value
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext_lazy as _

from linli.core.calendar_table import calendar_for
from linli.core.errors import InvalidInput
from linli.records.figures.definitions import Figure, dates_of, is_several, walk
from linli.records.figures.words import Number
from linli.records.types import Measure, RecordType, record_type

Groups = list[tuple[Any, Number]]
PLACES: Final = ("county", "street", "community")
# Names that no model has.
KEYS: Final = ("told_by", "told_by_month")


def how(figure: Figure) -> str:
    """How a simple figure measures: `count`, `sum`, `average` and so on."""
    return figure.measure if isinstance(figure.measure, str) else next(iter(figure.measure))


class Percentile(Aggregate):
    """PostgreSQL's percentile_cont."""

    name = "percentile"
    template = "percentile_cont(%(fraction)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


def measured_rows(figures: Sequence[Figure], found: QuerySet[Any]) -> list[Number]:
    """What each of these figures measures of these rows; None where nothing has a value."""
    return [groups[0][1] if groups else None for groups in _measured(figures, found, ())]


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


def _pairs(found: QuerySet[Any], measure: Measure) -> QuerySet[Any]:
    """Begin and end of each span, and how many times they are `times`: days repeat, moments hardly ever."""
    complete = found.exclude(**{f"{measure.start}__isnull": True}).exclude(**{f"{measure.end}__isnull": True})
    if not measure.working:
        keys = [measure.start, measure.end, *(key for key in KEYS if key in found.query.annotations)]
        complete = complete.order_by().values(*keys)
    counted: QuerySet[Any] = complete.annotate(times=Value(1) if measure.working else Count("pk"))
    return counted


def _lengths(measure: Measure, pairs: Sequence[tuple[Any, Any, int]]) -> Any:
    """Spans in working minutes of the lawful calendar, or in calendar days between two dates."""
    begins, ends, _times = zip(*pairs, strict=True)
    if measure.working:
        return calendar_for().working_minutes_between_many(begins, ends)
    return [(end - begin).days for begin, end in zip(begins, ends, strict=True)]


def spanned(how: str, lengths: Sequence[int], times: Sequence[int]) -> Number:
    """What spans come to, each of which was met so many times; between two of them a percentile is in proportion."""
    order = np.argsort(lengths, kind="stable")
    values, counts = np.asarray(lengths, dtype=np.int64)[order], np.asarray(times, dtype=np.int64)[order]
    whole: dict[str, Any] = {"min": values[0], "max": values[-1], "sum": values @ counts}
    if how in whole:
        return Decimal(int(whole[how]))
    if how == "average":
        return Decimal(int(values @ counts)) / int(counts.sum())
    ends = counts.cumsum()
    # The place of the percentile among all, counted in tenths from the first, so that nothing is rounded.
    place, tenths = divmod({"median": 5, "p90": 9}[how] * (int(ends[-1]) - 1), 10)
    below, above = (int(values[np.searchsorted(ends, at, "right")]) for at in (place, place + (tenths > 0)))
    return below + Decimal((above - below) * tenths) / 10


def grouped_rows(
    figures: Sequence[Figure], found: QuerySet[Any], by: str, *, months: bool = False, ids: bool = False
) -> list[Groups]:
    """What each of these figures measures of these rows by month, street or another dimension.

    With months by those too, under pairs of both; places by their names, or by their ids.
    """
    kind = record_type(figures[0].of)
    found = found.annotate(told_by=_month(kind, figures[0]) if by == "month" else _key(kind, by))
    if months:
        found = found.annotate(told_by_month=_month(kind, figures[0]))
    several = _measured(figures, found, KEYS if months else KEYS[:1])
    return several if by not in PLACES or ids else [named(groups) for groups in several]


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


def _measured(figures: Sequence[Figure], found: QuerySet[Any], keys: Sequence[str]) -> list[Groups]:
    """Figures by the values of what was annotated under these keys, under pairs where they are two, or in all."""
    kind = record_type(figures[0].of)
    spans = {n: span for n, figure in enumerate(figures) if (span := _spans(kind, figure)) is not None}
    plain = {f"n{n}": _expression(kind, figure, keys) for n, figure in enumerate(figures) if n not in spans}
    told: list[Groups] = [[] for _figure in figures]
    for *key, numbers in _told(found, plain, keys):
        for name, value in zip(plain, numbers, strict=True):
            told[int(name[1:])].append((_one(key), decimal(value)))
    measures = {measure.code: measure for _how, measure in spans.values()}
    lengths = {code: _lengths_by(found, measure, keys) for code, measure in measures.items()}
    for n, (how, measure) in spans.items():
        told[n] = [(key, spanned(how, *values)) for key, values in lengths[measure.code]]
    return told


def multiplies(figure: Figure) -> bool:
    """Whether measuring this looks at a row several times, so that nothing else of it is measured beside."""
    kind = record_type(figure.of)
    if isinstance(figure.measure, str) or _spans(kind, figure):
        return False
    return is_several(kind, distinct_path(kind, next(iter(figure.measure.values()))))


def _told(found: QuerySet[Any], plain: Mapping[str, Aggregate], keys: Sequence[str]) -> Iterable[Sequence[Any]]:
    """What these expressions come to, after the values of the keys."""
    if plain and keys:
        counted = found.values(*keys).annotate(**plain).order_by(*keys).values_list(*keys, *plain)
        for row in counted:
            yield *row[: len(keys)], row[len(keys) :]
    elif plain:
        yield (list(found.aggregate(**plain).values()),)


def _expression(kind: RecordType, figure: Figure, keys: Sequence[str]) -> Aggregate:
    """The database's aggregate for what is no span; a row that lies in a place several times counts there once."""
    if figure.measure == "count":
        return Count("pk", distinct=True) if keys and is_several(kind, kind.place) else Count("*")
    how, name = next(iter(cast(dict[str, str], figure.measure).items()))
    if how == "distinct":
        return Count(distinct_path(kind, name), distinct=True)
    return aggregate(how, (kind.measure(name) or Measure(name, "number")).lookup)


def _one(key: Sequence[Any]) -> Any:
    return tuple(key) if len(key) > 1 else next(iter(key), None)


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


def _lengths_by(found: QuerySet[Any], measure: Measure, keys: Sequence[str]) -> list[tuple[Any, tuple[Any, Any]]]:
    """The spans of each group and how many times each, in one query."""
    pairs: dict[Any, list[tuple[Any, Any, int]]] = {}
    spans = _pairs(found, measure).order_by(*keys).values_list(*keys, measure.start, measure.end, "times")
    for *key, start, end, times in spans:
        pairs.setdefault(_one(key), []).append((start, end, times))
    return [(key, (_lengths(measure, items), [times for *_span, times in items])) for key, items in pairs.items()]


def decimal(value: Any) -> Number:
    """A number of the database as figures compute with it."""
    return None if value is None else Decimal(str(value))
