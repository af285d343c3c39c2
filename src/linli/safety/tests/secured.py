"""Patrols, rounds, hazards and events, for the tests."""

from collections.abc import Mapping, Sequence
from datetime import time, timedelta
from typing import Any, Final

from linli.accounts.testing import Cast
from linli.cases.models import Case
from linli.cases.operations.dispatching import case_dispatch, case_take
from linli.cases.operations.finishing import case_finish
from linli.cases.operations.screening import case_accept
from linli.core import clock
from linli.core.actors import SYSTEM, Actor
from linli.safety.models import EventPlan, EventPost, Hazard, InspectionRound, PatrolShift
from linli.safety.operations import events, patrols, rounds
from linli.safety.sections import section

CAME: Final = {"committee": 1, "grid": 2, "property": 1, "owners": 1, "volunteers": 3}


def roster(cast: Cast, where: str = "", **more: Any) -> patrols.Roster:
    """A patrol of this evening over the compound."""
    given: dict[str, Any] = {
        "place_id": cast.places[f"{where}community"].pk,
        "stops": [cast.places[f"{where}compound"].pk],
        "on": clock.today(),
        "starts": time(19),
        "ends": time(20, 30),
    }
    return patrols.Roster(**{**given, **more})


def planned(cast: Cast, actor: Actor | None = None, where: str = "", **more: Any) -> PatrolShift:
    """It, on the roster."""
    return patrols.patrols_plan(actor=actor or cast.community_worker, roster=roster(cast, where, **more))[0]


def walked(cast: Cast, actor: Actor | None = None, where: str = "", came: Mapping[str, int] = CAME) -> PatrolShift:
    """It, written down."""
    who = actor or cast.community_worker
    row = planned(cast, who, where)
    return patrols.patrol_report(actor=who, shift_id=row.pk, came=CAME | {**came}, found="楼道灯不亮")


def begun(cast: Cast, actor: Actor | None = None, where: str = "", **more: Any) -> InspectionRound:
    """A round over the buildings of a community, or its compounds."""
    given: dict[str, Any] = {
        "title": "冬季消防检查",
        "kind": "compound_risks",
        "until": clock.today() + timedelta(days=18),
    }
    plan = rounds.Plan(cast.places[f"{where}community"].pk, **{**given, **more})
    return rounds.round_plan(actor=actor or cast.community_worker, plan=plan)


def looked(kind: str, unsafe: Sequence[str] = ()) -> list[rounds.Looked]:
    """A place all in order but for some items."""
    found = section().checklist(kind)
    assert found
    return [rounds.Looked(item.code, "hazard" if item.code in unsafe else "good") for item in found.items]


def unsafe(cast: Cast, actor: Actor | None = None, where: str = "", **more: Any) -> Hazard:
    """A fire lane that is blocked, found by a round."""
    who = actor or cast.community_worker
    row = begun(cast, who, where, **more)
    target = row.targets.earliest("pk")
    rounds.target_go(actor=who, target_id=target.pk, looked=looked(row.kind, ["engine_lane"]))
    return Hazard.objects.get(target=target)


def put_right(cast: Cast, hazard: Hazard) -> Case:
    """The department says that it put it right."""
    case: Any = {"case_id": hazard.case_id}
    case_accept(actor=cast.community_worker, **case)
    case_dispatch(actor=cast.community_worker, lead_id=cast.bodies["department"].pk, **case)
    case_take(actor=cast.department_handler, **case)
    return case_finish(actor=cast.department_handler, result="已清理消防车通道", **case)


def event(cast: Cast, actor: Actor | None = None, where: str = "", **more: Any) -> EventPlan:
    """A fair of next week."""
    given: dict[str, Any] = {
        "title": "元宵灯会",
        "venue": "中心广场",
        "on": clock.today() + timedelta(days=7),
        "visitors": 3000,
    }
    given |= {"starts": time(18), "ends": time(21), "contacts": "社区值班 10000000001"}
    plan = events.Plan(cast.places[f"{where}community"].pk, **{**given, **more})
    return events.event_plan(actor=actor or cast.community_worker, plan=plan)


def post_of(cast: Cast, row: EventPlan, actor: Actor | None = None, **more: Any) -> EventPost:
    """Two people of the department at its entrance."""
    given: dict[str, Any] = {"title": "东入口", "many": 2, "organization_id": cast.bodies["department"].pk, **more}
    return events.event_post_add(actor=actor or cast.community_worker, plan_id=row.pk, **given)


def safety_made(cast: Cast) -> None:
    """All of these here and in the other place, for the tests over every route."""
    for where in ("", "far_"):
        planned(cast, SYSTEM, where)
        walked(cast, SYSTEM, where)
        hazard = unsafe(cast, SYSTEM, where)
        if not where:
            put_right(cast, hazard)
        begun(cast, SYSTEM, where)
        post_of(cast, event(cast, SYSTEM, where), SYSTEM)
