"""Campaigns as their pages show them: the list, one with its matrix of places and items, one place of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from linli.campaigns import policies
from linli.campaigns.models import (
    Campaign,
    CampaignFinding,
    CampaignItem,
    CampaignMark,
    CampaignPhoto,
    CampaignReview,
    CampaignTarget,
    CampaignUnit,
)
from linli.campaigns.queries.belonging import Belonging, belonging, decided_by, decisions
from linli.campaigns.queries.numbers import Numbers, numbers_of
from linli.campaigns.sections import Kind, section
from linli.campaigns.workflow import CAMPAIGN
from linli.cases.models import Case
from linli.cases.policies import cases_visible_to
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.models import FileRow
from linli.territory.models import Place

PAGE: Final = 50
LATEST: Final = 20
CHOICES: Final = 1000
TONES: Final = {
    "planned": ("grey", "calendar"),
    "running": ("azure", "clock"),
    "closed": ("green", "circle-check"),
    "dropped": ("grey", "circle-x"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A campaign in a list."""

    row: Campaign
    kind: str
    places: int
    tone: str
    icon: str


@dataclass(frozen=True, slots=True)
class Field:
    """An item at a place: how it is marked, whether the reader may mark it, and what of theirs to see decided it."""

    item: CampaignItem
    mark: CampaignMark | None
    open: bool = False
    decided: bool = False
    decision: tuple[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A place of a campaign with its fields, and how many findings are open there."""

    row: CampaignTarget
    fields: list[Field]
    findings: int


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding, with its matter as far as the reader may open it."""

    row: CampaignFinding
    case: Case | None

    @property
    def late(self) -> bool:
        """Whether it should have been put right before today."""
        return self.row.state == "open" and self.row.due is not None and self.row.due < clock.today()


@dataclass(frozen=True, slots=True)
class CampaignPage:
    """One campaign."""

    row: Campaign
    kind: Kind
    numbers: Numbers
    items: list[CampaignItem]
    units: list[CampaignUnit]
    targets: list[TargetLine]
    more: int | None
    ended: list[CampaignTarget]
    ended_items: list[CampaignItem]
    reviews: list[CampaignReview]
    belonging: Belonging
    runs: bool
    verbs: list[str]


@dataclass(frozen=True, slots=True)
class TargetPage:
    """One place of a campaign."""

    row: CampaignTarget
    fields: list[Field]
    findings: list[FindingLine]
    photos: list[CampaignPhoto]
    works: bool
    decisions: list[tuple[str, Any]]

    def of(self, when: str) -> list[CampaignPhoto]:
        """The photos before or after."""
        return [photo for photo in self.photos if photo.when == when]

    @property
    def before(self) -> list[CampaignPhoto]:
        """What it looked like before."""
        return self.of("before")

    @property
    def after(self) -> list[CampaignPhoto]:
        """What it looks like now."""
        return self.of("after")


def seen_by(actor: Actor) -> QuerySet[Campaign]:
    """The campaigns that somebody sees."""
    return Campaign.objects.filter(policies.campaigns_visible_to(actor)).select_related("place", "lead")


def campaigns(actor: Actor, state: str = "", before: int | None = None) -> tuple[list[Line], int | None]:
    """A page of campaigns, the latest first, and the id after which the next begins."""
    rows = seen_by(actor)
    if state:
        rows = rows.filter(state=state)
    if before:
        rows = rows.filter(pk__lt=before)
    page = list(rows.order_by("-pk")[: PAGE + 1])
    counted = _counted([row.pk for row in page[:PAGE]])
    names = section()
    lines = [
        Line(row, names.kind(row.kind).named if row.kind else "", counted.get(row.pk, 0), *TONES[row.state])
        for row in page[:PAGE]
    ]
    return lines, page[PAGE - 1].pk if len(page) > PAGE else None


def _counted(ids: Sequence[int]) -> dict[int, int]:
    rows = CampaignTarget.objects.filter(campaign_id__in=ids, until=None, begun=True)
    return dict(rows.values_list("campaign_id").annotate(count=Count("pk")))


def campaign_page(actor: Actor, pk: int, after: int = 0, words: str = "") -> CampaignPage:
    """One campaign with a page of its places that the reader sees, in the order of places. Raises: not_found"""
    row = seen_by(actor).filter(pk=pk).first()
    if row is None:
        raise NotFound
    every = list(row.items.select_related("lead").order_by("pk"))
    items = [item for item in every if item.until is None]
    seen = row.targets.filter(policies.at_places_visible_to(actor)).select_related("place__community", "place__street")
    there = seen.filter(until=None)
    if words:
        there = there.filter(place__name__icontains=words)
    page = list(there.filter(pk__gt=after).order_by("pk")[: PAGE + 1])
    runs = policies.may_run(actor, row.place)
    return CampaignPage(
        row=row,
        kind=section().kind(row.kind),
        numbers=numbers_of(row),
        items=items,
        units=list(row.units.order_by("pk")),
        targets=_lines(page[:PAGE], items),
        more=page[PAGE - 1].pk if len(page) > PAGE else None,
        ended=list(seen.exclude(until=None).order_by("-until", "-pk")[:LATEST]),
        ended_items=[item for item in every if item.until is not None],
        reviews=list(row.reviews.order_by("-pk")[:LATEST]),
        belonging=belonging(actor, row),
        runs=runs,
        verbs=[item.verb for item in CAMPAIGN.allowed(row.state, ())] if runs else [],
    )


def _lines(page: Sequence[CampaignTarget], items: Sequence[CampaignItem]) -> list[TargetLine]:
    marks = {(mark.target_id, mark.item_id): mark for mark in CampaignMark.objects.filter(target__in=page)}
    if not page:
        return []
    open_there = CampaignFinding.objects.filter(campaign_id=page[0].campaign_id, state="open")
    found = open_there.filter(place__in=[target.place_id for target in page])
    counted: dict[int, int] = dict(found.values_list("place_id").annotate(count=Count("pk")))
    return [
        TargetLine(
            target, [Field(item, marks.get((target.pk, item.pk))) for item in items], counted.get(target.place_id, 0)
        )
        for target in page
    ]


def target_page(actor: Actor, pk: int) -> TargetPage:
    """One place of a campaign: its items, what was found, photos before and after. Raises: not_found"""
    rows = CampaignTarget.objects.filter(policies.at_places_visible_to(actor))
    row = rows.select_related("campaign__place", "campaign__lead", "place").filter(pk=pk).first()
    if row is None:
        raise NotFound
    items = list(row.campaign.items.filter(until=None).select_related("lead").order_by("pk"))
    marks = {mark.item_id: mark for mark in row.marks.all()}
    opened = decided_by(actor, marks.values())
    decided = section().kind(row.campaign.kind).decided
    runs = row.campaign.state == "running" and row.until is None
    found = row.campaign.findings.filter(place_id=row.place_id).order_by("-state", "-pk")[:CHOICES]
    return TargetPage(
        row=row,
        fields=[
            Field(
                item,
                mark := marks.get(item.pk),
                runs and policies.may_mark(actor, row, item),
                item.title in decided,
                opened.get(mark.pk) if mark else None,
            )
            for item in items
        ],
        findings=_findings(actor, list(found)),
        photos=list(row.photos.select_related("file").order_by("pk")),
        works=runs and policies.may_work(actor, row),
        decisions=decisions(actor, row.place) if runs and decided else [],
    )


def _findings(actor: Actor, rows: Sequence[CampaignFinding]) -> list[FindingLine]:
    ids = [row.case_id for row in rows if row.case_id]
    cases = Case.objects.filter(cases_visible_to(actor)).defer("search").in_bulk(ids) if ids else {}
    return [FindingLine(row, cases.get(row.case_id or 0)) for row in rows]


def target_of(actor: Actor, finding_id: int) -> int:
    """The place of a campaign at which something was found. Raises: not_found"""
    rows = CampaignFinding.objects.filter(policies.at_places_visible_to(actor), pk=finding_id)
    found = rows.values_list("campaign_id", "place_id").first()
    target = CampaignTarget.objects.filter(campaign_id=found[0], place_id=found[1]).first() if found else None
    if target is None:
        raise NotFound
    return target.pk


def photo(actor: Actor, pk: int) -> FileRow:
    """A photo of a place that the reader sees. Raises: not_found"""
    row = CampaignPhoto.objects.filter(policies.photos_visible_to(actor), pk=pk).select_related("file").first()
    if row is None:
        raise NotFound
    return row.file


def places_within(place: Place) -> QuerySet[Place]:
    """What a campaign of a place may be for: the divisions and compounds in it, itself included."""
    rows = Place.objects.filter(path__startswith=place.path, until=None, placeholder=False)
    return rows.filter(type__in=(Place.Type.DIVISION, Place.Type.COMPOUND)).order_by("path")


def choices_within(place: Place) -> list[tuple[str, Any]]:
    """These places as choices."""
    rows = places_within(place).select_related("community")[:CHOICES]
    return [("", _("choose")), *((str(row.pk), _called(row)) for row in rows)]


def _called(place: Place) -> str:
    upper = place.community
    return f"{place.name} · {upper.name}" if upper and upper.pk != place.pk else place.name


def published() -> list[Campaign]:
    """The campaigns that everybody reads, the latest first."""
    rows = Campaign.objects.filter(policies.public_campaigns()).select_related("place")
    return list(rows.order_by("-published", "-pk")[:PAGE])


def published_one(pk: int) -> Campaign:
    """One of them. Raises: not_found"""
    row = Campaign.objects.filter(policies.public_campaigns(), pk=pk).select_related("place").first()
    if row is None:
        raise NotFound
    return row
