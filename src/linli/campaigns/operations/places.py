"""What is done and found at the places of a campaign: marks, findings that become matters, photos."""

from datetime import date
from typing import Any, BinaryIO, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.campaigns import policies
from linli.campaigns.models import CampaignFinding, CampaignItem, CampaignMark, CampaignPhoto, CampaignTarget
from linli.campaigns.queries.belonging import deciding_meetings, deciding_topics
from linli.campaigns.sections import section
from linli.campaigns.workflow import FINDING, FINDING_KIND, MARKS, TARGET, WHEN
from linli.cases.operations.intake import Report, case_register, file_row
from linli.core import clock, files, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.core.words import at_most, said
from linli.deliberation.models import Meeting, Topic

LONGEST: Final = 500
LONGEST_NOTE: Final = 200
MOST_PHOTOS: Final = 12


@transaction.atomic
def target_mark(
    *, actor: Actor, target_id: int, item_id: int, state: str, note: str = "", decision: tuple[str, int] = ("", 0)
) -> CampaignMark:
    """Mark that an item is done at a place, or not needed there and why (PRP-04); marking again replaces.

    `decision` is the meeting or topic that decided it, by its kind and id, where the kind of campaign asks for one.
    Raises: not_found, campaign_target.not_yours, campaign.not_running, campaign_mark.state, campaign_mark.note,
    campaign_mark.order, campaign_mark.decision
    """
    target = _locked(actor, target_id)
    item = target.campaign.items.filter(pk=item_id, until=None).first()
    if item is None:
        raise NotFound
    policies.require_mark(actor, target, item)
    if state not in dict(MARKS):
        raise InvalidInput("campaign_mark.state", _("Say that it is done, or that it is not needed."))
    _require_order(target, item)
    mark = target.marks.filter(item=item).first() or CampaignMark(target=target, item=item)
    words = at_most if state == "done" else said
    mark.state, mark.note = state, words(note, LONGEST_NOTE, "campaign_mark.note")
    mark.meeting, mark.topic = _decided(actor, target, item, decision)
    mark.on, mark.actor = clock.today(), actor.key
    mark.save()
    _done(actor, "mark", target, item=item.pk, state=state)
    return mark


@transaction.atomic
def finding_add(
    *, actor: Actor, target_id: int, text: str, topic: str = "", due: date | None = None
) -> CampaignFinding:
    """Write down what was found at a place.

    Raises: not_found, campaign_target.not_yours, campaign.not_running, campaign_finding.text, campaign_finding.due
    """
    target = _locked(actor, target_id)
    policies.require_work(actor, target)
    if due is not None and due < clock.today():
        raise InvalidInput("campaign_finding.due", _("It is to be put right from today on."))
    row = CampaignFinding(campaign=target.campaign, place=target.place, found_on=clock.today(), due=due)
    row.text = said(text, LONGEST, "campaign_finding.text")
    row.topic = at_most(topic, LONGEST_NOTE, "campaign_finding.text")
    row.save(force_insert=True)
    _done(actor, "find", target, finding=row.pk)
    return row


@transaction.atomic
def finding_step(*, actor: Actor, finding_id: int, verb: str) -> CampaignFinding:
    """Put a finding right (`rectify`), open it again (`reopen`), or hand it on as a matter (`raise`).

    Raises: not_found, campaign_target.not_yours, campaign.not_running, campaign_finding.state, campaign_finding.matter,
    and what registering a matter raises
    """
    rows = CampaignFinding.objects.select_for_update(of=("self",)).filter(policies.at_places_visible_to(actor))
    row = rows.filter(pk=finding_id).first()
    if row is None:
        raise NotFound
    target = CampaignTarget.objects.filter(campaign_id=row.campaign_id, place_id=row.place_id).first()
    if target is None:
        raise NotFound
    target = _locked(actor, target.pk)
    policies.require_work(actor, target)
    if row.case_id is not None:
        raise RuleBroken("campaign_finding.matter", _("This lives on as a matter; it ends with that."))
    if verb == "raise":
        if row.state != "open":
            raise RuleBroken("campaign_finding.state", _("This is put right already."))
        report = Report(row.text, place_id=row.place_id, source="campaign")
        row.case_id = case_register(actor=actor, report=report, door="desk").case_id
    else:
        row.state = FINDING.step(row.state, verb)
        row.done_on = clock.today() if row.state == "done" else None
    row.save()
    journal.write(actor, f"{FINDING_KIND}.{verb}", (FINDING_KIND, row.pk), place_id=row.place_id)
    return row


