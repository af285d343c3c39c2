"""Bookings of rooms as operations: held, confirmed, given back, called off; each refusal; series; the database."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from linli.accounts.testing import Cast
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.calendar_table import calendar_day_set
from linli.core.errors import RuleBroken
from linli.core.models import Entry
from linli.messaging.models import Message
from linli.records.operations.profiles import content_apply
from linli.venues.models import Occupied, Room, RoomBooking
from linli.venues.operations import holding
from linli.venues.operations.rooms import closure_add, closure_void, room_end
from linli.venues.tests.opened import DAY, at, booked, code_of, hall, held, room, venue, wish
from linli.venues.workflow import PLAN, ROOM_BOOKING

pytestmark = pytest.mark.django_db


def hold(cast: Cast, row: Room, role: str = "resident", **more: Any) -> str:
    return code_of(held, cast=cast, row=row, role=role, **more)


def state(row: RoomBooking) -> str:
    return str(RoomBooking.objects.get(pk=row.pk).state)


def test_the_life_of_a_booking_is_this_and_no_other() -> None:
    assert [(move.verb, move.frm, move.to) for move in ROOM_BOOKING.moves] == [
        ("confirm", ("held",), "booked"),
        ("return", ("held", "booked"), "returned"),
        ("cancel", ("held", "booked"), "cancelled"),
        ("lapse", ("held",), "lapsed"),
        ("pass", ("booked",), "used"),
    ]
    assert [(move.verb, move.frm, move.to) for move in PLAN.moves] == [
        ("approve", ("proposed",), "approved"),
        ("refuse", ("proposed",), "refused"),
        ("begin", ("approved",), "in_use"),
        ("end", ("approved", "in_use"), "ended"),
    ]


def test_a_resident_holds_a_room_confirms_it_and_gives_it_back(cast: Cast) -> None:
    row = room(venue(cast))
    first = held(cast, row)
    assert (first.state, first.user_id, first.expires) == ("held", cast.resident.user_id, at(10, 0, 10))
    call: dict[str, Any] = {"actor": cast.resident, "booking_id": first.pk}
    assert code_of(holding.room_confirm, **call, purpose=" ") == "room_booking.purpose"
    assert code_of(holding.room_confirm, **call, purpose="读书会") == ""
    assert code_of(holding.room_confirm, **call, purpose="读书会") == "room_booking.state"
    assert hold(cast, row, since=15, until=17) == "room_booking.taken"
    assert code_of(holding.room_return, **call) == ""
    assert code_of(holding.room_return, **call) == "room_booking.state"
    assert hold(cast, row, since=15, until=17) == ""
    verbs = Entry.objects.filter(subject_type="room_booking", subject_id=first.pk).order_by("pk")
    assert list(verbs.values_list("operation", flat=True)) == [
        f"room_booking.{verb}" for verb in ("hold", "confirm", "return")
    ]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"since": 16, "until": 16}, "span"),
        ({"ends": (9, 2)}, "over_midnight"),
        ({"days": -1}, "past"),
        ({"days": 0, "since": 11, "until": 12}, "too_short_notice"),
        ({"days": 61}, "too_far_ahead"),
        ({"since": 14, "until": 18}, "too_long"),
        ({"since": 12, "until": 14}, "closed"),
        ({"days": 6}, "closed"),
        ({"weekly_until": date(2026, 3, 3)}, "series"),
        ({"weekly_until": date(2027, 3, 3)}, "series"),
        ({"room_id": -1}, "not_found"),
    ],
)
def test_wishes_that_are_none(cast: Cast, more: dict[str, Any], code: str) -> None:
    more = {name: at(*value) if isinstance(value, tuple) else value for name, value in more.items()}
    row = room(venue(cast), notice=120)
    row.pk = more.pop("room_id", row.pk)
    assert hold(cast, row, **more) == (code if code == "not_found" else f"room_booking.{code}")
    assert not RoomBooking.objects.exists()


def test_who_comes_later_is_told_what_is_free_near_and_not_by_whom_it_is_taken(cast: Cast) -> None:
    whole, east, west = hall(cast, buffer=15)
    booked(cast, east, since=15, until=16)
    with pytest.raises(RuleBroken) as caught:
        held(cast, whole, since=15, until=17)
    assert caught.value.facts["free"] == "09:00–12:00、16:15–20:00"
    # The other half is free, the hall again once its buffer is over, and a half of a taken hall is not.
    assert [hold(cast, west, since=15, until=17), hold(cast, west, since=14, until=15)] == ["", "room_booking.taken"]
    assert hold(cast, whole, since=18, until=19) == ""
    assert [hold(cast, half, since=18, until=19) for half in (east, west)] == ["room_booking.taken"] * 2


def test_a_hold_runs_out_by_itself(cast: Cast, today: clock.Frozen) -> None:
    row = room(venue(cast))
    first = held(cast, row)
    today.move(timedelta(minutes=10))
    confirm: dict[str, Any] = {"actor": cast.resident, "booking_id": first.pk, "purpose": "读书会"}
    assert code_of(holding.room_confirm, **confirm) == "room_booking.lapsed"
    second = held(cast, row, "second_worker")
    assert [state(first), state(second)] == ["lapsed", "held"]
    today.move(timedelta(minutes=10))
    assert [holding.room_bookings_check(), holding.room_bookings_check()] == [1, 0]
    third = booked(cast, row)
    today.move_to(at(16, 1))
    assert (holding.room_bookings_check(), state(third)) == (1, "used")
    assert code_of(holding.room_return, actor=cast.resident, booking_id=third.pk) == "room_booking.state"


def test_of_a_series_one_gets_the_days_that_are_free(cast: Cast) -> None:
    row = room(venue(cast), ahead=8)
    calendar_day_set(actor=SYSTEM, day=date(2026, 3, 24), working=False, name="节日")
    booked(cast, row, "community_worker", weekly_until=None)
    assert hold(cast, row, weekly_until=date(2026, 4, 7)) == "room_booking.taken"
    holding.room_cancel(actor=cast.second_worker, booking_id=RoomBooking.objects.get().pk, reason="借用")
    other = wish(row, days=8)
    holding.room_hold(actor=SYSTEM, wish=other)
    found = holding.room_hold(actor=cast.resident, wish=wish(row, weekly_until=date(2026, 4, 7)))
    assert [clock.day_of(item.starts).day for item in found] == [3, 17, 31, 7]
    assert found[0].left_out == ["2026-03-10", "2026-03-24"]
    holding.room_confirm(actor=cast.resident, booking_id=found[0].pk, purpose="书法课")
    assert {state(item) for item in found} == {"booked"}
    # One of them is given back, then the rest from another one on.
    holding.room_return(actor=cast.resident, booking_id=found[0].pk)
    holding.room_return(actor=cast.resident, booking_id=found[2].pk, whole=True)
    assert [state(item) for item in found] == ["returned", "booked", "returned", "returned"]


def test_residents_bodies_and_the_desk_book_each_in_their_way(cast: Cast) -> None:
    content_apply(actor=SYSTEM, content={"place": {"name": "清河", "root": "990901"}, "venues": {"most_ahead": 1}})
    there = venue(cast)
    open_one, closed = room(there), room(there, "会议室", 30, booked_by="bodies")
    company = cast.bodies["property_company"].pk
    assert hold(cast, open_one, "visitor") == "room_booking.not_yours"
    assert hold(cast, closed) == "room_booking.not_yours"
    assert hold(cast, closed, "property_handler") == "room_booking.not_yours"
    assert hold(cast, closed, "department_handler", organization_id=company) == "room_booking.not_yours"
    assert hold(cast, closed, "property_handler", organization_id=company) == ""
    assert [hold(cast, open_one), hold(cast, open_one, days=2)] == ["", "room_booking.too_many"]
    # The desk writes down for whoever comes, as often as it must; nobody's account stands behind it.
    made = [held(cast, open_one, "community_worker", days=days) for days in (3, 4)]
    assert [row.user_id for row in made] == [None, None]
    assert hold(cast, room(there, "旧库房", 10, booked_by=""), "community_worker") == "not_found"
    assert hold(cast, room(venue(cast, name="未公布", posted=False)), "community_worker") == "not_found"


def test_only_whoever_booked_and_the_house_touch_a_booking(cast: Cast) -> None:
    row = booked(cast, room(venue(cast)))
    for role, code in (("outsider", "not_found"), ("grid_worker", "not_found"), ("property_handler", "not_found")):
        call: dict[str, Any] = {"actor": cast.actors[role], "booking_id": row.pk}
        assert code_of(holding.room_return, **call) == code
        assert code_of(holding.room_cancel, **call, reason="检修") == code
    assert code_of(holding.room_cancel, actor=cast.resident, booking_id=row.pk, reason="x") == "not_found"
    assert code_of(holding.room_return, actor=cast.community_worker, booking_id=row.pk) == "not_found"
    cancel: dict[str, Any] = {"actor": cast.community_worker, "booking_id": row.pk}
    assert code_of(holding.room_cancel, **cancel, reason=" ") == "room_booking.reason"
    assert code_of(holding.room_cancel, **cancel, reason="检修") == ""
    told = Message.objects.get(user_id=cast.resident.user_id or 0)
    assert (told.kind, told.facts["reason"]) == ("room_booking.cancelled", "检修")


def test_days_that_are_closed_call_off_what_was_booked_and_come_back(cast: Cast) -> None:
    row = room(venue(cast))
    first, later = booked(cast, row), booked(cast, row, days=3)
    close: dict[str, Any] = {"actor": cast.community_worker, "facility_id": row.facility_id}
    day = clock.today() + DAY
    assert code_of(closure_add, **close, since=day, last=day - DAY, reason="x") == "closure.days"
    assert code_of(closure_add, **close, since=day, last=day, reason="") == "closure.reason"
    assert code_of(closure_add, **{**close, "actor": cast.outsider}, since=day, last=day, reason="x") == "not_found"
    closed = closure_add(**close, since=day, last=day, reason="消毒")
    assert [state(first), state(later)] == ["cancelled", "booked"]
    assert hold(cast, row) == "room_booking.closed"
    closure_void(**close, closure_id=closed.pk)
    assert hold(cast, row) == ""


def test_the_database_itself_refuses_a_second_one(cast: Cast) -> None:
    whole, east, _west = hall(cast, buffer=15)
    first = booked(cast, whole)
    assert set(first.occupied.values_list("room__name", flat=True)) == {"多功能厅", "东半厅", "西半厅"}
    other = RoomBooking.objects.create(
        room=east, starts=at(16), ends=at(17), state="booked", asked=clock.now(), asked_by="x"
    )
    # Within the buffer of the hall: sixteen o'clock is too early by a quarter of an hour.
    with pytest.raises(IntegrityError, match="room_taken_once"), transaction.atomic():
        Occupied.objects.create(booking=other, room=east, since=at(16), until=at(17))
    Occupied.objects.create(booking=other, room=east, since=at(16, minute=15), until=at(17))


def test_a_new_half_is_taken_by_what_has_the_whole(cast: Cast) -> None:
    whole = room(venue(cast))
    booked(cast, whole)
    half = room(whole.facility, "北半厅", 40, whole)
    assert hold(cast, half) == "room_booking.taken"
    assert code_of(room_end, actor=cast.community_worker, room_id=half.pk) == "room.booked"
    assert code_of(room_end, actor=cast.community_worker, room_id=whole.pk) == "room.has_parts"


def test_what_an_account_booked_is_free_when_it_is_closed(cast: Cast) -> None:
    row = room(venue(cast))
    first = booked(cast, row)
    holding.room_bookings_forget(actor=SYSTEM, user_id=cast.resident.user_id or 0)
    first.refresh_from_db()
    assert (first.state, first.purpose, hold(cast, row, "second_worker")) == ("returned", "", "")
