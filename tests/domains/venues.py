"""What venues add to the tests over all routes."""

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q
from tests.sources import Source, away, rows, words

from linli.core import clock
from linli.core.actors import Actor
from linli.territory.models import Facility
from linli.venues.models import Room, RoomBooking
from linli.venues.policies import bookings_visible_to, public_rooms, public_venues, venues_visible_to
from linli.venues.tests.opened import venues_made

if TYPE_CHECKING:
    from tests.world import World


def _public(_actor: Actor) -> Q:
    """Venues whose hours are posted are public."""
    return public_venues()


def _bookable(_actor: Actor) -> Q:
    """So are their rooms that can be booked."""
    return public_rooms()


WHERE: Final[Mapping[str, Source]] = {
    "venues/<pk>": rows(Facility, venues_visible_to, far=away(Facility, "place")),
    "venues/<pk>/<verb>": words("clear", "close", "opening", "room", "work"),
    "venues/bookings/<pk>": rows(RoomBooking, bookings_visible_to, far=away(RoomBooking, "room__facility__place")),
    "venues/bookings/<pk>/<verb>": words("return", "cancel"),
    "public/venues/<pk>": rows(Facility, _public),
    "public/venues/rooms/<pk>": rows(Room, _bookable),
}
PUBLIC: Final[tuple[str, ...]] = (
    "public/venues/",
    "public/venues/<pk>/",
    "public/venues/rooms/<pk>/",
    "public/venues/rooms/<pk>/bookings.ics",
)
DOORS: Final[tuple[str, ...]] = ()
FOR_ALL: Final[tuple[str, ...]] = ("public/venues/rooms/<pk>/",)
IDLE: Final[Mapping[str, str]] = {}


def made(world: "World") -> None:
    """Put venues, rooms and bookings into the world, here and in the other place."""
    venues_made(world.cast)


def sent(world: "World") -> dict[str, Any]:
    """What its forms take."""
    day = clock.today() + timedelta(days=8)
    hours = {f"day{number}": "09:00-12:00" for number in range(7)}
    room = {"name": "排练厅", "area_m2": "60", "use": "service", "capacity": "", "booked_by": "residents"}
    terms = {"longest": "120", "buffer": "10", "notice": "0", "ahead": "30"}
    return {
        "venues/<pk>/<verb>/": {
            **{**room, **terms, **hours, "access": "yes", "services": "", "rules": "", "phone": "", "version": "1"},
            **{"kind": "plate", "text": "某某站", "since": f"{day}", "last": f"{day}", "reason": "消毒"},
            **{"better": "counters", "text": "", "first": f"{day}", "closed": ""},
        },
        "venues/bookings/<pk>/<verb>/": {"reason": "检修", "purpose": "读书会"},
        "public/venues/rooms/<pk>/": {
            **{"on": f"{clock.today() + timedelta(days=2)}", "starts": "09:30", "ends": "10:30"},
            **{"weekly_until": "", "wanted_for": ""},
        },
    }
