"""Conventions as they are read: the list, one with its clauses, comments and differences, those of a place."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from linli.cases.queries.pages import named
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.models import Entry
from linli.core.paging import older
from linli.core.workflow import Step
from linli.deliberation.clauses import Change, changes, numeral
from linli.deliberation.models import Convention, ConventionComment, Meeting, Poll, Topic
from linli.deliberation.policies import conventions as policies
from linli.deliberation.queries.adopting import (
    adopting_meetings,
    adopting_polls,
    adopting_topics,
    comments_open,
    texts_of,
)
from linli.deliberation.workflow.conventions import CONVENTION, DRAFT, HAPPENED, IN_FORCE, MAKING, RECEIVE, SUBJECT
from linli.territory.models import Place

PAGE: Final = 50
PLACES: Final = 300
CHOICES: Final = 50
UNFILED: Final = "unfiled"
TONES: Final = {
    "draft": ("grey", "dots"),
    "commenting": ("yellow", "message-circle"),
    "adopting": ("yellow", "users"),
    "adopted": ("yellow", "circle-check"),
    "published": ("yellow", "speakerphone"),
    "submitted": ("yellow", "clock"),
    "filed": ("green", "circle-check"),
    "superseded": ("grey", "arrow-right"),
    "repealed": ("grey", "circle-x"),
    "dropped": ("grey", "circle-x"),
}
USER: Final = "user:"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is asked for. `before` is the day and id of the last line of the page before."""

    words: str = ""
    state: str = ""
    kind: str = ""
    before: tuple[date, int] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A convention in a list, and how many comments wait."""

    row: Convention
    standing: tuple[str, str, Any]
    waiting: int


@dataclass(frozen=True, slots=True)
class ClauseLine:
    """A clause with its number in words and what was said of it."""

    position: int
    number: str
    text: str
    comments: list[ConventionComment]


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened to a convention."""

    at: datetime
    what: Any
    who: str
    reason: str


