"""A room is held, then booked, given back, called off, or its hold runs out.

Whoever writes one holds the lock of the outermost room, so that bookings of a hall and of its halves come one after
another; that nothing is taken twice, the database checks once more by itself (`room_taken_once`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core import clock, journal
from linli.core.actors import SYSTEM, Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.core.words import said
from linli.messaging.operations.sending import Draft, message_send
from linli.messaging.queries import To
from linli.venues import policies
from linli.venues.hours import Span, Terms, fault_of, free_between, nearest, weekly
from linli.venues.models import Occupied, Room, RoomBooking
from linli.venues.queries.times import OpenDays, said_spans, taken
from linli.venues.sections import section
from linli.venues.workflow import CANCELLED, HOLDING, ROOM_BOOKING

KIND: Final = "room_booking"
LONGEST: Final = 120
LONGEST_REASON: Final = 200
SENTENCES: Final[dict[str, Any]] = {
    "span": _("It ends after it begins."),
    "over_midnight": _("A booking begins and ends on one day; book the next day by itself."),
    "past": _("Choose a time to come."),
    "too_short_notice": _("This room is booked at least %(notice)s minutes before; call the house if it is urgent."),
    "too_far_ahead": _("This room is booked at most %(ahead)s days ahead."),
    "too_long": _("This room is booked for at most %(longest)s minutes at a time."),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """A room from an instant to another, for oneself or for a body; each week until a day, where one is given."""

    room_id: int
    starts: datetime
    ends: datetime
    organization_id: int | None = None
    weekly_until: date | None = None


@transaction.atomic
def room_hold(*, actor: Actor, wish: Wish) -> list[RoomBooking]:
    """Hold a room for whoever chose a time, until they confirm it or the hold runs out (FAC-01).

    Of a series those days are held on which the room is free; the others are named, and the first must be free.
    Raises: not_found, room_booking.not_yours, room_booking.too_many, room_booking.series, room_booking.span,
    room_booking.over_midnight, room_booking.past, room_booking.too_short_notice, room_booking.too_far_ahead,
    room_booking.too_long, room_booking.closed, room_booking.taken
    """
    room = _room(wish.room_id)
    policies.require_book(actor, room, wish.organization_id)
    _require_few(actor, room)
    spans = _spans(wish)
    days = OpenDays(room.facility, clock.day_of(spans[0][0]), clock.day_of(spans[-1][0]))
    first = _held(actor, room, wish, days, spans[0], None)
    held = [first]
    for span in spans[1:]:
        try:
            held.append(_held(actor, room, wish, days, span, first))
        except RuleBroken:
            first.left_out.append(f"{clock.day_of(span[0])}")
    if len(spans) > 1:
        first.series = first
        first.save(update_fields=["series", "left_out"])
    _done(actor, "hold", first, count=len(held))
    return held


@transaction.atomic
def room_confirm(*, actor: Actor, booking_id: int, purpose: str) -> RoomBooking:
    """Book what is held, all of a series, and say what for.

    Raises: not_found, room_booking.not_yours, room_booking.state, room_booking.purpose, room_booking.lapsed
    """
    row = _locked(actor, booking_id)
    _require(actor, row, "confirm", own=True, keeper=True)
    words = said(purpose, LONGEST, "room_booking.purpose")
    if row.expires is None or row.expires <= clock.now():
        raise RuleBroken("room_booking.lapsed", _("It is not held any more; choose the time again."))
    for item in _of_series(row, whole=True):
        item.purpose, item.expires = words, None
        _step(item, "confirm")
    _done(actor, "confirm", row)
    return row


@transaction.atomic
def room_return(*, actor: Actor, booking_id: int, whole: bool = False) -> RoomBooking:
    """Give back one's own booking before it is over, with the rest of its series if one likes; no reason is asked for.

    Raises: not_found, room_booking.not_yours, room_booking.state, room_booking.over
    """
    row = _locked(actor, booking_id)
    _require(actor, row, "return", own=True, keeper=False)
    for item in _of_series(row, whole=whole or row.state == "held"):
        _step(item, "return")
    _done(actor, "return", row, whole=whole)
    return row


@transaction.atomic
def room_cancel(*, actor: Actor, booking_id: int, reason: str, whole: bool = False) -> RoomBooking:
    """Call off a booking for the house, with a reason that whoever booked reads.

    Raises: not_found, room_booking.not_yours, room_booking.state, room_booking.over, room_booking.reason
    """
    row = _locked(actor, booking_id)
    _require(actor, row, "cancel", own=False, keeper=True)
    call_off(actor, _of_series(row, whole=whole), said(reason, LONGEST_REASON, "room_booking.reason"))
    return row


@transaction.atomic
def room_bookings_check(*, at: datetime | None = None) -> int:
    """End what is over: bookings took place, holds run out. Gives how many."""
    now = at or clock.now()
    rows = RoomBooking.objects.select_for_update(of=("self",), skip_locked=True).select_related("room__facility")
    lapsed = _lapse(rows.filter(state="held", expires__lte=now))
    over = list(rows.filter(state="booked", ends__lte=now))
    for row in over:
        _step(row, "pass")
        _done(SYSTEM, "pass", row)
    return lapsed + len(over)


@transaction.atomic
def room_bookings_forget(*, actor: Actor, user_id: int) -> int:
    """Give back what is ahead and delete what the rest was for, part of an account's leaving; how many."""
    rows = list(
        RoomBooking.objects.select_for_update(of=("self",)).filter(user_id=user_id).select_related("room__facility")
    )
    for row in rows:
        row.purpose = ""
        if row.state in HOLDING and row.ends > clock.now():
            _step(row, "return")
            _done(actor, "return", row)
        else:
            row.save(update_fields=["purpose"])
    return len(rows)


