"""Squads and topic groups as they are read: lists, one of each, and what everybody sees of those of a place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, Q, QuerySet, Sum

from linli.activities.models import Activity
from linli.cases.queries.pages import named
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.masks import mask_phone
from linli.core.models import Entry
from linli.deliberation import squads_section
from linli.deliberation.models import GroupIdea, GroupMember, GroupNotice, Squad, SquadNeed, TopicGroup
from linli.deliberation.policies import squads as policies
from linli.deliberation.policies.bodies import may_keep, may_register
from linli.deliberation.queries.bodies import USER, Moment, Standing
from linli.deliberation.workflow.bodies import MANAGE
from linli.deliberation.workflow.squads import GROUP, HAPPENED, IDEA, SQUAD, SQUAD_SUBJECT
from linli.territory.models import Place

PAGE: Final = 50
PLACES: Final = 500
SHOWN: Final = 20
IDEAS: Final = 50
TONES: Final = {
    "proposed": ("yellow", "dots"),
    "active": ("green", "circle-check"),
    "ended": ("grey", "circle-check"),
    "declined": ("grey", "circle-x"),
}
NEED_TONES: Final = {
    "asked": ("yellow", "clock"),
    "given": ("green", "circle-check"),
    "partly": ("green", "circle-check"),
    "refused": ("grey", "circle-x"),
}
GROUP_TONES: Final = {"open": ("green", "circle-check"), "closed": ("grey", "circle-x")}
IDEA_TONES: Final = {
    "posted": ("yellow", "clock"),
    "case": ("green", "arrow-right"),
    "topic": ("green", "message-circle"),
    "answered": ("green", "circle-check"),
    "hidden": ("grey", "circle-x"),
    "withdrawn": ("grey", "circle-x"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is asked for. `before` is the day and id of the last line of the page before."""

    words: str = ""
    state: str = ""
    before: tuple[date, int] | None = None


@dataclass(frozen=True, slots=True)
class SquadLine:
    """A squad in a list: its kind, how it stands, and whether it waits for an answer about materials."""

    row: Squad
    kind: str
    standing: Standing
    waits: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """What a squad did in all: sessions, those who took part and were spoken to, both as person-times."""

    sessions: int
    attended: int
    served: int


