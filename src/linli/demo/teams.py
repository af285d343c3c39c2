"""Teams of the demo place: a joint team that is complete and calls, one that lacks somebody, one whose task is done."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Final

from linli.core import clock
from linli.core.actors import Actor
from linli.demo.conventions import HOME
from linli.demo.days import days_ago
from linli.teams.models import TaskTeam
from linli.teams.operations.doing import Joining, call_answer, team_call, team_join, team_log
from linli.teams.operations.teams import Plan, team_dissolve, team_form
from linli.territory.models import Place

DAY: Final = timedelta(days=1)
# What the demo's ledgers do not name: neighbours by a word for who they are.
SHOP: Final = ("演示便利店店主", "merchant")
OWNER: Final = ("演示业主代表", "owner")


def teams_begin(actors: Mapping[str, Actor]) -> None:
    """Let three teams form, one of them long ago."""
    desk, secretary, grid, property_ = (actors[name] for name in ("shequ", "shuji", "wangge", "wuye"))
    with days_ago(45):
        flood = _form(desk, "task_force", "汛期突击队", "汛期疏通小区排水口，帮低楼层住户码沙袋", secretary, 30)
    with days_ago(38):
        team_log(actor=secretary, team_id=flood.pk, on=clock.today(), what="疏通排水口，清淤两处", number=14)
    with days_ago(17):
        team_dissolve(actor=secretary, team_id=flood.pk, outcome="小区没有再积水，沙袋交回社区仓库。")
    with days_ago(12):
        first = _form(desk, "joint_team", "演示一小区联建队", "清理楼道杂物，理顺楼前停车秩序", secretary, 60)
        known = [actor.person_id for actor in (grid, property_) if actor.person_id]
        team_join(actor=desk, team_id=first.pk, joining=Joining(known))
        for name, capacity in (SHOP, OWNER):
            team_join(actor=desk, team_id=first.pk, joining=Joining((), name, capacity))
    with days_ago(5):
        team_log(actor=secretary, team_id=first.pk, on=clock.today(), what="清运楼道杂物", number=23)
    _form(desk, "joint_team", "门店前秩序联建队", "和沿街商户一起管好门前停车和垃圾", grid, 40)
    at = datetime.combine(clock.today() + 2 * DAY, time(16), clock.SHANGHAI)
    call = team_call(actor=secretary, team_id=first.pk, what="重画楼前停车线", venue="演示一小区1号楼前", at=at)
    call_answer(actor=grid, team_id=first.pk, call_id=call.pk, coming=True)


def _form(actor: Actor, kind: str, name: str, task: str, lead: Actor, days: int) -> TaskTeam:
    place, today = Place.objects.get(name=HOME, level="community", until=None), clock.today()
    assert lead.person_id is not None, "who leads holds a post"
    plan = Plan(kind, name, task, place.pk, lead.person_id, today, today + days * DAY)
    return team_form(actor=actor, plan=plan)
