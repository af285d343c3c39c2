"""Teams and what goes on in them, for the tests."""

from datetime import datetime, time, timedelta
from typing import Any, Final

from linli.accounts.testing import Cast
from linli.cases.models import Case
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.teams.models import TaskTeam, TeamCall
from linli.teams.operations.doing import Joining, call_answer, team_call, team_join, team_link, team_log
from linli.teams.operations.teams import Plan, team_form

DAY: Final = timedelta(days=1)
# Beside the lead: whoever makes a joint team of the neighbourhood complete.
OTHERS: Final = ("property_handler", "grid_worker")


def person(cast: Cast, role: str) -> int:
    """Somebody of the neighbourhood."""
    found = cast.posts[role].person_id
    assert found is not None, "everybody holds a post"
    return found


def plan(cast: Cast, **more: Any) -> Plan:
    """A joint team that the secretary leads for a month."""
    today = clock.today()
    given: dict[str, Any] = {
        **{"kind": "joint_team", "name": "春晓联建一队", "task": "整治小区楼前乱停车"},
        **{"place_id": cast.places["community"].pk, "lead_id": person(cast, "secretary")},
        **{"begins_on": today, "planned_end": today + 30 * DAY, **more},
    }
    return Plan(**given)


def formed(cast: Cast, role: str = "community_worker", **more: Any) -> TaskTeam:
    """A team with its lead alone."""
    return team_form(actor=SYSTEM if role == "system" else cast.actors[role], plan=plan(cast, **more))


def joined(cast: Cast, team: TaskTeam, roles: tuple[str, ...] = OTHERS, name: str = "", capacity: str = "") -> TaskTeam:
    """The same team with members."""
    people = [person(cast, role) for role in roles]
    return team_join(actor=cast.community_worker, team_id=team.pk, joining=Joining(people, name, capacity))


def whole(cast: Cast, **more: Any) -> TaskTeam:
    """A joint team that keeps its composition."""
    team = joined(cast, formed(cast, **more))
    return joined(cast, team, (), "巷口小店店主", "merchant")


def at(hour: int, days: int = 1) -> datetime:
    """An hour of a day to come."""
    return datetime.combine(clock.today() + days * DAY, time(hour), clock.SHANGHAI)


def called(cast: Cast, team: TaskTeam) -> TeamCall:
    """A call for tomorrow afternoon."""
    return team_call(actor=cast.secretary, team_id=team.pk, what="清理楼道杂物", venue="3号楼前", at=at(15))


def teams_made(cast: Cast) -> None:
    """Teams here and in the other place, for the tests over every route."""
    team = whole(cast)
    team_log(actor=cast.secretary, team_id=team.pk, on=clock.today(), what="清运杂物两车", number=2)
    call_answer(actor=cast.grid_worker, team_id=team.pk, call_id=called(cast, team).pk, coming=True)
    case = Case.objects.filter(place__path__startswith=cast.places["community"].path).order_by("pk").first()
    if case is not None:
        team_link(actor=SYSTEM, team_id=team.pk, number=case.number)
    far = {"place_id": cast.places["far_community"].pk, "lead_id": person(cast, "outsider")}
    formed(cast, "system", name="梧桐突击队", kind="task_force", **far)
