"""A figure by months, places or the values of a dimension; shares and ratios too, each group by its own parts."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from linli.records.figures.answering import Need, answered
from linli.records.figures.compile import Scope
from linli.records.figures.definitions import Figure, leaf, walk
from linli.records.figures.measuring import PLACES, Groups
from linli.records.figures.words import Number
from linli.records.types import RecordType, record_type

Side = tuple[Figure, Mapping[str, Any]]


def broken_down(figure: Figure, at: date, scope: Scope, by: str, figures: Mapping[str, Figure]) -> Groups:
    """A figure by a dimension, each part of a share or ratio for itself.

    Of what cannot be told group by group (a change, an extreme) its first simple figure is broken down.
    """
    return several_broken_down([figure], at, scope, by, figures)[0]


def several_broken_down(
    chosen: Sequence[Figure], at: date, scope: Scope, by: str, figures: Mapping[str, Figure]
) -> list[Groups]:
    """Figures by a dimension, everything asked at once."""
    told = [sides(figure, figures) for figure in chosen]
    found = iter(answered([Need(part, at, scope, by, more) for parts, _times in told for part, more in parts]))
    return [_divided(next(found), next(found), times) if times else next(found) for _parts, times in told]


def sides(figure: Figure, figures: Mapping[str, Figure]) -> tuple[list[Side], Number]:
    """What is divided and what it is divided by, each under more conditions, and by how much that is multiplied.

    Of what is not divided, or cannot be told group by group, its first simple figure alone.
    """
    if figure.share:
        base = figures[figure.share.of].model_copy(update={"measure": "count"})
        return [(base, figure.share.where), (base, {})], Decimal(100)
    if figure.ratio and is_told(figure, figures):
        return [(figures[part], {}) for part in figure.parts], Decimal(str(figure.ratio.times))
    return [(leaf(figure, figures), {})], None


def is_told(figure: Figure, figures: Mapping[str, Figure]) -> bool:
    """Whether a figure can itself be told group by group, and not only what it is made of."""
    return bool(figure.of or figure.share) or bool(figure.ratio and all(figures[part].of for part in figure.parts))


def is_told_by(figure: Figure, by: str, figures: Mapping[str, Figure]) -> bool:
    """Whether a figure itself, and not only what it is made of, can be told by this."""
    return is_told(figure, figures) and all(can_group(kind, by) for kind in kinds_of(figure, figures))


def kinds_of(figure: Figure, figures: Mapping[str, Figure]) -> list[RecordType]:
    """The record types that a breakdown of the figure must all be able to group."""
    told = figure.ratio and is_told(figure, figures)
    parts = [figures[part] for part in figure.parts] if told else [leaf(figure, figures)]
    return [record_type(code) for code in dict.fromkeys(part.of for part in parts)]


def can_group(kind: RecordType, by: str) -> bool:
    """Whether rows of a type can be grouped by this."""
    if by == "month":
        return bool(kind.dates or kind.span)
    if by in PLACES:
        return bool(kind.place or kind.dimension(by))
    return walk(kind, by) is not None


def _divided(above: Groups, below: Groups, times: Decimal) -> Groups:
    """Group by group, in the order of what is below the line; nothing below is not collected."""
    parts = dict(above)
    return [(key, (parts.get(key) or Decimal(0)) * times / n if n else None) for key, n in below]
