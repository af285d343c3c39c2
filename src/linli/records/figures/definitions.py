"""What a figure is: a typed definition, and everything that can be wrong with one.

The grammar is in docs/figures.md. A definition names a record type, conditions, a measure and a period, or
combines other figures; it holds no arithmetic and no SQL.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, Literal

from django.urls import resolve, reverse
from django.utils.translation import gettext_lazy as _
from pydantic import Field, field_validator, model_validator

from linli.core.errors import InvalidInput
from linli.records.profiles import Part
from linli.records.types import Dimension, RecordType, record_type

MEASURES = ("distinct", "sum", "average", "median", "p90", "min", "max")
Word = Literal["exact", "over", "about", "nearly"]
STEPS = 3
# The address of a figure's page, which a higher floor gives.
PAGE: Final = "accountability:figure"


class Span(Part):
    """A period given by its days; an absent bound is open."""

    start: date | None = Field(default=None, alias="from")
    end: date | None = Field(default=None, alias="to")


Period = Literal["as_of", "year_to_date", "cumulative", "month", "last_month", "quarter", "year"] | Span


class Ratio(Part):
    """One figure over another, times a factor (per 10,000, per 100 households)."""

    of: str
    over: str
    times: float = 1


class Share(Part):
    """The part of a figure's rows for which more holds, in percent."""

    of: str
    where: dict[str, Any]


class Change(Part):
    """A figure against an earlier period or another figure: as an amount, in percent or in points."""

    of: str
    against: str = "last_year"
    as_: Literal["amount", "percent", "points"] = Field(default="amount", alias="in")


class Each(Part):
    """The lowest, highest or mean value of a figure over months, streets or communities."""

    of: str
    each: Literal["month", "county", "street", "community"]


class Figure(Part):
    """One figure of the book."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_.]*$")
    label: str = ""
    label_en: str = ""
    group: str = ""
    refs: tuple[str, ...] = ()
    unit: str = ""
    decimals: int = Field(default=0, ge=0, le=6)
    wording: Word = "exact"
    public: bool = False
    of: str = ""
    where: dict[str, Any] = Field(default_factory=dict)
    measure: str | dict[str, str] = "count"
    period: Period = "as_of"
    by: str = ""
    ratio: Ratio | None = None
    share: Share | None = None
    change: Change | None = None
    lowest: Each | None = None
    highest: Each | None = None
    mean: Each | None = None

    @field_validator("measure")
    @classmethod
    def _measure(cls, value: str | dict[str, str]) -> str | dict[str, str]:
        known = value == "count" or (isinstance(value, dict) and len(value) == 1 and next(iter(value)) in MEASURES)
        if not known:
            raise ValueError(f"a measure is count or one of {', '.join(MEASURES)} with a name")
        return value

    @model_validator(mode="after")
    def _one_kind(self) -> "Figure":
        kinds = [name for name in ("of", *COMBINED) if getattr(self, name)]
        if len(kinds) != 1:
            raise ValueError(f"a figure has exactly one of: of, {', '.join(COMBINED)}")
        return self

    @property
    def parts(self) -> tuple[str, ...]:
        """The ids of the figures that this one is made of."""
        if self.ratio:
            return (self.ratio.of, self.ratio.over)
        if self.change and self.change.against not in EARLIER:
            return (self.change.of, self.change.against)
        one = self.share or self.change or self.lowest or self.highest or self.mean
        return (one.of,) if one else ()


COMBINED = ("ratio", "share", "change", "lowest", "highest", "mean")
EARLIER = ("last_year", "last_month", "last_quarter")


class FiguresSection(Part):
    """`figures.yaml`: the figures of the place.

    Those that are `public` stand on pages without login, where counts of persons below the minimum are withheld.
    """

    figures: tuple[Figure, ...] = ()
    public_minimum: int = Field(default=5, ge=2, le=100)


def check(figures: Sequence[Figure]) -> list[tuple[int, InvalidInput]]:
    """Everything wrong with definitions beyond their form, by the figure's position."""
    book = {figure.id: figure for figure in figures}
    faults: list[tuple[int, InvalidInput]] = []
    seen: set[str] = set()
    for position, figure in enumerate(figures):
        try:
            if figure.id in seen:
                raise InvalidInput("figure.twice", _("There are two figures “%(id)s”."), id=figure.id)
            seen.add(figure.id)
            check_one(figure, book)
        except InvalidInput as error:
            faults.append((position, error))
    return faults