def call_off(actor: Actor, rows: Iterable[RoomBooking], reason: str) -> int:
    """Call bookings off and tell who booked them, in the caller's transaction; how many."""
    found = list(rows)
    for row in found:
        row.reason = reason
        _step(row, "cancel")
        _done(actor, "cancel", row)
        if row.user_id:
            facts = {"day": f"{clock.day_of(row.starts)}", "room": row.room.name, "reason": reason}
            draft = Draft(CANCELLED, facts=facts, link=f"/venues/bookings/{row.pk}/")
            message_send(actor=actor, to=To(users=[row.user_id]), draft=draft)
    return len(found)


def _room(pk: int) -> Room:
    """A room that can be booked, locked after its outermost room. Raises: not_found"""
    found = Room.objects.filter(policies.public_rooms(), pk=pk).values_list("part_of_id", flat=True)[:1]
    if not found:
        raise NotFound
    above = [f"facility__place__{level}" for level in ("county", "street", "community")]
    rows = Room.objects.select_for_update(of=("self",)).filter(pk__in={found[0] or pk, pk})
    ordered = rows.order_by(F("part_of").asc(nulls_first=True))
    # The outermost room comes first, the one that is wanted last.
    return list(ordered.select_related("facility__opening", "facility__place", *above))[-1]


def _require_few(actor: Actor, room: Room) -> None:
    """Refuse who has enough ahead. Raises: room_booking.too_many"""
    if policies.may_keep(actor, room.facility.place):
        return
    rows = RoomBooking.objects.filter(user_id=actor.user_id or 0, state__in=HOLDING, ends__gt=clock.now())
    ahead = {series or pk for pk, series in rows.values_list("pk", "series_id")}
    most = section().most_ahead
    if len(ahead) >= most:
        message = _("You have %(most)s bookings ahead already; give one back to book another.")
        raise RuleBroken("room_booking.too_many", message, most=most)


def _spans(wish: Wish) -> list[Span]:
    """The times of a wish. Raises: room_booking.series"""
    if wish.weekly_until is None:
        return [(wish.starts, wish.ends)]
    most, first = section().series_weeks, clock.day_of(wish.starts)
    if not first < wish.weekly_until <= first + timedelta(weeks=most):
        message = _("A series goes on after its first day and for at most %(most)s weeks.")
        raise InvalidInput("room_booking.series", message, most=most)
    return weekly(wish.starts, wish.ends, wish.weekly_until)


def _held(actor: Actor, room: Room, wish: Wish, days: OpenDays, span: Span, first: RoomBooking | None) -> RoomBooking:
    """Hold one time. Raises: the refusals of room_hold"""
    day = clock.day_of(span[0])
    opened = days.on(day)
    _require_terms(room, opened, span, far=first is None)
    until = span[1] + timedelta(minutes=room.buffer)
    busy = taken(room, clock.day_start(day), clock.day_end(day) + timedelta(minutes=room.buffer))
    if any(start < until and span[0] < end for start, end in busy):
        raise _taken(room, opened, busy, span)
    _make_room(room)
    row = RoomBooking(room=room, starts=span[0], ends=span[1], series=first, asked=clock.now(), asked_by=actor.key)
    row.expires = row.asked + timedelta(minutes=section().hold_minutes)
    row.organization_id = wish.organization_id
    # What the house writes down, for somebody at its window or for a body, is of no account.
    row.user_id = None if policies.may_keep(actor, room.facility.place) else actor.user_id
    row.save(force_insert=True)
    inside = [room.pk, *Room.objects.filter(part_of=room, until=None).values_list("pk", flat=True)]
    Occupied.objects.bulk_create(Occupied(booking=row, room_id=pk, since=span[0], until=until) for pk in inside)
    return row


