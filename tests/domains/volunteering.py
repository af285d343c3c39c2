"""What volunteers add to the tests over all routes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from tests.sources import Source, away, rows, words

from linli.organizations.models import Organization
from linli.volunteering.models import (
    PostAssignment,
    ProjectClaim,
    ServiceProject,
    TeamMembership,
    Volunteer,
    VolunteerPost,
)
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
    "public/volunteering/<code>": Source(lambda world: [world.cast.places["community"].code]),
}
PUBLIC: Final[tuple[str, ...]] = ("public/volunteering/<code>/",)
DOORS: Final[tuple[str, ...]] = ()
FOR_ALL: Final[tuple[str, ...]] = ()
IDLE: Final[Mapping[str, str]] = {}


def made(world: "World") -> None:
    """Put volunteers, teams, projects and posts into the world, here and in the other place."""
    volunteering_made(world.cast)


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
        "volunteering/posts/new/": {"place": place, "name": "百姓学堂", "seats": "1", "term_months": "6"},
        "volunteering/support/new/": {
            "organization": Organization.objects.filter(type="social_organization").order_by("pk").first().pk,  # type: ignore[union-attr]
            "kind": "venue",
            "what": "活动室",
            "on": "2026-01-05",
        },
    }
