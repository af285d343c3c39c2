"""Who sees, keeps and receives self-government bodies; what everybody reads of them.

Posts of a place propose bodies and call elections; whoever changes its roster registers what residents decided, so
that nobody gets a post by this door whom they could not appoint; the street above files.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.core.actors import Actor
from linli.core.errors import NotAllowed
from linli.deliberation.models import BodyElection, BodyFounding
from linli.deliberation.workflow.bodies import KEEP, RECEIVE, VIEW
from linli.organizations.policies import may_manage
from linli.territory.models import Place

TYPES = (Place.Type.COMPOUND, Place.Type.BUILDING, Place.Type.GRID)


def foundings_visible_to(actor: Actor) -> Q:
    """The foundings and elections that somebody sees."""
    return Q() if actor.key == "system" else actor.places(VIEW)


def public_bodies() -> Q:
    """The bodies that everybody reads: those that were registered."""
    return Q(state__in=("registered", "ended"))


def bodies_at() -> Q:
    """The places that may have a body: compounds, buildings and grids."""
    return Q(placeholder=False, until=None, type__in=TYPES)


def keeping_places(actor: Actor) -> Q:
    """The places for which somebody proposes bodies."""
    return bodies_at() & (Q() if actor.key == "system" else actor.places(KEEP, prefix=""))


def may_keep(actor: Actor, place: Place) -> bool:
    """Whether somebody keeps the bodies of a place."""
    return actor.key == "system" or actor.reaches(KEEP, path=place.path, grid_path=place.grid_path)


def may_register(actor: Actor, place: Place) -> bool:
    """Whether somebody registers the bodies of a place and what was elected there."""
    return may_keep(actor, place) and may_manage(actor, place)


def may_receive(actor: Actor, place: Place) -> bool:
    """Whether somebody files the bodies of a place: for the street in which it lies."""
    street = place.street
    return actor.key == "system" or (street is not None and actor.reaches(RECEIVE, path=street.path))


def may_amend(actor: Actor, row: BodyFounding | BodyElection) -> bool:
    """Whether somebody may change, on one row, what the profile adds to it."""
    return may_keep(actor, row.place)


def require_keep(actor: Actor, place: Place) -> None:
    """Refuse who may not. Raises: body.not_yours"""
    if not may_keep(actor, place):
        raise NotAllowed("body.not_yours", _("Your posts do not let you keep self-government bodies of this place."))


def require_register(actor: Actor, place: Place) -> None:
    """Refuse who may not. Raises: body.not_yours_to_register"""
    if not may_register(actor, place):
        message = _("Bodies and their members are registered by whoever changes the roster of the place.")
        raise NotAllowed("body.not_yours_to_register", message)


def require_receive(actor: Actor, place: Place) -> None:
    """Refuse who may not. Raises: body.not_yours_to_receive"""
    if not may_receive(actor, place):
        message = _("Bodies are filed by the street in which the place lies.")
        raise NotAllowed("body.not_yours_to_receive", message)
