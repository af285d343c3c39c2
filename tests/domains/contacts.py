"""What contacts add to the tests over all routes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from tests.sources import Source, away, held, rows, words

from linli.contacts.models import Contact, Visit
from linli.contacts.policies import contacts_visible_to, places_seen, visits_visible_to
from linli.contacts.tests.answered import contacts_made
from linli.core import clock
from linli.territory.models import Place

if TYPE_CHECKING:
    from tests.world import World

WHERE: Final[Mapping[str, Source]] = {
    "contacts/<pk>": rows(Contact, contacts_visible_to, far=away(Contact, "place")),
    "contacts/visits/<pk>": rows(Visit, visits_visible_to, far=away(Visit, "place")),
    "contacts/visits/<pk>/<verb>": words("drop"),
    "contacts/places/<pk>": rows(Place, places_seen, held("places", "community", "far_community")),
}
PUBLIC: Final[tuple[str, ...]] = ()
DOORS: Final[tuple[str, ...]] = ()
FOR_ALL: Final[tuple[str, ...]] = ()
IDLE: Final[Mapping[str, str]] = {}


def made(world: "World") -> None:
    """Put contacts and visits into the world, here and in the other place."""
    contacts_made(world.cast)


def sent(world: "World") -> dict[str, Any]:
    """What its forms take."""
    grid, here = (world.cast.places[name].pk for name in ("grid", "second_community"))
    return {
        "contacts/new/": {"tier": "county_leader", "place": f"{grid}", "name": "丁某", "since": f"{clock.today()}"},
        "contacts/<pk>/end/": {"version": "1", "on": ""},
        "contacts/visits/new/": {
            "on": f"{clock.today()}",
            "subject": "走访",
            "elsewhere": f"{here}",
            "organization": "",
        },
        "contacts/visits/<pk>/raise/": {"text": "路灯不亮", "voiced": "resident", "kind": "problem", "category": ""},
    }