def photo_add(*, actor: Actor, target_id: int, when: str, stream: BinaryIO) -> CampaignPhoto:
    """Keep a photo of a place before or after, drawn anew without what the camera wrote into it.

    Raises: not_found, campaign_target.not_yours, campaign.not_running, campaign_photo.when, campaign_photo.many,
    file.*
    """
    stored = files.store(stream, allowed=files.PHOTOS)
    with transaction.atomic():
        target = _locked(actor, target_id)
        policies.require_work(actor, target)
        if when not in dict(WHEN):
            raise InvalidInput("campaign_photo.when", _("Say whether it shows the place before or after."))
        if target.photos.count() >= MOST_PHOTOS:
            raise RuleBroken("campaign_photo.many", _("At most %(most)s photos."), most=MOST_PHOTOS)
        row = CampaignPhoto(target=target, file=file_row(stored, "photo"), when=when, at=clock.now(), actor=actor.key)
        row.save(force_insert=True)
        _done(actor, "photo", target, photo=row.pk)
    return row


def finding_follow(*, case: Any) -> None:
    """Keep in step with the matter of a finding: put right from the day on which it was resolved, while it stays so."""
    row = CampaignFinding.objects.select_for_update().filter(case_id=case.pk).first()
    if row is None:
        return
    done_on = case.closed_on if case.outcome == "resolved" and case.closed_on else None
    if done_on != row.done_on:
        row.state, row.done_on = ("done" if done_on else "open"), done_on
        row.save(update_fields=["state", "done_on"])


def _require_order(target: CampaignTarget, item: CampaignItem) -> None:
    """Where the kind says so, what comes before is marked first. Raises: campaign_mark.order"""
    if not section().kind(target.campaign.kind).ordered:
        return
    earlier = target.campaign.items.filter(until=None, pk__lt=item.pk).exclude(marks__target=target).order_by("pk")
    first = earlier.first()
    if first is not None:
        raise RuleBroken("campaign_mark.order", _("Before this comes “%(item)s”: mark that first."), item=first.title)


def _decided(
    actor: Actor, target: CampaignTarget, item: CampaignItem, decision: tuple[str, int]
) -> tuple[Meeting | None, Topic | None]:
    """What decided an item at a place, where the kind asks for it (CMP-02). Raises: campaign_mark.decision"""
    if item.title not in section().kind(target.campaign.kind).decided:
        return None, None
    kind, pk = decision
    meeting = deciding_meetings(actor, target.place).filter(pk=pk).first() if kind == "meeting" else None
    topic = deciding_topics(actor, target.place).filter(pk=pk).first() if kind == "topic" else None
    if meeting is None and topic is None:
        message = _("Residents decide this first: name the meeting that was held or the topic that was decided.")
        raise RuleBroken("campaign_mark.decision", message)
    return meeting, topic


def _locked(actor: Actor, target_id: int) -> CampaignTarget:
    """A place on the list of a running campaign. Raises: not_found, campaign.not_running"""
    rows = CampaignTarget.objects.select_for_update(of=("self",)).select_related("campaign__place", "place")
    row = rows.filter(policies.at_places_visible_to(actor), pk=target_id, until=None).first()
    if row is None:
        raise NotFound
    if row.campaign.state != "running":
        raise RuleBroken("campaign.not_running", _("This campaign is not running."))
    return row


def _done(actor: Actor, verb: str, row: CampaignTarget, **facts: Any) -> None:
    facts = {"campaign": row.campaign_id, **facts}
    journal.write(actor, f"{TARGET}.{verb}", (TARGET, row.pk), place_id=row.place_id, facts=facts)
