"""Which meetings and matters belong to a campaign or mandate (CMP-05): said, and taken back."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.campaigns import policies
from linli.campaigns.models import Campaign, CampaignLink
from linli.campaigns.workflow import KIND
from linli.cases.models import Case
from linli.cases.policies import cases_visible_to
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.deliberation.queries.meetings import meetings_for


@transaction.atomic
def link_add(*, actor: Actor, campaign_id: int, meeting_id: int | None = None, number: str = "") -> CampaignLink:
    """Say that a meeting, or the matter with this number, belongs to a campaign that is not over.

    Raises: not_found, campaign.not_yours, campaign.over, campaign_link.meeting, campaign_link.number,
    campaign_link.twice
    """
    row = _locked(actor, campaign_id)
    link = CampaignLink(campaign=row, since=clock.today(), actor=actor.key)
    if meeting_id is not None:
        link.meeting = meetings_for(actor).filter(place__path__startswith=row.place.path, pk=meeting_id).first()
        if link.meeting is None:
            raise InvalidInput("campaign_link.meeting", _("Choose a meeting at the place of the campaign."))
    else:
        cases = Case.objects.filter(cases_visible_to(actor), number=number.strip()[:40])
        link.case = cases.filter(place__path__startswith=row.place.path).first()
        if link.case is None:
            raise InvalidInput("campaign_link.number", _("There is no matter with this number at its place."))
    if row.links.filter(meeting=link.meeting, case=link.case).exists():
        raise RuleBroken("campaign_link.twice", _("This belongs to it already."))
    link.save(force_insert=True)
    _done(actor, "link", row, link)
    return link


@transaction.atomic
def link_drop(*, actor: Actor, campaign_id: int, meeting_id: int | None = None, case_id: int | None = None) -> None:
    """Take back that something belongs to a campaign. Raises: not_found, campaign.not_yours, campaign.over"""
    row = _locked(actor, campaign_id)
    held = row.links.filter(meeting_id=meeting_id) if meeting_id else row.links.filter(case_id=case_id or 0)
    link = held.first()
    if link is None:
        raise NotFound
    link.delete()
    _done(actor, "unlink", row, link)


def _locked(actor: Actor, campaign_id: int) -> Campaign:
    """A campaign that the actor runs and that is not over. Raises: not_found, campaign.not_yours, campaign.over"""
    rows = Campaign.objects.select_for_update(of=("self",)).select_related("place")
    row = rows.filter(policies.campaigns_visible_to(actor), pk=campaign_id).first()
    if row is None:
        raise NotFound
    policies.require_run(actor, row.place)
    if row.ended_on is not None:
        raise RuleBroken("campaign.over", _("This campaign is over."))
    return row


def _done(actor: Actor, verb: str, row: Campaign, link: CampaignLink) -> None:
    facts = {"meeting": link.meeting_id, "case": link.case_id}
    journal.write(actor, f"{KIND}.{verb}", (KIND, row.pk), place_id=row.place_id, facts=facts)
