"""What service orders add to the tests over all routes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from tests.sources import Source, away, rows, words

from linli.orders.models import OrderOffer, ServiceMenuItem, ServiceOrder
from linli.orders.policies import menu_visible_to, orders_visible_to, own_offers, own_orders
from linli.orders.tests.ordered import orders_made

if TYPE_CHECKING:
    from tests.world import World

COMMUNITIES: Final = Source(
    lambda world: [world.cast.places["community"].code, world.cast.places["far_community"].code]
)
WHERE: Final[Mapping[str, Source]] = {
    "orders/<pk>": rows(ServiceOrder, orders_visible_to, far=away(ServiceOrder, "place")),
    "orders/<pk>/<verb>": words("refuse", "cancel"),
    "orders/menu/<pk>": rows(ServiceMenuItem, menu_visible_to, far=away(ServiceMenuItem, "place")),
    "orders/menu/<pk>/<verb>": words("withdraw"),
    "orders/ask/<code>": COMMUNITIES,
    "orders/mine/<pk>": rows(ServiceOrder, own_orders),
    "orders/mine/<pk>/<verb>": words("cancel"),
    "orders/offers/<pk>": rows(OrderOffer, own_offers),
    "orders/offers/<pk>/<verb>": words("accept"),
    "public/menu/<code>": COMMUNITIES,
}
PUBLIC: Final[tuple[str, ...]] = ("public/menu/", "public/menu/<code>/")
DOORS: Final[tuple[str, ...]] = ()
FOR_ALL: Final[tuple[str, ...]] = ("orders/ask/<code>/",)
IDLE: Final[Mapping[str, str]] = {"orders/offers/<pk>/<verb>/": "who is offered an order has no account here"}


def made(world: "World") -> None:
    """Put orders and menus into the world, here and in the other place."""
    orders_made(world.cast)


def sent(world: "World") -> dict[str, Any]:
    """What its forms take."""
    compound = world.cast.places["compound"].pk
    wish = {
        **{"place": compound, "category": "repairs", "text": "水龙头漏水", "name": "秦可卿", "phone": "10012345678"},
        **{"wanted_on": "", "wanted_time": "", "suits": "", "address": "", "item": "", "door": "phone"},
    }
    item = {
        **{"place": world.cast.places["community"].pk, "label": "上门理发", "category": "haircut", "organization": ""},
        **{"minutes": "30", "capacity": "5", "per": "week", "since": "", "until": "", "version": "2"},
    }
    return {
        "orders/new/": wish,
        "orders/ask/<code>/": wish,
        "orders/menu/new/": item,
        "orders/menu/<pk>/": {**item, "label": "水电维修"},
        "orders/<pk>/<verb>/": {"reason": "居民不需要了"},
    }
