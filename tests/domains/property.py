"""What property management adds to the tests over all routes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from tests.sources import Source, away, rows, words

from linli.property.models import Contract
from linli.property.policies import COMPOUND, compounds_visible_to, contracts_visible_to
from linli.property.tests.managed import managed_made
from linli.territory.models import Place

if TYPE_CHECKING:
    from tests.world import World


def _compounds(_world: "World") -> list[int]:
    return list(Place.objects.filter(COMPOUND).order_by("pk").values_list("pk", flat=True))


def _far(world: "World") -> list[int]:
    path = world.cast.places["far_street"].path
    return list(Place.objects.filter(COMPOUND, path__startswith=path).values_list("pk", flat=True))


WHERE: Final[Mapping[str, Source]] = {
    "property/compounds/<pk>": rows(Place, compounds_visible_to, _compounds, _far),
    "property/contracts/<pk>": rows(Contract, contracts_visible_to, far=away(Contract, "place")),
    "property/contracts/<pk>/<verb>": words("end"),
    "public/property/<code>": words("990901001001"),
}
PUBLIC: Final[tuple[str, ...]] = ("public/property/<code>/",)
DOORS: Final[tuple[str, ...]] = ()
FOR_ALL: Final[tuple[str, ...]] = ()
IDLE: Final[Mapping[str, str]] = {}


def made(world: "World") -> None:
    """Put contracts into the world, here and in the other place."""
    managed_made(world.cast)


def sent(world: "World") -> dict[str, Any]:
    """What its forms take."""
    cast = world.cast
    contract = {"model": "professional", "company": cast.bodies["property_company"].pk, "since": "2030-01-01"}
    return {
        "property/contracts/new/": {**contract, "last": "", "compound": [cast.places["compound"].pk]},
        "property/compounds/<pk>/": {"mode": "self_run", "since": "2025-06-01", "unit": "居民自管小组"},
        "property/contracts/<pk>/<verb>/": {"on": "2026-06-30", "reason": "服务不达标"},
    }
