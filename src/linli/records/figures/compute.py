"""Computing figures: values with numerator and denominator, rounded half up; not collected is never 0."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from linli.core.errors import InvalidInput, NotFound
from linli.records import profiles
from linli.records.figures.answering import Need, answered
from linli.records.figures.compile import EVERYWHERE, Scope, bounds
from linli.records.figures.definitions import Figure, FiguresSection, Period, check_one, leaf
from linli.records.figures.measuring import Groups
from linli.records.figures.words import Number, label, number, sentence, wording
from linli.records.models import FigureDefinition

__all__ = ["label", "leaf", "number", "sentence", "wording"]
# What a need comes to. Figures are worked out twice: first to note what they need, then with what that comes to.
Ask = Callable[[Need], Groups]


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


def book_of_profile() -> dict[str, Figure]:
    """The profile's own figures, which are known before anything was set up."""
    return {figure.id: figure for figure in profiles.current().section(FiguresSection).figures}


def book() -> dict[str, Figure]:
    """All figures in force: the profile's, then those that administrators added."""
    figures = book_of_profile()
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


def figure_of(figure_id: str, figures: Mapping[str, Figure] | None = None) -> Figure:
    """The figure with this id, of the book or of figures over another period. Raises: figure.unknown."""
    found = (book() if figures is None else figures).get(figure_id)
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
    return value_of(figure_of(figure_id, figures), at, scope, figures)


def compute_many(
    at: date, scope: Scope = EVERYWHERE, ids: Iterable[str] = (), figures: Mapping[str, Figure] | None = None
) -> list[FigureValue]:
    """Several figures, in the order of the book; all where no ids are given."""
    figures = figures or book()
    wanted = set(ids)
    unknown = wanted - set(figures)
    if unknown:
        raise NotFound("figure.unknown", _("There is no figure “%(id)s”."), id=", ".join(sorted(unknown)))
    chosen = [figure for figure in figures.values() if not wanted or figure.id in wanted]
    return _values(chosen, at, scope, figures)


def value_of(figure: Figure, at: date, scope: Scope, figures: Mapping[str, Figure]) -> FigureValue:
    """A definition's value, whether it is in the book or only being tried out."""
    return _values([figure], at, scope, figures)[0]


def _values(chosen: Sequence[Figure], at: date, scope: Scope, figures: Mapping[str, Figure]) -> list[FigureValue]:
    needs: list[Need] = []

    def note(need: Need) -> Groups:
        needs.append(need)
        return [(None, None)]

    for figure in chosen:
        _exact(figure, at, scope, figures, note)
    found = iter(answered(needs))
    return [_value(figure, at, scope, figures, lambda _need: next(found)) for figure in chosen]


def _value(figure: Figure, at: date, scope: Scope, figures: Mapping[str, Figure], ask: Ask) -> FigureValue:
    exact, numerator, denominator = _exact(figure, at, scope, figures, ask)
    base = leaf(figure, figures)
    return FigureValue(
        figure, rounded(exact, figure.decimals), exact, numerator, denominator, bounds(base.period, at), at, scope.code
    )


def rounded(exact: Number, decimals: int) -> Number:
    """A value rounded half up, as it is printed."""
    return None if exact is None else exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _exact(
    figure: Figure, at: date, scope: Scope, figures: Mapping[str, Figure], ask: Ask
) -> tuple[Number, Number, Number]:
    """A value with its numerator and denominator. What is asked for never depends on an answer."""
    if figure.of:
        value = ask(Need(figure, at, scope))[0][1]
        return value, value, None
    if figure.ratio:
        above = _exact(figures[figure.ratio.of], at, scope, figures, ask)[0]
        below = _exact(figures[figure.ratio.over], at, scope, figures, ask)[0]
        return _divided(above, below, Decimal(str(figure.ratio.times))), above, below
    if figure.share:
        base = figures[figure.share.of].model_copy(update={"measure": "count"})
        part = ask(Need(base, at, scope, more=figure.share.where))[0][1] or Decimal(0)
        total = ask(Need(base, at, scope))[0][1] or Decimal(0)
        return _divided(part, total, Decimal(100)), part, total
    if figure.change:
        return _changed(figure, at, scope, figures, ask)
    return _extreme(figure, at, scope, figures, ask), None, None


def _divided(above: Number, below: Number, times: Decimal) -> Number:
    return None if above is None or not below else above * times / below


def _changed(
    figure: Figure, at: date, scope: Scope, figures: Mapping[str, Figure], ask: Ask
) -> tuple[Number, Number, Number]:
    change = figure.change
    assert change is not None
    now = _exact(figures[change.of], at, scope, figures, ask)[0]
    if change.against in figures:
        then = _exact(figures[change.against], at, scope, figures, ask)[0]
    else:
        then = _exact(figures[change.of], earlier(at, change.against), scope, figures, ask)[0]
    if now is None or then is None:
        return None, now, then
    if change.as_ == "percent":
        return _divided(now - then, then, Decimal(100)), now, then
    return now - then, now, then


def earlier(at: date, against: str) -> date:
    """The day a year, a quarter or a month before, or the last of its month."""
    months = {"last_year": 12, "last_quarter": 3, "last_month": 1}[against]
    total = at.year * 12 + at.month - 1 - months
    year, month = divmod(total, 12)
    for day in (at.day, 30, 29, 28):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def _extreme(figure: Figure, at: date, scope: Scope, figures: Mapping[str, Figure], ask: Ask) -> Number:
    each = figure.lowest or figure.highest or figure.mean
    assert each is not None
    found = ask(Need(figures[each.of], at, scope, each.each))
    groups = [value for _key, value in found if value is not None]
    if not groups:
        return None
    if figure.lowest:
        return min(groups)
    return max(groups) if figure.highest else sum(groups, Decimal(0)) / len(groups)


def measured(figure: Figure, at: date, scope: Scope) -> Number:
    """A simple figure's value; None where nothing of the kind was ever recorded, or nothing can be measured."""
    return answered([Need(figure, at, scope)])[0][0][1]


def grouped(figure: Figure, at: date, scope: Scope, by: str) -> Groups:
    """A simple figure by month, street or another dimension."""
    return answered([Need(figure, at, scope, by)])[0]
