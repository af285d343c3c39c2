"""Teams as they are read: the list, one with its members, and the corps as a tree with what each level adds up to."""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Q, QuerySet

from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.masks import mask_name
from linli.organizations.models import Organization
from linli.organizations.sections import OrganizationsSection
from linli.records import profiles
from linli.territory.models import Place
from linli.volunteering.models import ServiceProject, TeamMembership
from linli.volunteering.policies import volunteers as policies
from linli.volunteering.sections import section
from linli.volunteering.workflow import KEEP

PAGE: Final = 50
MEMBERS: Final = 100
CORPS: Final = 1000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list of teams is asked for."""

    words: str = ""
    kind: str = ""
    after: int = 0


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member, masked, but for oneself."""

    pk: int
    name: str
    lead: bool
    state: str
    since: Any
    own: bool


@dataclass(frozen=True, slots=True)
class TeamPage:
    """One team: what it is, who belongs to it as far as one may see, what one may do."""

    team: Organization
    above: list[Organization]
    below: list[Organization]
    members: list[MemberLine]
    asking: list[MemberLine]
    count: int
    more: str
    brands: list[ServiceProject]
    own: TeamMembership | None
    leads: bool
    keeps: bool


def teams() -> QuerySet[Organization]:
    """The teams that have not ended."""
    return Organization.objects.filter(type=Organization.Type.VOLUNTEER, until=None)


def listed(wanted: Wanted) -> tuple[list[Organization], str]:
    """A page of teams, the newest first, and the key of the next."""
    rows = teams().select_related("place")
    words = wanted.words.strip()
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(place__name__icontains=words))
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.after:
        rows = rows.filter(pk__lt=wanted.after)
    joined = Count("volunteers", filter=Q(volunteers__state="member"))
    page: list[Any] = list(rows.annotate(joined=joined).order_by("-pk")[: PAGE + 1])
    return page[:PAGE], str(page[PAGE - 1].pk) if len(page) > PAGE else ""


def kinds() -> list[tuple[str, str]]:
    """The kinds of teams that there are."""
    words = profiles.current().section(OrganizationsSection).of("volunteer_team").kinds
    named = {item.code: item.named for item in words}
    held = teams().exclude(kind="").order_by("kind").values_list("kind", flat=True).distinct()
    return [(code, named.get(code, code)) for code in held]


def team_page(actor: Actor, pk: int, after: int = 0) -> TeamPage:
    """One team. Raises: not_found"""
    rows = Organization.objects.filter(type=Organization.Type.VOLUNTEER, pk=pk)
    team = rows.select_related("place", "parent").first()
    if team is None:
        raise NotFound
    leads, keeps = policies.may_lead(actor, team), policies.may_keep(actor, team.place)
    standing = TeamMembership.objects.filter(team=team, state__in=("asked", "member"))
    seen = standing if leads else standing.filter(volunteer__person_id=actor.person_id or 0)
    if after:
        seen = seen.filter(pk__lt=after)
    ordered = seen.select_related("volunteer__person").defer("volunteer__search", "volunteer__born")
    page = list(ordered.order_by("-pk")[: MEMBERS + 1])
    lines = [_member(actor, row) for row in page[:MEMBERS]]
    own = standing.filter(volunteer__person_id=actor.person_id or 0).first()
    return TeamPage(
        team,
        list(Organization.objects.filter(pk__in=_ids(team.path)).exclude(pk=team.pk).order_by("path")),
        list(team.children.filter(until=None).select_related("place").order_by("pk")[:MEMBERS]),
        [line for line in lines if line.state == "member"],
        [line for line in lines if line.state == "asked"],
        standing.filter(state="member").count(),
        str(page[MEMBERS - 1].pk) if len(page) > MEMBERS else "",
        list(team.brands.exclude(stage="closed").order_by("pk")[:PAGE]),
        own,
        leads,
        keeps,
    )


