"""The rows behind a figure, as far as somebody may open them; of a share also who falls short (STA-04)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound
from linli.records.figures.compile import Scope, condition, rows
from linli.records.figures.definitions import Figure, leaf
from linli.records.types import RecordType, record_type


class Part(StrEnum):
    """Which rows of a share or rate: all that count, those that meet what it asks for, those that fall short."""

    ALL = "all"
    MET = "met"
    SHORT = "short"


@dataclass(frozen=True, slots=True)
class Opened:
    """The rows behind a figure: those that the viewer may open, of how many.

    `parts` says how many rows each part of a share has; a figure that is none has no parts.
    """

    kind: RecordType
    rows: QuerySet[Any]
    visible: int
    total: int
    part: str = ""
    parts: Mapping[Part, int] | None = None


def opened(
    figure: Figure, at: date, scope: Scope, viewer: Actor, figures: Mapping[str, Figure], part: str = ""
) -> Opened:
    """The rows behind a figure, or those of one part of a share. Raises: figure.no_part"""
    behind = parts_of(figure, at, scope, figures)
    if behind is None:
        if part:
            raise InvalidInput("figure.no_part", _("“%(part)s” is no part of this figure."), part=part)
        base = leaf(figure, figures)
        return opened_rows(record_type(base.of), rows(base, at, scope), viewer)
    # A share is told by its whole; a rate, as a ratio of two figures, by the figure above the line.
    chosen = part or (Part.ALL if figure.share else Part.MET)
    if chosen not in behind:
        raise InvalidInput("figure.no_part", _("“%(part)s” is no part of this figure."), part=part)
    kind = record_type(leaf(figure, figures).of)
    counted = {name: found.count() for name, found in behind.items()}
    shown = opened_rows(kind, behind[Part(chosen)], viewer, counted[Part(chosen)])
    return Opened(kind, shown.rows, shown.visible, shown.total, chosen, counted)


def opened_rows(kind: RecordType, found: QuerySet[Any], viewer: Actor, total: int | None = None) -> Opened:
    """These rows of a type, as far as the viewer may open them."""
    seen = found if viewer.key == "system" else found.filter(kind.visible(viewer)) if kind.visible else found.none()
    return Opened(kind, seen, seen.count(), found.count() if total is None else total)


def parts_of(figure: Figure, at: date, scope: Scope, figures: Mapping[str, Figure]) -> dict[Part, QuerySet[Any]] | None:
    """The rows of each part of a share, or of a ratio of two counts of the same records; None for other figures."""
    if figure.share:
        base = figures[figure.share.of]
        whole = rows(base, at, scope)
        met = whole.filter(condition(record_type(base.of), figure.share.where, at))
    elif figure.ratio and _same(*(figures[part] for part in figure.parts)):
        whole = rows(figures[figure.ratio.over], at, scope)
        met = rows(figures[figure.ratio.of], at, scope)
    else:
        return None
    return {Part.ALL: whole, Part.MET: met, Part.SHORT: whole.exclude(pk__in=met.values("pk"))}


def figure_opened(
    figure_id: str, at: date, scope: Scope, viewer: Actor, figures: Mapping[str, Figure], part: str = ""
) -> Opened:
    """The rows behind a figure of the book. Raises: figure.unknown, figure.no_part"""
    if figure_id not in figures:
        raise NotFound("figure.unknown", _("There is no figure “%(id)s”."), id=figure_id)
    return opened(figures[figure_id], at, scope, viewer, figures, part)


def _same(above: Figure, below: Figure) -> bool:
    """Whether both count records of the same type, so that those of one lie among those of the other."""
    return bool(above.of) and above.of == below.of and above.measure == below.measure == "count"
