"""The life of a campaign: planned with its items, bodies and places, begun, reviewed, closed with what came of it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from linli.campaigns import policies
from linli.campaigns.models import Campaign, CampaignItem, CampaignReview, CampaignTarget, CampaignUnit
from linli.campaigns.queries.numbers import numbers_of
from linli.campaigns.queries.pages import places_within
from linli.campaigns.sections import section
from linli.campaigns.workflow import CAMPAIGN, KIND, REVIEW_OWED
from linli.cases.operations.clocks import Holder, calendar_of
from linli.cases.operations.owing import owe, settle
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken, Stale
from linli.core.words import at_most, said
from linli.organizations.models import Organization
from linli.territory.models import Place

LONGEST_TITLE: Final = 160
LONGEST_ITEM: Final = 120
LONGEST: Final = 500
LONGEST_REASON: Final = 200
LONGEST_SUMMARY: Final = 4000
MOST_ITEMS: Final = 30
PART = TypeVar("PART", CampaignItem, CampaignTarget)
# What of the places in a place is added.
EACH: Final = {
    "community": Q(type=Place.Type.DIVISION, community_id=F("pk")),
    "compound": Q(type=Place.Type.COMPOUND),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """What a campaign is for: where, under which title, from when until when, led by whom."""

    place_id: int
    title: str
    kind: str
    since: date
    until: date
    lead_id: int | None = None
    purpose: str = ""
    document: str = ""


@transaction.atomic
def campaign_plan(*, actor: Actor, plan: Plan) -> Campaign:
    """Plan a campaign (CMP-01); its kind may bring the items that it usually consists of (CMP-02, CMP-04).

    Raises: not_found, campaign.kind, campaign.span, campaign.words, campaign.lead
    """
    place = Place.objects.filter(policies.seats(actor), pk=plan.place_id).first()
    if place is None:
        raise NotFound
    kind = next((item for item in section().kinds if item.code == plan.kind and not item.retired), None)
    if kind is None:
        raise InvalidInput("campaign.kind", _("There is no such kind of campaign here."))
    if plan.until < plan.since or plan.until < clock.today():
        raise InvalidInput("campaign.span", _("A campaign ends after it has begun, and not before today."))
    row = Campaign(place=place, kind=kind.code, since=plan.since, until=plan.until)
    row.title = said(plan.title, LONGEST_TITLE, "campaign.words")
    row.purpose = at_most(plan.purpose, LONGEST, "campaign.words")
    row.document = at_most(plan.document, LONGEST_TITLE, "campaign.words")
    row.lead = _body(plan.lead_id)
    row.unit = row.lead.name if row.lead else ""
    row.save(force_insert=True)
    CampaignItem.objects.bulk_create(
        CampaignItem(campaign=row, place=place, title=title, since=clock.today()) for title in kind.items
    )
    _done(actor, "plan", row)
    return row


@transaction.atomic
def campaign_begin(*, actor: Actor, campaign_id: int, version: int) -> Campaign:
    """Begin a campaign that has items and places; from now on it is reviewed at intervals.

    Raises: not_found, campaign.not_yours, campaign.stale, campaign.state, campaign.empty
    """
    row = _locked(actor, campaign_id, version)
    row.state = CAMPAIGN.step(row.state, "begin")
    if not row.items.filter(until=None).exists() or not row.targets.filter(until=None).exists():
        raise RuleBroken("campaign.empty", _("Say first what is to be done, and at which places."))
    _owe_review(row)
    return _saved(actor, "begin", row)


@transaction.atomic
def campaign_review(*, actor: Actor, campaign_id: int, version: int, text: str) -> CampaignReview:
    """Write down what a review found (CMP-03); the next is owed from today on.

    Raises: not_found, campaign.not_yours, campaign.stale, campaign.not_running, campaign.words
    """
    row = _locked(actor, campaign_id, version)
    _require_running(row)
    review = CampaignReview(campaign=row, place=row.place, on=clock.today(), actor=actor.key)
    review.text = said(text, LONGEST, "campaign.words")
    review.save(force_insert=True)
    settle(REVIEW_OWED, (KIND, row.pk))
    _owe_review(row)
    _saved(actor, "review", row)
    return review


@transaction.atomic
def campaign_close(*, actor: Actor, campaign_id: int, version: int, summary: str) -> Campaign:
    """Close a campaign with its summary; its numbers stay as they are today (PRP-04).

    Every item must be marked at every place, and what was found must be put right or live on as a matter.
    Raises: not_found, campaign.not_yours, campaign.stale, campaign.state, campaign.unfinished, campaign.words
    """
    row = _locked(actor, campaign_id, version)
    row.state = CAMPAIGN.step(row.state, "close")
    numbers = numbers_of(row)
    if numbers.fields_open:
        message = ngettext_lazy(
            "%(open)s field of places and items is not marked yet: say that it is done, or why it is not needed there.",
            "%(open)s fields of places and items are not marked yet: say that they are done, or why not needed there.",
            "open",
        )
        raise RuleBroken("campaign.unfinished", message, open=numbers.fields_open)
    if numbers.findings_loose:
        message = ngettext_lazy(
            "%(open)s finding is neither put right nor handed on as a matter.",
            "%(open)s findings are neither put right nor handed on as matters.",
            "open",
        )
        raise RuleBroken("campaign.unfinished", message, open=numbers.findings_loose)
    return _ended(actor, "close", row, summary, numbers.told())


@transaction.atomic
def campaign_drop(*, actor: Actor, campaign_id: int, version: int, summary: str) -> Campaign:
    """Drop a campaign, with the reason. Raises: not_found, campaign.not_yours, campaign.state, campaign.words"""
    row = _locked(actor, campaign_id, version)
    row.state = CAMPAIGN.step(row.state, "drop")
    return _ended(actor, "drop", row, summary, numbers_of(row).told())


@transaction.atomic
def campaign_publish(*, actor: Actor, campaign_id: int, version: int, shown: bool) -> Campaign:
    """Let everybody read the summary of a closed campaign with its numbers, or take it back.

    Raises: not_found, campaign.not_yours, campaign.stale, campaign.not_closed
    """
    row = _locked(actor, campaign_id, version)
    if row.state != "closed":
        raise RuleBroken("campaign.not_closed", _("What came of a campaign is published once it is closed."))
    row.published = clock.today() if shown else None
    return _saved(actor, "publish" if shown else "withdraw", row)


@transaction.atomic
def item_add(*, actor: Actor, campaign_id: int, version: int, title: str, lead_id: int | None = None) -> CampaignItem:
    """Add something that is to be done at every place.

    Raises: not_found, campaign.not_yours, campaign.stale, campaign.over, campaign.words, campaign.lead,
    campaign.item_twice, campaign.too_many
    """
    row = _changing(actor, campaign_id, version)
    if row.items.filter(until=None).count() >= MOST_ITEMS:
        raise RuleBroken("campaign.too_many", _("At most %(most)s items."), most=MOST_ITEMS)
    item = CampaignItem(campaign=row, place=row.place, since=clock.today(), lead=_body(lead_id))
    item.title = said(title, LONGEST_ITEM, "campaign.words")
    item.unit = item.lead.name if item.lead else ""
    _once(item, "campaign.item_twice")
    _saved(actor, "item_add", row, item=item.pk)
    return item


@transaction.atomic
def item_end(*, actor: Actor, campaign_id: int, version: int, item_id: int, reason: str) -> CampaignItem:
    """Take an item off, with the reason (CMP-03). Raises: not_found, campaign.stale, campaign.over, campaign.words"""
    row = _changing(actor, campaign_id, version)
    item = _taken_off(row.items.filter(pk=item_id, until=None).first(), reason)
    _saved(actor, "item_end", row, item=item.pk)
    return item


@transaction.atomic
def unit_add(*, actor: Actor, campaign_id: int, version: int, organization_id: int) -> CampaignUnit:
    """Let a body take part.

    Raises: not_found, campaign.not_yours, campaign.stale, campaign.over, campaign.lead, campaign.unit_twice
    """
    row = _changing(actor, campaign_id, version)
    body = _body(organization_id)
    assert body is not None
    unit = CampaignUnit(campaign=row, place=row.place, organization=body, unit=body.name, since=clock.today())
    _once(unit, "campaign.unit_twice")
    _saved(actor, "unit_add", row, organization=body.pk)
    return unit


@transaction.atomic
def targets_add(*, actor: Actor, campaign_id: int, version: int, place_id: int, each: str = "") -> int:
    """Add a place within that of the campaign, or `each` community or compound in it; how many came.

    One that was taken off comes back; its households are those that the place has.
    Raises: not_found, campaign.not_yours, campaign.stale, campaign.over, campaign.outside, campaign.each,
    campaign.target_twice
    """
    row = _changing(actor, campaign_id, version)
    chosen = places_within(row.place).filter(pk=place_id).first()
    if chosen is None:
        raise InvalidInput("campaign.outside", _("Choose a place within that of the campaign."))
    if each not in ("", *EACH):
        raise InvalidInput("campaign.each", _("Choose the place itself, or each community or compound in it."))
    places = list(places_within(chosen).filter(EACH[each] if each else Q(pk=chosen.pk)))
    held = {target.place_id: target for target in row.targets.filter(place__in=places)}
    new = [place for place in places if place.pk not in held]
    back = [target for target in held.values() if target.until is not None]
    if not new and not back:
        raise RuleBroken("campaign.target_twice", _("Nothing is added: all of it is on the list already."))
    for target in back:
        target.until, target.reason, target.begun = None, "", True
    CampaignTarget.objects.bulk_update(back, ["until", "reason", "begun"])
    CampaignTarget.objects.bulk_create(
        CampaignTarget(campaign=row, place=place, households=place.households, begun=True, since=clock.today())
        for place in new
    )
    count = len(new) + len(back)
    _saved(actor, "targets_add", row, place=chosen.pk, count=count)
    return count


@transaction.atomic
def target_end(*, actor: Actor, campaign_id: int, version: int, target_id: int, reason: str) -> CampaignTarget:
    """Take a place off, with the reason (CMP-03). Raises: not_found, campaign.stale, campaign.over, campaign.words"""
    row = _changing(actor, campaign_id, version)
    target = _taken_off(row.targets.filter(pk=target_id, until=None).first(), reason)
    _saved(actor, "target_end", row, place=target.place_id)
    return target


def _taken_off(part: PART | None, reason: str) -> PART:
    """A part of a campaign that ends today. Raises: not_found, campaign.words"""
    if part is None:
        raise NotFound
    part.until, part.reason = clock.today(), said(reason, LONGEST_REASON, "campaign.words")
    part.save()
    return part


def _body(pk: int | None) -> Organization | None:
    """The body with this id. Raises: campaign.lead"""
    if pk is None:
        return None
    body = Organization.objects.filter(pk=pk, until=None).first()
    if body is None:
        raise InvalidInput("campaign.lead", _("There is no such body now."))
    return body


def _once(row: CampaignItem | CampaignUnit, code: str) -> None:
    """Save what there may be once. Raises the code."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise RuleBroken(code, _("This is there already.")) from error


