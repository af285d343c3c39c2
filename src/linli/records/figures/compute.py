"""Computing figures: values with numerator and denominator, rounded half up; not collected is never 0."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, cast
from urllib.parse import urlencode

import numpy as np
from django.apps import apps
from django.db.models import Aggregate, Avg, Count, F, FloatField, Max, Min, Model, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext_lazy as _

from linli.core.calendar_table import calendar_for
from linli.core.errors import InvalidInput, NotFound
from linli.records import profiles
from linli.records.figures.compile import EVERYWHERE, Scope, bounds, condition, rows
from linli.records.figures.definitions import Figure, FiguresSection, Period, check_one, dates_of, leaf, walk
from linli.records.figures.words import Number, label, number, sentence, wording
from linli.records.models import FigureDefinition
from linli.records.types import Measure, RecordType, record_type

__all__ = ["label", "leaf", "number", "sentence", "wording"]
PLACES = ("county", "street", "community")


class Percentile(Aggregate):
    """PostgreSQL's percentile_cont."""

    name = "percentile"
    template = "percentile_cont(%(fraction)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


@dataclass(frozen=True, slots=True)
class FigureValue:
    """A figure as it is printed: its value, what it is a part of, and the days it speaks of."""

    figure: Figure
    value: Number
    exact: Number
    numerator: Number
    denominator: Number
    period: tuple[date | None, date]
    as_of: date
    scope: str

    @property
    def label(self) -> str:
        """What the figure is called."""
        return label(self.figure)

    @property
    def query(self) -> str:
        """The day and the scope as an address has them; without a scope where everything was counted."""
        asked = {"at": self.as_of.isoformat(), "scope": self.scope}
        return urlencode({name: value for name, value in asked.items() if value})

    def as_dict(self) -> dict[str, Any]:
        """The figure's JSON document (design section 5)."""
        figure = self.figure
        start, end = self.period
        return {
            "id": figure.id,
            "refs": list(figure.refs),
            "label": label(figure),
            "value": number(self.value),
            "exact": number(self.exact),
            "unit": figure.unit,
            "period": {"from": start.isoformat() if start else None, "to": end.isoformat()},
            "as_of": self.as_of.isoformat(),
            "wording": wording(figure, self.value),
            "numerator": number(self.numerator),
            "denominator": number(self.denominator),
            "rows_url": f"/figures/{figure.id}/?{self.query}",
        }


def book() -> dict[str, Figure]:
    """All figures in force: the profile's, then those that administrators added."""
    figures = {figure.id: figure for figure in profiles.current().section(FiguresSection).figures}
    for row in FigureDefinition.objects.order_by("code"):
        figures[row.code] = Figure.model_validate(row.definition)
    return figures


def book_over(period: Period | None) -> dict[str, Figure]:
    """All figures, those of events over this period instead of their own; a state counts on its day as ever."""
    figures = book()
    if period is None:
        return figures
    return {
        code: figure.model_copy(update={"period": period}) if figure.of and figure.period != "as_of" else figure
        for code, figure in figures.items()
    }


def parsed(definition: Mapping[str, Any]) -> Figure:
    """A definition as a figure. Raises: figure.malformed."""
    try:
        return Figure.model_validate(definition)
    except ValueError as error:
        raise InvalidInput("figure.malformed", "%(reason)s", reason=str(error)) from error


def preview(definition: Mapping[str, Any], at: date, scope: Scope = EVERYWHERE) -> FigureValue:
    """The value that a definition would have, before it is kept."""
    figure = parsed(definition)
    figures = book() | {figure.id: figure}
    check_one(figure, figures)
    return value_of(figure, at, scope, figures)


def figure_of(figure_id: str) -> Figure:
    """The figure with this id. Raises: figure.unknown."""
    found = book().get(figure_id)
    if found is None:
        raise NotFound("figure.unknown", _("There is no figure “%(id)s”."), id=figure_id)
    return found


