"""What the safety of places adds to the tests over all routes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from tests.sources import Source, away, rows, words

from linli.core import clock
from linli.safety.models import EventPlan, Hazard, InspectionRound, PatrolShift, RoundTarget
from linli.safety.policies import (
    events_visible_to,
    hazards_visible_to,
    patrols_visible_to,
    rounds_visible_to,
    targets_visible_to,
)
from linli.safety.tests.secured import CAME, safety_made

if TYPE_CHECKING:
    from tests.world import World

ITEMS: Final = ("engine_lane", "gas", "charging_points", "falling", "covers", "play")
WHERE: Final[Mapping[str, Source]] = {
    "safety/new/<what>": words("patrol", "round", "event"),
    "safety/patrols/<pk>": rows(PatrolShift, patrols_visible_to, far=away(PatrolShift, "place")),
    "safety/rounds/<pk>": rows(InspectionRound, rounds_visible_to, far=away(InspectionRound, "place")),
    "safety/targets/<pk>": rows(RoundTarget, targets_visible_to, far=away(RoundTarget, "place")),
    "safety/hazards/<pk>": rows(Hazard, hazards_visible_to, far=away(Hazard, "place")),
    "safety/events/<pk>": rows(EventPlan, events_visible_to, far=away(EventPlan, "place")),
}
PUBLIC: Final[tuple[str, ...]] = ()
DOORS: Final[tuple[str, ...]] = ()
FOR_ALL: Final[tuple[str, ...]] = ()
IDLE: Final[Mapping[str, str]] = {}


def made(world: "World") -> None:
    """Put patrols, rounds, hazards and events into the world, here and in the other place."""
    safety_made(world.cast)


def sent(world: "World") -> dict[str, Any]:
    """What its forms take."""
    place, compound = world.cast.places["community"].pk, world.cast.places["compound"].pk
    body = world.cast.bodies["department"].pk
    return {
        "safety/new/<what>/": {
            "place": f"{place}",
            "stops": [f"{compound}"],
            "on": f"{clock.today()}",
            "starts": "19:00",
            "ends": "20:00",
            "weeks": "1",
            "lead": "",
            "team": "",
        },
        "safety/patrols/<pk>/": {"verb": "report", "found": "路灯不亮", **CAME},
        "safety/rounds/<pk>/": {"verb": "drop", "reason": "改期"},
        "safety/targets/<pk>/": {f"result-{item}": "good" for item in ITEMS} | {"text-gas": ""},
        "safety/hazards/<pk>/": {"verb": "remove", "note": ""},
        "safety/events/<pk>/": {"verb": "post", "title": "西入口", "many": "1", "organization": f"{body}"},
    }
