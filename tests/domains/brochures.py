"""What brochures, and the site of a community, add to the tests over all routes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from tests.sources import Source, away, rows, words

from linli.brochures.models import Brochure, LeafletStock
from linli.brochures.policies import brochures_visible_to, readable, stocks_visible_to
from linli.brochures.tests.written import brochures_made
from linli.core import clock
from linli.territory.models import Facility

if TYPE_CHECKING:
    from tests.world import World

FAR: Final = away(Brochure, "place")
WHERE: Final[Mapping[str, Source]] = {
    "brochures/<pk>": rows(Brochure, brochures_visible_to, far=FAR),
    "brochures/<pk>/<verb>": words("issue", "send", "withdraw"),
    "brochures/<pk>/pages/<number>": words("3"),
    "brochures/points/<pk>": rows(LeafletStock, stocks_visible_to, far=away(LeafletStock, "brochure__place")),
    "public/brochures/<pk>": rows(Brochure, readable),
    "public/brochures/<pk>/<form>": words("pages"),
    "public/places/<code>": words("990901001001"),
}
PUBLIC: Final[tuple[str, ...]] = (
    *("public/places/<code>/", "robots.txt", "sitemap.xml"),
    "public/brochures/<pk>/<form>.pdf",
)
DOORS: Final[tuple[str, ...]] = ()
FOR_ALL: Final[tuple[str, ...]] = ()
IDLE: Final[Mapping[str, str]] = {}


def made(world: "World") -> None:
    """Put brochures into the world, here and in the other place."""
    brochures_made(world.cast)


def sent(world: "World") -> dict[str, Any]:
    """What their forms take."""
    place = world.cast.places["community"]
    point = Facility.objects.filter(place=place, name="东门宣传架").first()
    copies = {"to": f"point-{point.pk}" if point else "group-mobile_members", "copies": "9"}
    return {
        "brochures/": {"place": place.pk, "title": "口袋手册"},
        "brochures/<pk>/pages/<number>/": {"number": "3", "heading": "办事", "text": "带身份证", "source": ""},
        "brochures/<pk>/<verb>/": {**copies, "on": f"{clock.today()}", "reason": "电话已换"},
        "brochures/points/<pk>/": {"left": "5"},
    }
