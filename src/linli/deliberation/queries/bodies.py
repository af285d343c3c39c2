"""Self-government bodies as they are read: the list, one with its members and elections, those of a place."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Q, QuerySet

from linli.cases.queries.pages import named
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.masks import mask_phone
from linli.core.models import Entry
from linli.core.paging import older
from linli.deliberation import bodies_section
from linli.deliberation.models import (
    BodyCandidate,
    BodyElection,
    BodyFounding,
    Convention,
    FundAccount,
    FundQuarter,
    Meeting,
    Poll,
    Topic,
)
from linli.deliberation.policies import bodies as policies
from linli.deliberation.policies.conventions import public_conventions
from linli.deliberation.policies.polls import public_polls
from linli.deliberation.queries.deciding import deciding_meetings, deciding_polls, deciding_topics, members_of
from linli.deliberation.queries.funds import public_account
from linli.deliberation.workflow.bodies import (
    ELECTION,
    FOUNDING,
    HAPPENED,
    KEEP,
    MANAGE,
    RECEIVE,
    SUBJECT,
    TERMS,
)
from linli.organizations.models import Organization, Post
from linli.organizations.policies import held_on
from linli.territory.models import Place

PAGE: Final = 50
PLACES: Final = 500
CHOICES: Final = 50
SHOWN: Final = 5
SHOWN_UNRECORDED: Final = 100
USER: Final = "user:"
UNFILED: Final = "unfiled"
# Bodies of the roster, from ledgers of organisations, of which nobody recorded how they were founded.
UNRECORDED: Final = "unrecorded"
STATES: Final = {
    "proposed": ("yellow", "dots"),
    "registered": ("green", "circle-check"),
    "ended": ("grey", "circle-x"),
    "dropped": ("grey", "circle-x"),
}
TERM_TONES: Final = {
    "none": ("yellow", "users"),
    "running": ("green", "circle-check"),
    "ending": ("yellow", "clock"),
    "over": ("red", "alert-triangle"),
}
ELECTION_TONES: Final = {
    "called": ("yellow", "users"),
    "held": ("green", "circle-check"),
    "void": ("grey", "circle-x"),
}
Standing = tuple[str, str, Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is asked for. `before` is the day and id of the last line of the page before."""

    words: str = ""
    kind: str = ""
    term: str = ""
    before: tuple[date, int] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A body in a list: its kind, and how it stands."""

    row: BodyFounding
    kind: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened to a body."""

    at: datetime
    what: Any
    who: str
    reason: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """The decisions of the place that may stand behind a founding or an election."""

    polls: list[Poll] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    owners: bool = False


@dataclass(frozen=True, slots=True)
class BodyPage:
    """A body with everything that its page shows to the posts that see it."""

    row: BodyFounding
    kind: bodies_section.GoverningKind
    standing: Standing
    members: list[Post]
    elections: list[tuple[BodyElection, Standing]]
    verbs: frozenset[str]
    history: tuple[Moment, ...]
    account: FundAccount | None
    contact: str = ""

    @property
    def open_election(self) -> BodyElection | None:
        """The election that is open now."""
        return next((item for item, _standing in self.elections if item.state == "called"), None)


@dataclass(frozen=True, slots=True)
class ElectionPage:
    """An election with its candidates, and what may be done with it now."""

    row: BodyElection
    kind: bodies_section.GoverningKind
    standing: Standing
    candidates: list[BodyCandidate]
    members: list[Post]
    verbs: frozenset[str]


@dataclass(frozen=True, slots=True)
class PublicBody:
    """A body as everybody reads it: of its members those who agreed to be named, of its affairs what is public."""

    row: BodyFounding
    kind: str
    standing: Standing
    members: list[Post]
    unnamed: int
    meetings: list[Meeting]
    conventions: list[Convention]
    polls: list[Poll]
    account: FundAccount | None
    quarter: FundQuarter | None


def seen_by(actor: Actor) -> QuerySet[BodyFounding]:
    """The bodies that somebody sees."""
    return BodyFounding.objects.filter(policies.foundings_visible_to(actor))


