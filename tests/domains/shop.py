"""What the points shop adds to the tests over all routes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from tests.sources import Source, away, rows, words

from linli.core import clock
from linli.shop.models import PartnerShop, Redemption, RewardItem, Settlement
from linli.shop.policies import (
    hangs_visible_to,
    own_redemptions,
    public_items,
    public_shops,
    redemptions_visible_to,
    settlements_visible_to,
    shops_visible_to,
)
from linli.shop.tests.stocked import month_before, shops_made

if TYPE_CHECKING:
    from tests.world import World

WHERE: Final[Mapping[str, Source]] = {
    "shop/<pk>": rows(PartnerShop, shops_visible_to, far=away(PartnerShop, "place")),
    "shop/<kind>": words("delivery", "count"),
    "shop/<pk>/stock/<kind>": words("delivery", "count"),
    "shop/items/<pk>": rows(RewardItem, hangs_visible_to, far=away(RewardItem, "place")),
    "shop/mine/<pk>": rows(Redemption, own_redemptions, far=away(Redemption, "place")),
    "shop/redemptions/<pk>": rows(Redemption, redemptions_visible_to, far=away(Redemption, "place")),
    "shop/redemptions/<pk>/<verb>": words("cancel", "return"),
    "shop/settlements/<pk>": rows(Settlement, settlements_visible_to, far=away(Settlement, "place")),
    "shop/settlements/<pk>/<verb>": words("check", "send_back"),
    "public/shops/<pk>": rows(PartnerShop, lambda _actor: public_shops()),
    "public/shops/items/<pk>": rows(RewardItem, lambda _actor: public_items()),
    "public/shops/<code>": words("990901001001"),
}
PUBLIC: Final[tuple[str, ...]] = ("public/shops/<pk>/shop/", "public/shops/<code>/")
DOORS: Final[tuple[str, ...]] = ()
FOR_ALL: Final[tuple[str, ...]] = ()
IDLE: Final[Mapping[str, str]] = {
    "shop/mine/": "is only read",
    "public/shops/items/<pk>/reserve/": "nobody of this world has joined the points",
    "shop/mine/<pk>/cancel/": "nobody of this world has joined the points",
}


def made(world: "World") -> None:
    """Put shops into the world."""
    shops_made(world.cast)


def sent(world: "World") -> dict[str, Any]:
    """What the forms of shops take."""
    cast = world.cast
    item = RewardItem.objects.filter(place=cast.places["community"]).order_by("pk")[0]
    code = Redemption.objects.filter(item=item, state="reserved").order_by("pk")[0]
    about = {"name": "春晓新货", "unit": "包", "month_limit": "2", "low": "1"}
    price = {"points": "9", "value": "9.50", "since": clock.today().isoformat()}
    shop = {"kind": "points", "name": "春晓另一店", "address": "春晓路8号", "hours": "每天", "since": "2025-01-01"}
    paper = {"number": "单据9", "day": clock.today().isoformat(), f"item_{item.pk}": "30"}
    return {
        "shop/new/": {**shop, "place": cast.places["community"].pk, "until": "", "organization": ""},
        "shop/<pk>/edit/": {**shop, "until": "", "organization": ""},
        "shop/<pk>/items/new/": {**about, **price},
        "shop/items/<pk>/edit/": about,
        "shop/items/<pk>/price/": price,
        "shop/<pk>/stock/<kind>/": paper,
        "shop/<pk>/counter/": {"code": code.code, "sure": "1"},
        "shop/<pk>/behalf/": {"number": code.member.number, "item": item.pk, "quantity": "1", "key": "k1"},
        "shop/<pk>/settle/": {"month": f"{month_before(clock.today()):%Y-%m}"},
        "shop/settlements/<pk>/<verb>/": {"reason": "单价有误"},
        "shop/redemptions/<pk>/<verb>/": {"reason": "货架损坏"},
    }
