"""What lies and stands in venues: supplies that are restocked in time, desks, plates and notices that go."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.cases.operations.clocks import calendar_of, post_at
from linli.cases.operations.owing import owe, settle
from linli.core import clock, journal
from linli.core.actors import SYSTEM, Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken, Stale
from linli.core.words import at_most, said
from linli.venues import policies
from linli.venues.models import ClearingItem, SupplyItem
from linli.venues.operations.rooms import facility_locked, room_locked
from linli.venues.sections import section
from linli.venues.workflow import CLEARED, CLEARING, KEEP, RESTOCK_OWED, SUPPLIES

SUPPLY: Final = "supply_item"
CLEARS: Final = "clearing_item"
MOST: Final = 10**6


@dataclass(frozen=True, slots=True)
class Stock:
    """What a station has: so much of it until a day, and how much it should have at least."""

    name: str
    kind: str = "other"
    amount: int = 0
    least: int = 0
    unit: str = ""
    expires: date | None = None


@transaction.atomic
def supply_add(*, actor: Actor, facility_id: int, stock: Stock) -> SupplyItem:
    """Put a supply on a station's list (FAC-06).

    Raises: not_found, venue.not_yours, supply_item.name, supply_item.name_taken, supply_item.kind, supply_item.amount
    """
    facility = facility_locked(actor, facility_id)
    row = SupplyItem(facility=facility, since=clock.today())
    row.name = said(stock.name, 80, "supply_item.name")
    if SupplyItem.objects.filter(facility=facility, name=row.name, until=None).exists():
        raise RuleBroken("supply_item.name_taken", _("This is on the list already; restock it there."))
    if stock.kind not in dict(SUPPLIES):
        raise InvalidInput("supply_item.kind", _("Choose what kind of supply it is."))
    row.kind, row.unit = stock.kind, at_most(stock.unit, 12, "supply_item.name")
    _fill(row, stock.amount, stock.least, stock.expires)
    row.save(force_insert=True)
    _watch(row)
    _done(actor, f"{SUPPLY}.add", row)
    return row


@transaction.atomic
def supply_restock(
    *, actor: Actor, supply_id: int, version: int, amount: int, least: int, expires: date | None
) -> SupplyItem:
    """Say how much there is now, and until when it is good.

    Raises: not_found, venue.not_yours, supply_item.stale, supply_item.amount
    """
    row = _supply(actor, supply_id)
    if row.version != version:
        raise Stale("supply_item.stale", _("Somebody changed this meanwhile; look at it again."))
    _fill(row, amount, least, expires)
    row.version += 1
    row.save()
    _watch(row)
    _done(actor, f"{SUPPLY}.restock", row, amount=amount)
    return row


@transaction.atomic
def supply_end(*, actor: Actor, supply_id: int) -> SupplyItem:
    """Take a supply off the list. Raises: not_found, venue.not_yours"""
    row = _supply(actor, supply_id)
    row.until = max(clock.today(), row.since)
    row.version += 1
    row.save()
    settle(RESTOCK_OWED, (SUPPLY, row.pk))
    _done(actor, f"{SUPPLY}.end", row)
    return row


@transaction.atomic
def supplies_check(*, at: datetime | None = None) -> int:
    """Owe what expires soon, or of which there is too little. Gives how many are owed."""
    today = clock.day_of(at or clock.now())
    soon = Q(expires__lte=today + timedelta(days=section().restock_days)) | Q(amount__lt=F("least"))
    rows = SupplyItem.objects.select_for_update(of=("self",), skip_locked=True).filter(soon, until=None)
    found = list(rows.filter(facility__until=None).select_related("facility__place"))
    for row in found:
        _watch(row)
    if found:
        journal.write(SYSTEM, f"{SUPPLY}.check", None, count=len(found))
    return len(found)


@transaction.atomic
def clearing_add(*, actor: Actor, facility_id: int, kind: str, text: str) -> ClearingItem:
    """List a desk, a plate or a notice that is to be looked at (FAC-10).

    Raises: not_found, venue.not_yours, clearing_item.kind, clearing_item.text
    """
    facility = facility_locked(actor, facility_id)
    if kind not in dict(CLEARED):
        raise InvalidInput("clearing_item.kind", _("Choose whether it is a desk, a plate or a notice."))
    row = ClearingItem(facility=facility, kind=kind, listed=clock.today())
    row.text = said(text, 160, "clearing_item.text")
    row.save(force_insert=True)
    _done(actor, f"{CLEARS}.add", row)
    return row


@transaction.atomic
def clearing_decide(*, actor: Actor, item_id: int, verb: str, reason: str, room_id: int | None = None) -> ClearingItem:
    """Keep it or remove it, with the reason; a room that its removal frees serves residents from then on.

    Raises: not_found, venue.not_yours, clearing_item.state, clearing_item.reason, clearing_item.room
    """
    rows = ClearingItem.objects.select_for_update(of=("self",)).select_related("facility__place")
    row = rows.filter(policies.things_visible_to(actor), pk=item_id).first()
    if row is None:
        raise NotFound
    policies.require_keep(actor, row.facility)
    row.state = CLEARING.step(row.state, verb)
    row.reason = said(reason, 200, "clearing_item.reason")
    row.decided = clock.today()
    if room_id is not None:
        _free(actor, row, room_id)
    row.version += 1
    row.save()
    _done(actor, f"{CLEARS}.{verb}", row, freed_m2=str(row.freed_m2 or 0))
    return row


def _free(actor: Actor, row: ClearingItem, room_id: int) -> None:
    """Let the freed room serve residents. Raises: clearing_item.room"""
    room = room_locked(actor, room_id)
    if row.state != "removed" or room.facility_id != row.facility_id or room.use == "service":
        raise RuleBroken("clearing_item.room", _("Choose an office or an idle room of this venue that becomes free."))
    room.use = "service"
    room.version += 1
    room.save()
    row.room, row.freed_m2 = room, room.area_m2


def _supply(actor: Actor, supply_id: int) -> SupplyItem:
    rows = SupplyItem.objects.select_for_update(of=("self",)).select_related("facility__place")
    row = rows.filter(policies.things_visible_to(actor), pk=supply_id, until=None).first()
    if row is None:
        raise NotFound
    policies.require_keep(actor, row.facility)
    return row


def _fill(row: SupplyItem, amount: int, least: int, expires: date | None) -> None:
    if not (0 <= amount <= MOST and 0 <= least <= MOST):
        raise InvalidInput("supply_item.amount", _("Amounts are whole numbers from zero on."))
    row.amount, row.least, row.expires = amount, least, expires


def _watch(row: SupplyItem) -> None:
    """Owe the restocking of what expires soon or is too little, once; settle it where neither is so."""
    due = restock_due(row, clock.today())
    if due is None:
        settle(RESTOCK_OWED, (SUPPLY, row.pk))
        return
    place = row.facility.place
    title = f"{row.facility.name}：{row.name}"
    days = calendar_of(place)
    at = days.close_of(max(due, clock.today()))
    owe(RESTOCK_OWED, (SUPPLY, row.pk), title, place.pk, post_at(place.path, KEEP), at, days)


def restock_due(row: SupplyItem, today: date) -> date | None:
    """The day by which a supply is to be restocked: a week for what is too little, before it expires for the rest."""
    found = []
    if row.amount < row.least:
        found.append(today + timedelta(days=7))
    if row.expires and row.expires <= today + timedelta(days=section().restock_days):
        found.append(row.expires)
    return min(found, default=None)


def _done(actor: Actor, operation: str, row: SupplyItem | ClearingItem, **facts: Any) -> None:
    kind = operation.partition(".")[0]
    facts |= {"facility": row.facility_id}
    journal.write(actor, operation, (kind, row.pk), place_id=row.facility.place_id, facts=facts)
