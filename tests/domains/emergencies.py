"""What emergencies add to the tests over all routes."""

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from tests.sources import Source, away, rows, words

from linli.core import clock
from linli.emergencies.models import Activation, ActivationStep, EmergencyPlan
from linli.emergencies.policies import activations_visible_to, plans_visible_to, steps_visible_to
from linli.emergencies.tests.alarmed import emergencies_made

if TYPE_CHECKING:
    from tests.world import World

WHERE: Final[Mapping[str, Source]] = {
    "emergencies/<pk>": rows(Activation, activations_visible_to, far=away(Activation, "place")),
    "emergencies/<pk>/<verb>": words("answer", "extend", "cards"),
    "emergencies/plans/<pk>": rows(EmergencyPlan, plans_visible_to, far=away(EmergencyPlan, "place")),
    "emergencies/plans/<pk>/<verb>": words("save", "step", "check"),
    "emergencies/steps/<pk>": rows(ActivationStep, steps_visible_to, far=away(ActivationStep, "activation__place")),
}
PUBLIC: Final[tuple[str, ...]] = ("public/emergencies/",)
DOORS: Final[tuple[str, ...]] = ()
FOR_ALL: Final[tuple[str, ...]] = ("emergencies/card/",)
IDLE: Final[Mapping[str, str]] = {}


def made(world: "World") -> None:
    """Put emergencies into the world, here and in the other place."""
    emergencies_made(world.cast)


def sent(world: "World") -> dict[str, Any]:
    """What its forms take."""
    place = world.cast.places["community"].pk
    card = {"name": "沈慢慢", "phone": "10000009876", "needs": ["stairs"], "address": "", "contact": "", "agreed": "on"}
    return {
        "emergencies/": {"place": place, "kind": "fire", "title": "消防预案"},
        "emergencies/card/": {**card, "place": place, "means": "paper"},
        "emergencies/<pk>/<verb>/": {
            **{"answer": "here", "reason": "雨还在下", "text": "沙袋早到"},
            "ends": f"{clock.now() + timedelta(days=2):%Y-%m-%dT%H:%M}",
        },
        "emergencies/plans/<pk>/<verb>/": {
            **{"title": "防汛预案", "kind": "flood", "advice": "", "phones": "", "version": "3"},
            **{"text": "转移", "minutes": "30", "doer": "post:grid_worker"},
        },
        "emergencies/steps/<pk>/": {},
    }
