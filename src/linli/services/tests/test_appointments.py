"""Times are offered and booked without login; nobody is named in a list, and those who came are a number."""

from datetime import date, time
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.accounts.models import Look
from linli.accounts.testing import Cast
from linli.core import clock, secrets
from linli.core.actors import SYSTEM, VISITOR
from linli.organizations.operations.people import Named
from linli.organizations.operations.posts import Appointment as Holding
from linli.organizations.operations.posts import post_appoint
from linli.records.operations.profiles import content_apply
from linli.services import policies
from linli.services.models import Appointment, AppointmentSlot
from linli.services.operations import appointments as operations
from linli.services.operations import forgetting
from linli.services.queries import appointments as queries
from linli.services.queries.advisers import lacking
from linli.services.tests.served import DAY, NAME, PHONE, code_of, slot

pytestmark = pytest.mark.django_db


def book(row: AppointmentSlot, phone: str = PHONE, name: str = NAME) -> str:
    """Book; gives the code of what refuses it."""
    return code_of(operations.appointment_book, actor=VISITOR, slot_id=row.pk, name=name, phone=phone)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({}, ""),
        ({"kind": "surgery"}, "slot.kind"),
        ({"capacity": 0}, "slot.capacity"),
        ({"ends": time(9)}, "slot.times"),
        ({"weeks": 13}, "slot.times"),
        ({"on": clock.today().replace(year=2020)}, "slot.times"),
        ({"where": "长" * 161}, "slot.too_long"),
        ({"place_id": -1}, "not_found"),
    ],
)
def test_what_times_may_be(cast: Cast, more: dict[str, Any], code: str) -> None:
    given = {
        "kind": "clinic",
        "on": clock.today() + DAY,
        "starts": time(9),
        "ends": time(10),
        "capacity": 3,
        "weeks": 4,
    }
    times = operations.Times(**{"place_id": cast.places["community"].pk, **given, **more})
    assert code_of(operations.slots_add, actor=cast.community_worker, times=times) == code
    assert AppointmentSlot.objects.count() == (0 if code else 4)
    if not code:
        assert code_of(operations.slots_add, actor=cast.community_worker, times=times) == "slot.twice"
        assert code_of(operations.slots_add, actor=cast.outsider, times=times) == "not_found"


def test_a_place_is_booked_once_and_given_back(cast: Cast) -> None:
    row = slot(cast, capacity=1)
    assert [book(row, phone="1"), book(row, name=" ")] == ["appointment.phone", "appointment.name"]
    assert [book(row), book(row), book(row, "10087654321")] == ["", "appointment.twice", "appointment.full"]
    address = policies.address_of(Appointment.objects.get())
    give = {"actor": VISITOR, "address": address}
    assert code_of(operations.appointment_cancel, actor=VISITOR, address="x") == "not_found"
    assert [code_of(operations.appointment_cancel, **give) for _time in range(2)] == ["", "appointment.state"]
    assert book(row, "10087654321") == ""
    # An address opens what it is for, and nothing else with the same number.
    assert code_of(queries.own_appointment, address=policies.address_of(Appointment.objects.earliest("pk"))) == ""


def test_what_does_not_take_place_is_not_booked_and_says_why(cast: Cast) -> None:
    row = slot(cast)
    book(row, "10087654321")
    cancel = {"slot_id": row.pk, "reason": "律师出庭"}
    look = {"actor": cast.community_worker, "slot_id": row.pk, "reason": "通知改期"}
    assert code_of(operations.slot_look, **look) == "slot.look"
    assert code_of(operations.slot_cancel, actor=cast.outsider, **cancel) == "not_found"
    assert code_of(operations.slot_cancel, actor=cast.community_worker, slot_id=row.pk, reason="") == "slot.reason"
    assert code_of(operations.slot_cancel, actor=cast.community_worker, **cancel) == ""
    assert code_of(operations.slot_cancel, actor=cast.community_worker, **cancel) == "slot.state"
    assert book(row) == "not_found"
    assert code_of(operations.slot_look, **{**look, "reason": " "}) == "look.reason_missing"
    assert code_of(operations.slot_look, **{**look, "actor": cast.outsider}) == "not_found"
    told = operations.slot_look(actor=cast.community_worker, slot_id=row.pk, reason="通知改期")
    assert [contact.phone for contact in told] == ["10087654321"]
    assert Look.objects.filter(subject_type="appointment").count() == 1
    # It may be offered anew.
    assert slot(cast).pk != row.pk


