"""Freezing figures: what a report or an assessment was issued with stays as it was, down to the rows."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from linli.accountability.models import FrozenFigure, FrozenRows
from linli.accountability.queries.frozen import ids_of, parts_of, rows_behind
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.bulk import copy_in, next_ids
from linli.records.figures import compute
from linli.records.figures.compute import FigureValue
from linli.records.figures.definitions import Figure


@transaction.atomic
def figures_freeze(
    *, actor: Actor, values: Sequence[FigureValue], figures: Mapping[str, Figure] | None = None
) -> list[FrozenFigure]:
    """Freeze values as they were computed, in their order, with definitions, sentences and the ids of their rows.

    `figures` is the book by which they were computed; the one in force where none is given. Whoever calls has asked
    whether the actor may.
    """
    book = figures or compute.book()
    made = [_frozen(pk, value, book) for pk, value in zip(next_ids(FrozenFigure, len(values)), values, strict=True)]
    behind = [
        FrozenRows(figure_id=item.pk, part=part, of=of, ids=sorted(ids_of(found)))
        for item, value in zip(made, values, strict=True)
        for part, of, found in rows_behind(value.figure, value.as_of, compute.scope_of(value.scope), book)
    ]
    for pk, row in zip(next_ids(FrozenRows, len(behind)), behind, strict=True):
        row.pk = pk
    copy_in(made)
    copy_in(behind)
    if made:
        journal.write(actor, "figures.freeze", None, count=len(made), facts={"first": made[0].pk})
    return made


def _frozen(pk: int, value: FigureValue, book: Mapping[str, Figure]) -> FrozenFigure:
    start, end = value.period
    return FrozenFigure(
        id=pk,
        figure=value.figure.id,
        definition=_plain(value.figure),
        parts={code: _plain(part) for code, part in parts_of(value.figure, book).items()},
        sentence=compute.sentence(value.figure, book),
        value=value.value,
        exact=value.exact,
        numerator=value.numerator,
        denominator=value.denominator,
        period_from=start,
        period_to=end,
        as_of=value.as_of,
        scope=value.scope,
        frozen=clock.now(),
    )


def _plain(figure: Figure) -> dict[str, Any]:
    """A definition as it would be written, without what goes without saying."""
    return figure.model_dump(mode="json", by_alias=True, exclude_defaults=True)