@dataclass(frozen=True, slots=True)
class SquadPage:
    """A squad with what its pages show; `verbs` are what may be done with it now."""

    row: Squad
    kind: squads_section.SquadKind
    standing: Standing
    forces: Sequence[tuple[str, int]]
    needs: Sequence[tuple[SquadNeed, Standing]]
    sessions: Sequence[Activity]
    told: Told
    verbs: frozenset[str] = frozenset()
    history: Sequence[Moment] = ()
    contact: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group in a list: how it stands, how many belong to it, how many ideas wait."""

    row: TopicGroup
    standing: Standing
    members: int
    waits: int


@dataclass(frozen=True, slots=True)
class Idea:
    """An idea with how it stands, and what those who keep the group may do with it."""

    row: GroupIdea
    standing: Standing
    by: str
    own: bool = False
    verbs: Sequence[tuple[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class GroupPage:
    """A group with its ideas and announcements; `mine` is the member who looks, where they belong to it."""

    row: TopicGroup
    standing: Standing
    members: int
    notices: Sequence[GroupNotice]
    ideas: Sequence[Idea]
    hidden: int
    mine: GroupMember | None = None
    verbs: frozenset[str] = frozenset()
    more: int = 0


def squads_seen_by(actor: Actor) -> QuerySet[Squad]:
    """The squads that somebody sees."""
    return Squad.objects.filter(policies.squads_visible_to(actor))


def groups_seen_by(actor: Actor) -> QuerySet[TopicGroup]:
    """The groups that somebody sees."""
    return TopicGroup.objects.filter(policies.squads_visible_to(actor))


def squads_listed(rows: QuerySet[Squad], wanted: Wanted) -> tuple[list[SquadLine], str]:
    """A page of squads, and the key of the next; empty where there is none."""
    if wanted.words:
        rows = rows.filter(Q(name__icontains=wanted.words) | Q(topic__icontains=wanted.words))
    rows = rows.filter(state=wanted.state) if wanted.state else rows
    waits = Count("needs", filter=Q(needs__state="asked"))
    page, more = _paged(rows.annotate(waits=waits).defer("contact"), wanted, "proposed_on")
    kinds = kind_names()
    return [SquadLine(row, kinds.get(row.kind, row.kind), squad_standing(row), row.waits) for row in page], more


def groups_listed(rows: QuerySet[TopicGroup], wanted: Wanted) -> tuple[list[GroupLine], str]:
    """A page of groups, and the key of the next; empty where there is none."""
    if wanted.words:
        rows = rows.filter(Q(name__icontains=wanted.words) | Q(place__name__icontains=wanted.words))
    rows = rows.filter(state=wanted.state) if wanted.state else rows
    page, more = _paged(rows, wanted, "opened_on")
    return _group_lines(page), more


def _paged(rows: QuerySet[Any], wanted: Wanted, by: str) -> tuple[list[Any], str]:
    if wanted.before:
        day, pk = wanted.before
        rows = rows.filter(Q(**{f"{by}__lt": day}) | Q(**{by: day, "pk__lt": pk}))
    page = list(rows.select_related("place").order_by(f"-{by}", "-pk")[: PAGE + 1])
    more = page[PAGE - 1] if len(page) > PAGE else None
    return page[:PAGE], f"{getattr(more, by)}.{more.pk}" if more else ""


def _group_lines(rows: Sequence[TopicGroup]) -> list[GroupLine]:
    ids = [row.pk for row in rows]
    members = dict(GroupMember.objects.filter(group__in=ids).values_list("group").annotate(Count("pk")))
    waiting = GroupIdea.objects.filter(group__in=ids, state="posted")
    waits = dict(waiting.values_list("group").annotate(Count("pk")))
    return [GroupLine(row, group_standing(row), members.get(row.pk, 0), waits.get(row.pk, 0)) for row in rows]


def squad_standing(row: Squad) -> Standing:
    """How a squad stands: a colour, an icon, and in words."""
    return (*TONES[row.state], SQUAD.label(row.state))


def group_standing(row: TopicGroup) -> Standing:
    """How a group stands: a colour, an icon, and in words."""
    return (*GROUP_TONES[row.state], GROUP.label(row.state))


def kind_names() -> dict[str, str]:
    """What kinds of squads are called in the active language."""
    return {kind.code: kind.named for kind in squads_section.named_kinds()}


def squad_places(actor: Actor) -> list[Place]:
    """The places for which somebody proposes squads at the desk."""
    return list(Place.objects.filter(policies.keeping_places(actor, policies.squads_at())).order_by("path")[:PLACES])


def group_places(actor: Actor) -> list[Place]:
    """The communities at which somebody opens groups."""
    return list(Place.objects.filter(policies.keeping_places(actor, policies.groups_at())).order_by("path")[:PLACES])


def places_inside(place: Place) -> list[Place]:
    """A community and what lies inside it that may have a squad or a body."""
    rows = Place.objects.filter(policies.squads_at(), path__startswith=place.path)
    return list(rows.order_by("path")[:PLACES])


def squad_page(actor: Actor, pk: int) -> SquadPage:
    """One squad as a post sees it. Raises: not_found"""
    row = squads_seen_by(actor).select_related("place__street", "place__community", "organization").filter(pk=pk)
    return _squad(row.first(), actor)


def public_squad(pk: int) -> SquadPage:
    """One squad as everybody reads it. Raises: not_found"""
    rows = Squad.objects.filter(policies.public_squads()).select_related("place__community")
    return _squad(rows.filter(pk=pk).first(), None)


def own_squad(pk: int) -> SquadPage:
    """One squad as those who act for it by its address see it. Raises: not_found"""
    return _squad(Squad.objects.select_related("place__community").filter(pk=pk).first(), None)


def _squad(row: Squad | None, actor: Actor | None) -> SquadPage:
    if row is None:
        raise NotFound
    kind = squads_section.rules_of(row.kind)
    sessions = Activity.objects.filter(organization_id=row.organization_id or 0)
    counted = sessions.aggregate(Count("pk"), Sum("attended"), Sum("served"))
    told = Told(counted["pk__count"], counted["attended__sum"] or 0, counted["served__sum"] or 0)
    names = dict(SquadNeed._meta.get_field("state").flatchoices)
    needs = [(item, (*NEED_TONES[item.state], names[item.state])) for item in row.needs.order_by("-pk")[:SHOWN]]
    return SquadPage(
        row,
        kind,
        squad_standing(row),
        [(item.named, row.forces.get(item.code, 0)) for item in kind.forces],
        needs,
        list(sessions.order_by("-day", "-pk")[:SHOWN]),
        told,
        _squad_verbs(actor, row) if actor else frozenset(),
        _history(row) if actor else (),
        _masked(row.contact or "") if actor else "",
        policies.address_of(row.pk),
    )


def _masked(contact: str) -> str:
    """How somebody may be reached, as a list or page shows it before it is unmasked."""
    return mask_phone(contact) if contact else ""


def _squad_verbs(actor: Actor, row: Squad) -> frozenset[str]:
    keeps, forms = may_keep(actor, row.place), may_register(actor, row.place)
    return frozenset(
        move.verb for move in SQUAD.moves if row.state in move.frm and (forms if MANAGE in move.who else keeps)
    )


def _history(row: Squad) -> tuple[Moment, ...]:
    entries = list(Entry.objects.filter(subject_type=SQUAD_SUBJECT, subject_id=row.pk).order_by("-at", "-id")[:PAGE])
    ids = tuple(int(item.actor.removeprefix(USER)) for item in entries if item.actor.startswith(USER))
    names = {f"{USER}{user.pk}": str(user) for user in named(ids)} if ids else {}
    return tuple(
        Moment(item.at, HAPPENED[item.operation], names.get(item.actor, ""), str(item.facts.get("reason", "")))
        for item in entries
        if item.operation in HAPPENED
    )


def public_squads_of(place: Place) -> list[SquadLine]:
    """The squads of a place and of all inside, as everybody reads them: those at work first."""
    rows = Squad.objects.filter(policies.public_squads(), place__path__startswith=place.path).defer("contact")
    kinds = kind_names()
    found = rows.select_related("place").order_by("state", "-agreed_on", "-pk")[:PLACES]
    return [SquadLine(row, kinds.get(row.kind, row.kind), squad_standing(row)) for row in found]


def group_page(actor: Actor, pk: int, before: int = 0) -> GroupPage:
    """One group as whoever keeps it sees it, every idea with what may be done. Raises: not_found"""
    row = groups_seen_by(actor).select_related("place__community").filter(pk=pk).first()
    if row is None:
        raise NotFound
    keeps = may_keep(actor, row.place)
    verbs = frozenset(move.verb for move in GROUP.moves if keeps and row.state in move.frm)
    return _group(row, row.ideas.exclude(state="withdrawn"), keeps, None, verbs, before)


def public_group(viewer: Actor, pk: int, before: int = 0) -> GroupPage:
    """One group as everybody reads it, and as a member sees their own ideas in it. Raises: not_found"""
    row = TopicGroup.objects.select_related("place__community").filter(pk=pk).first()
    if row is None:
        raise NotFound
    mine = row.members.filter(user_id=viewer.user_id).first() if viewer.user_id else None
    shown = policies.public_ideas()
    if mine is not None:
        # Whoever wrote an idea sees that it is hidden, and why.
        shown |= Q(member=mine, state="hidden")
    return _group(row, row.ideas.filter(shown), False, mine, frozenset(), before)


def _group(
    row: TopicGroup,
    ideas: QuerySet[GroupIdea],
    keeps: bool,
    mine: GroupMember | None,
    verbs: frozenset[str],
    before: int,
) -> GroupPage:
    ideas = ideas.filter(pk__lt=before) if before else ideas
    page = list(ideas.select_related("member", "case", "topic").order_by("-pk")[: IDEAS + 1])
    return GroupPage(
        row,
        group_standing(row),
        row.members.count(),
        list(row.notices.order_by("-pk")[:SHOWN]),
        [_idea(item, keeps, mine) for item in page[:IDEAS]],
        row.ideas.filter(state="hidden").count(),
        mine,
        verbs,
        page[IDEAS - 1].pk if len(page) > IDEAS else 0,
    )


def _idea(row: GroupIdea, keeps: bool, mine: GroupMember | None) -> Idea:
    own = mine is not None and row.member_id == mine.pk
    moves = [move for move in IDEA.moves if row.state in move.frm]
    verbs = [(move.verb, move.label) for move in moves if (own if move.verb == "withdraw" else keeps)]
    by = row.member.alias if row.member else ""
    return Idea(row, (*IDEA_TONES[row.state], IDEA.label(row.state)), by, own, verbs)


def public_groups_of(place: Place) -> list[GroupLine]:
    """The open groups of a place and of all inside, as everybody reads them."""
    rows = TopicGroup.objects.filter(state="open", place__path__startswith=place.path).select_related("place")
    return _group_lines(list(rows.order_by("place__path", "name")[:PLACES]))


def squad_of_need(actor: Actor, pk: int) -> int:
    """The squad that asked for something. Raises: not_found"""
    found = SquadNeed.objects.filter(policies.needs_visible_to(actor), pk=pk).values_list("squad_id", flat=True).first()
    if found is None:
        raise NotFound
    return found


def group_of_idea(actor: Actor, pk: int) -> int:
    """The group of an idea. Raises: not_found"""
    rows = GroupIdea.objects.filter(policies.squads_visible_to(actor), pk=pk)
    found = rows.values_list("group_id", flat=True).first()
    if found is None:
        raise NotFound
    return found
