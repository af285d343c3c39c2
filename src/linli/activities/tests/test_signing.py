"""Signing up: places, the waiting list and who moves up, overlaps, conditions; at the same moment nobody too many."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.accounts.neighbourhood import neighbourhood
from linli.accounts.testing import Cast
from linli.activities import teams
from linli.activities.models import ActivityShift, SignUp
from linli.activities.operations import activities as operations
from linli.activities.operations import signing
from linli.activities.operations.activities import ShiftPlan
from linli.activities.tests.held import GUEST, MORNING, activity_made, plan, shift_of, signed
from linli.activities.tests.test_service import code_of
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.models import WorkItem
from linli.core.testing.fixtures import OwnDatabase
from linli.messaging.models import Message
from linli.organizations.operations.people import Named

DAY = timedelta(days=1)


@pytest.fixture
def today(db: None) -> Iterator[Any]:
    with clock.frozen("2026-03-02T08:30") as held:
        yield held


def test_an_activity_is_planned_and_owed(cast: Cast, today: Any) -> None:
    planned = operations.activity_plan(actor=cast.community_worker, plan=plan(cast))
    assert (planned.state, planned.shifts.count()) == ("planned", 1)
    assert WorkItem.objects.get(kind="activity.hold", ended=None).subject_id == planned.pk


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"content": " "}, "activity.content"),
        ({"day": date(2026, 3, 1)}, "activity.day"),
        ({"line": "war"}, "activity.choice"),
        ({"kind": "没有的类别"}, "activity.choice"),
        ({"dangerous": True}, "activity.insurance"),
        ({"audience": "team"}, "activity.body"),
        ({"organization_id": 987654321}, "activity.body"),
        ({"leader_id": 987654321}, "activity.leader"),
        ({"training_id": 987654321}, "activity.training"),
        ({"shifts": ()}, "activity.shift"),
        ({"shifts": (ShiftPlan(time(9), time(9), 1),)}, "activity.shift"),
        ({"shifts": (ShiftPlan(time(9), time(10), 0),)}, "activity.shift"),
        ({"programme_id": 987654321}, "not_found"),
    ],
)
def test_what_cannot_be_planned(cast: Cast, today: Any, values: dict[str, Any], code: str) -> None:
    call = operations.activity_plan
    assert code_of(call, actor=cast.community_worker, plan=plan(cast, **values)) == code
    assert code_of(call, actor=cast.outsider, plan=plan(cast)) == "not_found"


def test_who_comes_late_waits_and_moves_up_when_somebody_withdraws(cast: Cast, today: Any) -> None:
    row = activity_made(cast)
    rows = [signed(cast, row, who) for who in ("grid_worker", "grid_lead", "building_head", "secretary")]
    assert [item.state for item in rows] == ["signed", "signed", "waiting", "waiting"]
    assert code_of(signing.withdraw, actor=cast.outsider, sign_up_id=rows[0].pk) == "not_found"
    signing.withdraw(actor=cast.grid_worker, sign_up_id=rows[0].pk)
    states = list(SignUp.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["withdrawn", "signed", "signed", "waiting"]
    told = Message.objects.get(kind="activity.moved_up")
    assert told.user == cast.users["building_head"]
    assert code_of(signing.withdraw, actor=cast.grid_worker, sign_up_id=rows[0].pk) == "signup.state"
    again = signed(cast, row)
    assert again.state == "waiting"
    operations.shift_resize(actor=cast.community_worker, shift_id=shift_of(row).pk, capacity=4)
    assert SignUp.objects.filter(state="signed").count() == 4
    smaller: dict[str, Any] = {"actor": cast.community_worker, "shift_id": shift_of(row).pk, "capacity": 3}
    assert code_of(operations.shift_resize, **smaller) == "activity.taken"
    assert code_of(operations.shift_resize, **{**smaller, "capacity": 0}) == "activity.shift"


def test_overlapping_is_refused_and_touching_is_said(cast: Cast, today: Any) -> None:
    signed(cast, activity_made(cast))
    across = activity_made(cast, shifts=(ShiftPlan(time(10, 59), time(12), 5),))
    touching = activity_made(cast, shifts=(ShiftPlan(time(11), time(12), 5),))
    tomorrow = activity_made(cast, day=clock.today() + DAY)
    call: dict[str, Any] = {"actor": cast.grid_worker}
    assert code_of(signing.sign_up, **call, shift_id=shift_of(across).pk) == "signup.overlap"
    assert signing.sign_up(**call, shift_id=shift_of(touching).pk).touching is True
    assert signing.sign_up(**call, shift_id=shift_of(tomorrow).pk).touching is False


def test_who_may_not_sign_up(cast: Cast, today: Any) -> None:
    call: dict[str, Any] = {"actor": cast.grid_worker}
    hidden = activity_made(cast, joinable=False)
    assert code_of(signing.sign_up, **call, shift_id=shift_of(hidden).pk) == "not_found"
    assert code_of(signing.sign_up, **call, shift_id=987654321) == "not_found"
    grown = activity_made(cast, minimum_age=18)
    assert code_of(signing.sign_up, **call, shift_id=shift_of(grown).pk) == "signup.conditions"
    signing.sign_up(**call, shift_id=shift_of(grown).pk, fits=True)
    assert code_of(signing.sign_up, **call, shift_id=shift_of(grown).pk, fits=True) == "signup.twice"
    nameless: dict[str, Any] = {"actor": cast.resident, "shift_id": shift_of(activity_made(cast)).pk}
    assert code_of(signing.sign_up, **nameless) == "person.bad_name"
    today.move(timedelta(hours=3))
    assert code_of(signing.sign_up, **nameless, name="董小宛") == "signup.closed"


def test_what_is_for_a_team_is_for_its_members(cast: Cast, today: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    team = cast.bodies["community_office"].pk
    row = activity_made(cast, audience="team", organization_id=team)
    call: dict[str, Any] = {"actor": cast.grid_worker, "shift_id": shift_of(row).pk}
    monkeypatch.setattr(teams, "_finders", [])
    assert code_of(signing.sign_up, **call) == "signup.team"
    teams.members_by(lambda person, body: body == team)
    assert signing.sign_up(**call).row.state == "signed"


def test_training_comes_first(cast: Cast, today: Any) -> None:
    training = activity_made(cast, line="training", content="急救培训")
    row = activity_made(cast, day=clock.today() + DAY, training_id=training.pk)
    call: dict[str, Any] = {"actor": cast.grid_worker, "shift_id": shift_of(row).pk}
    assert code_of(signing.sign_up, **call) == "signup.training"
    signed(cast, training)
    SignUp.objects.update(came=True)
    assert signing.sign_up(**call).row.state == "signed"


def test_the_desk_signs_up_on_behalf(cast: Cast, today: Any) -> None:
    shift = shift_of(activity_made(cast, joinable=False))
    call: dict[str, Any] = {"shift_id": shift.pk, "named": GUEST}
    assert code_of(signing.sign_up_for, actor=cast.outsider, **call) == "activity.not_yours"
    assert signing.sign_up_for(actor=cast.community_worker, **call).row.on_behalf is True
    assert code_of(signing.sign_up_for, actor=cast.community_worker, **call) == "signup.twice"
    wrong = Named("宁采臣", "不是号码")
    assert (
        code_of(signing.sign_up_for, actor=cast.community_worker, shift_id=shift.pk, named=wrong) == "person.bad_phone"
    )


def test_calling_off_tells_everybody_and_ends_it(cast: Cast, today: Any) -> None:
    row = activity_made(cast)
    for who in ("grid_worker", "grid_lead", "building_head"):
        signed(cast, row, who)
    cancel = operations.activity_cancel
    assert code_of(cancel, actor=cast.outsider, activity_id=row.pk, reason="雨") == "activity.not_yours"
    assert code_of(cancel, actor=cast.community_worker, activity_id=row.pk, reason="") == "activity.reason"
    cancel(actor=cast.community_worker, activity_id=row.pk, reason="大雨")
    assert Message.objects.filter(kind="activity.cancelled").count() == 3
    assert code_of(cancel, actor=cast.community_worker, activity_id=row.pk, reason="再") == "activity.state"
    late: dict[str, Any] = {"actor": cast.secretary, "shift_id": shift_of(row).pk}
    assert code_of(signing.sign_up, **late) == "signup.closed"
    assert not WorkItem.objects.filter(kind="activity.hold", ended=None).exists()


def test_a_change_of_day_is_told_and_a_stale_one_refused(cast: Cast, today: Any) -> None:
    row = activity_made(cast)
    signed(cast, row)
    call: dict[str, Any] = {"actor": cast.community_worker, "activity_id": row.pk}
    moved = plan(cast, day=clock.today() + DAY)
    operations.activity_change(**call, version=row.version, plan=moved)
    assert Message.objects.get(kind="activity.changed").facts["day"] == "2026-03-03"
    assert code_of(operations.activity_change, **call, version=row.version, plan=moved) == "activity.stale"


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(verbs=st.lists(st.sampled_from(["in", "out", "more"]), min_size=1, max_size=8))
def test_a_shift_never_holds_more_than_it_takes_and_none_waits_beside_a_free_place(
    cast: Cast, today: Any, verbs: list[str]
) -> None:
    shift = shift_of(activity_made(cast, shifts=(ShiftPlan(time(9), time(11), 1),)))
    rows = SignUp.objects.filter(shift=shift)
    for at, verb in enumerate(verbs):
        if verb == "in":
            signing.sign_up_for(actor=SYSTEM, shift_id=shift.pk, named=Named(f"来客{at}"))
        elif verb == "more":
            shift = operations.shift_resize(actor=SYSTEM, shift_id=shift.pk, capacity=shift.capacity + 1)
        elif first := rows.filter(state="signed").first():
            signing.withdraw(actor=SYSTEM, sign_up_id=first.pk)
        taken, waiting = (rows.filter(state=state).count() for state in ("signed", "waiting"))
        assert taken <= shift.capacity
        assert not waiting or taken == shift.capacity


def test_the_last_place_goes_to_one_of_twenty_and_nineteen_wait_in_order(own_database: OwnDatabase) -> None:
    cast = neighbourhood()
    row = activity_made(cast, day=clock.today() + DAY, shifts=(ShiftPlan(time(9), time(11), 1),))
    shift = shift_of(row)
    people = [Named(f"来客{at:02}", f"1003333{at:04}") for at in range(20)]
    calls = [partial(signing.sign_up_for, actor=SYSTEM, shift_id=shift.pk, named=named) for named in people]
    answers = own_database.together(*calls)
    assert not [item for item in answers if isinstance(item, Exception)]
    rows = list(SignUp.objects.order_by("pk"))
    assert [item.state for item in rows] == ["signed"] + ["waiting"] * 19
    # They move up in the order in which they came.
    signing.withdraw(actor=SYSTEM, sign_up_id=rows[0].pk)
    assert SignUp.objects.get(state="signed").pk == rows[1].pk


def test_one_person_signs_up_once_and_for_one_of_two_that_overlap(own_database: OwnDatabase) -> None:
    cast = neighbourhood()
    day = clock.today() + DAY
    shifts = [shift_of(activity_made(cast, day=day, shifts=(MORNING,))) for _number in range(2)]
    calls = [
        partial(signing.sign_up, actor=cast.grid_worker, shift_id=item.pk) for item in shifts for _twice in range(3)
    ]
    answers = own_database.together(*calls)
    codes = sorted(getattr(item, "code", "ok") for item in answers)
    assert codes.count("ok") == 1
    assert set(codes) == {"ok", "signup.overlap", "signup.twice"}
    assert SignUp.objects.count() == 1
    assert ActivityShift.objects.count() == 2
