"""What careers add to the tests over all routes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from django.db.models import F, Q
from tests.sources import Source, away, rows, words

from linli.careers.models import PayStatement, Promotion, RecruitmentRound, ReserveCandidate, TalentEntry
from linli.careers.policies import (
    communities_of,
    promotions_visible_to,
    reserves_visible_to,
    rounds_visible_to,
    statements_visible_to,
    talents_visible_to,
    workers_visible_to,
)
from linli.careers.tests.climbing import MONTH, careers_made
from linli.core import clock
from linli.organizations.models import Person
from linli.territory.models import Place

if TYPE_CHECKING:
    from tests.world import World


def _communities(_world: "World") -> list[int]:
    there = Q(placeholder=False, community_id=F("pk"))
    return list(Place.objects.filter(there).order_by("pk").values_list("pk", flat=True))


def _far(world: "World") -> list[int]:
    return [world.cast.places["far_community"].pk]


def _workers(world: "World") -> list[int | None]:
    return [world.cast.posts[role].person_id for role in ("second_worker", "outsider")]


def _far_workers(world: "World") -> list[int | None]:
    return [world.cast.posts["outsider"].person_id]


WHERE: Final[Mapping[str, Source]] = {
    "careers/communities/<pk>": rows(Place, communities_of, _communities, _far),
    "careers/reserves/<pk>": rows(ReserveCandidate, reserves_visible_to, far=away(ReserveCandidate, "place")),
    "careers/reserves/<pk>/<verb>": words("leave", "approve"),
    "careers/talents/<pk>": rows(TalentEntry, talents_visible_to, far=away(TalentEntry, "place")),
    "careers/workers/<pk>": rows(Person, workers_visible_to, _workers, _far_workers),
    "careers/promotions/<pk>": rows(Promotion, promotions_visible_to, far=away(Promotion, "place")),
    "careers/promotions/<pk>/<verb>": words("step", "drop"),
    "careers/rounds/<pk>": rows(RecruitmentRound, rounds_visible_to, far=away(RecruitmentRound, "place")),
    "careers/pay/<pk>": rows(PayStatement, statements_visible_to, far=away(PayStatement, "place")),
}
PUBLIC: Final[tuple[str, ...]] = ()
DOORS: Final[tuple[str, ...]] = ()
FOR_ALL: Final[tuple[str, ...]] = ()
IDLE: Final[Mapping[str, str]] = dict.fromkeys(
    (
        "careers/pay/new/",
        "careers/pay/<pk>/correct/",
        "careers/pay/grades/new/",
        "careers/pay/allowances/new/",
    ),
    "nobody here is a pay clerk",
)


def made(world: "World") -> None:
    """Put reserves, talents, promotions and pay into the world, here and in the other place."""
    careers_made(world.cast)


def sent(world: "World") -> dict[str, Any]:
    """What its forms take."""
    community, county = world.cast.places["community"].pk, world.cast.places["county"].pk
    today = f"{clock.today()}"
    talent = {"place": community, "category": "teacher", "skills": "书法", "consent": "on"}
    named = {"name": "寅老师", "phone": "10000770011"}
    paid = {"grade": "", "paid_on": today, "base": "2300", "performance": "500"}
    return {
        "careers/communities/<pk>/plan/": {"posts": "6", "factors": ["scale"], "basis": "区编办核定"},
        "careers/reserves/new/": {"place": community, "target": "committee", "source": "退役军人", **named},
        "careers/reserves/<pk>/<verb>/": {"reason": "搬离"},
        "careers/talents/new/": {**talent, **named},
        "careers/talents/<pk>/leave/": {},
        "careers/mine/talent/": {**talent, **named, "category": "expert"},
        "careers/workers/<pk>/": {"place": community, "to_rung": "member", "round": ""},
        "careers/promotions/<pk>/<verb>/": {"step": "vetting", "on": today, "reason": "本人放弃"},
        "careers/rounds/new/": {"title": "社区副职选拔", "place": community, "rung": "deputy", "posts": "2"},
        "careers/rounds/<pk>/": {"applicants": "5", "chosen": "1"},
        "careers/rounds/<pk>/appoint/": {
            "kind": "community_member",
            "place": community,
            "since": today,
            "organization": "",
            **named,
        },
        "careers/pay/new/": {"number": "QH0005", "place": county, "month": f"{MONTH:%Y-%m}", **paid},
        "careers/pay/<pk>/correct/": {"version": "1", **paid},
        "careers/pay/grades/new/": {"place": county, "title": "三级七档", "rung": "", "base": "2700"},
        "careers/pay/allowances/new/": {
            **{"place": county, "kind": "education", "condition": "本科", "monthly": "300", "since": today},
        },
    }
