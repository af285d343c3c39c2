"""How venues open and what rooms they have. Whoever changes a room holds the lock of the outermost one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.calendar import parse_hours
from linli.core.errors import InvalidInput, NotFound, RuleBroken, Stale
from linli.core.words import at_most, said
from linli.territory.models import Facility
from linli.venues import policies
from linli.venues.hours import DAYS
from linli.venues.models import Closure, Occupied, Opening, Room, RoomBooking
from linli.venues.operations.holding import call_off
from linli.venues.workflow import ACCESS, BOOKED_BY, HOLDING, USES

LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Open:
    """How a venue is open: spans such as 09:00-12:00 for each weekday, Monday first."""

    hours: Sequence[Sequence[str]]
    holidays: bool = False
    access: str = ""
    services: str = ""
    rules: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is said of a room."""

    name: str
    area_m2: Decimal
    use: str = "service"
    capacity: int | None = None
    accessible: bool = False
    booked_by: str = ""
    buffer: int = 0
    longest: int = 240
    notice: int = 0
    ahead: int = 60


@transaction.atomic
def opening_set(*, actor: Actor, facility_id: int, version: int, opening: Open) -> Opening:
    """Post how a venue is open (FAC-01); what is booked stays booked.

    `version` is that of what was posted, 0 where nothing was yet.
    Raises: not_found, venue.not_yours, venue.stale, venue.hours, venue.access, venue.text
    """
    facility = facility_locked(actor, facility_id)
    row = Opening.objects.filter(facility=facility).first() or Opening(facility=facility, version=0)
    if row.version != version:
        raise Stale("venue.stale", _("Somebody changed this meanwhile; look at it again."))
    row.hours, row.holidays = _week(opening.hours), opening.holidays
    if opening.access not in dict(ACCESS):
        raise InvalidInput("venue.access", _("Say whether one gets in without steps."))
    row.access = opening.access
    row.services = at_most(opening.services, 300, "venue.text")
    row.rules = at_most(opening.rules, 1000, "venue.text")
    row.phone = at_most(opening.phone, 24, "venue.text")
    row.version += 1
    row.save()
    _done(actor, "venue.open", facility)
    return row


@transaction.atomic
def closure_add(*, actor: Actor, facility_id: int, since: date, last: date, reason: str) -> Closure:
    """Close a venue on some days; what is booked on them is called off with the reason, and told.

    Raises: not_found, venue.not_yours, closure.days, closure.reason
    """
    facility = facility_locked(actor, facility_id)
    if not clock.today() <= since <= last:
        raise InvalidInput("closure.days", _("Days to close begin today or later, the first before the last."))
    row = Closure(facility=facility, since=since, last=last, reason=said(reason, LONGEST, "closure.reason"))
    return closed(actor, row)


@transaction.atomic
def closure_void(*, actor: Actor, facility_id: int, closure_id: int) -> Closure:
    """Take closed days back. Raises: not_found, venue.not_yours"""
    facility = facility_locked(actor, facility_id)
    row = Closure.objects.select_for_update().filter(facility=facility, pk=closure_id, void=False).first()
    if row is None:
        raise NotFound
    row.void = True
    row.save(update_fields=["void"])
    _done(actor, "venue.reopen", facility, since=f"{row.since}", last=f"{row.last}")
    return row


@transaction.atomic
def room_add(*, actor: Actor, facility_id: int, sketch: Sketch, part_of_id: int | None = None) -> Room:
    """Add a room, or a part of one. A part is taken by what has the whole of it already.

    Raises: not_found, venue.not_yours, room.too_deep, room.name, room.name_taken, room.area, room.parts_area, room.use,
    room.terms
    """
    facility = facility_locked(actor, facility_id)
    whole = _outermost(facility, part_of_id) if part_of_id else None
    row = Room(facility=facility, part_of=whole, since=clock.today())
    _fill(row, sketch)
    row.save(force_insert=True)
    if whole is not None:
        ahead = Occupied.objects.filter(room=whole, held=True)
        kept = [Occupied(booking_id=item.booking_id, room=row, since=item.since, until=item.until) for item in ahead]
        Occupied.objects.bulk_create(kept)
    _done(actor, "room.add", facility, room=row.pk)
    return row


@transaction.atomic
def room_change(*, actor: Actor, room_id: int, version: int, sketch: Sketch) -> Room:
    """Change what is said of a room; what is booked stays as it is.

    Raises: not_found, venue.not_yours, room.stale, room.name, room.name_taken, room.area, room.parts_area, room.use,
    room.terms
    """
    row = room_locked(actor, room_id)
    if row.version != version:
        raise Stale("room.stale", _("Somebody changed this meanwhile; look at it again."))
    _fill(row, sketch)
    row.version += 1
    row.save()
    _done(actor, "room.change", row.facility, room=row.pk)
    return row


@transaction.atomic
def room_end(*, actor: Actor, room_id: int) -> Room:
    """End a room that is not there any more; nothing may be booked in it or be part of it.

    Raises: not_found, venue.not_yours, room.booked, room.has_parts
    """
    row = room_locked(actor, room_id)
    if row.parts.filter(until=None).exists():
        raise RuleBroken("room.has_parts", _("It has parts; end these first."))
    if Occupied.objects.filter(room=row, held=True, booking__state__in=HOLDING, until__gt=clock.now()).exists():
        raise RuleBroken("room.booked", _("It is booked; call the bookings off first, with a reason."))
    row.until = max(clock.today(), row.since)
    row.version += 1
    row.save()
    _done(actor, "room.end", row.facility, room=row.pk)
    return row


