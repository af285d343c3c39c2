"""Teams as they are read: the list, one team with what may be done, and which teams lack somebody."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import pgettext_lazy

from linli.cases.models import Case
from linli.cases.policies import cases_visible_to
from linli.cases.queries.beside import Beside, Teller
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.organizations.models import Organization, Post
from linli.organizations.sections import kinds_in_force
from linli.teams import policies
from linli.teams.models import CallAnswer, TaskTeam, TeamCall, TeamMatter, TeamMember, TeamResult
from linli.teams.sections import Short, section, shortfalls
from linli.teams.workflow import TEAM
from linli.territory.models import Place

PAGE: Final = 50
SHOWN: Final = 20
CHOICES: Final = 300
# Who belongs to a team, or did when it was dissolved.
IN_IT: Final = Q(until=None) | Q(stayed=True)
TONES: Final = {"active": ("green", "circle-check"), "dissolved": ("grey", "circle-x")}
VIEWS: Final = (("mine", pgettext_lazy("team", "my teams")),)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is asked for. `before` is the day and id of the last line of the page before; the id is enough."""

    view: str = ""
    kind: str = ""
    state: str = ""
    words: str = ""
    before: tuple[date, int] | None = None


@dataclass(frozen=True, slots=True)
class Lack:
    """Of whom so many are missing in a team, or too many."""

    of: str
    missing: int
    beyond: int


