"""By what a figure may be broken down: months, places, and the dimensions of its records whose values are listed."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.records.figures import breaking, compute
from linli.records.figures.definitions import Figure
from linli.records.figures.measuring import PLACES

LISTED: Final = ("choice", "flag")


def nothing_named(by: str) -> str:
    """What a group without a value is called; of places it is what lies in none of the level's."""
    return gettext("this level itself, in none of the units") if by in PLACES else gettext("not given")


def dimensions(figure: Figure, figures: Mapping[str, Figure]) -> list[tuple[str, Any]]:
    """The codes and names of what every record type of the figure can be grouped by."""
    first, *others = breaking.kinds_of(figure, figures)
    found: list[tuple[str, Any]] = [("month", _("month"))] if first.dates or first.span else []
    if first.place or first.dimension("street"):
        found += [("street", _("street")), ("community", _("community"))]
    found += [(item.code, item.label or item.code) for item in first.all_dimensions() if item.type in LISTED]
    return [item for item in found if all(breaking.can_group(kind, item[0]) for kind in others)]


def chosen(figure: Figure, figures: Mapping[str, Figure], asked: str) -> str:
    """The dimension that was asked for, if the figure has it; the first where nothing was asked for."""
    codes = [code for code, _label in dimensions(figure, figures)]
    # What stands on a day is told by place rather than by the month in which it began.
    as_of = compute.leaf(figure, figures).period == "as_of"
    usual = [code for code in codes if code != "month"] if as_of else codes
    return asked if asked in codes else "" if asked else next(iter(usual), "")
