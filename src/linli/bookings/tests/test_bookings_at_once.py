"""Bookings at the same moment, in real threads on a database of their own: the last one goes to exactly one."""

from decimal import Decimal
from functools import partial
from itertools import pairwise

from linli.accounts.neighbourhood import neighbourhood
from linli.bookings.models import Booking
from linli.bookings.operations.bookings import booking_ask, booking_cancel, booking_withdraw, bookings_check
from linli.bookings.tests.booked import at, booked, shared, wish
from linli.core import clock
from linli.core.testing.fixtures import OwnDatabase
from linli.deliberation.tests.test_polls_at_once import answers, in_waves
from linli.organizations.operations.groups import offer_lend


def test_two_hundred_ask_for_the_last_room_and_one_gets_it(own_database: OwnDatabase) -> None:
    cast = neighbourhood()
    room = shared(cast, amount=1)
    spans = [(9, 12), (11, 13), (10, 11)]
    calls = [
        partial(booking_ask, actor=cast.community_worker, wish=wish(cast, room, *spans[number % 3]))
        for number in range(200)
    ]
    found = in_waves(own_database, calls)
    # Who asked first has it; only a time that does not touch it may go to a second one.
    taken = list(Booking.objects.order_by("starts"))
    assert found == {"ok": len(taken), "booking.full": 200 - len(taken)}
    assert all(first.ends <= second.starts for first, second in pairwise(taken))
    assert 1 <= len(taken) <= 2


def test_it_is_given_back_once_while_less_is_shared_and_others_ask(own_database: OwnDatabase) -> None:
    cast = neighbourhood()
    spaces = shared(cast, amount=2)
    first, second = booked(cast, spaces), booked(cast, spaces)
    back = partial(booking_withdraw, actor=cast.community_worker, booking_id=first.pk, reason="不用了")
    less = partial(offer_lend, actor=cast.secretary, offer_id=spaces.pk, version=1, lending="time", amount=Decimal(1))
    ask = partial(booking_ask, actor=cast.second_worker, wish=wish(cast, spaces))
    found = answers(own_database.together(*[back] * 4, *[less] * 2, *[ask] * 4))
    held = Booking.objects.filter(state__in=("asked", "approved")).count()
    spaces.refresh_from_db()
    assert held <= spaces.amount
    assert found["booking.state"] == 3
    with clock.frozen(at(20)):
        assert answers(own_database.together(*[bookings_check] * 4)) == {"ok": 4}
    assert not Booking.objects.filter(state="asked").exists()
    cancel = partial(booking_cancel, actor=cast.property_handler, booking_id=second.pk, reason="检修")
    assert answers(own_database.together(cancel)) == {"booking.state": 1}