@dataclass(frozen=True, slots=True)
class Line:
    """A team in a list. `short` is what it lacks while it is at work."""

    row: TaskTeam
    kind: str
    standing: tuple[str, str, Any]
    members: int
    short: list[Short]

    @property
    def lacks(self) -> list[Lack]:
        """What it lacks, in words."""
        rules = section()
        return [Lack("、".join(map(rules.named, item.need.of)), item.missing, item.beyond) for item in self.short]

    @property
    def late(self) -> bool:
        """Whether it is past its planned end."""
        return self.row.state == "active" and self.row.planned_end < clock.today()


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody of the roster who may be named for a team: their posts, and the capacity that these mean."""

    name: str
    posts: str
    capacity: str


@dataclass(frozen=True, slots=True)
class Call:
    """A call with how many come; whoever acts for the team reads who, and each member their own answer."""

    row: TeamCall
    coming: int
    names: list[str]
    mine: bool | None

    @property
    def ahead(self) -> bool:
        """Whether one may still answer."""
        return self.row.at > clock.now()


@dataclass(frozen=True, slots=True)
class TeamPage:
    """One team with what the viewer knows of it. `members` is empty for those who know numbers only."""

    line: Line
    verbs: list[str]
    knows: bool
    members: list[tuple[TeamMember, str]]
    counts: list[tuple[str, int]]
    results: list[TeamResult]
    calls: list[Call]
    matters: list[TeamMatter]
    roster: dict[int, Known]

    @property
    def row(self) -> TaskTeam:
        """The team."""
        return self.line.row


def seen_by(actor: Actor) -> QuerySet[TaskTeam]:
    """The teams that somebody sees."""
    rows = TaskTeam.objects.filter(policies.teams_visible_to(actor))
    return rows.select_related("place", "organization__parent", "lead")


def listed(actor: Actor, wanted: Wanted) -> tuple[list[Line], str]:
    """A page of teams, the latest first, and the key of the next; empty where there is none."""
    rows = seen_by(actor)
    if wanted.view == "mine":
        rows = rows.filter(policies.own_teams(actor))
    rows = rows.filter(kind=wanted.kind) if wanted.kind else rows
    rows = rows.filter(state=wanted.state) if wanted.state else rows
    if wanted.words:
        rows = rows.filter(Q(name__icontains=wanted.words) | Q(task__icontains=wanted.words))
    rows = rows.filter(pk__lt=wanted.before[1]) if wanted.before else rows
    page = list(rows.order_by("-pk")[: PAGE + 1])
    more = page[PAGE - 1] if len(page) > PAGE else None
    return _lines(page[:PAGE]), f"{clock.day_of(more.formed)}.{more.pk}" if more else ""


def short_teams(actor: Actor) -> list[Line]:
    """The teams at work that lack somebody, or have somebody too many, in the order of places."""
    ruled = [kind.code for kind in section().kinds if kind.composition]
    rows = seen_by(actor).filter(state="active", kind__in=ruled).order_by("place__path", "name", "pk")
    return [line for line in _lines(list(rows)) if line.short]


def team_page(actor: Actor, pk: int, words: str = "") -> TeamPage:
    """One team, with those of the roster that words find to be named for it. Raises: not_found"""
    row = seen_by(actor).filter(pk=pk).first()
    if row is None:
        raise NotFound
    rules = section()
    members = list(row.members.filter(IN_IT).select_related("person").order_by("pk"))
    mine = next((member.pk for member in members if actor.person_id and member.person_id == actor.person_id), 0)
    knows = bool(mine) or policies.may_keep(actor, row.place)
    verbs = policies.verbs_of(actor, row, belongs=bool(mine))
    counts = Counter(member.capacity for member in members)
    order = dict.fromkeys([*(item.code for item in rules.capacities), *sorted(counts)])
    matters = row.matters.filter(case__in=Case.objects.filter(cases_visible_to(actor))).select_related("case")
    return TeamPage(
        line=_lines([row])[0],
        verbs=verbs,
        knows=knows,
        members=[(member, rules.named(member.capacity)) for member in members] if knows else [],
        counts=[(rules.named(code), counts[code]) for code in order if counts[code]],
        results=list(row.results.order_by("-on", "-pk")[:SHOWN]),
        calls=_calls(row, mine, runs="call" in verbs) if knows else [],
        matters=list(matters.order_by("pk")),
        roster=roster(actor, row.place, words) if "join" in verbs else {},
    )


def roster(actor: Actor, place: Place, words: str = "", people: Collection[int] | None = None) -> dict[int, Known]:
    """Who may be named for a team at a place: everybody who holds a post there, each once, by person (PPL-22).

    As many as a page shows, found by words of name, post or unit; of chosen `people` all.
    """
    kinds, rules = kinds_in_force(), section()
    rows = Post.objects.filter(policies.roster_at(actor, place)).order_by("kind", "person__name", "pk")
    if words:
        meant = [code for code, kind in kinds.items() if words in kind.label or words in kind.named]
        rows = rows.filter(Q(person__name__icontains=words) | Q(unit__icontains=words) | Q(kind__in=meant))
    found = rows[:CHOICES] if people is None else rows.filter(person_id__in=people)
    posts: dict[int, list[str]] = defaultdict(list)
    names: dict[int, str] = {}
    for person_id, name, kind in found.values_list("person_id", "person__name", "kind"):
        assert person_id is not None, "the rule asks for a holder"
        posts[person_id].append(kind)
        names[person_id] = name or ""
    return {
        pk: Known(
            names[pk],
            "、".join(dict.fromkeys(kinds[code].named if code in kinds else code for code in held)),
            rules.capacity_of(held),
        )
        for pk, held in posts.items()
    }


def places(actor: Actor) -> list[Place]:
    """The communities and streets for which somebody forms teams."""
    return list(Place.objects.filter(policies.team_places(actor)).order_by("path")[:CHOICES])


def branches_at(place: Place) -> list[Organization]:
    """The Party organisations at a place and inside it, which may form a team."""
    rows = Organization.objects.filter(type=Organization.Type.PARTY, until=None, place__path__startswith=place.path)
    return list(rows.order_by("place__path", "name", "pk")[:CHOICES])


def _lines(rows: Sequence[TaskTeam]) -> list[Line]:
    """Teams with how many belong to each, by one query for all of them."""
    rules = section()
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    found = TeamMember.objects.filter(IN_IT, team_id__in=[row.pk for row in rows]).values_list("team_id", "capacity")
    for team_id, capacity, many in found.annotate(many=Count("pk")).order_by():
        counts[team_id][capacity] = many
    lines = []
    for row in rows:
        kind = rules.kind(row.kind)
        short = shortfalls(kind, counts[row.pk]) if row.state == "active" else []
        standing = (*TONES[row.state], TEAM.label(row.state))
        lines.append(Line(row, kind.named if kind else row.kind, standing, sum(counts[row.pk].values()), short))
    return lines


def _calls(row: TaskTeam, mine: int, *, runs: bool) -> list[Call]:
    """The latest calls of a team. Who cannot come, and who did not answer, is told to nobody."""
    answers = CallAnswer.objects.select_related("member__person").order_by("pk")
    found = []
    for call in row.calls.order_by("-at", "-pk").prefetch_related(Prefetch("answers", answers))[:SHOWN]:
        given = list(call.answers.all())
        come = [item for item in given if item.coming]
        own = next((item.coming for item in given if item.member_id == mine), None)
        many = len(come) if call.coming is None else call.coming
        found.append(Call(call, many, [item.member.named for item in come] if runs else [], own))
    return found


def _told(viewer: Actor, case_id: int) -> list[Beside]:
    """The teams that work on a matter, for staff who see them."""
    rows = TaskTeam.objects.filter(policies.teams_visible_to(viewer), matters__case_id=case_id).order_by("pk")
    return [
        Beside(
            pgettext_lazy("team", "team"),
            row.name,
            "teams:task_team",
            row.pk,
            TEAM.label(row.state),
            row.ended_on or row.begins_on,
            *TONES[row.state],
        )
        for row in rows
    ]


def _knows() -> Q:
    return Q(Exists(TeamMatter.objects.filter(case_id=OuterRef("pk"))))


# The public reads nothing of who works on a matter but the body that answers for it.
TELLER: Final = Teller(_told, lambda _case_id: [], _knows)
