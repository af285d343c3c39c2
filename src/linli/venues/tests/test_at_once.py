"""One hall and its halves wanted at the same moment, in real threads on a database of their own: one gets it."""

from functools import partial

from linli.accounts.neighbourhood import neighbourhood
from linli.core import clock
from linli.core.testing.fixtures import OwnDatabase
from linli.deliberation.tests.test_polls_at_once import answers, in_waves
from linli.venues.models import Occupied, RoomBooking
from linli.venues.operations.holding import room_bookings_check, room_confirm, room_hold, room_return
from linli.venues.operations.rooms import closure_add
from linli.venues.tests.opened import DAY, booked, hall, wish


def test_two_hundred_want_a_hall_and_its_halves_and_one_gets_it(own_database: OwnDatabase) -> None:
    cast = neighbourhood()
    whole, east, _west = hall(cast)
    calls = [
        partial(room_hold, actor=cast.community_worker, wish=wish(whole if number % 2 else east))
        for number in range(200)
    ]
    assert in_waves(own_database, calls) == {"ok": 1, "room_booking.taken": 199}
    row = RoomBooking.objects.get()
    assert Occupied.objects.filter(held=True).count() == (3 if row.room_id == whole.pk else 1)


def test_a_booking_races_its_return_and_the_closing_of_the_house(own_database: OwnDatabase) -> None:
    cast = neighbourhood()
    whole, east, west = hall(cast)
    first = booked(cast, whole)
    day = clock.today() + DAY
    close = partial(
        closure_add, actor=cast.community_worker, facility_id=whole.facility_id, since=day, last=day, reason="消毒"
    )
    back = partial(room_return, actor=cast.resident, booking_id=first.pk)
    again = [partial(room_hold, actor=cast.second_worker, wish=wish(row)) for row in (east, west, whole)]
    found = answers(own_database.together(close, *[back] * 3, *again, room_bookings_check))
    assert set(found) <= {"ok", "room_booking.state", "room_booking.taken", "room_booking.closed"}
    # Whatever came first: on the closed day nothing is held any more.
    assert not RoomBooking.objects.filter(state__in=("held", "booked")).exists()
    assert not Occupied.objects.filter(held=True).exists()
    late = partial(room_confirm, actor=cast.resident, booking_id=first.pk, purpose="x")
    assert answers(own_database.together(late)) == {"room_booking.state": 1}
