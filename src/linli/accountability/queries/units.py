"""Figures of each of some units of a level, asked at once for all of them: for boards and for rules of alerts."""

from collections.abc import Mapping, Sequence
from datetime import date

from linli.records.figures import breaking, compute
from linli.records.figures.compile import Scope
from linli.records.figures.compute import rounded
from linli.records.figures.crossing import Cell, by_units
from linli.records.figures.definitions import Figure
from linli.records.figures.words import Number
from linli.territory.models import Place

Told = tuple[Number, Number]


def unit_values(
    figure: Figure, at: date, scope: Scope, each: str, places: Sequence[Place], figures: Mapping[str, Figure]
) -> dict[int | None, Told]:
    """The value and the denominator of a figure at each of these places, within a scope, by their ids.

    What cannot be told by places, as a change, is computed for each by itself.
    """
    if not breaking.is_told_by(figure, each, figures):
        values = {place.pk: compute.value_of(figure, at, Scope(place.code, place.path), figures) for place in places}
        return {pk: (value.value, value.denominator) for pk, value in values.items()}
    return several_values([figure], at, scope, each, places, figures)[0]


def several_values(
    chosen: Sequence[Figure], at: date, scope: Scope, each: str, places: Sequence[Place], figures: Mapping[str, Figure]
) -> list[dict[int | None, Told]]:
    """Figures that can be told by places, at each of these and wherever else rows lie: under None what lies in none."""
    asked = by_units(chosen, at, scope, each, figures)
    lines = dict.fromkeys([*(place.pk for place in places), *(pk for found, _nothing in asked for pk in found)])
    return [
        {pk: _told(found.get(pk, nothing), figure.decimals) for pk in lines}
        for figure, (found, nothing) in zip(chosen, asked, strict=True)
    ]


def _told(cell: Cell, decimals: int) -> Told:
    return rounded(cell.value, decimals), cell.denominator
