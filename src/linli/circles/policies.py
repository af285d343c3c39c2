"""Who sees what is within a walk, and who brings in streets. One rule gives the filter and the check.

A community sees its own, streets and counties see theirs; streets and counties bring in the network and compute. Names
and kinds of facilities are public, and so is which share of a community's households has which kind near.
"""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.circles.models import StreetNetwork
from linli.circles.workflow import KEEP, VIEW
from linli.core.actors import Actor
from linli.core.errors import NotAllowed
from linli.territory.models import Place

DIVISIONS = Q(type=Place.Type.DIVISION, until=None, placeholder=False)


def _below(actor: Actor, prefix: str) -> Q:
    return Q() if actor.key == "system" else actor.places(VIEW, prefix=prefix) | actor.places(KEEP, prefix=prefix)


def reaches_visible_to(actor: Actor) -> Q:
    """What is within a walk of compounds where the actor looks."""
    return _below(actor, "place__")


def divisions_visible_to(actor: Actor) -> Q:
    """The counties, streets and communities with a page of circles for the actor."""
    return DIVISIONS & _below(actor, "")


def networks_visible_to(actor: Actor) -> Q:
    """The networks of places that the actor keeps, and the one of a place above them."""
    if actor.key == "system":
        return Q()
    return actor.places(KEEP) | Q(place__path__in=_above(actor))


def may_see_network(actor: Actor, network: StreetNetwork) -> bool:
    """Whether the actor sees this network: that of a place that they see, or of one above it."""
    return may_see(actor, network.place) or network.place.path in _above(actor)


def may_see(actor: Actor, place: Place) -> bool:
    """Whether the actor looks at what is within a walk in this place."""
    return actor.key == "system" or any(actor.reaches(ability, path=place.path) for ability in (VIEW, KEEP))


def may_keep(actor: Actor, place: Place) -> bool:
    """Whether the actor brings in the streets of a place."""
    return actor.key == "system" or actor.reaches(KEEP, path=place.path)


def may_compute(actor: Actor, network: StreetNetwork) -> bool:
    """Whether the actor has it computed: who keeps the place of the streets, or a part of it."""
    return may_keep(actor, network.place) or network.place.path in _above(actor)


def kept_by(actor: Actor) -> Q:
    """The divisions for which the actor may bring in streets."""
    there = DIVISIONS & ~Q(pk=F("community_id"))
    return there if actor.key == "system" else there & actor.places(KEEP, prefix="")


def require_keep(actor: Actor, place: Place) -> None:
    """Refuse who may not. Raises: streets.not_yours"""
    if not may_keep(actor, place):
        message = _("Only the street or the county itself brings in the streets of this place.")
        raise NotAllowed("streets.not_yours", message)


def require_compute(actor: Actor, network: StreetNetwork) -> None:
    """Refuse who may not. Raises: streets.not_yours"""
    if not may_compute(actor, network):
        message = _("Only the streets and the county of this network have it computed.")
        raise NotAllowed("streets.not_yours", message)


def _above(actor: Actor) -> set[str]:
    """The paths of the places in which those lie that the actor keeps."""
    paths = {scope.path for scope in actor.scopes if KEEP in scope.abilities and scope.path}
    steps = [path.strip("/").split("/") for path in paths]
    return {"/" + "/".join(step[:length]) + "/" for step in steps for length in range(1, len(step) + 1)}
