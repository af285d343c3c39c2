"""Who sees and keeps squads and topic groups, what everybody reads of them, and the address by which a squad acts.

Whoever keeps the self-government bodies of a place keeps its squads and groups; a squad becomes a task force of the
roster, so whoever changes the roster agrees to it and ends it. Residents act for their squad by its signed address.
"""

from typing import Final

from django.core import signing
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.core.actors import Actor
from linli.core.errors import NotAllowed, NotFound
from linli.deliberation.models import GroupIdea, Squad, TopicGroup
from linli.deliberation.policies.bodies import TYPES, may_keep, may_register
from linli.deliberation.workflow.bodies import KEEP, VIEW
from linli.territory.models import Place

SALT: Final = "deliberation.squad"


def squads_visible_to(actor: Actor) -> Q:
    """The squads that somebody sees, and the groups and ideas likewise."""
    return Q() if actor.key == "system" else actor.places(VIEW)


def needs_visible_to(actor: Actor) -> Q:
    """The needs of squads that somebody sees."""
    return Q() if actor.key == "system" else actor.places(VIEW, prefix="squad__place__")


def public_squads() -> Q:
    """The squads that everybody reads: those that were agreed."""
    return Q(state__in=("active", "ended"))


def public_ideas() -> Q:
    """The ideas that everybody reads."""
    return Q(state__in=("posted", "case", "topic", "answered"))


def squads_at() -> Q:
    """The places that may have a squad: communities and what lies inside them."""
    return Q(placeholder=False, until=None, community__isnull=False) & (Q(type__in=TYPES) | Q(level="community"))


def groups_at() -> Q:
    """The places that may have a group: communities."""
    return Q(placeholder=False, until=None, level="community")


def keeping_places(actor: Actor, at: Q) -> Q:
    """Those of some places at which somebody keeps squads and groups."""
    return at & (Q() if actor.key == "system" else actor.places(KEEP, prefix=""))


def may_amend(actor: Actor, row: Squad | TopicGroup | GroupIdea) -> bool:
    """Whether somebody may change, on one row, what the profile adds to it."""
    return may_keep(actor, row.place)


def require_keep(actor: Actor, place: Place) -> None:
    """Refuse who may not. Raises: squad.not_yours"""
    if not may_keep(actor, place):
        raise NotAllowed("squad.not_yours", _("Your posts do not let you keep the squads and groups of this place."))


def require_form(actor: Actor, place: Place) -> None:
    """Refuse who may not. Raises: squad.not_yours_to_form"""
    if not may_register(actor, place):
        message = _("Squads are agreed to and ended by whoever changes the roster of the place.")
        raise NotAllowed("squad.not_yours_to_form", message)


def address_of(squad_id: int) -> str:
    """What the address of a squad ends with; nothing of it is stored."""
    return signing.dumps(squad_id, salt=SALT)


def squad_of(address: str) -> int:
    """The squad behind such an address. Raises: not_found"""
    try:
        return int(signing.loads(address, salt=SALT))
    except (signing.BadSignature, TypeError, ValueError) as error:
        raise NotFound from error
