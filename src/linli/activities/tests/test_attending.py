"""The day itself: the code that changes, the list, by hand, later with a reason; then the hours."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from linli.accounts.testing import Cast
from linli.activities import codes
from linli.activities.models import ActivityProgramme, ServiceRecord, SignUp
from linli.activities.operations import activities as operations
from linli.activities.operations import attending, programmes, service
from linli.activities.operations.activities import Outcome
from linli.activities.operations.programmes import Programme
from linli.activities.tests.held import GUEST, activity_made, held_made, programme_made, shift_of, signed
from linli.activities.tests.test_service import code_of
from linli.core import clock
from linli.core.models import WorkItem

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def today(db: None) -> Iterator[Any]:
    with clock.frozen("2026-03-02T08:30") as held:
        yield held


def test_a_code_is_of_one_activity_and_of_now(today: Any) -> None:
    code = codes.code_of(7)
    assert [codes.is_code(7, code), codes.is_code(8, code), codes.is_code(7, code + "x"), codes.is_code(7, "")] == [
        True,
        False,
        False,
        False,
    ]
    today.move(timedelta(seconds=30))
    assert codes.code_of(7) != code
    assert codes.is_code(7, code)
    today.move(timedelta(seconds=61))
    assert not codes.is_code(7, code)


def test_one_signs_in_by_the_code_once(cast: Cast, today: Any) -> None:
    row = activity_made(cast)
    call: dict[str, Any] = {"actor": cast.grid_worker, "activity_id": row.pk}
    assert code_of(attending.sign_in, **call, code="x") == "signin.code"
    assert code_of(attending.sign_in, **call, code=codes.code_of(row.pk)) == "signin.not_signed_up"
    signed(cast, row)
    first = attending.sign_in(**call, code=codes.code_of(row.pk))
    assert (first.came, first.way) == (True, "code")
    today.move(timedelta(minutes=5))
    assert attending.sign_in(**call, code=codes.code_of(row.pk)).came_at == first.came_at
    today.move(timedelta(hours=4))
    assert code_of(attending.sign_in, **call, code=codes.code_of(row.pk)) == "signin.closed"


def test_the_list_is_kept_and_later_needs_a_reason(cast: Cast, today: Any) -> None:
    row = activity_made(cast)
    items = [signed(cast, row, who) for who in ("grid_worker", "grid_lead")]
    call: dict[str, Any] = {"actor": cast.community_worker, "activity_id": row.pk}
    assert code_of(attending.attendance_list, **{**call, "actor": cast.outsider}, came=[]) == "activity.not_yours"
    assert attending.attendance_list(**call, came=[items[0].pk]) == 1
    assert attending.attendance_list(**call, came=[]) == 0
    today.move(timedelta(hours=5))
    ids = [item.pk for item in items]
    assert code_of(attending.attendance_list, **call, came=ids) == "signin.reason"
    assert attending.attendance_list(**call, came=ids, reason="签到表漏登") == 2
    assert set(SignUp.objects.values_list("way", "reason")) == {("late", "签到表漏登")}


def test_nobody_came_to_what_is_still_to_come(cast: Cast) -> None:
    row = activity_made(cast, day=clock.today() + DAY)
    item = signed(cast, row)
    call: dict[str, Any] = {"actor": cast.community_worker, "activity_id": row.pk}
    assert code_of(attending.attendance_list, **call, came=[item.pk]) == "signin.early"
    assert code_of(operations.activity_hold, **call, outcome=Outcome()) == "activity.future"
    hand: dict[str, Any] = {"actor": cast.community_worker, "shift_id": shift_of(row).pk, "named": GUEST}
    assert code_of(attending.attendance_by_hand, **hand) == "signin.early"


def test_who_came_without_signing_up_needs_a_place(cast: Cast) -> None:
    row = activity_made(cast)
    hand: dict[str, Any] = {"actor": cast.community_worker, "shift_id": shift_of(row).pk}
    assert attending.attendance_by_hand(**hand, named=GUEST).way == "hand"
    signed(cast, row)
    assert code_of(attending.attendance_by_hand, **hand, named=GUEST) == "signup.twice"
    other = type(GUEST)("燕赤霞", "10033330009")
    assert code_of(attending.attendance_by_hand, **hand, named=other) == "signin.full"


def test_hours_wait_for_the_organiser_and_are_theirs_within_ten_working_days(cast: Cast, today: Any) -> None:
    row = held_made(cast, "grid_worker", "grid_lead")
    assert (row.state, row.volunteers, row.served, row.attended, float(row.hours or 0)) == ("held", 2, 30, 12, 2.0)
    records = list(ServiceRecord.objects.order_by("pk"))
    assert [(item.state, item.minutes, item.source_id) for item in records] == [("waiting", 120, row.pk)] * 2
    owed = WorkItem.objects.get(kind="activity.attest", ended=None)
    # Monday 2 March, then ten working days.
    assert owed.due is not None
    assert owed.due.astimezone(clock.SHANGHAI).date().isoformat() == "2026-03-16"
    minutes = {records[0].pk: 120, records[1].pk: 90}
    service.service_attest_many(actor=cast.community_worker, minutes=minutes)
    assert sorted(ServiceRecord.objects.values_list("state", "minutes")) == [("attested", 90), ("attested", 120)]
    owed.refresh_from_db()
    assert owed.ended is not None
    again: dict[str, Any] = {"actor": cast.community_worker, "activity_id": row.pk, "outcome": Outcome()}
    assert code_of(operations.activity_hold, **again) == "activity.state"


def test_paid_duty_and_training_make_no_record(cast: Cast) -> None:
    row = activity_made(cast)
    items = [signed(cast, row, who) for who in ("grid_worker", "grid_lead")]
    ids = [item.pk for item in items]
    attending.attendance_list(actor=cast.community_worker, activity_id=row.pk, came=ids, paid=ids[1:])
    held = operations.activity_hold(actor=cast.community_worker, activity_id=row.pk, outcome=Outcome())
    assert (held.volunteers, ServiceRecord.objects.get().person_id) == (1, cast.grid_worker.person_id)
    held_made(cast, "secretary", line="training")
    assert ServiceRecord.objects.count() == 1


def test_who_is_written_down_later_has_a_record_too(cast: Cast, today: Any) -> None:
    row = activity_made(cast)
    item = signed(cast, row)
    operations.activity_hold(actor=cast.community_worker, activity_id=row.pk, outcome=Outcome())
    assert not ServiceRecord.objects.exists()
    today.move(timedelta(hours=6))
    call: dict[str, Any] = {"actor": cast.community_worker, "activity_id": row.pk, "came": [item.pk]}
    attending.attendance_list(**call, reason="现场没有网络")
    row.refresh_from_db()
    assert (ServiceRecord.objects.get().state, row.volunteers) == ("waiting", 1)


def test_a_programme_owes_its_next_session_until_it_is_planned(cast: Cast, today: Any) -> None:
    programme = programme_made(cast)
    owed = WorkItem.objects.filter(kind="activity.session", ended=None)
    assert owed.get().subject_id == programme.pk
    assert programmes.proposed_day(programme) is not None
    activity_made(cast, programme_id=programme.pk)
    assert not owed.exists()
    assert programmes.programmes_check() == 0
    today.move(timedelta(days=31))
    assert programmes.programmes_check() == 1
    end = programmes.programme_end
    assert code_of(end, actor=cast.outsider, programme_id=programme.pk, reason="否") == "activity.not_yours"
    end(actor=cast.community_worker, programme_id=programme.pk, reason="改为每季度一次")
    assert not owed.exists()
    assert code_of(end, actor=cast.community_worker, programme_id=programme.pk, reason="再") == "programme.ended"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"title": ""}, "programme.title"),
        ({"rhythm": "days"}, "programme.rhythm"),
        ({"rhythm": "moon"}, "programme.rhythm"),
        ({"minutes": 5}, "programme.minutes"),
        ({"kind": "没有"}, "activity.choice"),
        ({"title": "每月红色星期天"}, "programme.twice"),
    ],
)
def test_what_no_programme_can_be(cast: Cast, values: dict[str, Any], code: str) -> None:
    programme_made(cast)
    given = Programme(**{"title": "道德讲堂", "place_id": cast.places["community"].pk, **values})
    assert code_of(programmes.programme_open, actor=cast.community_worker, programme=given) == code
    assert ActivityProgramme.objects.count() == 1
