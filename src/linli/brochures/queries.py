"""Brochures as they are read: the list, one with its pages, what may be put on a page, what lies where."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Q, QuerySet, Sum

from linli.brochures import policies
from linli.brochures.fitting import LINES, lines_of
from linli.brochures.models import LONGEST, Brochure, BrochurePage, LeafletStock, MaterialDispatch
from linli.brochures.sections import group_names, section
from linli.brochures.workflow import BROCHURES, PAGES
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.publishing.models import PolicyDocument, Publication, Story
from linli.publishing.policies.policy_documents import public_documents
from linli.publishing.policies.stories import public_stories
from linli.publishing.queries.policy_documents import in_force
from linli.publishing.workflow.disclosure import EVERYBODY
from linli.services.models import ServiceItem
from linli.services.policies import published_at
from linli.territory.models import Facility, Place

PAGE: Final = 50
OFFERED: Final = 100
TONES: Final = {
    "draft": ("yellow", "clock"),
    "issued": ("green", "circle-check"),
    "withdrawn": ("red", "circle-x"),
    "dropped": ("grey", "circle-x"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """Something public that may be put on a page."""

    kind: str
    pk: int
    title: str
    text: str

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.kind}-{self.pk}"


@dataclass(frozen=True, slots=True)
class Line:
    """A brochure in a list."""

    row: Any
    standing: tuple[str, str, Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One inner page: what stands on it, if anything, and how many lines that takes."""

    number: int
    row: BrochurePage | None

    @property
    def lines(self) -> int:
        """How many lines its text takes."""
        return lines_of(self.row.text) if self.row else 0

    @property
    def over(self) -> int:
        """By how many lines it is too long."""
        return max(0, self.lines - LINES)


@dataclass(frozen=True, slots=True)
class Sent:
    """Copies that went out, and to whom in words."""

    row: MaterialDispatch
    to: str


@dataclass(frozen=True, slots=True)
class Stock:
    """What is left at a point, and whether that is little."""

    row: LeafletStock
    low: bool


@dataclass(frozen=True, slots=True)
class BrochureView:
    """One brochure with its pages, what went out and what is left, and what may be done."""

    line: Line
    sheets: list[Sheet]
    sent: list[Sent]
    copies: int
    stocks: list[Stock]
    verbs: list[str]

    @property
    def row(self) -> Brochure:
        """The brochure."""
        found: Brochure = self.line.row
        return found

    @property
    def full(self) -> list[Sheet]:
        """The pages whose text is too long."""
        return [sheet for sheet in self.sheets if sheet.over]


def seen_by(actor: Actor) -> QuerySet[Brochure]:
    """The brochures that somebody keeps."""
    return Brochure.objects.filter(policies.brochures_visible_to(actor)).select_related("place", "place__street")


def listed(actor: Actor, state: str, before: tuple[date, int] | None) -> tuple[list[Line], str]:
    """A page of brochures, the latest first, and the key of the next; empty where there is none."""
    rows = seen_by(actor).annotate(copies=Sum("dispatches__copies"))
    if state:
        rows = rows.filter(state=state)
    if before:
        rows = rows.filter(pk__lt=before[1])
    page = list(rows.order_by("-pk")[: PAGE + 1])
    more = page[PAGE - 1] if len(page) > PAGE else None
    return [_line(row) for row in page[:PAGE]], f"{clock.day_of(more.made)}.{more.pk}" if more else ""


def low_stocks(actor: Actor) -> list[LeafletStock]:
    """The points that are owed more copies of an edition that stands."""
    rows = LeafletStock.objects.filter(policies.stocks_visible_to(actor), brochure__state="issued")
    rows = rows.filter(left__lte=section().low_copies).select_related("brochure", "facility")
    return list(rows.order_by("left", "pk")[:PAGE])


