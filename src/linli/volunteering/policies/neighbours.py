"""Who sees what good neighbours offer: everybody, while they agree; the desk of the place keeps it."""

from django.db.models import Q

from linli.core.actors import Actor
from linli.volunteering.models import Honour, NeighbourOffer
from linli.volunteering.policies.honours import may_keep
from linli.volunteering.workflow import KEEP

OFFERING = frozenset({"household", "merchant"})


def public_offers() -> Q:
    """What everybody reads: what is offered now, by whom is honoured still."""
    return Q(until=None, honour__state="awarded")


def offers_visible_to(actor: Actor) -> Q:
    """The offers of the places whose desk somebody is."""
    return Q() if actor.key == "system" else actor.places(KEEP)


def may_offer(actor: Actor, row: Honour) -> bool:
    """Whether somebody writes down here what an honoured household or merchant offers."""
    return row.state == "awarded" and row.recipient in OFFERING and may_keep(actor, row.place)


def may_amend(actor: Actor, row: NeighbourOffer) -> bool:
    """Whether somebody may change, on one row, what the profile adds to it."""
    return may_keep(actor, row.place)
