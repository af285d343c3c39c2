"""What care adds to the tests over all routes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from tests.sources import Source, away, rows, words

from linli.care.models import CareClient, CareService
from linli.care.policies import clients_visible_to, own_clients, services_visible_to
from linli.care.tests.cared import cared_made

if TYPE_CHECKING:
    from tests.world import World

WHERE: Final[Mapping[str, Source]] = {
    "care/<pk>": rows(CareClient, clients_visible_to, far=away(CareClient, "place")),
    "care/<pk>/<verb>": words("give", "look"),
    "care/mine/<pk>": rows(
        CareClient, own_clients, lambda _world: list(CareClient.objects.exclude(user=None).values_list("pk", flat=True))
    ),
    "care/mine/<pk>/<verb>": words("agree", "end"),
    "care/services/<pk>": rows(CareService, services_visible_to, far=away(CareService, "place")),
    "care/services/<pk>/<verb>": words("give"),
}
PUBLIC: Final[tuple[str, ...]] = ()
DOORS: Final[tuple[str, ...]] = ()
FOR_ALL: Final[tuple[str, ...]] = ()
IDLE: Final[Mapping[str, str]] = {}


def made(world: "World") -> None:
    """Put people cared for into the world, here and in the other place."""
    cared_made(world.cast)


def sent(world: "World") -> dict[str, Any]:
    """What its forms take."""
    agreed = {"helps": ["meals"], "agreed_by": "self", "means": "paper", "agreed_on": "2026-03-01", "guardian": ""}
    own = {"name": "沈慢慢", "helps": ["meals"], "guardian": "", "contact": "1号楼101"}
    return {
        "care/mine/": {**own, "place": world.cast.places["community"].pk, "group": "elder"},
        "care/mine/<pk>/<verb>/": own,
        "care/new/": {**agreed, "place": world.cast.places["community"].pk, "group": "elder"},
        "care/<pk>/<verb>/": {"kind": "meals", "mode": "home", "on": "2026-03-01", "provider": "", "reason": "送餐"},
    }