def scope_of(code: str) -> Scope:
    """The scope that a place's code names. Raises: scope.unknown."""
    if not code:
        return Scope()
    places: type[Model] = apps.get_model("territory.Place")
    path = places._default_manager.filter(code=code).order_by("until", "-id").values_list("path", flat=True).first()
    if path is None:
        raise InvalidInput("scope.unknown", _("There is no place with the code “%(code)s”."), code=code)
    return Scope(code, path)


def compute(
    figure_id: str, at: date, scope: Scope = EVERYWHERE, figures: Mapping[str, Figure] | None = None
) -> FigureValue:
    """One figure on a day within a scope, of the book or of figures over another period."""
    figures = figures or book()
    if figure_id not in figures:
        raise NotFound("figure.unknown", _("There is no figure “%(id)s”."), id=figure_id)
    return value_of(figures[figure_id], at, scope, figures)


def compute_many(
    at: date, scope: Scope = EVERYWHERE, ids: Iterable[str] = (), figures: Mapping[str, Figure] | None = None
) -> list[FigureValue]:
    """Several figures, in the order of the book; all where no ids are given."""
    figures = figures or book()
    wanted = set(ids)
    unknown = wanted - set(figures)
    if unknown:
        raise NotFound("figure.unknown", _("There is no figure “%(id)s”."), id=", ".join(sorted(unknown)))
    return [value_of(figure, at, scope, figures) for figure in figures.values() if not wanted or figure.id in wanted]


def value_of(figure: Figure, at: date, scope: Scope, figures: Mapping[str, Figure]) -> FigureValue:
    """A definition's value, whether it is in the book or only being tried out."""
    exact, numerator, denominator = _exact(figure, at, scope, figures)
    base = leaf(figure, figures)
    return FigureValue(
        figure, rounded(exact, figure.decimals), exact, numerator, denominator, bounds(base.period, at), at, scope.code
    )


def rounded(exact: Number, decimals: int) -> Number:
    """A value rounded half up, as it is printed."""
    return None if exact is None else exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _exact(figure: Figure, at: date, scope: Scope, figures: Mapping[str, Figure]) -> tuple[Number, Number, Number]:
    if figure.of:
        value = measured(figure, at, scope)
        return value, value, None
    if figure.ratio:
        above = _exact(figures[figure.ratio.of], at, scope, figures)[0]
        below = _exact(figures[figure.ratio.over], at, scope, figures)[0]
        return _divided(above, below, Decimal(str(figure.ratio.times))), above, below
    if figure.share:
        base = figures[figure.share.of]
        kind = record_type(base.of)
        whole = rows(base, at, scope)
        part = Decimal(whole.filter(condition(kind, figure.share.where, at)).count())
        total = Decimal(whole.count())
        return _divided(part, total, Decimal(100)), part, total
    if figure.change:
        return _changed(figure, at, scope, figures)
    return _extreme(figure, at, scope, figures), None, None


def _divided(above: Number, below: Number, times: Decimal) -> Number:
    return None if above is None or not below else above * times / below


def _changed(figure: Figure, at: date, scope: Scope, figures: Mapping[str, Figure]) -> tuple[Number, Number, Number]:
    change = figure.change
    assert change is not None
    now = _exact(figures[change.of], at, scope, figures)[0]
    if change.against in figures:
        then = _exact(figures[change.against], at, scope, figures)[0]
    else:
        then = _exact(figures[change.of], earlier(at, change.against), scope, figures)[0]
    if now is None or then is None:
        return None, now, then
    if change.as_ == "percent":
        return _divided(now - then, then, Decimal(100)), now, then
    return now - then, now, then


def earlier(at: date, against: str) -> date:
    months = {"last_year": 12, "last_quarter": 3, "last_month": 1}[against]
    total = at.year * 12 + at.month - 1 - months
    year, month = divmod(total, 12)
    for day in (at.day, 30, 29, 28):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def _extreme(figure: Figure, at: date, scope: Scope, figures: Mapping[str, Figure]) -> Number:
    each = figure.lowest or figure.highest or figure.mean
    assert each is not None
    groups = [value for _key, value in grouped(figures[each.of], at, scope, each.each) if value is not None]
    if not groups:
        return None
    if figure.lowest:
        return min(groups)
    return max(groups) if figure.highest else sum(groups, Decimal(0)) / len(groups)


