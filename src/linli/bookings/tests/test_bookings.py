"""Bookings as operations: their life, who asks and who answers, how much there is, what ends by itself."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.accounts.testing import Cast
from linli.bookings.models import Booking
from linli.bookings.operations import bookings as operations
from linli.bookings.policies import bookings_visible_to
from linli.bookings.queries import free_of
from linli.bookings.tests.booked import DAY, at, booked, shared, wish
from linli.bookings.workflow import BOOKING, HOLDING
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.errors import DomainError
from linli.core.models import Entry, WorkItem
from linli.organizations.models import Post, ResourceOffer
from linli.organizations.operations.groups import (
    Offered,
    offer_add,
    offer_end,
    offer_lend,
    resource_offer_record_many,
    resource_offers_refused,
)
from linli.records.figures import compute
from linli.records.operations.profiles import content_apply

pytestmark = pytest.mark.django_db


def code_of(operation: Callable[..., Any], **values: Any) -> str:
    """The code with which an operation refuses; empty where it does not."""
    try:
        operation(**values)
    except DomainError as error:
        return error.code
    return ""


def owed(row: Booking) -> list[tuple[int | None, int | None]]:
    items = WorkItem.objects.filter(kind="booking.answer", subject_type="booking", subject_id=row.pk, ended=None)
    return list(items.values_list("organization_id", "post_id"))


def answer(cast: Cast, row: Booking, verb: str = "approve", role: str = "property_handler", **more: Any) -> str:
    call = getattr(operations, f"booking_{verb}")
    given = {} if verb == "approve" else {"reason": "当天要检修", **more}
    return code_of(call, actor=cast.actors[role], booking_id=row.pk, **given)


def test_the_life_of_a_booking_is_this_and_no_other() -> None:
    assert [(move.verb, move.frm, move.to) for move in BOOKING.moves] == [
        ("approve", ("asked",), "approved"),
        ("refuse", ("asked",), "refused"),
        ("withdraw", ("asked", "approved"), "withdrawn"),
        ("cancel", ("approved",), "cancelled"),
        ("lapse", ("asked",), "lapsed"),
        ("pass", ("approved",), "used"),
    ]


def test_the_body_that_shares_owes_the_answer_and_gives_it(cast: Cast) -> None:
    offer = shared(cast)
    row = booked(cast, offer, amount=Decimal(2))
    assert owed(row) == [(cast.bodies["property_company"].pk, None)]
    assert answer(cast, row) == ""
    row.refresh_from_db()
    assert (row.state, row.answered is not None, owed(row)) == ("approved", True, [])
    assert Entry.objects.filter(operation="booking.approve", subject_id=row.pk).count() == 1
    assert answer(cast, row) == "booking.state"
    # Of three spaces one is left in that time, and all three outside of it.
    assert [free_of(offer, at(9), at(10)), free_of(offer, at(12), at(14))] == [1, 3]


def test_of_a_body_that_has_nobody_here_the_keeper_of_the_list_writes_the_answer_down(cast: Cast) -> None:
    offer = shared(cast, "party", amount=1)
    row = booked(cast, offer)
    assert owed(row) == [(None, cast.posts["secretary"].pk)]
    assert answer(cast, row, role="community_worker") == "booking.not_yours"
    assert answer(cast, row, role="outsider") == "not_found"
    assert answer(cast, row, role="secretary") == ""
    # Nobody answers for another what they asked for themselves.
    own = booked(cast, offer, "secretary", since=14, until=16)
    assert [answer(cast, own, role=role) for role in ("secretary", "street_officer")] == ["booking.own", ""]
    # Once the body has somebody here, it answers for itself.
    Post.objects.filter(pk=cast.posts["property_handler"].pk).update(organization=cast.bodies["party"])
    third = booked(cast, offer, since=17, until=18)
    assert owed(third) == [(cast.bodies["party"].pk, None)]
    assert answer(cast, third, role="street_officer") == "booking.not_yours"


def test_a_body_books_what_another_shares(cast: Cast) -> None:
    offer = shared(cast, "department", amount=1, title="培训教室")
    company = cast.bodies["property_company"].pk
    row = booked(cast, offer, "property_handler", organization_id=company)
    assert (row.organization_id, row.place_id) == (company, cast.places["compound"].pk)
    assert answer(cast, row, role="department_handler") == ""
    assert answer(cast, row, "withdraw", role="community_worker") == "booking.not_yours"
    assert answer(cast, row, "withdraw", role="property_handler") == ""
    foreign = wish(cast, offer, organization_id=cast.bodies["department"].pk)
    assert code_of(operations.booking_ask, actor=cast.property_handler, wish=foreign) == "not_found"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"amount": Decimal(4)}, "booking.full"),
        ({"amount": Decimal(0)}, "booking.amount"),
        ({"amount": Decimal("1.5")}, "booking.amount"),
        ({"purpose": " "}, "booking.purpose"),
        ({"purpose": "长" * 201}, "booking.purpose"),
        ({"since": 12, "until": 12}, "booking.span"),
        ({"since": 12, "until": 9}, "booking.span"),
        ({"starts": (9, -1)}, "booking.span"),
        ({"starts": (9, 91), "ends": (10, 91)}, "booking.span"),
        ({"ends": (10, 33)}, "booking.span"),
        ({"place_id": -1}, "not_found"),
    ],
)
def test_wishes_that_are_none(cast: Cast, more: dict[str, Any], code: str) -> None:
    more = {name: at(*value) if isinstance(value, tuple) else value for name, value in more.items()}
    assert code_of(booked, cast=cast, offer=shared(cast), **more) == code
    assert not Booking.objects.exists()


def test_only_what_can_be_booked_is_booked_and_only_while_it_is_offered(cast: Cast) -> None:
    plain = offer_add(actor=SYSTEM, offered=Offered("义务咨询", cast.bodies["party"].pk))
    assert code_of(booked, cast=cast, offer=plain) == "booking.not_offered"
    brief = shared(cast, until=clock.today() + 2 * DAY)
    assert code_of(booked, cast=cast, offer=brief) == ""
    assert code_of(booked, cast=cast, offer=brief, starts=at(9, 2), ends=at(10, 2)) == "booking.span"
    ended = shared(cast, since=date(2020, 1, 1), until=date(2020, 2, 1))
    assert code_of(booked, cast=cast, offer=ended) == "not_found"
    assert code_of(booked, cast=cast, offer=brief, role="property_handler") == "not_found"


def test_what_is_booked_ahead_is_not_taken_off_the_list(cast: Cast) -> None:
    offer = shared(cast)
    row = booked(cast, offer)
    end = partial(offer_end, offer_id=offer.pk)
    assert code_of(end, actor=cast.property_handler) == "offer.booked"
    assert code_of(end, actor=cast.department_handler) == "organization.not_yours"
    assert answer(cast, row, "refuse") == ""
    # The body itself takes it off.
    assert code_of(end, actor=cast.property_handler) == ""
    offer.refresh_from_db()
    assert offer.until == clock.today()


def test_a_ledger_does_not_lessen_what_is_booked(cast: Cast) -> None:
    offer = shared(cast)
    booked(cast, offer, amount=Decimal(3))
    row = {"id": offer.pk, "title": offer.title, "lending": "time", "amount": Decimal(2)}
    assert code_of(resource_offer_record_many, actor=SYSTEM, rows=[row]) == "offer.booked"
    resource_offer_record_many(actor=SYSTEM, rows=[{**row, "amount": Decimal(5)}])
    offer.refresh_from_db()
    assert offer.amount == 5


# What is held already, as first and last hour and amount, and whether two more from 10 to 12 fit into four.
FITS: list[tuple[list[tuple[int, int, int]], bool]] = [
    ([], True),
    ([(9, 12, 2)], True),
    ([(9, 12, 3)], False),
    ([(8, 10, 4), (12, 14, 4)], True),
    ([(8, 11, 2), (11, 14, 2)], True),
    ([(8, 11, 2), (10, 14, 1)], False),
    ([(8, 9, 4), (9, 10, 4), (11, 12, 1)], True),
]


@pytest.mark.parametrize(("held", "fits"), FITS)
def test_the_most_that_is_held_at_once_decides(cast: Cast, held: list[tuple[int, int, int]], fits: bool) -> None:
    offer = shared(cast, amount=4)
    for since, until, amount in held:
        booked(cast, offer, since=since, until=until, amount=Decimal(amount))
    assert (code_of(booked, cast=cast, offer=offer, since=10, until=12, amount=Decimal(2)) == "") is fits


def test_what_is_used_up_is_not_given_back_by_time(cast: Cast) -> None:
    fund = shared(cast, lending="used", amount=5000, title="共建资金")
    row = booked(cast, fund, amount=Decimal("1500.50"))
    answer(cast, row)
    with clock.frozen(at(9, 30)):
        assert operations.bookings_check() == 1
        assert free_of(fund, at(9, 40), at(10, 40)) == Decimal("3499.50")
        assert code_of(booked, cast=cast, offer=fund, amount=Decimal(3500)) == "booking.full"
        other = booked(cast, fund, amount=Decimal(3000))
        answer(cast, other, "refuse")
        assert code_of(booked, cast=cast, offer=fund, amount=Decimal("3499.50")) == ""


def test_what_is_given_back_is_free_again(cast: Cast) -> None:
    offer = shared(cast, amount=1)
    for verb, role, first in (
        ("refuse", "property_handler", ""),
        ("withdraw", "community_worker", ""),
        ("withdraw", "second_worker", "approve"),
        ("cancel", "property_handler", "approve"),
    ):
        row = booked(cast, offer)
        assert code_of(booked, cast=cast, offer=offer, since=11, until=13) == "booking.full"
        if first:
            answer(cast, row, first)
        assert answer(cast, row, verb, role=role, reason=" ") == "booking.reason"
        assert answer(cast, row, verb, role=role) == ""
        row.refresh_from_db()
        assert (BOOKING.state(row.state).final, row.reason, owed(row)) == (True, "当天要检修", [])
        assert answer(cast, row, verb, role=role) == "booking.state"


def test_what_is_over_ends_by_itself_and_once(cast: Cast) -> None:
    offer = shared(cast)
    asked, promised = booked(cast, offer), booked(cast, offer)
    answer(cast, promised)
    with clock.frozen(at(8)):
        assert operations.bookings_check() == 0
    with clock.frozen(at(10)):
        assert answer(cast, asked) == "booking.past"
        assert operations.bookings_check() == 1
    with clock.frozen(at(12)):
        assert answer(cast, promised, "cancel") == "booking.past"
        assert [operations.bookings_check(), operations.bookings_check()] == [1, 0]
    states = Booking.objects.order_by("pk").values_list("state", flat=True)
    assert (list(states), owed(asked)) == (["lapsed", "used"], [])


def test_how_much_there_is_changes_only_as_far_as_it_is_not_promised(cast: Cast) -> None:
    offer = shared(cast)
    booked(cast, offer, amount=Decimal(2))
    booked(cast, offer, since=14, until=15)

    def lend(role: str, version: int, lending: str, amount: Decimal | None) -> str:
        actor = cast.actors[role]
        return code_of(offer_lend, actor=actor, offer_id=offer.pk, version=version, lending=lending, amount=amount)

    assert lend("property_handler", 1, "time", Decimal(1)) == "offer.booked"
    assert lend("property_handler", 1, "", None) == "offer.booked"
    assert lend("property_handler", 1, "used", Decimal(2)) == "offer.booked"
    assert lend("property_handler", 1, "time", Decimal("2.5")) == "offer.lending"
    assert lend("property_handler", 1, "for ever", Decimal(2)) == "offer.lending"
    assert lend("property_handler", 1, "time", None) == "offer.lending"
    assert [lend(role, 1, "time", Decimal(2)) for role in ("department_handler", "outsider", "community_worker")] == [
        "organization.not_yours"
    ] * 3
    assert lend("property_handler", 1, "time", Decimal(2)) == ""
    assert lend("secretary", 1, "time", Decimal(9)) == "offer.stale"
    assert lend("secretary", 2, "time", Decimal(9)) == ""
    # What took place is no reason to keep it.
    with clock.frozen(at(20)):
        operations.bookings_check()
        assert lend("secretary", 3, "", None) == ""


@pytest.mark.parametrize(
    ("row", "half"),
    [({}, False), ({"lending": "time", "amount": 2}, False), ({"lending": "time"}, True), ({"amount": 2}, True)],
)
def test_a_row_of_a_ledger_says_how_and_how_many_or_neither(row: dict[str, Any], half: bool) -> None:
    assert resource_offers_refused(rows=[{"title": "车位"}, row]) == ({1: "offer.half"} if half else {})


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    wishes=st.lists(
        st.tuples(st.integers(8, 18), st.integers(1, 4), st.integers(1, 3), st.booleans()), min_size=1, max_size=12
    )
)
def test_no_more_is_held_than_there_is_whatever_is_asked(wishes: list[tuple[int, int, int, bool]], cast: Cast) -> None:
    """Counted another way, hour by hour; each example is taken back."""
    with transaction.atomic():
        offer = shared(cast, amount=3)
        for since, long, amount, kept in wishes:
            most = max(taken(offer).get(hour, 0) for hour in range(since, since + long))
            given = {"since": since, "until": since + long, "amount": Decimal(amount)}
            code = code_of(booked, cast=cast, offer=offer, **given)
            assert code == ("" if most + amount <= 3 else "booking.full")
            last = offer.bookings.order_by("-pk").first()
            if not code and not kept and last:
                operations.booking_withdraw(actor=SYSTEM, booking_id=last.pk, reason="不用了")
        assert max(taken(offer).values(), default=0) <= 3
        transaction.set_rollback(True)


def taken(offer: ResourceOffer) -> Counter[int]:
    """How much of it is held in each hour of the day."""
    held = Counter[int]()
    for row in offer.bookings.filter(state__in=HOLDING):
        held += Counter(hours_of(row))
    return held


def hours_of(row: Booking) -> dict[int, int]:
    """How much of it each hour takes."""
    since, until = (instant.astimezone(clock.SHANGHAI).hour for instant in (row.starts, row.ends))
    return dict.fromkeys(range(since, until), int(row.amount))


def test_the_database_itself_refuses_what_does_not_fit(cast: Cast) -> None:
    offer = shared(cast, amount=1)
    row = booked(cast, offer)
    row.pk = None
    with pytest.raises(IntegrityError, match="booking_fits"), transaction.atomic():
        row.save(force_insert=True)
    row.starts, row.ends = at(12), at(13)
    row.save(force_insert=True)
    with pytest.raises(IntegrityError, match="booking_fits"), transaction.atomic():
        Booking.objects.filter(pk=row.pk).update(starts=at(11))
    with pytest.raises(IntegrityError, match="booking_fits"), transaction.atomic():
        ResourceOffer.objects.filter(pk=offer.pk).update(lending="", amount=None)


def test_who_sees_bookings(cast: Cast) -> None:
    row = booked(cast, shared(cast))
    seen = {
        role
        for role, actor in cast.actors.items()
        if Booking.objects.filter(bookings_visible_to(actor), pk=row.pk).exists()
    }
    assert seen == {"community_worker", "second_worker", "secretary", "street_officer", "leader", "property_handler"}


def test_answers_are_due_before_the_time_begins_and_within_the_days_of_the_place(cast: Cast) -> None:
    offer = shared(cast)
    soon, later = booked(cast, offer), booked(cast, offer, starts=at(9, 20), ends=at(10, 20))
    due = dict(WorkItem.objects.filter(kind="booking.answer").values_list("subject_id", "due"))
    first, second = due[soon.pk], due[later.pk]
    assert first == soon.starts
    assert second
    assert second < at(9, 8)
    place = {"name": "清河县邻里", "root": "990901"}
    content_apply(actor=SYSTEM, content={"place": place, "bookings": {"ahead_days": 10, "most_days": 1}})
    assert code_of(booked, cast=cast, offer=offer, starts=at(9, 11), ends=at(10, 11)) == "booking.span"
    assert code_of(booked, cast=cast, offer=offer, ends=at(10, 3)) == "booking.span"


def test_bookings_are_counted_by_what_became_of_them(cast: Cast) -> None:
    offer = shared(cast)
    answer(cast, booked(cast, offer))
    booked(cast, offer)
    figure = {"id": "promised", "of": "booking", "measure": "count", "where": {"state": "approved"}}
    place = {"name": "清河县邻里", "root": "990901"}
    content_apply(actor=SYSTEM, content={"place": place, "figures": {"figures": [figure]}})
    scope = compute.scope_of(cast.places["street"].code)
    assert compute.compute("promised", clock.today() + DAY, scope).value == 1


def test_a_day_is_long(cast: Cast) -> None:
    offer = shared(cast, amount=1)
    booked(cast, offer, starts=at(9), ends=at(9) + timedelta(days=3))
    assert code_of(booked, cast=cast, offer=offer, starts=at(20, 2), ends=at(21, 2)) == "booking.full"