def _require_terms(room: Room, opened: list[Span], span: Span, *, far: bool) -> None:
    """Hold a time against the terms of its room; a series may reach farther ahead than its first day."""
    ahead = room.ahead if far else room.ahead + 7 * section().series_weeks
    fault = fault_of(*span, clock.now(), Terms(opened, room.longest, room.notice, ahead))
    if fault == "closed":
        hours = said_spans(opened)
        message = _("It is open %(open)s on that day.") if hours else _("It is closed on that day; choose another one.")
        raise RuleBroken("room_booking.closed", message, open=hours)
    if fault == "span":
        raise InvalidInput("room_booking.span", SENTENCES[fault])
    if fault:
        terms = {"notice": room.notice, "ahead": room.ahead, "longest": room.longest}
        raise RuleBroken(f"room_booking.{fault}", SENTENCES[fault], **terms)


def _make_room(room: Room) -> None:
    """End the holds that ran out around a room, so that the database does not hold them against a new one."""
    outer = room.part_of_id or room.pk
    lapsed = RoomBooking.objects.filter(Q(room=outer) | Q(room__part_of=outer), state="held", expires__lte=clock.now())
    _lapse(lapsed.select_related("room__facility"))


def _taken(room: Room, opened: list[Span], busy: list[Span], span: Span) -> RuleBroken:
    """The refusal that names the free times near a wish, and nobody."""
    earliest = clock.now() + timedelta(minutes=room.notice)
    free = nearest(free_between(opened, busy, room.buffer, earliest), span)
    message = (
        _("Somebody has it at that time. Still free on that day: %(free)s.")
        if free
        else _("Somebody has it at that time, and that day nothing so long is free; choose another day.")
    )
    return RuleBroken("room_booking.taken", message, free=said_spans(free))


def _locked(actor: Actor, booking_id: int) -> RoomBooking:
    seen = RoomBooking.objects.filter(policies.bookings_visible_to(actor), pk=booking_id)
    found = seen.values_list("room_id", "room__part_of_id").first()
    if found is None:
        raise NotFound
    # Always the outermost room first, as whoever holds one does.
    Room.objects.select_for_update().get(pk=found[1] or found[0])
    rows = RoomBooking.objects.select_for_update(of=("self",)).select_related("room__facility__place")
    return rows.get(pk=booking_id)


def _require(actor: Actor, row: RoomBooking, verb: str, *, own: bool, keeper: bool) -> None:
    """Refuse who may not, and what is over. Raises: room_booking.not_yours, room_booking.state, room_booking.over"""
    mine = own and policies.is_own(actor, row)
    if not mine and not (keeper and policies.may_keep(actor, row.room.facility.place)):
        raise NotFound
    ROOM_BOOKING.step(row.state, verb)
    if row.ends <= clock.now():
        raise RuleBroken("room_booking.over", pgettext_lazy("room booking", "Its time is over."))


def _of_series(row: RoomBooking, *, whole: bool) -> list[RoomBooking]:
    """A booking, or with it those of its series that are to come and in the same state."""
    if not whole or row.series_id is None:
        return [row]
    rows = RoomBooking.objects.select_for_update(of=("self",)).select_related("room__facility__place")
    ahead = rows.filter(series_id=row.series_id, state=row.state, starts__gte=row.starts).order_by("starts")
    return [row if item.pk == row.pk else item for item in ahead]


def _lapse(rows: Any) -> int:
    found = list(rows)
    for row in found:
        _step(row, "lapse")
        _done(SYSTEM, "lapse", row)
    return len(found)


def _step(row: RoomBooking, verb: str) -> None:
    row.state = ROOM_BOOKING.step(row.state, verb)
    row.version += 1
    row.save()
    if row.state not in HOLDING and row.state != "used":
        Occupied.objects.filter(booking=row).update(held=False)


def _done(actor: Actor, verb: str, row: RoomBooking, *, count: int = 1, **facts: Any) -> None:
    facts |= {"room": row.room_id}
    place = row.room.facility.place_id
    journal.write(actor, f"{KIND}.{verb}", (KIND, row.pk), place_id=place, facts=facts, count=count)
