"""Credentials, mentoring and contests as they are read by whoever verifies and plans."""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Avg, Count, Max, Q, QuerySet

from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.models import FileRow
from linli.territory.models import Place
from linli.workforce import policies
from linli.workforce.models import (
    Contest,
    ContestEntry,
    Credential,
    InformationItem,
    Mentoring,
    MentoringSession,
    StudyGroup,
)
from linli.workforce.queries.training import TONES
from linli.workforce.sections import named, section
from linli.workforce.workflow import CREDENTIAL

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class CredentialLine:
    """A credential in words, with what may be done."""

    row: Credential
    kind: str
    standing: tuple[str, str, Any]
    verbs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MentoringPage:
    """One mentoring with its days."""

    row: Mentoring
    sessions: list[MentoringSession]
    logs: bool
    plans: bool


@dataclass(frozen=True, slots=True)
class ContestPage:
    """One contest with its entries: those with an award first, each by name, in no order of people."""

    row: Contest
    kind: str
    entries: list[ContestEntry]
    plans: bool


def credentials_listed(actor: Actor, state: str = "", before: int = 0) -> tuple[list[CredentialLine], int]:
    """A page of credentials where somebody verifies, the latest first, and the id after which the next begins."""
    rows = Credential.objects.filter(policies.credentials_visible_to(actor)).select_related("person", "place")
    if state:
        rows = rows.filter(state=state)
    if before:
        rows = rows.filter(pk__lt=before)
    page = list(rows.order_by("-pk")[: PAGE + 1])
    kinds = dict(named(section().credentials))
    return [_line(row, kinds) for row in page[:PAGE]], page[PAGE - 1].pk if len(page) > PAGE else 0


def credential_page(actor: Actor, pk: int) -> CredentialLine:
    """One credential. Raises: not_found"""
    rows = Credential.objects.filter(policies.credentials_visible_to(actor), pk=pk).select_related("person", "place")
    row = rows.first()
    if row is None:
        raise NotFound
    return _line(row, dict(named(section().credentials)), tuple(policies.credential_verbs(actor, row)))


def scan_of(actor: Actor, pk: int) -> FileRow:
    """The picture of a certificate, for its holder and whoever verifies it. Raises: not_found"""
    scan = credential_page(actor, pk).row.scan
    if scan is None:
        raise NotFound
    return scan


def _line(row: Credential, kinds: dict[str, str], verbs: tuple[str, ...] = ()) -> CredentialLine:
    return CredentialLine(row, kinds.get(row.kind, row.kind), (*TONES[row.state], CREDENTIAL.label(row.state)), verbs)


def mentorings(actor: Actor) -> QuerySet[Mentoring, Any]:
    """The mentoring that somebody sees: what goes on first, then what has ended."""
    rows = Mentoring.objects.filter(policies.mentorings_visible_to(actor)).select_related("mentor", "mentee", "place")
    rows = rows.annotate(many=Count("sessions"), latest=Max("sessions__on"))
    return rows.order_by("-until", "place__path", "pk")


def mentoring_page(actor: Actor, pk: int) -> MentoringPage:
    """One mentoring. Raises: not_found"""
    row = mentorings(actor).filter(pk=pk).first()
    if row is None:
        raise NotFound
    sessions = list(row.sessions.order_by("-on", "-pk"))
    going = row.until is None
    return MentoringPage(
        row, sessions, going and policies.may_log(actor, row), going and policies.may_plan(actor, row.place)
    )


def contests(actor: Actor) -> QuerySet[Contest, Any]:
    """The contests that somebody sees, the latest first."""
    rows = Contest.objects.filter(policies.contests_visible_to(actor)).select_related("place")
    return rows.annotate(many=Count("entries")).order_by("-on", "-pk")


def contest_page(actor: Actor, pk: int) -> ContestPage:
    """One contest. Raises: not_found"""
    row = contests(actor).filter(pk=pk).first()
    if row is None:
        raise NotFound
    plans = policies.may_plan(actor, row.place)
    entries = row.entries.filter(policies.entries_visible_to(actor)).select_related("person", "place")
    if plans or row.published_on:
        entries = entries.annotate(mean=Avg("scores__score"), judged=Count("scores"))
    kinds = dict(named(section().contests))
    ordered = sorted(entries, key=lambda item: (item.award == "", item.title or str(item.person)))
    return ContestPage(row, kinds.get(row.kind, row.kind), ordered, plans)


def groups(actor: Actor) -> QuerySet[StudyGroup, Any]:
    """The study groups with how much was pushed to each, by place and number."""
    rows = StudyGroup.objects.filter(policies.items_visible_to(actor)).select_related("place")
    pushed = Count("items", filter=Q(items__state="pushed"))
    return rows.annotate(many=pushed, latest=Max("items__pushed_on")).order_by("place__path", "number")


@dataclass(frozen=True, slots=True)
class GroupPage:
    """One study group with what was pushed to it lately."""

    row: StudyGroup
    level: str
    platform: str
    items: list[InformationItem]
    plans: bool


def group_page(actor: Actor, pk: int) -> GroupPage:
    """One study group. Raises: not_found"""
    row = groups(actor).filter(pk=pk).first()
    if row is None:
        raise NotFound
    levels, platforms = dict(named(section().levels)), dict(named(section().platforms))
    items = list(row.items.order_by("-pushed_on", "-pk")[:PAGE])
    words = (levels.get(row.level, row.level), platforms.get(row.platform, row.platform))
    return GroupPage(row, *words, items, policies.may_plan(actor, row.place))


def gap_place(actor: Actor, pk: int) -> Place:
    """A place where somebody plans training. Raises: not_found"""
    place = Place.objects.filter(policies.plans(actor, ""), pk=pk, until=None).first()
    if place is None:
        raise NotFound
    return place