def listed(rows: QuerySet[BodyFounding], wanted: Wanted) -> tuple[list[Line], str]:
    """A page of bodies, and the key of the next; empty where there is none."""
    if wanted.words:
        rows = rows.filter(Q(name__icontains=wanted.words) | Q(place__name__icontains=wanted.words))
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.term in STATES:
        rows = rows.filter(state=wanted.term)
    elif wanted.term == UNFILED:
        rows = rows.filter(state="registered", file_by__isnull=False, filed_on=None)
    elif wanted.term:
        rows = rows.filter(state="registered", term=wanted.term)
    if wanted.before:
        rows = rows.filter(older("proposed_on", wanted.before))
    page = list(rows.select_related("place").order_by("-proposed_on", "-pk")[: PAGE + 1])
    more = page[PAGE - 1] if len(page) > PAGE else None
    return _lines(page[:PAGE]), f"{more.proposed_on}.{more.pk}" if more else ""


def _unrecorded(actor: Actor) -> QuerySet[Organization]:
    held = Organization.objects.filter(
        held_on(clock.today()), type=Organization.Type.SELF_GOVERNMENT, founding=None, state="active"
    )
    return held.filter(policies.foundings_visible_to(actor))


def unrecorded_count(actor: Actor) -> int:
    """How many self-government bodies of the roster somebody sees of which no founding is recorded."""
    return _unrecorded(actor).count()


def unrecorded(actor: Actor, wanted: Wanted) -> tuple[list[Organization], str]:
    """A page of the bodies of the roster of which no founding is recorded, and the key of the next."""
    rows = _unrecorded(actor)
    if wanted.words:
        rows = rows.filter(Q(name__icontains=wanted.words) | Q(place__name__icontains=wanted.words))
    if wanted.before:
        rows = rows.filter(pk__lt=wanted.before[1])
    page = list(rows.select_related("place").order_by("-pk")[: PAGE + 1])
    more = page[PAGE - 1] if len(page) > PAGE else None
    return page[:PAGE], f"{clock.today()}.{more.pk}" if more else ""


def _lines(rows: list[BodyFounding]) -> list[Line]:
    names = kind_names()
    return [Line(row, names.get(row.kind, row.kind), standing(row)) for row in rows]


def standing(row: BodyFounding) -> Standing:
    """How a body stands, and once it is registered how its term does: a colour, an icon, and in words."""
    if row.state == "registered":
        return (*TERM_TONES[row.term], dict(TERMS)[row.term])
    return (*STATES[row.state], FOUNDING.label(row.state))


def kind_names() -> dict[str, str]:
    """What kinds are called in the active language."""
    return {kind.code: kind.named for kind in bodies_section.named_kinds()}


def keeping(actor: Actor) -> list[Place]:
    """The compounds, buildings and grids for which somebody proposes bodies."""
    return list(Place.objects.filter(policies.keeping_places(actor)).order_by("path", "name")[:PLACES])


def body_page(actor: Actor, pk: int) -> BodyPage:
    """One body as a post sees it. Raises: not_found"""
    rows = seen_by(actor).select_related(
        "place__street", "place__community", "organization", "poll", "topic", "meeting"
    )
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NotFound
    elections = [(item, election_standing(item)) for item in row.elections.order_by("-called_on", "-pk")]
    return BodyPage(
        row,
        bodies_section.rules_of(row.kind),
        standing(row),
        list(members_of(row)) if row.organization_id else [],
        elections,
        _verbs(actor, row, elections),
        _history(row),
        FundAccount.objects.filter(organization_id=row.organization_id or 0).order_by("pk").first(),
        mask_phone(row.contact) if row.contact and policies.may_keep(actor, row.place) else "",
    )


def _verbs(actor: Actor, row: BodyFounding, elections: list[tuple[BodyElection, Standing]]) -> frozenset[str]:
    """What somebody may do now with a body."""
    found = {move.verb for move in FOUNDING.moves if row.state in move.frm and _may(actor, row.place, move.who)}
    if row.file_by is None or row.filed_on is not None:
        found.discard("file")
    if any(item.state == "called" for item, _standing in elections):
        found.discard("call")
    return frozenset(found)


def _may(actor: Actor, place: Place, who: frozenset[str]) -> bool:
    asked = {KEEP: policies.may_keep, MANAGE: policies.may_register, RECEIVE: policies.may_receive}
    return any(asked[ability](actor, place) for ability in who)


def election_standing(row: BodyElection) -> Standing:
    """How an election stands: a colour, an icon, and in words."""
    return (*ELECTION_TONES[row.state], ELECTION.label(row.state))


