"""What volunteers add to the tests over all routes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from tests.sources import NONE, Source, away, rows, words

from linli.core.actors import SYSTEM
from linli.organizations.models import Organization
from linli.volunteering.models import (
    Honour,
    HonourObjection,
    PostAssignment,
    ProjectClaim,
    ServiceProject,
    TeamMembership,
    Volunteer,
    VolunteerPost,
)
from linli.volunteering.operations.honours import Nomination, honour_accept, honour_nominate, honour_object
from linli.volunteering.policies.honours import honours_kept_by, honours_visible_to
from linli.volunteering.policies.projects import claims_visible_to, projects_visible_to
from linli.volunteering.policies.volunteers import (
    assignments_visible_to,
    memberships_visible_to,
    volunteers_visible_to,
)
from linli.volunteering.tests.volunteers import BORN, PHONE, volunteering_made

if TYPE_CHECKING:
    from tests.world import World


def _teams(_world: "World") -> list[int]:
    kind = Organization.Type.VOLUNTEER
    return list(Organization.objects.filter(type=kind).order_by("pk").values_list("pk", flat=True))


def _objections(_world: "World") -> list[int]:
    return list(HonourObjection.objects.order_by("pk").values_list("pk", flat=True))


def _kept(world: "World", role: str) -> set[int]:
    kept = Honour.objects.filter(honours_kept_by(world.actor(role)))
    return set(HonourObjection.objects.filter(honour__in=kept).values_list("pk", flat=True))


def _noticed(_world: "World") -> list[int]:
    return list(Honour.objects.filter(state="notice").order_by("pk").values_list("pk", flat=True))


WHERE: Final[Mapping[str, Source]] = {
    "volunteering/people/<pk>": rows(Volunteer, volunteers_visible_to, far=away(Volunteer, "place")),
    "volunteering/people/<pk>/<verb>": words("pause"),
    "volunteering/mine/<verb>": words("pause"),
    "volunteering/teams/<pk>": rows(Organization, projects_visible_to, _teams, away(Organization, "place")),
    "volunteering/memberships/<pk>": rows(TeamMembership, memberships_visible_to, far=away(TeamMembership, "place")),
    "volunteering/memberships/<pk>/<verb>": words("accept", "leave"),
    "volunteering/projects/<pk>": rows(ServiceProject, projects_visible_to, far=away(ServiceProject, "place")),
    "volunteering/projects/<pk>/<verb>": words("claim", "review", "withdraw"),
    "volunteering/claims/<pk>": rows(ProjectClaim, claims_visible_to, far=away(ProjectClaim, "place")),
    "volunteering/claims/<pk>/<verb>": words("release"),
    "volunteering/posts/<pk>": rows(VolunteerPost, projects_visible_to, far=away(VolunteerPost, "place")),
    "volunteering/posts/<pk>/<verb>": words("ask", "close"),
    "volunteering/assignments/<pk>": rows(
        PostAssignment, assignments_visible_to, far=away(PostAssignment, "post__place")
    ),
    "volunteering/assignments/<pk>/<verb>": words("assign"),
    "volunteering/honours/<pk>": rows(Honour, honours_visible_to, far=away(Honour, "place")),
    "volunteering/honours/<pk>/<verb>": words("accept", "withdraw"),
    "volunteering/objections/<pk>": Source(_objections, NONE, _kept, lambda world: _objections(world)[1:]),
    "public/honours/<pk>": Source(_noticed, NONE),
    "public/good-neighbours/<code>": Source(lambda world: [world.cast.places["community"].code]),
    "public/volunteering/<code>": Source(lambda world: [world.cast.places["community"].code]),
}
PUBLIC: Final[tuple[str, ...]] = (
    "public/volunteering/<code>/",
    "public/honours/",
    "public/honours/<pk>/",
    "public/good-neighbours/<code>/",
)
DOORS: Final[tuple[str, ...]] = ("public/honours/<pk>/", "public/good-neighbours/<code>/")
FOR_ALL: Final[tuple[str, ...]] = ("public/honours/<pk>/", "public/good-neighbours/<code>/")
IDLE: Final[Mapping[str, str]] = {
    "volunteering/mine/<verb>/": "no volunteer has an account here",
    "volunteering/mine/correct/": "no volunteer has an account here",
    "volunteering/teams/<pk>/ask/": "no volunteer has an account here",
}


def made(world: "World") -> None:
    """Put volunteers, teams, projects, posts and honours into the world, here and in the other place."""
    volunteering_made(world.cast)
    # One is nominated, one stands in public notice with an objection.
    for place in ("community", "far_community"):
        for name in ("苏一诺", "夏一诺"):
            given = Nomination("service_star", world.cast.places[place].pk, "送餐上门", name)
            row = honour_nominate(actor=SYSTEM, nomination=given)
        honour_accept(actor=SYSTEM, honour_id=row.pk)
        honour_object(actor=SYSTEM, honour_id=row.pk, text="另有其人")


def sent(world: "World") -> dict[str, Any]:
    """What its forms take."""
    place = world.cast.places["community"].pk
    person = {"name": "尤志愿", "phone": PHONE, "place": place, "born": BORN.isoformat(), "sex": "", "consent": "on"}
    proposal = {"place": place, "name": "楼道小书架", "aim": "做一个书架"}
    return {
        "volunteering/new/": person,
        "volunteering/mine/register/": person,
        "volunteering/mine/correct/": {**person, "version": "1"},
        "volunteering/mine/<verb>/": {"version": "1"},
        "volunteering/people/<pk>/look/": {"reason": "联系参加活动"},
        "volunteering/people/<pk>/<verb>/": {"version": "1"},
        "volunteering/teams/<pk>/add/": {"number": "VT-FREE"},
        "volunteering/projects/propose/": {"team": _teams(world)[0], **proposal},
        "volunteering/projects/brand/": proposal,
        "volunteering/projects/micro/": proposal,
        "volunteering/projects/<pk>/<verb>/": {"verdict": "support", "words": "可行", "panel": "社区居委会"},
        "volunteering/claims/<pk>/<verb>/": {"words": "做好了"},
        "volunteering/honours/new/": {
            "place": place,
            "kind": "service_star",
            "name": "孟一诺",
            "ground": "送餐上门",
            "star": "",
            "team": "",
            "project": "",
            "volunteer": "",
        },
        "volunteering/honours/<pk>/<verb>/": {"reason": "本人不愿参评"},
        "volunteering/objections/<pk>/": {"upheld": "no", "answer": "已核实"},
        "public/good-neighbours/<code>/": {
            "kind": "good_neighbour",
            "name": "三单元老李家",
            "ground": "常帮邻居收快递",
        },
        "public/honours/<pk>/": {"text": "另有其人", "contact": ""},
        "volunteering/posts/new/": {"place": place, "name": "百姓学堂", "seats": "1", "term_months": "6"},
        "volunteering/support/new/": {
            "organization": Organization.objects.filter(type="social_organization").order_by("pk").first().pk,  # type: ignore[union-attr]
            "kind": "venue",
            "what": "活动室",
            "on": "2026-01-05",
        },
    }
