"""What training adds to the tests over all routes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q
from tests.sources import Source, away, rows, words

from linli.core import clock
from linli.core.actors import Actor
from linli.territory.models import Place
from linli.workforce.models import Contest, ContestEntry, Credential, Mentoring, StudyGroup, TrainingSession
from linli.workforce.policies import (
    contests_visible_to,
    credentials_visible_to,
    items_visible_to,
    mentorings_visible_to,
    plans,
    sessions_visible_to,
)
from linli.workforce.tests.trained import EVERYBODY, person, workforce_made

if TYPE_CHECKING:
    from tests.world import World


def _planned(actor: Actor) -> Q:
    return plans(actor) & ~Q(state="cancelled")


def _places(actor: Actor) -> Q:
    return plans(actor, "")


def _communities(world: "World") -> list[int]:
    return [world.cast.places[name].pk for name in ("community", "far_community")]


def _far(world: "World") -> list[int]:
    return [world.cast.places["far_community"].pk]


WHERE: Final[Mapping[str, Source]] = {
    "workforce/sessions/<pk>": rows(TrainingSession, sessions_visible_to, far=away(TrainingSession, "place")),
    "workforce/sessions/<pk>/change": rows(TrainingSession, _planned, far=away(TrainingSession, "place")),
    "workforce/sessions/<pk>/people": rows(TrainingSession, _planned, far=away(TrainingSession, "place")),
    "workforce/credentials/<pk>": rows(Credential, credentials_visible_to, far=away(Credential, "place")),
    "workforce/credentials/<pk>/<verb>": words("verify"),
    "workforce/mentorings/<pk>": rows(Mentoring, mentorings_visible_to, far=away(Mentoring, "place")),
    "workforce/contests/<pk>": rows(Contest, contests_visible_to, far=away(Contest, "place")),
    "workforce/contests/<pk>/<verb>": words("score"),
    "workforce/groups/<pk>": rows(StudyGroup, items_visible_to, far=away(StudyGroup, "place")),
    "workforce/gaps/<pk>": rows(Place, _places, _communities, far=_far),
}
PUBLIC: Final[tuple[str, ...]] = ()
DOORS: Final[tuple[str, ...]] = ()
FOR_ALL: Final[tuple[str, ...]] = ()
IDLE: Final[Mapping[str, str]] = {}


def made(world: "World") -> None:
    """Put training into the world, here and in the other place."""
    workforce_made(world.cast)


def sent(world: "World") -> dict[str, Any]:
    """What its forms take."""
    cast, today = world.cast, f"{clock.today()}"
    session = {
        **{"title": "消防讲座", "programme": "lecture", "since": today, "until": "", "channel": "", "mode": ""},
        **{"place": f"{cast.places['community'].pk}", "batch": "", "organizer": "", "venue": "", "capacity": ""},
        "posts": EVERYBODY["posts"][0],
    }
    pair = {"mentor": cast.posts["secretary"].person.staff_number, "since": today}
    entry = ContestEntry.objects.order_by("pk").values_list("pk", flat=True).first()
    group = {"level": "community", "platform": "wechat_group", "place": f"{cast.places['community'].pk}"}
    return {
        "workforce/sessions/new/": session,
        "workforce/sessions/<pk>/change/": session,
        "workforce/sessions/<pk>/people/": {f"person-{person(cast, 'second_worker')}": "named"},
        "workforce/sessions/<pk>/cancel/": {"reason": "下雨"},
        "workforce/credentials/new/": {"kind": "social_worker", "number": "SG900", "issued": today, "expires": ""},
        "workforce/mentorings/new/": {**pair, "mentee": cast.posts["second_worker"].person.staff_number},
        "workforce/mentorings/<pk>/": {"on": today, "topic": "走访"},
        "workforce/contests/new/": {
            **{"title": "项目大赛", "kind": "projects", "place": f"{cast.places['community'].pk}", "on": today},
            "organizer": "",
        },
        "workforce/contests/<pk>/<verb>/": {"entry": f"{entry}", "juror": "评委甲", "score": "88"},
        "workforce/groups/": {**group, "number": "QZ-9", "name": "学习群"},
        "workforce/groups/<pk>/": {"title": "反诈提示", "on": today},
        "workforce/contests/<pk>/": {"who": "", "title": "邻里花园", "award": ""},
    }
