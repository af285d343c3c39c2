"""A board on a day: its figures with their change against last year and their course, and its units side by side.

Units are told in the order of their codes, not of their numbers, and persons never.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from django.db.models import F

from linli.accountability.board_section import Board, BoardPart, boards
from linli.accountability.queries.book import below
from linli.accountability.queries.breakdowns import nothing_named
from linli.accountability.queries.units import Told, several_values
from linli.core.errors import NotFound
from linli.records.figures import breaking, compute
from linli.records.figures.compile import Scope
from linli.records.figures.compute import FigureValue, earlier, rounded
from linli.records.figures.definitions import Figure, Span
from linli.records.figures.words import Number
from linli.territory.models import Place

MONTHS: Final = 12
WORKED: Final = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Card:
    """A figure with what it was a year before, what it is divided by in words, and its last months."""

    value: FigureValue
    before: Number
    below: str
    course: Mapping[str, Any] | None

    @property
    def label(self) -> str:
        """What the figure is called."""
        return self.value.label

    @property
    def amount(self) -> Number:
        """By how much it changed; of a rate these are points."""
        now = self.value.value
        return None if now is None or self.before is None else now - self.before

    @property
    def in_points(self) -> bool:
        """Whether the change is told in points: that of a percentage."""
        return self.value.figure.unit == "%"

    @property
    def percent(self) -> Number:
        """The change in percent of what it was; nothing of a rate, or where it was nothing."""
        if self.amount is None or not self.before or self.in_points:
            return None
        return (self.amount * 100 / abs(self.before)).quantize(WORKED)


@dataclass(frozen=True, slots=True)
class Unit:
    """A street or community with its value of each figure; without a place, what lies in none of them."""

    place: Place | None
    values: tuple[Number, ...]
    level: str

    @property
    def code(self) -> str:
        """The code of the place, if any."""
        return self.place.code if self.place else ""

    @property
    def label(self) -> str:
        """The name of the place, or that this is the level above itself."""
        return self.place.name if self.place else nothing_named(self.level)


@dataclass(frozen=True, slots=True)
class Page:
    """A board as it is printed."""

    board: Board
    parts: tuple[tuple[BoardPart, tuple[Card, ...]], ...]
    figures: tuple[FigureValue, ...]
    units: tuple[Unit, ...]


def board_page(code: str, at: date, scope: Scope, figures: Mapping[str, Figure]) -> Page:
    """A board within a scope on a day. Raises: not_found"""
    board = next((item for item in boards() if item.code == code), None)
    if board is None:
        raise NotFound
    ids = [item for item in board.figures if item in figures]
    now = {value.figure.id: value for value in compute.compute_many(at, scope, ids, figures)} if ids else {}
    last_year = earlier(at, "last_year")
    then = (
        {value.figure.id: value.value for value in compute.compute_many(last_year, scope, ids, figures)} if ids else {}
    )
    over = compute.book_over(Span.model_validate({"from": _months_back(at, MONTHS - 1)}))
    courses = _courses([figures[item] for item in ids], at, scope, over)
    cards = {item: Card(now[item], then[item], below(figures[item], figures), courses.get(item)) for item in ids}
    parts = tuple((part, tuple(cards[item] for item in part.figures if item in cards)) for part in board.parts)
    values = tuple(now[item] for item in ids)
    return Page(board, parts, values, tuple(_units(board, values, at, scope, figures)))


def _months_back(at: date, months: int) -> date:
    day = at.replace(day=1)
    for _month in range(months):
        day = (day - timedelta(days=1)).replace(day=1)
    return day


def _courses(chosen: Sequence[Figure], at: date, scope: Scope, over: Mapping[str, Figure]) -> dict[str, dict[str, Any]]:
    """The last months of what happens in time, asked at once; nothing of what stands on a day."""
    told = [
        figure
        for figure in chosen
        if breaking.is_told_by(figure, "month", over) and compute.leaf(figure, over).period != "as_of"
    ]
    found = breaking.several_broken_down([over[figure.id] for figure in told], at, scope, "month", over)
    courses = {}
    for figure, groups in zip(told, found, strict=True):
        months = [(f"{key:%Y-%m}", rounded(value, figure.decimals)) for key, value in groups if key]
        if len(months) > 1:
            names, values = zip(*months, strict=True)
            courses[figure.id] = {"names": list(names), "values": [compute.number(value) for value in values]}
    return courses


def _units(
    board: Board, values: Sequence[FigureValue], at: date, scope: Scope, figures: Mapping[str, Figure]
) -> list[Unit]:
    """The units inside the scope with their values, and a line of what lies in none of them, so that all add up."""
    places = Place.objects.filter(type=Place.Type.DIVISION, placeholder=False, path__startswith=scope.path)
    level = places.filter(pk=F(f"{board.each}_id")).exclude(path=scope.path).select_related("street").order_by("code")
    held = list(level.filter(until=None))
    if not held:
        return []
    # What cannot be told by units, as a change or an extreme, is told on the card only.
    told = [value.figure for value in values if breaking.is_told_by(value.figure, board.each, figures)]
    found = several_values(told, at, scope, board.each, held, figures)
    columns = {figure.id: column for figure, column in zip(told, found, strict=True)}
    beside = {pk for column in found for pk in column} - {place.pk for place in held}
    gone = list(level.filter(pk__in=[pk for pk in beside if pk])) if beside - {None} else []
    lines: list[Place | None] = [*held, *gone, *([None] if None in beside else [])]
    return [
        Unit(place, tuple(_at(columns.get(value.figure.id), place) for value in values), board.each) for place in lines
    ]


def _at(column: Mapping[int | None, Told] | None, place: Place | None) -> Number:
    """The value of a line; none in a column that is told on the card only."""
    return column[place.pk if place else None][0] if column else None
