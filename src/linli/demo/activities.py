"""Activities of the demo place: a monthly day and lectures, one to join, one today, one to confirm, one confirmed."""

from collections.abc import Mapping
from datetime import time, timedelta
from typing import Final

from linli.accounts.models import User
from linli.accounts.queries import actor_of
from linli.activities.models import Activity, ServiceRecord
from linli.activities.operations.activities import Outcome, Plan, ShiftPlan, activity_hold, activity_plan
from linli.activities.operations.attending import attendance_list
from linli.activities.operations.programmes import Programme, programme_open
from linli.activities.operations.service import service_attest_many
from linli.activities.operations.signing import sign_up, sign_up_for
from linli.core import clock
from linli.core.actors import Actor
from linli.demo.conventions import HOME
from linli.demo.days import days_ago
from linli.demo.people import RESIDENT
from linli.organizations.operations.people import Named
from linli.territory.models import Place

SUNDAY: Final = "每月红色星期天"
CLINIC: Final = "社区义诊和量血压"
TREES: Final = "小区绿化带除草补种"
STAIRS: Final = "清理楼道杂物"
HAIRCUTS: Final = "为老人义务理发"
NAME: Final = "演示居民"
ALL_DAY: Final = ShiftPlan(time(0), time(23, 59), 30)
MORNING: Final = ShiftPlan(time(9), time(11), 2)


def activities_begin(actors: Mapping[str, Actor]) -> None:
    """Let activities be as far as they are."""
    desk = actors["shequ"]
    place = Place.objects.get(name=HOME).pk
    resident = actor_of(User.objects.get(username=RESIDENT))
    with days_ago(40):
        monthly = programme_open(actor=desk, programme=Programme(SUNDAY, place, rhythm="month", starts=time(9)))
        lectures = Programme("道德讲堂", place, line="culture", kind="道德讲堂", rhythm="quarter", starts=time(15))
        programme_open(actor=desk, programme=lectures)
    with days_ago(20):
        over = _planned(desk, place, HAIRCUTS, monthly.pk)
        _held(desk, over, [actors["wangge"], actors["louzhang"], resident], Outcome(served=18, attended=20))
        service_attest_many(actor=desk, minutes=dict.fromkeys(_records(over), 120))
    with days_ago(1):
        waits = _planned(desk, place, STAIRS, None, kind="环境卫生联治")
        _held(desk, waits, [actors["wangge"], actors["louzhang"]], Outcome(served=36))
    today = _planned(desk, place, CLINIC, None, shift=ALL_DAY, kind="便民服务", venue="演示党群服务中心")
    sign_up(actor=actors["louzhang"], shift_id=today.shifts.get().pk)
    ahead = _planned(desk, place, TREES, monthly.pk, shift=MORNING, days=5, kind="环境卫生联治", minimum_age=16)
    shift = ahead.shifts.get().pk
    for number in range(3):
        named = Named(f"演示志愿者{'甲乙丙'[number]}", f"1000000021{number}")
        sign_up_for(actor=desk, shift_id=shift, named=named)


def _planned(
    desk: Actor,
    place: int,
    content: str,
    programme: int | None,
    *,
    shift: ShiftPlan = MORNING,
    days: int = 0,
    kind: str = "",
    venue: str = "演示一小区",
    minimum_age: int | None = None,
) -> Activity:
    plan = Plan(
        *(place, content, clock.today() + timedelta(days=days)),
        kind=kind,
        venue=venue,
        programme_id=programme,
        leader_id=desk.person_id,
        minimum_age=minimum_age,
        shifts=(ShiftPlan(shift.starts, shift.ends, max(3, shift.capacity) if not days else shift.capacity),),
    )
    return activity_plan(actor=desk, plan=plan)


def _held(desk: Actor, row: Activity, who: list[Actor], outcome: Outcome) -> None:
    shift = row.shifts.get().pk
    came = [sign_up(actor=actor, shift_id=shift, name=NAME).row.pk for actor in who]
    attendance_list(actor=desk, activity_id=row.pk, came=came)
    activity_hold(actor=desk, activity_id=row.pk, outcome=outcome)


def _records(row: Activity) -> list[int]:
    return list(ServiceRecord.objects.filter(source_type="activity", source_id=row.pk).values_list("pk", flat=True))
