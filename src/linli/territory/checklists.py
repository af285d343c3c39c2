"""What a grid's checklist says: each item of the profile with the day on which it was last brought up to date."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from linli.core import clock
from linli.records import profiles
from linli.territory.models import ChecklistEntry, Place
from linli.territory.sections import ChecklistItem, GridsSection


@dataclass(frozen=True, slots=True)
class Line:
    """One item at one grid: when it was last ticked, and the day on which it is due again."""

    item: ChecklistItem
    ticked: date | None
    note: str
    due: date | None

    @property
    def overdue(self) -> bool:
        """Whether it is due again, or was never ticked."""
        return self.due is None or self.due <= clock.today()


def items_of(place: Place) -> list[ChecklistItem]:
    """The items that the profile names for a grid of this kind."""
    items = profiles.current().section(GridsSection).checklist
    return [item for item in items if not item.retired and (not item.kinds or place.kind in item.kinds)]


def checklist(place: Place) -> list[Line]:
    """The checklist of a grid; empty where the place names none, and for other places."""
    if place.type != Place.Type.GRID or place.until is not None:
        return []
    held = ChecklistEntry.objects.filter(place=place)
    return lines(items_of(place), {entry.item: entry for entry in held})


def lines(items: Iterable[ChecklistItem], held: Mapping[str, ChecklistEntry]) -> list[Line]:
    """The items with what is known of them."""
    found = []
    for item in items:
        entry = held.get(item.code)
        due = entry.day + timedelta(days=item.days) if entry else None
        found.append(Line(item, entry.day if entry else None, entry.note if entry else "", due))
    return found


def grids_due(grids: QuerySet[Place]) -> list[Place]:
    """Those of the grids with something due again, in two queries whatever their number."""
    if not profiles.current().section(GridsSection).checklist:
        return []
    held: dict[int, dict[str, ChecklistEntry]] = {}
    for entry in ChecklistEntry.objects.filter(place__in=grids):
        held.setdefault(entry.place_id, {})[entry.item] = entry
    rows = grids.order_by("pk")
    return [grid for grid in rows if any(line.overdue for line in lines(items_of(grid), held.get(grid.pk, {})))]
