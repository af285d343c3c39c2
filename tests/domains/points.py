"""What the ledger of points adds to the tests over all routes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from tests.sources import Source, away, rows

from linli.points.models import Member, Transfer
from linli.points.policies import members_visible_to, transfers_visible_to
from linli.points.tests.ledger import ledger_made

if TYPE_CHECKING:
    from tests.world import World


def _given(_world: "World") -> list[int]:
    return list(Transfer.objects.filter(direction="given").order_by("pk").values_list("pk", flat=True))


WHERE: Final[Mapping[str, Source]] = {
    "points/members/<pk>": rows(Member, members_visible_to, far=away(Member, "place")),
    "points/transfers/<pk>": rows(Transfer, transfers_visible_to, _given, far=away(Transfer, "place")),
}
PUBLIC: Final[tuple[str, ...]] = ("public/points/rules/",)
DOORS: Final[tuple[str, ...]] = ()
FOR_ALL: Final[tuple[str, ...]] = ()
IDLE: Final[Mapping[str, str]] = {
    "points/mine/alias/": "only who has joined has an alias",
    "points/mine/leave/": "only who has joined leaves",
}


def made(world: "World") -> None:
    """Put members with points and hours into the world, here and in the other place."""
    ledger_made(world.cast)


def sent(world: "World") -> dict[str, Any]:
    """What its forms take."""
    place = world.cast.places["community"].pk
    return {
        "points/mine/": {"name": "金巧云", "place_id": place, "agrees": "on"},
        "points/mine/alias/": {"alias": "热心邻居", "version": "1"},
        "points/mine/leave/": {"version": "1"},
        "points/new/": {"name": "金福来", "phone": "10033334444", "place_id": place, "agrees": "on"},
        "points/transfers/<pk>/reverse/": {"reason": "登记有误"},
    }
