"""Who writes, issues and sends out brochures: whoever makes public at their place. An edition is for everybody."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.brochures.models import Brochure, LeafletStock, MaterialDispatch
from linli.brochures.workflow import BROCHURES, KEEP
from linli.core.actors import Actor
from linli.core.errors import NotAllowed
from linli.territory.models import Place


def brochures_visible_to(actor: Actor) -> Q:
    """The brochures of the places where somebody makes public."""
    return Q() if actor.key == "system" else actor.places(KEEP)


def dispatches_visible_to(actor: Actor) -> Q:
    """The copies that went out there."""
    return brochures_visible_to(actor)


def stocks_visible_to(actor: Actor) -> Q:
    """What is left at the points of these brochures."""
    return Q() if actor.key == "system" else actor.places(KEEP, prefix="brochure__place__")


def readable(actor: Actor) -> Q:
    """The brochures that somebody may open as PDF: an edition that stands is for everybody."""
    return Q(state="issued") | brochures_visible_to(actor)


def writing_places(actor: Actor) -> Q:
    """The communities and streets for which somebody writes brochures."""
    there = Q(placeholder=False, until=None) & (Q(community_id=F("pk")) | Q(street_id=F("pk")))
    return there & (Q() if actor.key == "system" else actor.places(KEEP, prefix=""))


def may_keep(actor: Actor, place: Place) -> bool:
    """Whether somebody keeps the brochures of a place."""
    return actor.key == "system" or actor.reaches(KEEP, path=place.path)


def may_amend(actor: Actor, row: Brochure | MaterialDispatch) -> bool:
    """Whether somebody may change, on one row, what the profile adds to it."""
    return may_keep(actor, row.place)


def may_count(actor: Actor, row: LeafletStock) -> bool:
    """Whether somebody writes down what is left at a point."""
    return may_keep(actor, row.brochure.place)


def verbs_of(actor: Actor, row: Brochure) -> list[str]:
    """What somebody may do now with a brochure."""
    held = {KEEP} if may_keep(actor, row.place) else set()
    return [item.verb for item in BROCHURES.allowed(row.state, held)] if held else []


def require_keep(actor: Actor, place: Place) -> None:
    """Refuse who may not. Raises: brochure.not_yours"""
    if not may_keep(actor, place):
        raise NotAllowed("brochure.not_yours", _("Only whoever makes public at this place keeps its brochures."))
