"""What bookings add to the tests over all routes."""

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q
from tests.sources import Source, away, rows, words

from linli.bookings.models import Booking
from linli.bookings.policies import bookings_visible_to
from linli.bookings.tests.booked import bookings_made
from linli.core import clock
from linli.core.actors import Actor
from linli.organizations.models import ResourceOffer

if TYPE_CHECKING:
    from tests.world import World


def _bookable(actor: Actor) -> Q:
    """What can be booked is public, like the bodies that offer it."""
    return ~Q(lending="")


WHERE: Final[Mapping[str, Source]] = {
    "bookings/<pk>": rows(Booking, bookings_visible_to, far=away(Booking, "place")),
    "bookings/<pk>/<verb>": words("withdraw"),
    "bookings/offers/<pk>": rows(ResourceOffer, _bookable),
}
PUBLIC: Final[tuple[str, ...]] = ()
DOORS: Final[tuple[str, ...]] = ()
FOR_ALL: Final[tuple[str, ...]] = ()
IDLE: Final[Mapping[str, str]] = {}


def made(world: "World") -> None:
    """Put bookings into the world, here and in the other place."""
    bookings_made(world.cast)


def sent(world: "World") -> dict[str, Any]:
    """What its forms take."""
    wish = {
        **{"wanted_for": f"place-{world.cast.places['community'].pk}", "amount": "1", "purpose": "义诊停车"},
        **{"on": f"{clock.today() + timedelta(days=5)}", "starts": "09:00", "ends": "11:00", "last": ""},
    }
    return {
        "bookings/offers/<pk>/": wish,
        "bookings/<pk>/<verb>/": {"reason": "不需要了"},
        "organizations/offers/<pk>/lend/": {"version": "1", "lending": "time", "amount": "9", "terms": ""},
    }
