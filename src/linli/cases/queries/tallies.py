"""How many matters of a grid were received between two days, by category: for the grid's card, with no names."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.db.models import Count

from linli.cases.models import Case
from linli.territory.models import Place

# What was taken back, voided or merged into another was no work of its own.
GONE: Final = ("void", "withdrawn", "merged")


def counted_by_category(grid: Place, first: date, last: date) -> Mapping[str, int]:
    """The grid's matters by category, those of the grids below it included."""
    rows = Case.objects.filter(grid__grid_path__startswith=grid.grid_path, received_on__range=(first, last))
    counted = rows.exclude(state__in=GONE).exclude(category="").values("category").annotate(n=Count("pk")).order_by()
    return dict(counted.values_list("category", "n"))