def test_who_came_is_a_number_and_names_are_forgotten(cast: Cast) -> None:
    row = slot(cast)
    book(row)
    count = {"actor": cast.community_worker, "slot_id": row.pk}
    assert code_of(operations.slot_count, **count, came=1) == "slot.state"
    with clock.frozen(row.starts):
        assert book(row, "10087654321") == "not_found"
        assert code_of(operations.slot_count, **count, came=-1) == "slot.came"
        assert code_of(operations.slot_count, **count, came=2) == ""
    with clock.frozen(row.ends + 90 * DAY):
        assert forgetting.people_forget() == 0
    with clock.frozen(row.ends + 91 * DAY):
        assert forgetting.people_forget() == 1
    held = Appointment.objects.get()
    assert (held.name, held.phone, held.phone_hash, held.state) == (None, None, None, "booked")


def test_nobody_books_too_far_ahead(cast: Cast) -> None:
    near, far = slot(cast, on=clock.today() + 59 * DAY), slot(cast, on=clock.today() + 61 * DAY)
    assert [book(near), book(far)] == ["", "not_found"]
    assert [line.row.pk for line in queries.bookable()] == [near.pk]


def test_the_database_itself_refuses_more_than_there_is_room_for(cast: Cast) -> None:
    row = slot(cast, capacity=1)
    book(row)
    held = Appointment.objects.get()
    held.pk, held.phone_hash = None, b"x"
    with pytest.raises(IntegrityError, match="appointment_fits"), transaction.atomic():
        held.save(force_insert=True)
    operations.appointment_cancel(actor=SYSTEM, address=policies.address_of(Appointment.objects.get()))
    held.save(force_insert=True)
    with pytest.raises(IntegrityError, match="appointment_fits"), transaction.atomic():
        Appointment.objects.exclude(pk=held.pk).update(state="booked")


# How many people advise the community (two posts of one person are one), how many it should have, what is missing.
ADVISERS: list[tuple[list[str], int, int]] = [
    ([], 1, 1),
    (["吕律师"], 1, 0),
    (["吕律师", "吕律师"], 2, 1),
    (["吕律师", "施律师"], 2, 0),
    ([], 0, 0),
]


@pytest.mark.parametrize(("people", "needed", "missing"), ADVISERS)
def test_each_community_has_its_legal_advisers(cast: Cast, people: list[str], needed: int, missing: int) -> None:
    place = {"name": "清河县邻里", "root": "990901"}
    kinds = [{"code": code, "label": code} for code in ("legal_adviser", "other_adviser")]
    rule = {"advisers": needed, "adviser_posts": ["legal_adviser", "other_adviser"]}
    content_apply(actor=SYSTEM, content={"place": place, "posts": {"kinds": kinds}, "services": rule})
    for at, name in enumerate(people):
        named = Named(name, phone=f"1009900000{people.index(name)}")
        holding = Holding(kinds[at % 2]["code"], cast.places["community"].pk, named=named, since=date(2025, 1, 1))
        post_appoint(actor=SYSTEM, appointment=holding)
    lack = lacking(cast.community_worker)
    assert (lack.places, lack.short, [line[2] for line in lack.rows]) == (
        1,
        int(missing > 0),
        [missing] * (missing > 0),
    )


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.booleans(), st.integers(0, 5)), max_size=14), capacity=st.integers(1, 3))
def test_never_more_than_there_is_room_for_whatever_is_asked(
    cast: Cast, steps: list[tuple[bool, int]], capacity: int
) -> None:
    """Counted another way; each example is taken back."""
    with transaction.atomic():
        row, held = slot(cast, capacity=capacity), set[int]()
        for books, who in steps:
            if books:
                expected = "appointment.twice" if who in held else "appointment.full" if len(held) == capacity else ""
                assert book(row, f"1001234560{who}") == expected
                held |= {who} if not expected else set()
            elif who in held:
                phone = secrets.match_hash(f"1001234560{who}", "phone")
                mine = Appointment.objects.get(slot=row, phone_hash=phone, state="booked")
                operations.appointment_cancel(actor=VISITOR, address=policies.address_of(mine))
                held.remove(who)
        assert row.appointments.filter(state="booked").count() == len(held) <= capacity
        transaction.set_rollback(True)
