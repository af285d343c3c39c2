"""What members add to the tests over all routes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from tests.sources import Source, away, rows, words

from linli.core import clock
from linli.members.models import DualRegistration, Member, MembershipRound, Pairing, ResponsibilityPost, TurnOut
from linli.members.policies import (
    keeping_places,
    members_visible_to,
    numbers_visible_to,
    pairings_visible_to,
    posts_visible_to,
    registrations_visible_to,
)
from linli.members.tests.registered import members_made
from linli.territory.models import Place

if TYPE_CHECKING:
    from tests.world import World


def _units(_world: "World") -> list[int]:
    return list(DualRegistration.objects.filter(kind="unit").order_by("pk").values_list("pk", flat=True))


def _far_community(world: "World") -> list[int]:
    return [world.cast.places["far_community"].pk]


WHERE: Final[Mapping[str, Source]] = {
    "members/<pk>": rows(Member, members_visible_to, far=away(Member, "place")),
    "members/<pk>/<verb>": words("turn_out", "end", "pair"),
    "members/mine/<verb>": words("end"),
    "members/units/<pk>": rows(DualRegistration, registrations_visible_to, _units, away(DualRegistration, "place")),
    "members/turn-outs/at/<pk>": rows(Place, keeping_places, far=_far_community),
    "members/turn-outs/<verb>": words("confirm"),
    "members/pairings/<pk>": rows(Pairing, pairings_visible_to, far=away(Pairing, "place")),
    "members/pairings/<pk>/<verb>": words("end"),
    "members/rounds/<pk>": rows(MembershipRound, numbers_visible_to, far=away(MembershipRound, "place")),
    "members/rounds/<pk>/<verb>": words("drop"),
    "members/posts/<pk>": rows(ResponsibilityPost, posts_visible_to, far=away(ResponsibilityPost, "place")),
    "members/posts/<pk>/<verb>": words("tell"),
}
PUBLIC: Final[tuple[str, ...]] = ()
DOORS: Final[tuple[str, ...]] = ()
FOR_ALL: Final[tuple[str, ...]] = ()
IDLE: Final[Mapping[str, str]] = {"members/mine/<verb>/": "no member has an account here"}


def made(world: "World") -> None:
    """Put members into the world, here and in the other place."""
    members_made(world.cast)


def sent(world: "World") -> dict[str, Any]:
    """What its forms take."""
    cast, day = world.cast, f"{clock.today()}"
    here, unit = cast.places["community"].pk, cast.bodies["department"].pk
    person = cast.posts["community_worker"].person_id
    told = TurnOut.objects.filter(place=here, state="told").values_list("pk", flat=True).first()
    joining = {"name": "新报到", "phone": "", "place": here, "number": "", "unit": "某单位", "consent": "on"}
    return {
        "members/new/": joining,
        "members/mine/join/": joining,
        "members/units/new/": {"organization": unit, "place": cast.places["second_community"].pk, "offers": "会议室"},
        "members/<pk>/<verb>/": {"kind": "order", "on": day, "consents": "no", "household": ""},
        "members/contacts/": {"place": here, "person": person, "consents": "no", "household": "", "on": day},
        "members/turn-outs/<verb>/": {"turn_out": told},
        "members/rounds/new/": {
            "place": here,
            "year": clock.today().year - 1,
            "quota": 5,
            "criteria": "有为青年",
            "organization": "",
        },
        "members/rounds/<pk>/<verb>/": {"version": 1, "reason": "指标收回"},
        "members/numbers/counts/": {"place": here, "on": day, "mode_resident": 30, "organization": ""},
        "members/posts/new/": {"type": "area", "title": "责任区", "name": "甲", "place": here, "since": day},
        "members/posts/<pk>/<verb>/": {"done": "清理楼道"},
    }
