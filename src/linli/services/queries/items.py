"""Service items as they are read: those that a desk keeps, and the public ones of a place."""

from typing import Final

from django.db.models import Q, QuerySet

from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.organizations.models import Organization
from linli.services import policies
from linli.services.models import ServiceItem
from linli.territory.models import Place

MOST: Final = 300


def kept_by(actor: Actor) -> QuerySet[ServiceItem]:
    """The items that somebody keeps."""
    rows = ServiceItem.objects.select_related("place", "organization")
    return rows.filter(policies.items_visible_to(actor)).order_by("place__path", "label")


def at_desk(actor: Actor, words: str = "") -> QuerySet[ServiceItem]:
    """The items that somebody keeps, and the published ones that they take in at their desk."""
    above = {int(step) for place in desks_of(actor) for step in place.path.split("/") if step}
    rows = ServiceItem.objects.select_related("place", "organization")
    rows = rows.filter(policies.items_visible_to(actor) | policies.published() & Q(place_id__in=above))
    if words:
        rows = rows.filter(label__icontains=words)
    return rows.order_by("label", "place__path")


def item_of(actor: Actor, pk: int) -> ServiceItem:
    """One item that somebody keeps. Raises: not_found"""
    row = kept_by(actor).filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row


def published(words: str = "", place: Place | None = None) -> QuerySet[ServiceItem]:
    """What everybody may read and ask for today: all of it, or what holds at a place."""
    rows = ServiceItem.objects.filter(policies.published_at(place) if place else policies.published())
    for word in words.split()[:5]:
        rows = rows.filter(
            Q(label__icontains=word)
            | Q(office__icontains=word)
            | Q(organization__name__icontains=word)
            | Q(conditions__icontains=word)
            | Q(papers__icontains=word)
        )
    return rows.select_related("place", "organization").order_by("label", "place__path")


def published_item(pk: int) -> ServiceItem:
    """One item that everybody may read today. Raises: not_found"""
    row = published().filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row


def desks_of(actor: Actor) -> list[Place]:
    """The communities at whose desk somebody takes requests in."""
    return list(Place.objects.filter(policies.desks(actor)).order_by("path")[:MOST])


def desks_for(item: ServiceItem) -> list[Place]:
    """The communities whose desk takes an item in."""
    rows = Place.objects.filter(policies.communities(), path__startswith=item.place.path)
    return list(rows.order_by("path")[:MOST])


def taken_at(places: list[Place]) -> list[ServiceItem]:
    """What is taken in at some desks."""
    above = {int(step) for place in places for step in place.path.split("/") if step}
    rows = ServiceItem.objects.filter(policies.published(), place_id__in=above)
    return list(rows.select_related("place", "organization").order_by("label")[:MOST])


def places_for(actor: Actor) -> list[Place]:
    """The divisions for which somebody keeps items."""
    return list(Place.objects.filter(policies.item_places(actor)).order_by("-path")[:MOST])


def bodies_for(places: list[Place]) -> list[Organization]:
    """The bodies that may handle what is asked at some places."""
    found = Q(pk__in=[])
    for place in places[:5]:
        found |= policies.providing(place)
    return list(Organization.objects.filter(found).order_by("-place__path", "name")[:MOST])
