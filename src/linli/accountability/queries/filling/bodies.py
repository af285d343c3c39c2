"""Figures of one body: over records that name it, and over no others. What names no body is not known of one."""

from collections.abc import Mapping
from typing import Final

from linli.organizations.models import Organization
from linli.records.figures.definitions import Figure
from linli.records.types import RecordType, record_type

TYPES: Final = frozenset(Organization.Type.values)
# By what record types say whose a record is, the likeliest first.
NAMES: Final = ("organization", "lead")


def dimension_of(kind: RecordType) -> str:
    """The dimension of a record type that says whose its records are; empty where none does."""
    found = (kind.dimension(name) for name in NAMES)
    return next((item.code for item in found if item is not None and item.to in TYPES), "")


def own_figure(figure: Figure, body: Organization) -> Figure | None:
    """A figure over the records of a body; None where its records name none, or another."""
    if not figure.of:
        return figure
    name = dimension_of(record_type(figure.of))
    if not name or figure.where.get(name, body.pk) != body.pk:
        return None
    return figure.model_copy(update={"where": {**figure.where, name: body.pk}})


def own_book(figures: Mapping[str, Figure], body: Organization) -> dict[str, Figure]:
    """The figures of a book that can be told of a body, over its own records."""
    found = {code: own for code, figure in figures.items() if (own := own_figure(figure, body)) is not None}
    return {code: figure for code, figure in found.items() if _is_whole(figure, found)}


def _is_whole(figure: Figure, figures: Mapping[str, Figure]) -> bool:
    """Whether everything that a figure is made of can be told."""
    return all(part in figures and _is_whole(figures[part], figures) for part in figure.parts)
