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
from linli.records.figures.breaking import is_told
from linli.records.figures.compile import Scope
from linli.records.figures.definitions import Figure, leaf
from linli.records.figures.measuring import how
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
    sides, times = _sides(figure, figures)
    needs = [
        Need(part, at, scope, asked, more, **way)
        for (part, more), (asked, way) in product(sides, zip((by, by, "month", ""), WAYS, strict=True))
    ]
    found = answered(needs)
    halves = [found[: len(WAYS)], found[len(WAYS) :]]
    nothing = [Decimal(0) if how(part) in ("count", "distinct") else None for part, _more in sides]
    cells, groups, months, total = (
        dict(_together(above, halves[1][n] if times else None, times, nothing)) for n, above in enumerate(halves[0])
    )
    whole = total[None]
    empty = _cell(nothing[0] if whole.numerator is not None else None, nothing[-1] if times else None, times)
    return Crossed(
        {(key, _day(month)): cell for (key, month), cell in cells.items()},
        groups,
        {_day(month): cell for month, cell in months.items()},
        whole,
        empty,
    )


def _sides(figure: Figure, figures: Mapping[str, Figure]) -> tuple[list[tuple[Figure, Mapping[str, Any]]], Number]:
    """What is divided and what it is divided by, each under more conditions, and by how much that is multiplied."""
    if figure.share:
        base = figures[figure.share.of].model_copy(update={"measure": "count"})
        return [(base, figure.share.where), (base, {})], Decimal(100)
    if figure.ratio and is_told(figure, figures):
        return [(figures[part], {}) for part in figure.parts], Decimal(str(figure.ratio.times))
    return [(leaf(figure, figures), {})], None


def _together(
    above: Sequence[tuple[Any, Number]],
    below: Sequence[tuple[Any, Number]] | None,
    times: Number,
    nothing: Sequence[Number],
) -> Iterator[tuple[Any, Cell]]:
    """Group by group, whatever either side has."""
    parts, wholes = dict(above), dict(below or ())
    for key in {**wholes, **parts}:
        yield key, _cell(parts.get(key, nothing[0]), wholes.get(key, nothing[-1]) if times else None, times)


def _cell(above: Number, below: Number, times: Number) -> Cell:
    if times is None:
        return Cell(above, above, None)
    return Cell(above * times / below if above is not None and below else None, above, below)


def _day(month: Any) -> date | None:
    """The first day of a month, whether the figure counts by moments or by days."""
    return month.astimezone(clock.SHANGHAI).date() if isinstance(month, datetime) else month