def measured(figure: Figure, at: date, scope: Scope) -> Number:
    """A simple figure's value; None where nothing of the kind was ever recorded, or nothing can be measured."""
    kind = record_type(figure.of)
    found = rows(figure, at, scope)
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
    return _decimal(found.aggregate(n=aggregate(how, measure.lookup))["n"])


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
    complete = found.exclude(**{f"{measure.start}__isnull": True}).exclude(**{f"{measure.end}__isnull": True})
    pairs = list(complete.values_list(measure.start, measure.end))
    return _spanned(how, measure, pairs) if pairs else None


def _spanned(how: str, measure: Measure, pairs: list[tuple[Any, Any]]) -> Number:
    if measure.working:
        spans = calendar_for().working_minutes_between_many([a for a, _b in pairs], [b for _a, b in pairs])
    else:
        spans = np.array([(b - a).days for a, b in pairs])
    values: dict[str, Any] = {"average": np.mean, "min": np.min, "max": np.max, "sum": np.sum}
    if how in values:
        return _decimal(float(values[how](spans)))
    return _decimal(float(np.percentile(spans, {"median": 50, "p90": 90}[how])))


def grouped(figure: Figure, at: date, scope: Scope, by: str) -> list[tuple[Any, Number]]:
    """A simple figure by month, street or another dimension, in one query."""
    return grouped_rows(figure, rows(figure, at, scope), by)


def grouped_rows(figure: Figure, found: QuerySet[Any], by: str) -> list[tuple[Any, Number]]:
    """What a simple figure measures of these rows, by a dimension."""
    kind = record_type(figure.of)
    if by == "month":
        name = dates_of(kind)[figure.by] if figure.by else (kind.dates or kind.span or ("",))[0]
        found = found.annotate(key=TruncMonth(name))
    elif by in PLACES:
        found = found.annotate(key=F(f"{kind.place}__{by}_id" if kind.place else f"{by}_id"))
    else:
        path = walk(kind, by)
        if path is None:
            raise InvalidInput(
                "figure.unknown_dimension",
                _("“%(of)s” has no dimension “%(name)s”. Known are: %(known)s."),
                of=kind.code,
                name=by,
                known="",
            )
        found = found.annotate(key=F(path[0]))
    groups = _grouped(kind, figure, found)
    return _named(groups) if by in PLACES else groups


def _grouped(kind: RecordType, figure: Figure, found: QuerySet[Any]) -> list[tuple[Any, Number]]:
    """A simple figure by the values of what was annotated as `key`."""
    spans = _spans(kind, figure)
    if spans is not None:
        return _grouped_spans(found, *spans)
    if figure.measure == "count":
        expression: Aggregate = Count("pk")
    else:
        how, name = next(iter(cast(dict[str, str], figure.measure).items()))
        expression = (
            Count(distinct_path(kind, name), distinct=True)
            if how == "distinct"
            else aggregate(how, (kind.measure(name) or Measure(name, "number")).lookup)
        )
    return [
        (key, _decimal(n))
        for key, n in found.values("key").annotate(n=expression).order_by("key").values_list("key", "n")
    ]


def _named(groups: list[tuple[Any, Number]]) -> list[tuple[Any, Number]]:
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


def _grouped_spans(found: QuerySet[Any], how: str, measure: Measure) -> list[tuple[Any, Number]]:
    """Durations by the values of what was annotated as `key`, in one query."""
    pairs: dict[Any, list[tuple[Any, Any]]] = {}
    for key, start, end in found.order_by("key").values_list("key", measure.start, measure.end):
        if start is not None and end is not None:
            pairs.setdefault(key, []).append((start, end))
    return [(key, _spanned(how, measure, items)) for key, items in pairs.items()]


def _decimal(value: Any) -> Number:
    return None if value is None else Decimal(str(value))
