"""Who sees and handles orders: the desk of the community, who was offered one, who asked for one; nobody else.

An order that somebody was offered shows them no name, phone or address until they accepted it, and none once it is
over.
"""

from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotAllowed
from linli.orders.models import OrderOffer, ServiceMenuItem, ServiceOrder
from linli.orders.sections import Way
from linli.orders.workflow import KEEP, ORDER
from linli.organizations.models import Post
from linli.organizations.policies import held_on
from linli.territory.models import Place


def orders_visible_to(actor: Actor) -> Q:
    """The orders that somebody keeps."""
    return Q() if actor.key == "system" else actor.places(KEEP)


def menu_visible_to(actor: Actor) -> Q:
    """The items of menus that somebody keeps."""
    return orders_visible_to(actor)


def own_orders(actor: Actor) -> Q:
    """The orders that somebody asked for, by account."""
    return Q(asker_user_id=actor.user_id) if actor.user_id else Q(pk__in=[])


def own_offers(actor: Actor) -> Q:
    """What was offered to somebody."""
    return Q(person_id=actor.person_id) if actor.person_id else Q(pk__in=[])


def on_menu() -> Q:
    """The items that residents may order today."""
    today = clock.today()
    begun = Q(since=None) | Q(since__lte=today)
    return begun & (Q(until=None) | Q(until__gte=today)) & Q(state="published")


def keeping_places(actor: Actor) -> Q:
    """The communities whose menu and orders somebody keeps."""
    there = Q(placeholder=False, until=None, community_id=F("pk"))
    return there & (Q() if actor.key == "system" else actor.places(KEEP, prefix=""))


def keeping_within(actor: Actor) -> Q:
    """The places, of every kind, whose orders somebody keeps."""
    return Q() if actor.key == "system" else actor.places(KEEP, prefix="")


def ordering_places() -> Q:
    """The places from which a resident may order: a community and what lies in it."""
    return Q(placeholder=False, until=None, community_id__isnull=False)


def may_keep(actor: Actor, place: Place) -> bool:
    """Whether somebody works at the desk that keeps the orders of a place."""
    return actor.key == "system" or actor.reaches(KEEP, path=place.path, grid_path=place.grid_path or "")


def may_amend(actor: Actor, row: ServiceOrder | ServiceMenuItem) -> bool:
    """Whether somebody may change, on one row, what the profile adds to it."""
    return may_keep(actor, row.place)


def may_dispatch(actor: Actor, row: ServiceOrder, way: Way) -> bool:
    """Whether somebody dispatches an order: the desk, or only the posts that its way names (a Party organisation)."""
    if not may_keep(actor, row.place):
        return False
    if actor.key == "system" or not way.dispatcher_posts:
        return True
    held = Post.objects.filter(held_on(clock.today()), pk__in=actor.post_ids, kind__in=way.dispatcher_posts)
    return held.exists()


def require_keep(actor: Actor, place: Place) -> None:
    """Refuse who may not. Raises: order.not_yours"""
    if not may_keep(actor, place):
        raise NotAllowed("order.not_yours", _("Your posts do not let you keep the orders of this place."))


def require_dispatch(actor: Actor, row: ServiceOrder, way: Way) -> None:
    """Refuse who may not. Raises: order.not_dispatcher"""
    if not may_dispatch(actor, row, way):
        raise NotAllowed("order.not_dispatcher", _("Orders of this way are dispatched by another post."))


def verbs_of(actor: Actor, row: ServiceOrder) -> frozenset[str]:
    """What the desk may do now with an order."""
    if not may_keep(actor, row.place):
        return frozenset()
    return frozenset(item.verb for item in ORDER.allowed(row.state, {KEEP}))


def shows_contact(offer: OrderOffer) -> bool:
    """Whether a taker sees who asked, their phone and address: after accepting, while the order is open."""
    return offer.answer == "accepted" and offer.order.state == "accepted"


def has_offers(actor: Actor) -> bool:
    """Whether anything was ever offered to somebody."""
    return OrderOffer.objects.filter(own_offers(actor)).exists()


def offers_visible_to(actor: Actor) -> Any:
    """The offers that somebody may open: their own."""
    return own_offers(actor)


def providing(place: Place) -> Q:
    """The bodies that may provide services at a place: those that lie there or above it."""
    above = [int(step) for step in place.path.split("/") if step]
    return (Q(place_id__in=above) | Q(place__path__startswith=place.path)) & Q(until=None)
