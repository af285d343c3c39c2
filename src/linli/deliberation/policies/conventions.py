"""Who sees, keeps and receives conventions; what everybody reads of them.

Posts of a place keep its conventions; the street above receives them, never whoever answers for the place alone.
"""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.core.actors import Actor
from linli.core.errors import NotAllowed
from linli.deliberation.models import Convention
from linli.deliberation.workflow.conventions import DRAFT, PUBLIC, RECEIVE, VIEW
from linli.territory.models import Place

# Whoever holds this brings in the lists of the whole place.
SETS_UP = "system.configure"


def conventions_visible_to(actor: Actor) -> Q:
    """The conventions that somebody sees."""
    return Q() if actor.key == "system" else actor.places(VIEW)


def public_conventions() -> Q:
    """The conventions that everybody reads: from their comments on."""
    return Q(state__in=PUBLIC)


def conventions_at() -> Q:
    """The places that have conventions: communities and compounds."""
    return communities() | Q(placeholder=False, until=None, type=Place.Type.COMPOUND)


def communities() -> Q:
    """The communities that are there today."""
    return Q(placeholder=False, until=None, community_id=F("pk"))


def drafting_places(actor: Actor) -> Q:
    """The communities and compounds for which somebody keeps conventions."""
    return conventions_at() & (Q() if actor.key == "system" else actor.places(DRAFT, prefix=""))


def may_draft(actor: Actor, place: Place) -> bool:
    """Whether somebody keeps the conventions of a place."""
    return actor.key == "system" or actor.reaches(DRAFT, path=place.path)


def may_receive(actor: Actor, place: Place) -> bool:
    """Whether somebody receives the conventions of a place: for the street in which it lies."""
    street = place.street
    return actor.key == "system" or (street is not None and actor.reaches(RECEIVE, path=street.path))


def may_amend(actor: Actor, row: Convention) -> bool:
    """Whether somebody may change, on one row, what the profile adds to it."""
    return may_draft(actor, row.place)


def may_record(actor: Actor, place: Place) -> bool:
    """Whether somebody brings in lists of conventions."""
    return actor.can(SETS_UP) or may_draft(actor, place)


def require_draft(actor: Actor, place: Place) -> None:
    """Refuse who may not. Raises: convention.not_yours"""
    if not may_draft(actor, place):
        raise NotAllowed("convention.not_yours", _("Your posts do not let you keep conventions of this place."))


def require_receive(actor: Actor, place: Place) -> None:
    """Refuse who may not. Raises: convention.not_yours_to_receive"""
    if not may_receive(actor, place):
        message = _("Conventions are received for filing by the street in which the place lies.")
        raise NotAllowed("convention.not_yours_to_receive", message)
