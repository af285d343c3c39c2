"""Rooms, supplies and what was cleared as places have them in their ledgers, in set form and silent.

Every row names its facility; one that is not here is refused by `facilities_unknown`.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeVar

from django.db import transaction
from django.db.models import Model

from linli.core import clock, journal
from linli.core.actors import Actor
from linli.territory.models import Facility
from linli.territory.operations.recording import extra_of
from linli.venues.models import ClearingItem, Room, SupplyItem

Rows = Sequence[Mapping[str, Any]]
OF_ROOM: Final = ("name", "area_m2", "use", "capacity", "accessible", "booked_by", "since", "until")
OF_SUPPLY: Final = ("name", "kind", "amount", "least", "unit", "expires", "since", "until")
OF_CLEARING: Final = ("kind", "text", "state", "reason", "listed", "decided", "freed_m2")
ROW = TypeVar("ROW", Room, SupplyItem, ClearingItem)


def facilities_unknown(*, rows: Rows) -> dict[int, str]:
    """Which rows name a facility that is not here, by position; of one name that in the row's place."""
    known = _facilities(rows)
    return {at: "venue.unknown_facility" for at, row in enumerate(rows) if _key(row) not in known}


def clearing_refused(*, rows: Rows) -> dict[int, str]:
    """Which rows are none, by position: kept or removed and no reason, or space freed by what is still there."""
    found = facilities_unknown(rows=rows)
    for at, row in enumerate(rows):
        state = row.get("state") or "listed"
        if state != "listed" and not row.get("reason"):
            found.setdefault(at, "clearing_item.reason")
        elif row.get("freed_m2") and state != "removed":
            found.setdefault(at, "clearing_item.freed")
    return found


@transaction.atomic
def room_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in rooms, one of each name in a facility (FAC-02)."""
    return _record(actor, rows, Room, OF_ROOM, "room", _room_known)


@transaction.atomic
def supply_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in supplies of stations, one of each name (FAC-06)."""
    return _record(actor, rows, SupplyItem, OF_SUPPLY, "supply_item", _supply_known)


@transaction.atomic
def clearing_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in desks, plates and notices, kept and removed (FAC-10)."""
    return _record(actor, rows, ClearingItem, OF_CLEARING, "clearing_item", None)


def _record(
    actor: Actor,
    rows: Rows,
    model: type[ROW],
    fields: Sequence[str],
    name: str,
    known: Callable[[int, str], Model | None] | None,
) -> list[int]:
    facilities = _facilities(rows)
    first = "listed" if "listed" in fields else "since"
    held = model._default_manager.select_for_update().in_bulk([row["id"] for row in rows if row.get("id")])
    given = []
    for row in rows:
        facility = facilities[_key(row)]
        found: Any = held.get(row.get("id") or 0) or (known(facility, row["name"]) if known else None) or model()
        found.facility_id = facility
        for field in fields:
            if row.get(field) is not None:
                setattr(found, field, row[field])
        setattr(found, first, getattr(found, first) or clock.today())
        found.extra = {**found.extra, **extra_of(row, (*fields, "facility"))}
        found.save()
        given.append(found.pk)
    journal.write(actor, f"{name}.record_many", None, count=max(1, len(rows)))
    return given


def _room_known(facility: int, name: str) -> Room | None:
    return Room.objects.filter(facility_id=facility, name=name, until=None).first()


def _supply_known(facility: int, name: str) -> SupplyItem | None:
    return SupplyItem.objects.filter(facility_id=facility, name=name, until=None).first()


def _key(row: Mapping[str, Any]) -> tuple[str, int | None]:
    return row.get("facility") or "", row.get("place")


def _facilities(rows: Rows) -> dict[tuple[str, int | None], int]:
    """The facility that each row means: by name, in the row's place where it has one and only one is meant."""
    names = {row.get("facility") or "" for row in rows}
    there = Facility.objects.filter(name__in=names, until=None).order_by("pk").select_related("place")
    found: dict[tuple[str, int | None], int] = {}
    for row in rows:
        name, place = _key(row)
        fitting = [item for item in there if item.name == name and (place is None or _in(item, place))]
        if len(fitting) == 1:
            found[name, place] = fitting[0].pk
    return found


def _in(facility: Facility, place: int) -> bool:
    return f"/{place}/" in facility.place.path
