"""A figure by months, places or the values of a dimension; shares and ratios too, each group by its own parts."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from linli.records.figures.answering import Need, answered
from linli.records.figures.compile import Scope
from linli.records.figures.definitions import Figure, leaf, walk
from linli.records.figures.measuring import PLACES, Groups
from linli.records.types import RecordType, record_type


def broken_down(figure: Figure, at: date, scope: Scope, by: str, figures: Mapping[str, Figure]) -> Groups:
    """A figure by a dimension, each part of a share or ratio for itself.

    Of what cannot be told group by group (a change, an extreme) its first simple figure is broken down.
    """
    if figure.share:
        base = figures[figure.share.of].model_copy(update={"measure": "count"})
        met, whole = answered([Need(base, at, scope, by, figure.share.where), Need(base, at, scope, by)])
        return _divided(met, whole, Decimal(100))
    if figure.ratio and is_told(figure, figures):
        above, below = answered([Need(figures[part], at, scope, by) for part in figure.parts])
        return _divided(above, below, Decimal(str(figure.ratio.times)))
    return answered([Need(leaf(figure, figures), at, scope, by)])[0]


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
