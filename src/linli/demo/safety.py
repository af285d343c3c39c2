"""Safety of places in the demo: a round half done with hazards on their way, patrols on the roster, two events."""

from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Any, Final

from linli.cases.operations import dispatching, finishing, screening
from linli.core import clock
from linli.core.actors import Actor
from linli.demo.conventions import HOME
from linli.demo.days import days_ago
from linli.organizations.models import Organization
from linli.safety.models import Hazard, InspectionRound
from linli.safety.operations import events, patrols, rounds
from linli.safety.operations.hazards import Found, hazard_recheck
from linli.safety.sections import section
from linli.territory.models import Place

COMPOUNDS: Final = ("演示一小区", "演示花苑")
CAME: Final = {"committee": 1, "grid": 2, "property": 1, "owners": 1, "volunteers": 3}
CATEGORY: Final = "物业服务"


def safety_begin(actors: Mapping[str, Actor]) -> None:
    """Buildings are gone through, a hazard is removed, patrols walk each week, two events are planned."""
    desk, home = actors["shequ"], Place.objects.get(name=HOME)
    with days_ago(9):
        until = clock.today() + timedelta(days=30)
        row = rounds.round_plan(actor=desk, plan=rounds.Plan(home.pk, "冬季消防安全检查", "fire_safety", until))
        first = _unsafe(desk, row, "stairs", "二层堆放旧家具")
        _put_right(actors, first, "物业已清走旧家具，楼道恢复畅通")
    with days_ago(5):
        hazard_recheck(actor=desk, hazard_id=first.pk, removed=True, note="楼道已清空")
        finishing.case_close(actor=desk, case_id=first.case_id)
        _go(desk, row, 3)
    with days_ago(1):
        second = _unsafe(desk, row, "charging", "一单元门口飞线充电")
        _put_right(actors, second, "已拆除飞线，引导到集中充电棚")
        third = _unsafe(desk, row, "stairs", "三层堆放纸箱")
        _dispatched(actors, third)
    _patrols(actors, home)
    _events(actors, home)


def _go(actor: Actor, row: InspectionRound, many: int, unsafe: str = "", text: str = "") -> int:
    """Go through the next places of a round, and give the last of them."""
    kind = section().checklist(row.kind)
    assert kind
    target = 0
    for target in row.targets.filter(gone_on=None).order_by("pk").values_list("pk", flat=True)[:many]:
        looked = [
            rounds.Looked(item.code, "hazard", text) if item.code == unsafe else rounds.Looked(item.code, "good")
            for item in kind.items
        ]
        rounds.target_go(actor=actor, target_id=target, looked=looked)
    return target


def _unsafe(actor: Actor, row: InspectionRound, item: str, text: str) -> Hazard:
    return Hazard.objects.get(target_id=_go(actor, row, 1, item, text))


def _dispatched(actors: Mapping[str, Actor], hazard: Hazard) -> None:
    case: Any = {"actor": actors["shequ"], "case_id": hazard.case_id}
    company = Organization.objects.get(name="演示安居物业公司")
    screening.case_accept(**case, category=CATEGORY)
    dispatching.case_dispatch(**case, lead_id=company.pk)
    dispatching.case_take(actor=actors["wuye"], case_id=hazard.case_id)


def _put_right(actors: Mapping[str, Actor], hazard: Hazard, result: str) -> None:
    _dispatched(actors, hazard)
    finishing.case_finish(actor=actors["wuye"], case_id=hazard.case_id, result=result)


def _patrols(actors: Mapping[str, Actor], home: Place) -> None:
    """Each week one compound each; the last time nobody came from the property company of the second."""
    desk = actors["shequ"]
    lead = patrols.leads_of(home)[0].pk
    stops = [Place.objects.get(name=name, type=Place.Type.COMPOUND).pk for name in COMPOUNDS]
    for days in (22, 15, 8, 1):
        with days_ago(days):
            for stop in stops:
                short = days == 1 and stop == stops[1]
                _walk(desk, home, lead, stop, CAME | ({"property": 0, "owners": 0} if short else {}))
    soon = clock.today() + timedelta(days=2)
    patrols.patrols_plan(actor=desk, roster=_roster(home, lead, stops, soon, weeks=3))


def _roster(home: Place, lead: int, stops: list[int], on: date, weeks: int = 1) -> patrols.Roster:
    return patrols.Roster(home.pk, stops, on, time(19), time(20, 30), lead, weeks=weeks)


def _walk(desk: Actor, home: Place, lead: int, stop: int, came: dict[str, int]) -> None:
    (row,) = patrols.patrols_plan(actor=desk, roster=_roster(home, lead, [stop], clock.today()))
    found = "" if came["property"] else "车棚门锁松动，东侧路灯不亮"
    patrols.patrol_report(actor=desk, shift_id=row.pk, came=came, found=found)
    if found:
        hazard = Found("东侧路灯不亮，台阶处看不清", "general", "路灯照明")
        opened = patrols.patrol_find(actor=desk, shift_id=row.pk, place_id=stop, found=hazard)
        city = Organization.objects.get(name="县城市管理综合执法局").pk
        screening.case_accept(actor=desk, case_id=opened.case_id)
        dispatching.case_dispatch(actor=desk, case_id=opened.case_id, lead_id=city)


def _events(actors: Mapping[str, Actor], home: Place) -> None:
    """A fair whose posts are filled and approved; a market where a post still waits for its body."""
    desk = actors["shequ"]
    city, company = (Organization.objects.get(name=name).pk for name in ("县城市管理综合执法局", "演示安居物业公司"))
    hours: dict[str, Any] = {
        "starts": time(18),
        "ends": time(21),
        "contacts": "社区值班 10000000120\n物业值班 10000000121",
    }
    for days, title, venue, full in (
        (10, "邻里灯会", "演示花苑中心广场", True),
        (17, "年货集市", "演示路步行街", False),
    ):
        on = clock.today() + timedelta(days=days)
        plan = events.event_plan(actor=desk, plan=events.Plan(home.pk, title, venue, on, visitors=1500, **hours))
        for name, many, body, who in (("东入口引导", 2, city, "chengguan"), ("广场巡查", 3, company, "wuye")):
            given: dict[str, Any] = {"title": name, "many": many, "organization_id": body}
            post = events.event_post_add(actor=desk, plan_id=plan.pk, **given)
            if full or who == "wuye":
                events.event_post_fill(actor=actors[who], post_id=post.pk, filled=many)
        if full:
            events.event_approve(actor=desk, plan_id=plan.pk)
