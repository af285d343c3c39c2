"""A figure by a dimension and by months at once, with the totals of both; each is computed, none is added up.

So what is counted once each, an average or a share has totals that are right, and the total is the figure itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import product
from typing import Any, Final

from linli.core import clock
from linli.records.figures.answering import Need, answered
from linli.records.figures.breaking import Side, sides
from linli.records.figures.compile import Scope
from linli.records.figures.definitions import Figure
from linli.records.figures.measuring import Groups, how
from linli.records.figures.words import Number

# The cells, the totals of the groups, those of the months, and the total of all.
WAYS: Final[Sequence[dict[str, Any]]] = ({"months": True, "ids": True}, {"ids": True}, {}, {})
Key = tuple[Any, date | None]


@dataclass(frozen=True, slots=True)
class Cell:
    """A value before rounding, with what was divided by what where anything was."""

    value: Number
    numerator: Number
    denominator: Number


@dataclass(frozen=True, slots=True)
class Crossed:
    """The cells by group and month, and their totals; `nothing` is the cell where no row lies. Places are ids."""

    cells: Mapping[Key, Cell]
    groups: Mapping[Any, Cell]
    months: Mapping[date | None, Cell]
    total: Cell
    nothing: Cell

    def cell(self, group: Any, month: date | None) -> Cell:
        """What stands where a group and a month meet."""
        return self.cells.get((group, month), self.nothing)


def crossed(figure: Figure, at: date, scope: Scope, by: str, figures: Mapping[str, Figure]) -> Crossed:
    """A figure by a dimension and by months; of what cannot be told so, its first simple figure."""
    ways = list(zip((by, by, "month", ""), WAYS, strict=True))
    (((cells, groups, months, total), nothing),) = _told([figure], at, scope, ways, figures)
    return Crossed(
        {(key, _day(month)): cell for (key, month), cell in cells.items()},
        groups,
        {_day(month): cell for month, cell in months.items()},
        total[None],
        nothing,
    )


def by_units(
    chosen: Sequence[Figure], at: date, scope: Scope, level: str, figures: Mapping[str, Figure]
) -> list[tuple[Mapping[Any, Cell], Cell]]:
    """Figures by the ids of the places of a level, all asked at once; each with the cell of a place where no row lies.

    What lies in no place of the level is under None.
    """
    told = _told(chosen, at, scope, ((level, {"ids": True}), ("", {})), figures)
    return [(groups, nothing) for (groups, _total), nothing in told]


def _told(
    chosen: Sequence[Figure],
    at: date,
    scope: Scope,
    ways: Sequence[tuple[str, dict[str, Any]]],
    figures: Mapping[str, Figure],
) -> list[tuple[list[dict[Any, Cell]], Cell]]:
    """Of each figure its cells in each of these ways, the last of which is in all; and the cell where no row lies."""
    told = [sides(figure, figures) for figure in chosen]
    needs = [
        Need(part, at, scope, by, more, **way)
        for parts, _times in told
        for (part, more), (by, way) in product(parts, ways)
    ]
    found = iter(answered(needs))
    return [
        _cells(figure, parts, times, [[next(found) for _way in ways] for _part in parts])
        for figure, (parts, times) in zip(chosen, told, strict=True)
    ]


def _cells(
    figure: Figure, parts: Sequence[Side], times: Number, halves: Sequence[Sequence[Groups]]
) -> tuple[list[dict[Any, Cell]], Cell]:
    """One figure from what its parts come to in each way."""
    nothing = [_nothing(figure, part, half[-1][0][1]) for (part, _more), half in zip(parts, halves, strict=True)]
    ways = zip(*halves, strict=True)
    cells = [dict(_together(way[0], way[-1] if times else None, times, nothing)) for way in ways]
    return cells, _cell(nothing[0], nothing[-1] if times else None, times)


def _nothing(figure: Figure, part: Figure, total: Number) -> Number:
    """What is counted where no row lies: 0, unless nothing of the kind was ever recorded. Parts of a share are 0."""
    counted = how(part) in ("count", "distinct") and total is not None
    return Decimal(0) if figure.share or counted else None


def _together(
    above: Sequence[tuple[Any, Number]],
    below: Sequence[tuple[Any, Number]] | None,
    times: Number,
    nothing: Sequence[Number],
) -> Iterator[tuple[Any, Cell]]:
    """Group by group, whatever either side has."""
    parts, wholes = dict(above), dict(below or ())
    for key in {**wholes, **parts}:
        part, whole = (nothing[n] if half.get(key) is None else half[key] for n, half in ((0, parts), (-1, wholes)))
        yield key, _cell(part, whole if times else None, times)


def _cell(above: Number, below: Number, times: Number) -> Cell:
    if times is None:
        return Cell(above, above, None)
    return Cell(above * times / below if above is not None and below else None, above, below)


def _day(month: Any) -> date | None:
    """The first day of a month, whether the figure counts by moments or by days."""
    return month.astimezone(clock.SHANGHAI).date() if isinstance(month, datetime) else month
