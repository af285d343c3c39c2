"""Projects, posts and support as they are read: lists a page at a time by key, one with what may be done."""

from dataclasses import dataclass, replace
from typing import Any, Final

from django.db.models import Count, Q, Sum

from linli.activities.models import Activity
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.masks import mask_name
from linli.core.workflow import Step
from linli.organizations.models import Organization
from linli.territory.models import Place
from linli.volunteering.models import PostAssignment, ProjectClaim, ServiceProject, SupportRecord, VolunteerPost
from linli.volunteering.policies import projects as policies
from linli.volunteering.policies.volunteers import NOBODY, may_keep
from linli.volunteering.sections import skill_names, support_names
from linli.volunteering.workflow import (
    ASSIGNMENTS,
    CLAIMING,
    CLAIMS,
    INCUBATOR_LINE,
    KEEP,
    KINDS,
    MICRO_LINE,
    POSTS,
    PROJECTS,
)

PAGE: Final = 50
SHOWN: Final = 100
TONES: Final = {
    "idea": ("yellow", "clock"),
    "incubating": ("yellow", "clock"),
    "graduated": ("green", "circle-check"),
    "open": ("yellow", "clock"),
    "claimed": ("yellow", "users"),
    "delivered": ("yellow", "clock"),
    "confirmed": ("green", "circle-check"),
    "closed": ("grey", "circle-x"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is asked for."""

    kind: str = ""
    stage: str = ""
    after: int = 0


def tone(row: ServiceProject) -> tuple[str, str, str]:
    """How a project stands, with its colour and sign."""
    return (*TONES[row.stage], str(PROJECTS.label(row.stage)))


@dataclass(frozen=True, slots=True)
class Line:
    """A project in a list."""

    row: ServiceProject
    kind: str
    standing: tuple[str, str, str]


def listed(wanted: Wanted, place: Place | None = None) -> tuple[list[Line], str]:
    """A page of projects, the newest first, and the key of the next; of a place and below it, where one is given."""
    rows = ServiceProject.objects.select_related("place", "team")
    for name in ("kind", "stage"):
        if value := getattr(wanted, name):
            rows = rows.filter(**{name: value})
    if place is not None:
        rows = rows.filter(place__path__startswith=place.path).exclude(stage="closed")
    if wanted.after:
        rows = rows.filter(pk__lt=wanted.after)
    page = list(rows.order_by("-pk")[: PAGE + 1])
    words = dict(KINDS)
    lines = [Line(row, str(words[row.kind]), tone(row)) for row in page[:PAGE]]
    return lines, str(page[PAGE - 1].pk) if len(page) > PAGE else ""


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A claim: a body by its name, a volunteer masked."""

    claim: ProjectClaim
    who: str
    state: str
    own: bool


@dataclass(frozen=True, slots=True)
class Results:
    """What a brand did: activities held, volunteers and person-times in them."""

    held: int
    volunteers: int
    served: int


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """One project with its line of steps and what one may do."""

    row: ServiceProject
    kind: str
    standing: tuple[str, str, str]
    steps: list[Step]
    reviews: list[Any]
    claims: list[ClaimLine]
    claimed: int
    teams: list[Organization]
    activities: list[Activity]
    results: Results | None
    verbs: frozenset[str]
    keeps: bool
    bodies: list[Organization]


def project_page(actor: Actor, pk: int) -> ProjectPage:
    """One project. Raises: not_found"""
    row = ServiceProject.objects.select_related("place", "team").filter(pk=pk).first()
    if row is None:
        raise NotFound
    keeps = may_keep(actor, row.place)
    verbs = {item.verb for item in PROJECTS.allowed(row.stage, {KEEP} if keeps else set())}
    if actor.user_id is None:
        verbs -= {"claim", "release", "deliver"}
    grouping = row.stage == "graduated"
    stood = row.claims.exclude(state="released")
    claims = [_claim(actor, item) for item in stood.select_related("volunteer__person", "organization").order_by("pk")]
    seen = [item for item in claims if keeps or item.own or item.claim.organization_id]
    held = _activities(row) if grouping else Activity.objects.none()
    line = MICRO_LINE if row.kind == "micro" else INCUBATOR_LINE if row.kind == "incubated" else ()
    return ProjectPage(
        row,
        str(dict(KINDS)[row.kind]),
        tone(row),
        replace(PROJECTS, line=line).line_of_steps(row.stage) if line else [],
        list(row.reviews.order_by("-pk")[:SHOWN]),
        seen,
        len(claims),
        list(row.teams.select_related("place").order_by("pk")) if grouping else [],
        list(held.select_related("place").order_by("-day", "-pk")[:10]),
        _results(held) if grouping else None,
        frozenset(verbs),
        keeps,
        list(Organization.objects.filter(pk__in=actor.organization_ids).order_by("pk")),
    )


def _claim(actor: Actor, claim: ProjectClaim) -> ClaimLine:
    own = policies.is_claimant(actor, claim)
    if claim.organization is not None:
        who = claim.organization.name
    else:
        assert claim.volunteer is not None
        name = claim.volunteer.person.name
        who = name if own else mask_name(name)
    return ClaimLine(claim, who, str(dict(CLAIMS)[claim.state]), own)


def _activities(row: ServiceProject) -> Any:
    """The activities of a brand: those that were named, and those that its teams held since it began."""
    since = row.graduated_on or row.proposed_on
    own = Q(organization_id__in=row.teams.values("pk"), day__gte=since)
    return Activity.objects.filter(own | Q(pk__in=row.activities.values("pk")), state="held")


def _results(held: Any) -> Results:
    found = held.order_by().aggregate(held=Count("pk"), volunteers=Sum("volunteers"), served=Sum("served"))
    return Results(found["held"], found["volunteers"] or 0, found["served"] or 0)


@dataclass(frozen=True, slots=True)
class PostLine:
    """A volunteer post in a list, with how many hold it."""

    row: VolunteerPost
    skills: str
    held: int
    open: bool
    state: str


def posts_listed(after: int = 0, place: Place | None = None, state: str = "") -> tuple[list[PostLine], str]:
    """A page of posts, the newest first, and the key of the next."""
    rows = VolunteerPost.objects.select_related("place")
    rows = rows.annotate(held=Count("assignments", filter=Q(assignments__state="assigned")))
    if place is not None:
        rows = rows.filter(place__path__startswith=place.path, state="open")
    if state:
        rows = rows.filter(state=state)
    if after:
        rows = rows.filter(pk__lt=after)
    page = list(rows.order_by("-pk")[: PAGE + 1])
    names = skill_names()
    return [_post(row, names) for row in page[:PAGE]], str(page[PAGE - 1].pk) if len(page) > PAGE else ""


def _post(row: Any, names: dict[str, str]) -> PostLine:
    skills = "、".join(names.get(code, code) for code in row.skills)
    return PostLine(row, skills, row.held, row.state == "open" and row.held < row.seats, str(dict(POSTS)[row.state]))


@dataclass(frozen=True, slots=True)
class AssignmentLine:
    """Who asked for or holds a post, masked, but for oneself."""

    row: PostAssignment
    name: str
    skills: str
    state: str
    own: bool


@dataclass(frozen=True, slots=True)
class PostPage:
    """One post with who asked for it and holds it, as far as one may see."""

    line: PostLine
    assignments: list[AssignmentLine]
    own: PostAssignment | None
    keeps: bool


def post_page(actor: Actor, pk: int) -> PostPage:
    """One post. Raises: not_found"""
    rows = VolunteerPost.objects.select_related("place")
    row = rows.annotate(held=Count("assignments", filter=Q(assignments__state="assigned"))).filter(pk=pk).first()
    if row is None:
        raise NotFound
    keeps = may_keep(actor, row.place)
    own = Q(volunteer__person_id=actor.person_id) if actor.person_id else NOBODY
    standing = row.assignments.filter(state__in=("asked", "assigned"))
    seen = standing if keeps else standing.filter(own)
    names, words = skill_names(), dict(ASSIGNMENTS)
    ordered = seen.select_related("volunteer__person").defer("volunteer__search", "volunteer__born").order_by("pk")
    lines = [_assignment(actor, item, names, words) for item in ordered[:SHOWN]]
    return PostPage(_post(row, names), lines, standing.filter(own).first(), keeps)


def _assignment(actor: Actor, row: PostAssignment, names: dict[str, str], words: dict[str, Any]) -> AssignmentLine:
    own = actor.person_id is not None and row.volunteer.person_id == actor.person_id
    name = row.volunteer.person.name
    skills = "、".join(names.get(code, code) for code in row.volunteer.skills)
    return AssignmentLine(row, name if own else mask_name(name), skills, str(words[row.state]), own)


@dataclass(frozen=True, slots=True)
class SupportLine:
    """Support in a list."""

    row: SupportRecord
    kind: str


def support_listed(after: int = 0) -> tuple[list[SupportLine], str]:
    """A page of support, the newest entry first, and the key of the next."""
    rows = SupportRecord.objects.select_related("organization", "place")
    if after:
        rows = rows.filter(pk__lt=after)
    page = list(rows.order_by("-pk")[: PAGE + 1])
    names = support_names()
    lines = [SupportLine(row, names.get(row.kind, row.kind)) for row in page[:PAGE]]
    return lines, str(page[PAGE - 1].pk) if len(page) > PAGE else ""


def supported_choices(actor: Actor) -> list[tuple[int, str]]:
    """The social organisations and arts groups whose support somebody may write down."""
    near = Q() if actor.key == "system" else actor.places(KEEP)
    kinds = (Organization.Type.SOCIAL, Organization.Type.ARTS)
    rows = Organization.objects.filter(near, type__in=kinds, until=None)
    return list(rows.order_by("name").values_list("pk", "name")[:1000])


def own_claims(actor: Actor) -> list[ProjectClaim]:
    """What somebody claimed as a volunteer and has not given back."""
    own = Q(volunteer__person_id=actor.person_id) if actor.person_id else NOBODY
    rows = ProjectClaim.objects.filter(own, state__in=CLAIMING).select_related("project")
    return list(rows.order_by("-pk")[:SHOWN])
