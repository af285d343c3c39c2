"""Household groups with their leads, and what bodies offer; both by place and by words."""

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Length

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.organizations import policies
from linli.organizations.models import HouseholdGroup, OfferUse, ResourceOffer
from linli.organizations.sections import OrganizationsSection
from linli.records import profiles
from linli.territory.models import Place


def groups(viewer: Actor, *, words: str = "", kind: str = "") -> QuerySet[HouseholdGroup]:
    """Groups of today at places where the viewer sees the roster."""
    rows = HouseholdGroup.objects.filter(policies.groups_visible_to(viewer), policies.held_on(clock.today()))
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(Q(name__icontains=words) | Q(place__name__icontains=words)) if words else rows
    return rows.select_related("place__community", "lead__person").order_by("place__path", "id")


def outside_band(group: HouseholdGroup) -> bool:
    """Whether a group is smaller or larger than its kind usually is (about ten, or 40 to 50)."""
    bands = {item.code: item for item in profiles.current().section(OrganizationsSection).household_groups}
    band = bands.get(group.kind)
    if band is None or group.households is None:
        return False
    return not band.households_from <= group.households <= (band.households_to or group.households)


def offers(*, words: str = "", kind: str = "") -> QuerySet[ResourceOffer]:
    """What is offered today; like the bodies that offer it, it is public."""
    rows = ResourceOffer.objects.filter(policies.held_on(clock.today()))
    rows = rows.filter(kind=kind) if kind else rows
    if words:
        rows = rows.filter(
            Q(title__icontains=words) | Q(organization__name__icontains=words) | Q(place__name__icontains=words)
        )
    rows = rows.annotate(used=Count("uses"))
    return rows.select_related("organization", "place").order_by("kind", "title", "id")


def offer_to_share(actor: Actor, pk: int) -> ResourceOffer:
    """An offer of today of which somebody says how it is shared. Raises: not_found"""
    offer = offers().filter(pk=pk).first()
    if offer is None or not policies.may_share(actor, offer.organization, offer.place):
        raise NotFound
    return offer


def uses_of(subject: tuple[str, int]) -> QuerySet[OfferUse]:
    """What was taken up for a matter, the latest first."""
    rows = OfferUse.objects.filter(subject_type=subject[0], subject_id=subject[1])
    return rows.select_related("offer__organization").order_by("-on", "-id")


def offers_for(place: int, category: str) -> QuerySet[ResourceOffer]:
    """What is offered at a place or above it for a category of matters, the nearest first."""
    path = Place.objects.filter(pk=place).values_list("path", flat=True).first() or ""
    above = [int(step) for step in path.split("/") if step]
    rows = offers().filter(place_id__in=above, category=category) if category else offers().none()
    return rows.order_by(Length("place__path").desc(), "id")