def check_one(figure: Figure, book: Mapping[str, Figure]) -> None:
    """Raise the first fault: figure.reserved, figure.unknown_part, figure.cycle, and those of its conditions."""
    _refuse_reserved(figure.id)
    for part in figure.parts:
        if part not in book:
            raise InvalidInput(
                "figure.unknown_part",
                _("“%(id)s” is made of “%(part)s”, which is no figure."),
                id=figure.id,
                part=part,
            )
    _refuse_cycle(figure, book, ())
    if figure.of:
        kind = record_type(figure.of)
        check_where(kind, figure.where)
        check_measure(kind, figure.measure)
        if figure.by and figure.by not in dates_of(kind):
            raise InvalidInput("figure.unknown_date", _("“%(of)s” has no date “%(by)s”."), of=kind.code, by=figure.by)
    if figure.share:
        base = book[figure.share.of]
        check_where(record_type(base.of), figure.share.where)


def _refuse_reserved(name: str) -> None:
    """A figure whose address leads to another page could never be opened."""
    if resolve(reverse(PAGE, args=[name])).kwargs != {"figure_id": name}:
        raise InvalidInput(
            "figure.reserved", _("“%(id)s” is the address of another page; give the figure another id."), id=name
        )


def dates_of(kind: RecordType) -> dict[str, str]:
    """The dates by which a record type can be counted: their names as written -> the field."""
    names = {name: name for name in (*kind.dates, *(kind.span or ()))}
    return names | {name.removesuffix("_on"): name for name in names}


def _refuse_cycle(figure: Figure, book: Mapping[str, Figure], path: tuple[str, ...]) -> None:
    if figure.id in path:
        raise InvalidInput("figure.cycle", _("“%(id)s” is made of itself."), id=figure.id)
    for part in figure.parts:
        if part in book:
            _refuse_cycle(book[part], book, (*path, figure.id))


def check_measure(kind: RecordType, measure: str | Mapping[str, str]) -> None:
    """Raise figure.unknown_measure unless the record type has what is to be measured."""
    if isinstance(measure, str):
        return
    how, name = next(iter(measure.items()))
    if how == "distinct" and name in ("person", "place"):
        return
    if kind.measure(name) is None and not (how == "distinct" and walk(kind, name)):
        raise InvalidInput("figure.unknown_measure", _("“%(of)s” has no measure “%(name)s”."), of=kind.code, name=name)


def check_where(kind: RecordType, where: Mapping[str, Any], nested: bool = False) -> None:
    """Raise the first fault of conditions: figure.nested_has, figure.unknown_dimension, figure.long_path."""
    for name, value in where.items():
        if name == "has":
            if nested:
                raise InvalidInput("figure.nested_has", _("A condition “has” cannot hold another."))
            for item in value if isinstance(value, list) else [value]:
                check_where(record_type(item["of"]), item.get("where", {}), nested=True)
        elif name == "any":
            for item in value:
                check_where(kind, item, nested)
        elif not walk(kind, name):
            raise InvalidInput(
                "figure.unknown_dimension",
                _("“%(of)s” has no dimension “%(name)s”. Known are: %(known)s."),
                of=kind.code,
                name=name,
                known=", ".join(item.code for item in kind.all_dimensions()),
            )


def walk(kind: RecordType, name: str) -> tuple[str, Dimension | None] | None:
    """The ORM path of a dotted name and the dimension it ends at; None where a step is unknown.

    Raises: figure.long_path beyond three steps.
    """
    steps = name.split(".")
    if len(steps) > STEPS:
        raise InvalidInput("figure.long_path", _("“%(name)s” has more than three steps."), name=name)
    path: list[str] = []
    dimension: Dimension | None = None
    for position, step in enumerate(steps):
        dimension = kind.dimension(step)
        if dimension is None:
            return ("place", None) if step == "place" and kind.place == "" and len(steps) == 1 else None
        path.append(dimension.lookup)
        if position < len(steps) - 1:
            if dimension.type != "reference":
                return None
            kind = record_type(dimension.to)
    return "__".join(path), dimension


def is_several(kind: RecordType, path: str) -> bool:
    """Whether one row may have several of what lies at an ORM path."""
    model = kind.rows().model
    for step in path.split("__") if path else ():
        field = model._meta.get_field(step)
        if field.one_to_many or field.many_to_many:
            return True
        if field.related_model is None:
            break
        model = field.related_model
    return False


def leaf(figure: Figure, figures: Mapping[str, Figure]) -> Figure:
    """The simple figure that a figure rests on first: its rows are the ones to open."""
    while not figure.of:
        figure = figures[figure.parts[0]]
    return figure
