"""The rows behind a figure by the parts it is made of, and a frozen figure beside what it would be today."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from linli.accountability.models import FrozenFigure
from linli.records.figures import compute
from linli.records.figures.compile import Scope, condition, rows
from linli.records.figures.compute import FigureValue
from linli.records.figures.definitions import EARLIER, Figure
from linli.records.types import record_type

Behind = tuple[str, str, QuerySet[Any]]


@dataclass(frozen=True, slots=True)
class Moved:
    """The rows of one part of a figure that came or went since it was frozen."""

    part: str
    of: str
    came: tuple[int, ...]
    went: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """A frozen figure and the same definition computed today for the same day and place."""

    frozen: FrozenFigure
    then: FigureValue
    now: FigureValue
    moved: tuple[Moved, ...]
    redefined: bool

    @property
    def changed(self) -> bool:
        """Whether today's value is another one."""
        return self.then.value != self.now.value


def rows_behind(figure: Figure, at: date, scope: Scope, figures: Mapping[str, Figure]) -> Iterator[Behind]:
    """The rows that a figure is computed from: part, record type and rows; those of its leaves where it is made of
    other figures.
    """
    if figure.of:
        yield "", figure.of, rows(figure, at, scope)
    elif figure.share:
        base = figures[figure.share.of]
        whole = rows(base, at, scope)
        yield "of", base.of, whole
        yield "met", base.of, whole.filter(condition(record_type(base.of), figure.share.where, at))
    else:
        for name, part, day in _parts(figure, at):
            for inner, of, found in rows_behind(figures[part], day, scope, figures):
                yield f"{name}.{inner}".rstrip("."), of, found


def parts_of(figure: Figure, figures: Mapping[str, Figure]) -> dict[str, Figure]:
    """Every figure that this one is made of, at any depth."""
    found: dict[str, Figure] = {}
    for part in figure.parts:
        found |= {part: figures[part]} | parts_of(figures[part], figures)
    return found


def compared(frozen: Sequence[FrozenFigure]) -> list[Compared]:
    """Frozen figures beside today's computation for the same days: by their old definitions, with today's knowledge."""
    book = compute.book()
    return [_compared(item, book) for item in frozen]


def _compared(frozen: FrozenFigure, book: Mapping[str, Figure]) -> Compared:
    figures, scope = frozen.book, compute.scope_of(frozen.scope)
    figure = figures[frozen.figure]
    now = compute.value_of(figure, frozen.as_of, scope, figures)
    held = {row.part: row for row in frozen.rows.all()}
    moved = []
    for part, of, found in rows_behind(figure, frozen.as_of, scope, figures):
        ids, known = ids_of(found), set(held[part].ids) if part in held else set()
        if ids != known:
            moved.append(Moved(part, of, tuple(sorted(ids - known)), tuple(sorted(known - ids))))
    return Compared(frozen, frozen.printed, now, tuple(moved), book.get(frozen.figure) != figure)


def ids_of(found: QuerySet[Any]) -> set[int]:
    """The ids of rows, each once."""
    return set(found.order_by().values_list("pk", flat=True))


def _parts(figure: Figure, at: date) -> Iterator[tuple[str, str, date]]:
    """The figures that one rests on, each with its name and the day on which it is computed."""
    if figure.ratio:
        yield "of", figure.ratio.of, at
        yield "over", figure.ratio.over, at
    elif figure.change:
        earlier = figure.change.against in EARLIER
        yield "of", figure.change.of, at
        then = compute.earlier(at, figure.change.against) if earlier else at
        yield "then", figure.change.of if earlier else figure.change.against, then
    else:
        yield "of", figure.parts[0], at
