"""What squads and topic groups add to the tests over all routes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q
from tests.sources import Source, away, rows, words

from linli.core import clock
from linli.deliberation.models import BodyFounding, GroupIdea, Squad, SquadNeed, TopicGroup
from linli.deliberation.policies.bodies import foundings_visible_to
from linli.deliberation.policies.squads import address_of, needs_visible_to, public_squads, squads_visible_to
from linli.deliberation.tests.squadded import squads_made

if TYPE_CHECKING:
    from tests.world import World

WHERE: Final[Mapping[str, Source]] = {
    "bodies/foundings/<pk>": rows(BodyFounding, foundings_visible_to, far=away(BodyFounding, "place")),
    "squads/<pk>": rows(Squad, squads_visible_to, far=away(Squad, "place")),
    "squads/<pk>/<verb>": words("need", "decline"),
    "squads/needs/<pk>": rows(SquadNeed, needs_visible_to, far=away(SquadNeed, "squad__place")),
    "topic-groups/<pk>": rows(TopicGroup, squads_visible_to, far=away(TopicGroup, "place")),
    "topic-groups/<pk>/<verb>": words("announce"),
    "topic-groups/ideas/<pk>": rows(GroupIdea, squads_visible_to, far=away(GroupIdea, "place")),
    "topic-groups/ideas/<pk>/<verb>": words("answer"),
    "public/squads/<pk>": rows(Squad, lambda _actor: public_squads()),
    "public/squads/<code>": words("990901001001"),
    "public/squads/own/<token>": Source(lambda world: [world.tokens["squad"]]),
    "public/groups/<pk>": rows(TopicGroup, lambda _actor: Q()),
    "public/groups/ideas/<pk>": rows(GroupIdea, lambda _actor: Q()),
}
PUBLIC: Final[tuple[str, ...]] = (
    "public/bodies/<code>/propose/",
    "public/squads/<code>/",
    "public/squads/<code>/propose/",
    "public/squads/<pk>/squad/",
    "public/squads/own/<token>/",
    "public/groups/<pk>/group/",
)
DOORS: Final[tuple[str, ...]] = (
    "public/bodies/<code>/propose/",
    "public/squads/<code>/propose/",
    "public/squads/own/<token>/",
)
FOR_ALL: Final[tuple[str, ...]] = (
    "public/bodies/<code>/propose/",
    "public/squads/<code>/propose/",
    "public/squads/own/<token>/",
    "public/groups/<pk>/join/",
)
IDLE: Final[Mapping[str, str]] = {}


def made(world: "World") -> None:
    """Put rows into the world."""
    world.tokens["squad"] = address_of(squads_made(world.cast).pk)


def sent(world: "World") -> dict[str, Any]:
    """What its forms take."""
    compound, community = world.cast.places["compound"].pk, world.cast.places["community"].pk
    squad = {"place": compound, "topic": "停车", "purpose": "引导停车", "people": "5", "contact": "", "consent": ""}
    session = {"day": clock.today().isoformat(), "attended": "3", "served": "9", "hours": "", "do": "session"}
    return {
        "squads/new/": {**squad, "kind": "residents", "origin": "resident"},
        "squads/<pk>/<verb>/": {"what": "背心六件"},
        "squads/needs/<pk>/": {"state": "given", "answer": "六件"},
        "topic-groups/new/": {"place": community, "about": "养花"},
        "topic-groups/ideas/<pk>/<verb>/": {"words": "五月办"},
        "public/squads/<code>/propose/": squad,
        "public/squads/own/<token>/": session,
        "public/groups/<pk>/join/": {"alias": "花友"},
        "public/bodies/<code>/propose/": {
            "place": compound,
            "kind": "property_committee",
            "contact": "",
            "consent": "",
        },
    }