@dataclass(frozen=True, slots=True)
class ConventionPage:
    """One edition with everything that its page shows."""

    row: Convention
    standing: tuple[str, str, Any]
    steps: list[Step]
    clauses: list[ClauseLine]
    changes: list[Change]
    editions: list[Convention]
    commenting: bool
    verbs: frozenset[str] = frozenset()
    history: tuple[Moment, ...] = ()

    @property
    def waiting(self) -> list[ConventionComment]:
        """The comments that wait for an answer."""
        return [item for line in self.clauses for item in line.comments if item.state == "waiting"]

    @property
    def changed(self) -> list[Change]:
        """The clauses that read otherwise than in the edition before."""
        return [item for item in self.changes if item.kind != "same"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The decisions of the place by which a text may have been adopted."""

    polls: list[Poll]
    topics: list[Topic]
    meetings: list[Meeting]

    @property
    def empty(self) -> bool:
        """Whether nothing was decided since."""
        return not (self.polls or self.topics or self.meetings)


def seen_by(actor: Actor) -> QuerySet[Convention]:
    """The conventions that somebody sees."""
    return Convention.objects.filter(policies.conventions_visible_to(actor))


def listed(rows: QuerySet[Convention], wanted: Wanted) -> tuple[list[Line], str]:
    """A page of conventions, and the key of the next; empty where there is none."""
    if wanted.words:
        rows = rows.filter(Q(title__icontains=wanted.words) | Q(place__name__icontains=wanted.words))
    if wanted.state == UNFILED:
        rows = rows.filter(state__in=("published", "submitted"))
    elif wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.before:
        rows = rows.filter(older("drafted_on", wanted.before))
    waits = Count("comments", filter=Q(comments__state="waiting"))
    found = rows.select_related("place").annotate(waits=waits).order_by("-drafted_on", "-pk")
    page = list(found[: PAGE + 1])
    more = page[PAGE - 1] if len(page) > PAGE else None
    lines = [Line(row, standing(row), row.waits) for row in page[:PAGE]]
    return lines, f"{more.drafted_on}.{more.pk}" if more else ""


def standing(row: Convention) -> tuple[str, str, Any]:
    """How a convention stands: a colour, an icon, and in words."""
    return (*TONES[row.state], CONVENTION.label(row.state))


def drafting(actor: Actor) -> list[Place]:
    """The places for which somebody drafts conventions."""
    return list(Place.objects.filter(policies.drafting_places(actor)).order_by("path", "name")[:PLACES])


def without(actor: Actor) -> list[Place]:
    """The communities that somebody sees where no convention is in force or being made."""
    held = Convention.objects.filter(place__community=OuterRef("pk"), state__in=(*IN_FORCE, *MAKING))
    seen = actor.places(DRAFT, prefix="") | actor.places(RECEIVE, prefix="")
    rows = Place.objects.filter(policies.communities(), seen).exclude(Exists(held))
    return list(rows.order_by("code")[:CHOICES])


def convention_page(actor: Actor, pk: int) -> ConventionPage:
    """One edition as a post sees it. Raises: not_found"""
    row = seen_by(actor).select_related("place__street", "poll", "topic", "meeting", "previous").filter(pk=pk).first()
    if row is None:
        raise NotFound
    comments = list(row.comments.order_by("position", "raised"))
    return _page(row, comments, verbs=_verbs(actor, row), history=_history(row))


def public_convention(pk: int) -> ConventionPage:
    """One edition as everybody reads it: comments once they are answered. Raises: not_found"""
    rows = Convention.objects.filter(policies.public_conventions())
    row = rows.select_related("place__community", "previous").filter(pk=pk).first()
    if row is None:
        raise NotFound
    return _page(row, list(row.comments.exclude(state="waiting").order_by("position", "raised")))


def _page(row: Convention, comments: list[ConventionComment], **more: Any) -> ConventionPage:
    texts = texts_of(row)
    lines = [
        ClauseLine(position, numeral(position), text, [item for item in comments if item.position == position])
        for position, text in enumerate(texts, 1)
    ]
    same = Convention.objects.filter(place_id=row.place_id, title=row.title).exclude(pk=row.pk)
    return ConventionPage(
        row,
        standing(row),
        CONVENTION.line_of_steps(row.state, _visited(row)),
        lines,
        changes(texts_of(row.previous), texts) if row.previous else [],
        list(same.exclude(state="dropped").order_by("-edition")),
        comments_open(row),
        **more,
    )


def _visited(row: Convention) -> list[str]:
    """The states that an edition has been in, as its days say."""
    days = {
        "draft": row.drafted_on,
        "commenting": row.comments_from,
        "adopting": row.put_on,
        "adopted": row.adopted_on,
        "published": row.published_on,
        "submitted": row.submitted_on,
        "filed": row.filed_on,
    }
    return [code for code, day in days.items() if day]


def evidence_for(row: Convention) -> Evidence:
    """The decisions of the place by which a text may have been adopted."""
    return Evidence(
        list(adopting_polls(row).filter(convention=None, met=True)[:CHOICES]),
        list(adopting_topics(row).filter(convention=None)[:CHOICES]),
        list(adopting_meetings(row)[:CHOICES]),
    )


def _verbs(actor: Actor, row: Convention) -> frozenset[str]:
    """What somebody may do now with a convention."""
    keeps, receives = policies.may_draft(actor, row.place), policies.may_receive(actor, row.place)
    found = {
        move.verb
        for move in CONVENTION.moves
        if row.state in move.frm and (receives if RECEIVE in move.who else keeps) and move.verb != "supersede"
    }
    made = Convention.objects.filter(place_id=row.place_id, title=row.title, state__in=MAKING)
    if keeps and row.state in IN_FORCE and not made.exists():
        found.add("amend")
    return frozenset(found)


def _history(row: Convention) -> tuple[Moment, ...]:
    entries = list(Entry.objects.filter(subject_type=SUBJECT, subject_id=row.pk).order_by("-id")[:PAGE])
    ids = tuple(int(item.actor.removeprefix(USER)) for item in entries if item.actor.startswith(USER))
    names = {f"{USER}{user.pk}": str(user) for user in named(ids)} if ids else {}
    return tuple(
        Moment(
            item.at,
            HAPPENED.get(item.operation, item.operation),
            names.get(item.actor, ""),
            str(item.facts.get("reason", "")),
        )
        for item in entries
    )


def public_listed(place: Place) -> list[Line]:
    """The conventions of a place and of all inside that hold or are being made, as everybody reads them."""
    rows = Convention.objects.filter(policies.public_conventions(), place__path__startswith=place.path)
    rows = rows.exclude(state__in=("superseded", "repealed")).select_related("place")
    return [Line(row, standing(row), 0) for row in rows.order_by("place__path", "title", "-edition")[:PLACES]]