def _ids(path: str) -> list[int]:
    return [int(step) for step in path.split("/") if step]


def _member(actor: Actor, row: TeamMembership) -> MemberLine:
    own = actor.person_id is not None and row.volunteer.person_id == actor.person_id
    name = row.volunteer.person.name
    return MemberLine(row.pk, name if own else mask_name(name), row.lead, row.state, row.since or row.asked_on, own)


@dataclass(frozen=True, slots=True)
class Branch:
    """A team in the tree: how deep it lies, who heads it, and how many lie below it."""

    team: Organization
    depth: int
    kind: str
    below: int

    @property
    def indent(self) -> int:
        """How far a page sets it in, in the steps of its style sheet."""
        return (0, 3, 4, 5)[min(self.depth, 3)]


@dataclass(frozen=True, slots=True)
class Corps:
    """The tree of teams, what each level or kind adds up to, and what was reported altogether (VOL-02)."""

    branches: list[Branch]
    totals: list[tuple[str, int]]
    counted: int
    reported: int
    left_out: int

    @property
    def differs(self) -> int:
        """How many more were reported than the parts add up to; 0 where nothing was reported."""
        return self.reported - self.counted if self.reported else 0


def corps() -> Corps:
    """Every team below one that has others below it, and the totals by level of all teams.

    `leader` is in the register of bodies for the public head of a team, such as a corps led by a secretary.
    """
    words = profiles.current().section(OrganizationsSection).of("volunteer_team")
    named = {item.code: item.named for item in (*words.levels, *words.kinds)}
    grouped = teams().order_by().values("level", "kind").annotate(many=Count("pk"))
    totals: dict[str, int] = {}
    for row in grouped:
        code = row["level"] or row["kind"]
        totals[named.get(code, code)] = totals.get(named.get(code, code), 0) + row["many"]
    roots = teams().filter(children__isnull=False, parent=None).values("pk")
    ordered = teams().filter(Q(pk__in=roots) | Q(parent__isnull=False)).select_related("place").order_by("path")
    rows = list(ordered[:CORPS])
    # Teams stand by their path as numbers, so that the tenth comes after the ninth.
    rows.sort(key=lambda team: _ids(team.path))
    below: dict[int, int] = {}
    for team in rows:
        for upper in _ids(team.path)[:-1]:
            below[upper] = below.get(upper, 0) + 1
    branches = [
        Branch(
            team,
            len(_ids(team.path)) - 1,
            named.get(team.level or team.kind, team.level or team.kind),
            below.get(team.pk, 0),
        )
        for team in rows
    ]
    counted = sum(totals.values())
    ranked = sorted(totals.items(), key=lambda item: (-item[1], item[0]))
    return Corps(branches, ranked, counted, section().reported_teams, max(0, counted - len(rows)))


def of_place(place: Place) -> list[Organization]:
    """The teams of a place and below it, for the public."""
    rows = teams().filter(place__path__startswith=place.path).select_related("place")
    joined = Count("volunteers", filter=Q(volunteers__state="member"))
    return list(rows.annotate(joined=joined).order_by("pk")[:MEMBERS])


def choices_of(place: Place) -> list[tuple[int, str]]:
    """The teams of a place and below it, as choices of a form."""
    rows = teams().filter(place__path__startswith=place.path).order_by("name")
    return list(rows.values_list("pk", "name")[:CORPS])


def led_choices(actor: Actor) -> list[tuple[int, str]]:
    """The teams for which somebody may propose a project."""
    near = Q() if actor.key == "system" else actor.places(KEEP)
    mine = Q(pk__in=actor.organization_ids) | Q(pk__in=policies.led_teams(actor))
    return list(teams().filter(near | mine).order_by("name").values_list("pk", "name")[:CORPS])


def named(pk: int) -> Organization | None:
    """A team by its id, for the filter of the roster."""
    return teams().filter(pk=pk).first() if pk else None
