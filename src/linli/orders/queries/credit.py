"""Service for service (VOL-11): what an item of the menu costs of the time that one gave, and how much one has."""

from typing import Final

from linli.core.actors import Actor
from linli.orders.models import ServiceMenuItem
from linli.orders.sections import section
from linli.points.queries import credit_of

# What an item costs that does not say how long it takes.
USUAL: Final = 60


def cost_of(item: ServiceMenuItem | None) -> int:
    """The minutes that an item costs of the time one gave; 0, where it is asked for without."""
    if item is None or not item.for_credit or not section().service_for_service:
        return 0
    return item.minutes or USUAL


def credit_left(actor: Actor) -> int | None:
    """The minutes for which somebody may still ask; None, where the place has no service for service."""
    return credit_of(actor.person_id) if section().service_for_service else None