def _locked(actor: Actor, campaign_id: int, version: int) -> Campaign:
    rows = Campaign.objects.select_for_update(of=("self",)).select_related("place", "lead")
    row = rows.filter(policies.campaigns_visible_to(actor), pk=campaign_id).first()
    if row is None:
        raise NotFound
    policies.require_run(actor, row.place)
    if row.version != version:
        raise Stale("campaign.stale", _("Somebody changed this campaign since you read it."), version=row.version)
    return row


def _changing(actor: Actor, campaign_id: int, version: int) -> Campaign:
    row = _locked(actor, campaign_id, version)
    if row.ended_on is not None:
        raise RuleBroken("campaign.over", _("This campaign is over."))
    return row


def _require_running(row: Campaign) -> None:
    if row.state != "running":
        raise RuleBroken("campaign.not_running", _("This campaign is not running."))


def _owe_review(row: Campaign) -> None:
    """The lead owes a review after the interval, and when the campaign ends at the latest."""
    if row.lead_id is None:
        return
    due = clock.today() + timedelta(days=section().review_days)
    days = calendar_of(row.place)
    day = days.close_of(max(clock.today(), min(due, row.until or due)))
    owe(REVIEW_OWED, (KIND, row.pk), row.title, row.place_id, Holder(organization_id=row.lead_id), day, days)


def _ended(actor: Actor, verb: str, row: Campaign, summary: str, numbers: dict[str, Any]) -> Campaign:
    row.summary = said(summary, LONGEST_SUMMARY, "campaign.words")
    row.ended_on, row.numbers = clock.today(), numbers
    settle(REVIEW_OWED, (KIND, row.pk))
    return _saved(actor, verb, row)


def _saved(actor: Actor, verb: str, row: Campaign, **facts: Any) -> Campaign:
    row.version += 1
    row.save()
    _done(actor, verb, row, **facts)
    return row


def _done(actor: Actor, verb: str, row: Campaign, **facts: Any) -> None:
    journal.write(actor, f"{KIND}.{verb}", (KIND, row.pk), place_id=row.place_id, facts=facts)
