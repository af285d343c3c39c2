"""Who may what with campaigns. One rule gives the filter and the check; hidden equals missing.

Whoever runs campaigns at a place plans, reviews and closes them; the communities work at their own places; a body that
takes part sees all of the campaign and marks the items that it leads; everybody reads what was published.
"""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.campaigns.models import Campaign, CampaignItem, CampaignTarget, CampaignUnit
from linli.campaigns.workflow import ABILITIES, RUN, WORK_AT
from linli.core.actors import Actor
from linli.core.errors import NotAllowed, NotFound
from linli.territory.models import Place


def campaigns_visible_to(actor: Actor) -> Q:
    """The campaigns that the actor runs, those at whose places the actor works, those of the actor's bodies."""
    if actor.key == "system":
        return Q()
    there = CampaignTarget.objects.filter(actor.places(RUN) | actor.places(WORK_AT))
    return actor.places(RUN) | Q(pk__in=there.values("campaign_id")) | _of_bodies(actor, "")


def parts_visible_to(actor: Actor) -> Q:
    """The items and bodies of the campaigns that the actor sees."""
    return Q(campaign__in=Campaign.objects.filter(campaigns_visible_to(actor)).values("pk"))


def at_places_visible_to(actor: Actor) -> Q:
    """The places of campaigns, and what was found there: one's own, all of those that one runs or takes part in."""
    if actor.key == "system":
        return Q()
    runs = actor.places(RUN, prefix="campaign__place__")
    return actor.places(RUN) | actor.places(WORK_AT) | runs | _of_bodies(actor, "campaign__")


def photos_visible_to(actor: Actor) -> Q:
    """The photos of the places that the actor sees."""
    return Q(target__in=CampaignTarget.objects.filter(at_places_visible_to(actor)).values("pk"))


def _of_bodies(actor: Actor, prefix: str) -> Q:
    if not actor.can(WORK_AT):
        return Q(pk__in=[])
    units = CampaignUnit.objects.filter(organization_id__in=actor.organization_ids).values("campaign_id")
    return Q(**{f"{prefix}lead_id__in": actor.organization_ids}) | Q(**{f"{prefix}pk__in": units})


def public_campaigns() -> Q:
    """What everybody reads: campaigns whose summary was published."""
    return Q(published__isnull=False)


def require_reader(actor: Actor) -> None:
    """The pages are missing for whoever has nothing to do with campaigns. Raises: not_found"""
    if not any(actor.can(ability) for ability in ABILITIES):
        raise NotFound


def seats(actor: Actor) -> Q:
    """The communities, streets and the county at which the actor runs campaigns."""
    there = Q(placeholder=False, until=None) & (Q(community_id=F("pk")) | Q(street_id=F("pk")) | Q(county_id=F("pk")))
    return there & (Q() if actor.key == "system" else actor.places(RUN, prefix=""))


def may_run(actor: Actor, place: Place) -> bool:
    """Whether the actor runs the campaigns of a place."""
    return actor.key == "system" or actor.reaches(RUN, path=place.path)


def may_work(actor: Actor, target: CampaignTarget) -> bool:
    """Whether the actor works at this place of a campaign: runs it, works there, or leads the campaign."""
    there = any(actor.reaches(ability, path=target.place.path) for ability in ABILITIES)
    leads = actor.can(WORK_AT) and target.campaign.lead_id in actor.organization_ids
    return there or leads or may_run(actor, target.campaign.place)


def may_mark(actor: Actor, target: CampaignTarget, item: CampaignItem) -> bool:
    """Whether the actor marks this item there: who works there, and the body that answers for the item."""
    leads = actor.can(WORK_AT) and item.lead_id is not None and item.lead_id in actor.organization_ids
    return leads or may_work(actor, target)


def require_run(actor: Actor, place: Place) -> None:
    """Refuse who may not. Raises: campaign.not_yours"""
    if not may_run(actor, place):
        raise NotAllowed("campaign.not_yours", _("Only whoever runs the campaigns of this place does this."))


def require_work(actor: Actor, target: CampaignTarget) -> None:
    """Refuse who may not. Raises: campaign_target.not_yours"""
    if not may_work(actor, target):
        raise NotAllowed("campaign_target.not_yours", _("Only those who work at this place write this down."))


def require_mark(actor: Actor, target: CampaignTarget, item: CampaignItem) -> None:
    """Refuse who may not. Raises: campaign_target.not_yours"""
    if not may_mark(actor, target, item):
        raise NotAllowed("campaign_target.not_yours", _("Only those who work at this place write this down."))


def amendable(actor: Actor, campaign: Campaign) -> bool:
    """Whether the actor may change what the profile adds to a campaign."""
    return may_run(actor, campaign.place)


def part_amendable(actor: Actor, part: object) -> bool:
    """Whether the actor may change what the profile adds to a part of a campaign."""
    campaign = getattr(part, "campaign", None)
    return isinstance(campaign, Campaign) and amendable(actor, campaign)
