"""A figure by a dimension and by months as a table: on its page, as a file and in REST, with the totals of both."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from linli.accountability.queries.breakdowns import dimensions, nothing_named
from linli.core.errors import InvalidInput
from linli.records import lists
from linli.records.figures import breaking, compute
from linli.records.figures.compile import Scope
from linli.records.figures.compute import rounded
from linli.records.figures.crossing import Cell, Crossed, crossed
from linli.records.figures.definitions import Figure
from linli.records.figures.measuring import PLACES
from linli.records.types import RecordType, record_type
from linli.territory.models import Place

# A page shows the last of the months; a file and REST have all.
MOST: Final = 24
GROUPS: Final = 200


@dataclass(frozen=True, slots=True)
class Line:
    """A group with its cells in the order of the months, and its total; `code` is that of a place or a value."""

    code: str
    label: str
    cells: tuple[Cell, ...]
    total: Cell


@dataclass(frozen=True, slots=True)
class Table:
    """A figure by groups and months; `foot` has the totals of the months and the total of all."""

    figure: Figure
    by: str
    months: tuple[date | None, ...]
    lines: tuple[Line, ...]
    foot: Line

    @property
    def parted(self) -> bool:
        """Whether each cell has a numerator and a denominator."""
        return bool(self.figure.share or self.figure.ratio)

    @property
    def left_out(self) -> bool:
        """Whether a page leaves out groups or months, which the totals count all the same."""
        return len(self.months) > MOST or len(self.lines) > GROUPS

    @property
    def shown(self) -> "Table":
        """As much of it as a page holds: the last months of the first groups."""
        lines = tuple(Line(line.code, line.label, line.cells[-MOST:], line.total) for line in self.lines[:GROUPS])
        foot = Line("", self.foot.label, self.foot.cells[-MOST:], self.foot.total)
        return Table(self.figure, self.by, self.months[-MOST:], lines, foot)

    @property
    def heads(self) -> list[str]:
        """The months in words."""
        return [month_named(month) for month in self.months]


def can_cross(figure: Figure, by: str, figures: Mapping[str, Figure]) -> bool:
    """Whether a figure is told by months beside this dimension: what happens in time, not what stands on a day."""
    base = compute.leaf(figure, figures)
    stands = record_type(base.of).span and base.period == "as_of" and not base.by
    if by in ("", "month") or stands:
        return False
    return all(breaking.can_group(kind, name) for kind in breaking.kinds_of(figure, figures) for name in ("month", by))


def require_crossed(figure: Figure, by: str, figures: Mapping[str, Figure]) -> None:
    """Refuse what is not told by months beside this dimension. Raises: figure.not_by_months"""
    if by not in [code for code, _label in dimensions(figure, figures)] or not can_cross(figure, by, figures):
        raise InvalidInput("figure.not_by_months", _lazy("This figure is not told by “%(by)s” and by months."), by=by)


def table(figure: Figure, at: date, scope: Scope, by: str, figures: Mapping[str, Figure]) -> Table:
    """The table of what can be told of a figure so: places in the order of their codes, values in that of their list.

    What cannot be told group by group is told by its first simple figure, as its breakdown is.
    """
    told = figure if breaking.is_told(figure, figures) else compute.leaf(figure, figures)
    found = crossed(told, at, scope, by, figures)
    months = tuple(sorted(found.months, key=lambda month: (month is not None, month or date.min)))
    groups = _groups(found, by, breaking.kinds_of(told, figures)[0])
    lines = tuple(
        Line(
            code,
            label,
            tuple(_cell(told, found.cell(key, month)) for month in months),
            _cell(told, found.groups.get(key, found.nothing)),
        )
        for key, code, label in groups
    )
    foot = Line(
        "", _("all together"), tuple(_cell(told, found.months[month]) for month in months), _cell(told, found.total)
    )
    return Table(told, by, months, lines, foot)


def document(crossed: Table) -> dict[str, Any]:
    """The table as REST gives it."""
    return {
        "id": crossed.figure.id,
        "by": crossed.by,
        "months": [f"{month:%Y-%m}" if month else "" for month in crossed.months],
        "groups": [
            {
                "code": line.code,
                "label": line.label,
                "cells": [_document(cell) for cell in line.cells],
                "total": _document(line.total),
            }
            for line in crossed.lines
        ],
        "totals": [_document(cell) for cell in crossed.foot.cells],
        "total": _document(crossed.foot.total),
    }


def _document(cell: Cell) -> dict[str, Any]:
    parts = {"value": cell.value, "numerator": cell.numerator, "denominator": cell.denominator}
    return {name: compute.number(part) for name, part in parts.items()}


def sheet(crossed: Table) -> list[list[Any]]:
    """The table as rows of a file, the headings first; of a share with its two parts beside each value."""
    return [
        [
            _("code"),
            _("group"),
            *(head for name in [*crossed.heads, _("all together")] for head in _heads(name, crossed.parted)),
        ],
        *([line.code, line.label, *_numbers(line, crossed.parted)] for line in (*crossed.lines, crossed.foot)),
    ]


def _heads(name: str, parted: bool) -> list[str]:
    return [name, f"{name} {_('numerator')}", f"{name} {_('denominator')}"] if parted else [name]


def _numbers(line: Line, parted: bool) -> list[Any]:
    cells = [*line.cells, line.total]
    if not parted:
        return [compute.number(cell.value) for cell in cells]
    return [compute.number(part) for cell in cells for part in (cell.value, cell.numerator, cell.denominator)]


def month_named(month: date | None) -> str:
    """A month as a table and a file print it."""
    return _("not given") if month is None else f"{month:%Y-%m}"


def _cell(figure: Figure, cell: Cell) -> Cell:
    return Cell(rounded(cell.value, figure.decimals), cell.numerator, cell.denominator)


def _groups(found: Crossed, by: str, kind: RecordType) -> list[tuple[Any, str, str]]:
    """The groups with their codes and names, in their order; what is not given stands last."""
    if by in PLACES:
        places = Place.objects.filter(pk__in=[key for key in found.groups if key]).order_by("code", "pk")
        named = [(pk, code, name) for pk, code, name in places.values_list("pk", "code", "name")]
    else:
        dimension = kind.dimension(by)
        words = dict(lists.choices(dimension)) if dimension else {}
        order = {value: position for position, value in enumerate(words)}
        keys = sorted(
            (key for key in found.groups if key not in (None, "")),
            key=lambda key: (order.get(str(key), len(order)), str(key)),
        )
        named = [(key, lists.text(key), lists.spoken(key, words)) for key in keys]
    return [*named, *((key, "", nothing_named(by)) for key in (None, "") if key in found.groups)]