def closed(actor: Actor, row: Closure) -> Closure:
    """Close the venue, which is locked, on these days, and call off what is booked on them."""
    row.save()
    # The rooms first, as whoever holds one does.
    list(Room.objects.select_for_update().filter(facility=row.facility, part_of=None).order_by("pk"))
    held = RoomBooking.objects.select_for_update(of=("self",)).select_related("room__facility").order_by("pk")
    there = held.filter(room__facility=row.facility, state__in=HOLDING, ends__gt=clock.now())
    within = there.filter(starts__gte=clock.day_start(row.since), starts__lt=clock.day_end(row.last))
    ended = call_off(actor, within, row.reason)
    _done(actor, "venue.close", row.facility, since=f"{row.since}", last=f"{row.last}", cancelled=ended)
    return row


def facility_locked(actor: Actor, facility_id: int) -> Facility:
    """A facility that is there, seen and kept, locked. Raises: not_found, venue.not_yours"""
    rows = Facility.objects.select_for_update(of=("self",)).select_related("place")
    found = rows.filter(policies.venues_visible_to(actor), pk=facility_id, until=None).first()
    if found is None:
        raise NotFound
    policies.require_keep(actor, found)
    return found


def room_locked(actor: Actor, room_id: int) -> Room:
    """A room that is there, of a facility that is kept, with its outermost room locked first.

    Raises: not_found, venue.not_yours
    """
    seen = Room.objects.filter(facility__in=Facility.objects.filter(policies.venues_visible_to(actor)), until=None)
    found = seen.filter(pk=room_id).values_list("pk", "part_of_id").first()
    if found is None:
        raise NotFound
    Room.objects.select_for_update().get(pk=found[1] or found[0])
    row = Room.objects.select_for_update(of=("self",)).select_related("facility__place").get(pk=room_id)
    policies.require_keep(actor, row.facility)
    return row


def _outermost(facility: Facility, room_id: int) -> Room:
    whole = Room.objects.select_for_update().filter(facility=facility, pk=room_id, until=None).first()
    if whole is None:
        raise NotFound
    if whole.part_of_id is not None:
        raise RuleBroken("room.too_deep", _("A part of a room has no parts itself."))
    return whole


def _fill(row: Room, sketch: Sketch) -> None:
    """Raises: room.name, room.name_taken, room.area, room.parts_area, room.use, room.terms"""
    row.name = said(sketch.name, 80, "room.name")
    if Room.objects.filter(facility=row.facility, name=row.name, until=None).exclude(pk=row.pk).exists():
        raise RuleBroken("room.name_taken", _("Another room here has this name."))
    if not 0 < sketch.area_m2 < 10**6 or sketch.area_m2 != round(sketch.area_m2, 2):
        raise InvalidInput("room.area", _("The area is in square metres, above zero."))
    row.area_m2 = sketch.area_m2
    _require_parts_fit(row)
    if sketch.use not in dict(USES) or sketch.booked_by not in dict(BOOKED_BY):
        raise InvalidInput("room.use", _("Say what the room is used for, and who books it."))
    row.use, row.booked_by = sketch.use, sketch.booked_by
    if not (0 <= sketch.buffer <= 240 and 10 <= sketch.longest <= 1440 and 0 <= sketch.notice <= 20000):
        raise InvalidInput("room.terms", _("Minutes and days of this room are not in a usual range."))
    if not 1 <= sketch.ahead <= 366:
        raise InvalidInput("room.terms", _("Minutes and days of this room are not in a usual range."))
    row.buffer, row.longest, row.notice, row.ahead = sketch.buffer, sketch.longest, sketch.notice, sketch.ahead
    row.capacity, row.accessible = sketch.capacity, sketch.accessible


def _require_parts_fit(row: Room) -> None:
    """The area of parts is within that of the whole. Raises: room.parts_area"""
    whole = row.part_of or row
    parts = Room.objects.filter(part_of=whole, until=None).exclude(pk=row.pk) if whole.pk else Room.objects.none()
    inside = parts.aggregate(total=Sum("area_m2"))["total"] or Decimal(0)
    inside += row.area_m2 if row.part_of else Decimal(0)
    if inside > whole.area_m2:
        raise RuleBroken("room.parts_area", _("The parts of a room are not larger than the room."))


def _week(hours: Sequence[Sequence[str]]) -> list[list[str]]:
    """Seven days of spans. Raises: venue.hours"""
    if len(hours) != DAYS:
        raise InvalidInput("venue.hours", _("Opening hours are written for each of the seven days."))
    found = []
    for texts in hours:
        try:
            spans = parse_hours(texts) if texts else ()
        except InvalidInput as error:
            message = _("Opening hours are written like 09:00-12:00 14:00-18:00, in order; nothing where it is closed.")
            raise InvalidInput("venue.hours", message) from error
        found.append([f"{start:%H:%M}-{end:%H:%M}" for start, end in spans])
    return found


def _done(actor: Actor, operation: str, facility: Facility, **facts: Any) -> None:
    journal.write(actor, operation, ("facility", facility.pk), place_id=facility.place_id, facts=facts)
