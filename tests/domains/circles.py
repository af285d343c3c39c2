"""What circles add to the tests over all routes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.sources import Source, held, rows, words

from linli.circles.models import StreetNetwork
from linli.circles.policies import divisions_visible_to, networks_visible_to
from linli.circles.tests.walked import straight, walked_made
from linli.territory.models import Place

if TYPE_CHECKING:
    from tests.world import World

PLACES: Final = ("county", "street", "community", "far_street", "far_community")
FAR: Final = held("places", "far_street", "far_community")


def _networks(_world: "World") -> list[int]:
    """The streets of the county are those of both places, and whoever keeps a part of it has them walked anew."""
    return list(StreetNetwork.objects.values_list("pk", flat=True))


WHERE: Final[Mapping[str, Source]] = {
    "circles/<pk>": rows(Place, divisions_visible_to, held("places", *PLACES), FAR),
    "circles/streets/<pk>": rows(StreetNetwork, networks_visible_to, far=_networks),
    "public/circles/<code>": words("990901001001"),
}
PUBLIC: Final[tuple[str, ...]] = ("public/circles/<code>/",)
DOORS: Final[tuple[str, ...]] = ()
FOR_ALL: Final[tuple[str, ...]] = ()
IDLE: Final[Mapping[str, str]] = {}


def made(world: "World") -> None:
    """Put streets, homes and a market into the world, here and in the other place."""
    walked_made(world.cast)


def sent(world: "World") -> dict[str, Any]:
    """What its forms take."""
    file = SimpleUploadedFile("街道.geojson", straight(20))
    streets = {"place": world.cast.places["county"].pk, "file": file, "source": "测绘", "day": "2026-01-01"}
    return {
        "circles/streets/": {**streets, "system": ""},
        "circles/streets/<pk>/compute/": {"place": world.cast.places["county"].pk},
    }