def election_page(actor: Actor, pk: int) -> ElectionPage:
    """One election as a post sees it. Raises: not_found"""
    rows = BodyElection.objects.filter(policies.foundings_visible_to(actor))
    row = rows.select_related("founding", "place__street", "poll", "topic", "meeting").filter(pk=pk).first()
    if row is None:
        raise NotFound
    verbs = {move.verb for move in ELECTION.moves if row.state in move.frm and _may(actor, row.place, move.who)}
    return ElectionPage(
        row,
        bodies_section.rules_of(row.founding.kind),
        election_standing(row),
        list(row.candidates.order_by("pk")),
        list(members_of(row.founding)),
        frozenset(verbs),
    )


def evidence_for(row: BodyFounding | BodyElection, kind: bodies_section.GoverningKind) -> Evidence:
    """The decisions of the place that may stand behind it and stand behind no other."""
    name = type(row).__name__.lower()
    polls = list(deciding_polls(row.place, kind.owners).filter(met=True, **{name: None})[:CHOICES])
    if kind.owners:
        return Evidence(polls, owners=True)
    topics = list(deciding_topics(row.place).filter(**{name: None})[:CHOICES])
    return Evidence(polls, topics, list(deciding_meetings(row.place)[:CHOICES]))


def successors(row: BodyFounding) -> list[Organization]:
    """The bodies of the same community with which this one may merge."""
    rows = Organization.objects.filter(held_on(clock.today()), type=Organization.Type.SELF_GOVERNMENT)
    near = rows.filter(place__community_id=row.place.community_id or 0).exclude(pk=row.organization_id or 0)
    return list(near.order_by("name")[:CHOICES])


def _history(row: BodyFounding) -> tuple[Moment, ...]:
    entries = list(Entry.objects.filter(subject_type=SUBJECT, subject_id=row.pk).order_by("-id")[:PAGE])
    ids = tuple(int(item.actor.removeprefix(USER)) for item in entries if item.actor.startswith(USER))
    names = {f"{USER}{user.pk}": str(user) for user in named(ids)} if ids else {}
    return tuple(
        Moment(item.at, HAPPENED[item.operation], names.get(item.actor, ""), str(item.facts.get("reason", "")))
        for item in entries
        if item.operation in HAPPENED
    )


def public_listed(place: Place) -> list[Line]:
    """The bodies of a place and of all inside, as everybody reads them."""
    rows = BodyFounding.objects.filter(state="registered", place__path__startswith=place.path).select_related("place")
    return _lines(list(rows.order_by("place__path", "name")[:PLACES]))


def public_unrecorded(place: Place) -> list[Organization]:
    """The bodies of the roster at a place and inside it of which no founding is recorded, as everybody reads them."""
    rows = Organization.objects.filter(
        held_on(clock.today()), type=Organization.Type.SELF_GOVERNMENT, founding=None, state="active"
    )
    inside = rows.filter(place__path__startswith=place.path).select_related("place")
    return list(inside.order_by("place__path", "name")[:SHOWN_UNRECORDED])


def proposing_places(place: Place) -> list[Place]:
    """The places of a community for which its residents may propose a body."""
    rows = Place.objects.filter(policies.bodies_at(), path__startswith=place.path)
    return list(rows.order_by("path", "name")[:PLACES])


def public_body(viewer: Actor, home: int | None, pk: int) -> PublicBody:
    """One body as everybody reads it. Raises: not_found"""
    rows = BodyFounding.objects.filter(policies.public_bodies()).select_related("place__community", "organization")
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NotFound
    members = list(members_of(row))
    account, quarter = _account(viewer, home, row)
    meetings = Meeting.objects.filter(Q(convener_id=row.organization_id) | Q(place_id=row.place_id), public=True)
    conventions = Convention.objects.filter(public_conventions(), place_id=row.place_id)
    polls = Poll.objects.filter(public_polls(), place_id=row.place_id)
    return PublicBody(
        row,
        kind_names().get(row.kind, row.kind),
        standing(row),
        [post for post in members if post.consent],
        sum(not post.consent for post in members),
        list(meetings.exclude(state="cancelled").order_by("-on", "-pk")[:SHOWN]),
        list(conventions.exclude(state__in=("superseded", "repealed")).order_by("title")[:SHOWN]),
        list(polls.order_by("-held", "-pk")[:SHOWN]),
        account,
        quarter,
    )


def _account(viewer: Actor, home: int | None, row: BodyFounding) -> tuple[FundAccount | None, FundQuarter | None]:
    """The account of a body with its last quarter that the viewer may read."""
    found = FundAccount.objects.filter(organization_id=row.organization_id or 0).order_by("pk").first()
    if found is None:
        return None, None
    try:
        account, quarters = public_account(viewer, home, found.pk)
    except NotFound:
        return None, None
    return account, quarters[0]
