"""A figure by months, places or the values of a dimension; shares and ratios too, each group by its own parts."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from linli.records.figures.compile import Scope, condition, rows
from linli.records.figures.compute import PLACES, grouped, grouped_rows
from linli.records.figures.definitions import Figure, leaf, walk
from linli.records.figures.words import Number
from linli.records.types import RecordType, record_type

Groups = list[tuple[Any, Number]]


def broken_down(figure: Figure, at: date, scope: Scope, by: str, figures: Mapping[str, Figure]) -> Groups:
    """A figure by a dimension in one query, or one for each part of a share or ratio.

    Of what cannot be told group by group (a change, an extreme) its first simple figure is broken down.
    """
    if figure.share:
        base = figures[figure.share.of]
        whole = rows(base, at, scope)
        met = whole.filter(condition(record_type(base.of), figure.share.where, at))
        counting = base.model_copy(update={"measure": "count"})
        return _divided(grouped_rows(counting, met, by), grouped_rows(counting, whole, by), Decimal(100))
    if figure.ratio and is_told(figure, figures):
        above, below = (grouped(figures[part], at, scope, by) for part in figure.parts)
        return _divided(above, below, Decimal(str(figure.ratio.times)))
    return grouped(leaf(figure, figures), at, scope, by)


def is_told(figure: Figure, figures: Mapping[str, Figure]) -> bool:
    """Whether a figure can itself be told group by group, and not only what it is made of."""
    return bool(figure.of or figure.share) or bool(figure.ratio and all(figures[part].of for part in figure.parts))


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
