"""Shops of the demo place: a points shop and a good-neighbour shop, goods that run low, a code that waits, a month."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Final

from linli.accounts.models import User
from linli.accounts.queries import actor_of
from linli.core import clock
from linli.core.actors import Actor
from linli.demo.conventions import HOME
from linli.demo.days import days_ago
from linli.demo.people import RESIDENT
from linli.demo.points import NAMES
from linli.organizations.models import Organization, Person
from linli.points.models import Member
from linli.points.operations.earning import earn_by_kind
from linli.points.values import Source
from linli.points.workflow import GOOD_DEED, POINTS
from linli.shop.models import PartnerShop
from linli.shop.operations.goods import About, Price, item_add, item_price
from linli.shop.operations.redemptions import (
    Wish,
    redemption_counter,
    redemption_hand_over,
    redemption_reserve,
)
from linli.shop.operations.settlements import settlement_draw
from linli.shop.operations.shops import Agreement, shop_open
from linli.shop.operations.stock import stock_deliver
from linli.territory.models import Place

PARTNER: Final = "演示安居物业公司"
SHOP: Final = "演示爱心积分超市"
NEIGHBOUR: Final = "演示好邻居便民店"
# Name, unit, points and yuan each, at most for each a month, how many came, when few are left.
GOODS: Final = (
    ("抽纸", "包", 5, "5.00", 4, 60, 10),
    ("洗衣液", "瓶", 20, "22.00", 2, 6, 5),
    ("食用盐", "袋", 3, "2.50", None, 40, 10),
    ("大米", "5斤装", 25, "25.00", 2, 30, 5),
)
SERVICES: Final = (("理发", "次", 10, "12.00", 1, 50, 5), ("配钥匙", "把", 6, "6.00", None, 50, 5))


def shop_begin(actors: Mapping[str, Actor]) -> None:
    """Open two shops, let members redeem there, and draw up the month that is over."""
    desk = actors["shequ"]
    with days_ago(38):
        own = _opened(desk, "points", SHOP, "演示社区党群服务中心一楼", None)
        _stocked(desk, own, GOODS, "演示进货1")
        body = Organization.objects.filter(name=PARTNER).first()
        partner = _opened(desk, "neighbour", NEIGHBOUR, "演示一小区东门", body.pk if body else None)
        _stocked(desk, partner, SERVICES, "演示协议附表")
    first = clock.today().replace(day=1)
    _last_month(desk, partner, (clock.today() - first).days + 1)
    resident = actor_of(User.objects.get(username=RESIDENT))
    tissues, soap, salt, _rice = own.items.order_by("pk")
    with days_ago(3):
        kept = redemption_reserve(actor=resident, wish=Wish(tissues.pk, 1))
        redemption_hand_over(actor=desk, shop_id=own.pk, code=kept.code or "")
        redemption_counter(actor=desk, wish=Wish(soap.pk, 1), number=_member(NAMES[0]).number)
        item_price(actor=desk, item_id=salt.pk, price=Price(4, Decimal(3)), since=clock.today() + timedelta(days=20))
    redemption_reserve(actor=resident, wish=Wish(salt.pk, 1))


def _last_month(desk: Actor, partner: PartnerShop, ago: int) -> None:
    """On the last day of last month a member redeems at the partner's; this month that is drawn up."""
    haircut = partner.items.order_by("pk")[0]
    member = _member(NAMES[1])
    with days_ago(ago):
        earn_by_kind(
            actor=desk,
            kind=GOOD_DEED,
            person_id=member.person_id or 0,
            source=Source("demo", "shop"),
            day=clock.today(),
            place_id=member.place_id,
            minutes=0,
        )
        redemption_counter(actor=desk, wish=Wish(haircut.pk, 1), number=member.number)
        month = clock.today()
    if partner.settles:
        settlement_draw(actor=desk, shop_id=partner.pk, month=month)


def _opened(desk: Actor, kind: str, name: str, address: str, body: int | None) -> PartnerShop:
    place = Place.objects.get(name=HOME)
    since = clock.today()
    told = Agreement(kind, name, address, "每天 9:00—18:00", since, None, body, body is not None)
    return shop_open(actor=desk, place_id=place.pk, agreement=told)


def _stocked(
    desk: Actor, shop: PartnerShop, goods: tuple[tuple[str, str, int, str, int | None, int, int], ...], number: str
) -> None:
    pieces = {}
    for name, unit, points, value, most, many, low in goods:
        about = About(name, unit, most, low)
        item = item_add(actor=desk, shop_id=shop.pk, about=about, price=Price(points, Decimal(value)))
        pieces[item.pk] = many
    stock_deliver(actor=desk, shop_id=shop.pk, number=number, day=clock.today(), pieces=pieces)


def _member(name: str) -> Member:
    person = Person.objects.get(name=name)
    return Member.objects.get(book=POINTS, person=person)
