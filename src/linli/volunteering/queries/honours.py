"""Honours as they are read: the desk's list, one with its steps and objections, what the public sees."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Q, QuerySet

from linli.activities import stars_section
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.masks import mask_name
from linli.core.workflow import Step
from linli.organizations.models import Organization
from linli.territory.models import Place
from linli.volunteering.honours_section import kind_names, section
from linli.volunteering.models import Honour, HonourObjection, ServiceProject
from linli.volunteering.policies import honours as policies
from linli.volunteering.workflow import HONOURS, PEOPLE

PAGE: Final = 50
CHOICES: Final = 300
TONES: Final = {
    "nominated": ("yellow", "clock"),
    "notice": ("yellow", "speakerphone"),
    "awarded": ("green", "star"),
    "declined": ("grey", "circle-x"),
    "dropped": ("grey", "circle-x"),
    "withdrawn": ("grey", "circle-x"),
    "taken_back": ("red", "circle-x"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """An honour in a list. `published` is the name as the public sees it."""

    row: Honour
    kind: str
    star: str
    tone: tuple[str, str, Any]
    published: str


@dataclass(frozen=True, slots=True)
class HonourPage:
    """One honour with everything that its page shows; contacts of who objected are shown to who answers alone."""

    line: Line
    steps: list[Step]
    objections: list[HonourObjection]
    verbs: frozenset[str]
    noticed: bool

    @property
    def row(self) -> Honour:
        """The honour."""
        return self.line.row


def published_name(row: Honour) -> str:
    """The name as the public sees it: people's masked, unless they consented."""
    return mask_name(row.name) if row.recipient in PEOPLE and not row.consented else row.name


def _line(row: Honour, names: dict[str, str], stars: dict[str, str]) -> Line:
    tone = (*TONES[row.state], HONOURS.label(row.state))
    return Line(row, names.get(row.kind, row.kind), stars.get(row.star, ""), tone, published_name(row))


def _lines(rows: list[Honour]) -> list[Line]:
    names, stars = kind_names(), star_names()
    return [_line(row, names, stars) for row in rows]


def star_names() -> dict[str, str]:
    """What the stars are called."""
    return {item.code: item.named for item in stars_section.section().levels}


def listed(actor: Actor, state: str, kind: str, before: int) -> tuple[list[Line], int]:
    """A page of the honours of a desk, the newest first, and the key of the next; 0 where there is none."""
    rows = Honour.objects.filter(policies.honours_kept_by(actor)).select_related("place").defer("reason", "extra")
    rows = rows.filter(state=state) if state else rows
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(pk__lt=before) if before else rows
    page = list(rows.order_by("-pk")[: PAGE + 1])
    return _lines(page[:PAGE]), page[PAGE - 1].pk if len(page) > PAGE else 0


def seen_by(actor: Actor) -> QuerySet[Honour]:
    """The honours that somebody sees."""
    return Honour.objects.filter(policies.honours_visible_to(actor))


def honour_page(actor: Actor, pk: int) -> HonourPage:
    """One honour. Raises: not_found"""
    row = seen_by(actor).select_related("place").filter(pk=pk).first()
    if row is None:
        raise NotFound
    verbs = policies.verbs_of(actor, row)
    keeps = policies.may_keep(actor, row.place)
    objections = list(row.objections.order_by("pk")) if keeps else []
    noticed = row.notice_until is not None and clock.today() <= row.notice_until
    return HonourPage(_lines([row])[0], HONOURS.line_of_steps(row.state), objections, verbs, noticed)


def places_for(actor: Actor) -> list[Place]:
    """The communities and streets for which somebody may nominate."""
    return list(Place.objects.filter(policies.nominating_places(actor)).order_by("path")[:CHOICES])


def teams_for(actor: Actor) -> list[tuple[int, str]]:
    """The volunteer teams that somebody may nominate."""
    rows = Organization.objects.filter(policies.honours_kept_by(actor), type=Organization.Type.VOLUNTEER, until=None)
    return list(rows.order_by("name").values_list("pk", "name")[:CHOICES])


def projects_for(actor: Actor) -> list[tuple[int, str]]:
    """The projects that somebody may nominate."""
    rows = ServiceProject.objects.filter(policies.honours_kept_by(actor)).exclude(stage="closed")
    return list(rows.order_by("name").values_list("pk", "name")[:CHOICES])


def objection_seen(actor: Actor, pk: int) -> HonourObjection:
    """An objection to an honour of a desk. Raises: not_found"""
    rows = HonourObjection.objects.filter(pk=pk, honour__in=Honour.objects.filter(policies.honours_kept_by(actor)))
    found = rows.first()
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True, slots=True)
class PublicPage:
    """What the public sees: honours in notice, and those awarded lately."""

    noticed: list[Line]
    awarded: list[Line]


def public_honours(today: date) -> PublicPage:
    """Honours in notice with the day until which one may object, and those awarded within the profile's days."""
    rows = Honour.objects.select_related("place").defer("reason", "extra")
    noticed = rows.filter(state="notice", notice_until__gte=today).order_by("notice_until", "pk")[:PAGE]
    since = today - timedelta(days=section().shown_days)
    awarded = rows.filter(state="awarded", awarded_on__gte=since).order_by("-awarded_on", "-pk")[:PAGE]
    return PublicPage(_lines(list(noticed)), _lines(list(awarded)))


def public_states(today: date) -> Q:
    """The honours that have a public page: those in notice."""
    return Q(state="notice", notice_until__gte=today)


def public_honour(pk: int) -> Line:
    """One honour in public notice. Raises: not_found"""
    row = Honour.objects.select_related("place").filter(public_states(clock.today()), pk=pk).first()
    if row is None:
        raise NotFound
    return _lines([row])[0]


def own_of(person_id: int) -> list[Line]:
    """The honours that a person was awarded."""
    rows = Honour.objects.filter(person_id=person_id, state="awarded").select_related("place").order_by("-awarded_on")
    return _lines(list(rows[:PAGE]))
