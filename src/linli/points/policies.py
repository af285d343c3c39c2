"""Who sees and does what in the ledger: everybody their own, the desk of a community its members; nobody ranks them."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.core.actors import Actor
from linli.core.errors import NotAllowed
from linli.points.workflow import KEEP
from linli.territory.models import Place


def joinable_places() -> Q:
    """The communities that one may join."""
    return Q(placeholder=False, until=None, community_id=F("pk"))


def members_visible_to(actor: Actor) -> Q:
    """The members of the places for which somebody keeps the ledger."""
    return Q() if actor.key == "system" else actor.places(KEEP)


def own_members(actor: Actor) -> Q:
    """One's own memberships."""
    return Q(person_id=actor.person_id) if actor.person_id else Q(pk__in=[])


def accounts_visible_to(actor: Actor) -> Q:
    """The accounts of the same places."""
    return Q() if actor.key == "system" else actor.places(KEEP)


def transfers_visible_to(actor: Actor) -> Q:
    """The transfers that were posted at the same places."""
    return Q() if actor.key == "system" else actor.places(KEEP)


def may_keep(actor: Actor, place: Place) -> bool:
    """Whether somebody keeps the ledger of a place."""
    return actor.key == "system" or actor.reaches(KEEP, path=place.path)


def require_keep(actor: Actor, place: Place) -> None:
    """Refuse who may not. Raises: points.not_yours"""
    if not may_keep(actor, place):
        raise NotAllowed("points.not_yours", _("Your posts do not let you keep the points of this place."))
