"""What teams add to the tests over all routes."""

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from tests.sources import Source, away, rows, words

from linli.core import clock
from linli.teams.models import TaskTeam
from linli.teams.policies import teams_visible_to
from linli.teams.tests.teamed import person, teams_made

if TYPE_CHECKING:
    from tests.world import World

WHERE: Final[Mapping[str, Source]] = {
    "teams/<pk>": rows(TaskTeam, teams_visible_to, far=away(TaskTeam, "place")),
    "teams/<pk>/<verb>": words("log", "answer"),
}
PUBLIC: Final[tuple[str, ...]] = ()
DOORS: Final[tuple[str, ...]] = ()
FOR_ALL: Final[tuple[str, ...]] = ()
IDLE: Final[Mapping[str, str]] = {}


def made(world: "World") -> None:
    """Put teams into the world, here and in the other place."""
    teams_made(world.cast)


def sent(world: "World") -> dict[str, Any]:
    """What its forms take."""
    today = clock.today()
    team = {
        **{"kind": "task_force", "name": "防汛突击队", "task": "疏通排水口", "capacity": "", "parent": ""},
        **{"lead": person(world.cast, "secretary"), "begins_on": f"{today}"},
    }
    return {
        "teams/new/": {**team, "planned_end": f"{today + timedelta(days=20)}"},
        "teams/<pk>/<verb>/": {"on": f"{today}", "what": "清运杂物", "number": "3"},
    }