def brochure_of(actor: Actor, pk: int) -> BrochureView:
    """One brochure that somebody keeps. Raises: not_found"""
    row = seen_by(actor).filter(pk=pk).first()
    if row is None:
        raise NotFound
    sent = row.dispatches.select_related("facility").order_by("-pk")
    names = group_names()
    low = section().low_copies
    stocks = row.stocks.select_related("facility").order_by("left", "facility__name")
    return BrochureView(
        _line(row),
        sheets_of(row),
        [
            Sent(item, item.facility.name if item.facility else names.get(item.group, item.group))
            for item in sent[:PAGE]
        ],
        sent.aggregate(all=Sum("copies"))["all"] or 0,
        [Stock(item, item.left <= low and row.state == "issued") for item in stocks[:PAGE]],
        policies.verbs_of(actor, row),
    )


def readable(actor: Actor, pk: int) -> Brochure:
    """A brochure that somebody may open as PDF. Raises: not_found"""
    rows = Brochure.objects.filter(policies.readable(actor), pk=pk).select_related("place", "place__street")
    row = rows.first()
    if row is None:
        raise NotFound
    return row


def sheets_of(row: Brochure) -> list[Sheet]:
    """The inner pages of a brochure in their order, the empty ones too."""
    held = {page.number: page for page in row.pages.all()}
    return [Sheet(number, held.get(number)) for number in PAGES]


def public_editions(place: Place) -> list[Brochure]:
    """The editions of a place that stand, the latest of each title."""
    rows = Brochure.objects.filter(place=place, state="issued").order_by("title", "-edition").distinct("title")
    return list(rows.select_related("place"))


def places_for(actor: Actor) -> list[Place]:
    """The places for which somebody writes brochures."""
    return list(Place.objects.filter(policies.writing_places(actor)).order_by("path")[:300])


def points_for(row: Brochure) -> list[Facility]:
    """The points at which copies may lie: what there is at the place."""
    rows = Facility.objects.filter(place__path__startswith=row.place.path, until=None)
    return list(rows.order_by("name", "pk")[:300])


def stock_of(actor: Actor, pk: int) -> LeafletStock:
    """What is left at a point. Raises: not_found"""
    rows = LeafletStock.objects.filter(policies.stocks_visible_to(actor), pk=pk)
    row = rows.select_related("brochure__place", "facility").first()
    if row is None:
        raise NotFound
    return row


def sources(place: Place) -> list[Source]:
    """What is public at a place and may be put on a page: notices, documents, stories and service items."""
    return list(_sources(place, {}))


def source_of(place: Place, kind: str, pk: int | None) -> Source | None:
    """One of these, if it is still public."""
    found = _sources(place, {"pk": pk}) if pk else ()
    return next((item for item in found if item.kind == kind), None)


def _sources(place: Place, narrowed: dict[str, Any]) -> Iterator[Source]:
    today = clock.today()
    above = Q(place_id__in=[int(step) for step in place.path.split("/") if step])
    notices = Publication.objects.filter(above, audience=EVERYBODY, withdrawn=None, up_until__gte=today)
    for row in notices.filter(**narrowed).exclude(text="").order_by("-posted_on", "-pk")[:OFFERED]:
        yield Source("notice", row.pk, row.title, row.text[:LONGEST])
    documents = PolicyDocument.objects.filter(above & public_documents() & in_force(today)).exclude(summary="")
    for document in documents.filter(**narrowed).order_by("-issued", "-pk")[:OFFERED]:
        yield Source("document", document.pk, document.title, document.summary[:LONGEST])
    stories = Story.objects.filter(public_stories(), place__path__startswith=place.path).exclude(text="")
    for story in stories.filter(**narrowed).order_by("-published_on", "-pk")[:OFFERED]:
        yield Source("story", story.pk, story.title, story.text[:LONGEST])
    items = ServiceItem.objects.filter(published_at(place), **narrowed).select_related("organization")
    for item in items.order_by("label", "pk")[:OFFERED]:
        office = item.organization.name if item.organization else item.office
        said = (item.conditions, item.papers, office, item.where, item.fee)
        yield Source("service", item.pk, item.label, "\n".join(filter(None, said))[:LONGEST] or item.label)


def _line(row: Brochure) -> Line:
    return Line(row, (*TONES[row.state], BROCHURES.label(row.state)))
