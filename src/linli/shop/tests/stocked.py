"""Shops with goods and members with points, for the tests."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from linli.accounts.neighbourhood import Cast
from linli.core import clock
from linli.core.actors import SYSTEM, Actor
from linli.organizations.models import Organization, Person
from linli.points.models import Member
from linli.points.tests.ledger import given, member_made
from linli.shop.models import PartnerShop, Redemption, RewardItem
from linli.shop.operations.goods import About, Price, item_add
from linli.shop.operations.redemptions import Wish, redemption_counter, redemption_hand_over, redemption_reserve
from linli.shop.operations.settlements import settlement_draw
from linli.shop.operations.shops import Agreement, shop_open
from linli.shop.operations.stock import stock_deliver

SINCE: Final = date(2025, 1, 1)


def agreement(**values: Any) -> Agreement:
    """A points shop that the place runs itself."""
    told: dict[str, Any] = {"address": "春晓路6号", "hours": "周一至周五 9:00—17:00", "since": SINCE, **values}
    return Agreement(told.pop("kind", "points"), told.pop("name", "春晓爱心积分超市"), **told)


def shop_made(cast: Cast, place: str = "community", **values: Any) -> PartnerShop:
    """A shop."""
    return shop_open(actor=SYSTEM, place_id=cast.places[place].pk, agreement=agreement(**values))


def partner_made(cast: Cast, place: str = "community", **values: Any) -> PartnerShop:
    """A good-neighbour shop with which is settled every month."""
    body = Organization.objects.get(pk=cast.bodies["property_company"].pk)
    told = {"kind": "neighbour", "name": "春晓好邻居店", "settles": True, "organization_id": body.pk, **values}
    return shop_made(cast, place, **told)


def item_made(shop: PartnerShop, pieces: int = 10, name: str = "毛巾", points: int = 8, **about: Any) -> RewardItem:
    """Goods with pieces of them in stock."""
    value = Decimal(about.pop("value", points))
    row = item_add(actor=SYSTEM, shop_id=shop.pk, about=About(name, **about), price=Price(points, value))
    if pieces:
        delivered(shop, {row.pk: pieces}, f"进货{row.pk}")
    return row


def delivered(shop: PartnerShop, pieces: dict[int, int], number: str = "进货1") -> None:
    """A delivery that came today."""
    stock_deliver(actor=SYSTEM, shop_id=shop.pk, number=number, day=clock.today(), pieces=pieces)


def member(cast: Cast, points: int = 100, place: str = "community", **fields: Any) -> tuple[Actor, Member]:
    """A member with points, and who acts for them."""
    person = Person.objects.create(name="金秀英", created=clock.now())
    row = member_made(cast.places[place], person, **fields)
    if points:
        given(row, points)
    return Actor(key=f"user:9{person.pk}", label="", user_id=900000 + person.pk, person_id=person.pk), row


def reserved(who: Actor, item: RewardItem, quantity: int = 1, key: str = "") -> Redemption:
    """A reservation."""
    return redemption_reserve(actor=who, wish=Wish(item.pk, quantity, key))


def handed(who: Actor, item: RewardItem, quantity: int = 1) -> Redemption:
    """One that was picked up with its code."""
    row = reserved(who, item, quantity)
    return redemption_hand_over(actor=SYSTEM, shop_id=item.shop_id, code=row.code or "")


def at_counter(row: Member, item: RewardItem, quantity: int = 1, key: str = "") -> Redemption:
    """One for a member without a phone."""
    return redemption_counter(actor=SYSTEM, wish=Wish(item.pk, quantity, key), number=row.number)


def month_before(day: date) -> date:
    """The first day of the month before."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def shops_made(cast: Cast) -> None:
    """Shops here and in the other place, for the tests over every route: with goods, reservations and a settlement."""
    for place in ("community", "far_community"):
        shop = partner_made(cast, place)
        item = item_made(shop, 50)
        who, row = member(cast, 500, place)
        last = month_before(clock.today())
        settled = month_before(last)
        for month in (settled, last):
            with clock.frozen(f"{month:%Y-%m}-20T10:00"):
                at_counter(row, item)
        settlement_draw(actor=SYSTEM, shop_id=shop.pk, month=settled)
        handed(who, item)
        reserved(who, item)
