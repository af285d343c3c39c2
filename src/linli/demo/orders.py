"""Services of the demo place: a menu, an order that waits, one that is offered, one in hand, one rated."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from linli.accounts.models import User
from linli.accounts.queries import actor_of
from linli.core.actors import Actor
from linli.demo.conventions import HOME
from linli.demo.days import days_ago
from linli.demo.people import RESIDENT
from linli.members.operations.registering import Joining, member_register
from linli.orders.operations.asking import Wish, order_ask, order_write_down
from linli.orders.operations.dispatching import order_accept, order_dispatch
from linli.orders.operations.finishing import order_finish, order_rate
from linli.orders.operations.menu import Dish, item_draft, item_publish
from linli.territory.models import Place
from linli.volunteering.operations.volunteers import Registration, volunteer_register
from linli.volunteering.queries.candidates import registered_as_member, volunteer_of

MENU: Final = (
    ("水电小修", "repairs", "换灯泡、修水龙头、通下水", 60, 10),
    ("上门理发", "haircut", "为行动不便的老人上门理发", 40, 6),
    ("代购代办", "errands", "代买米面药品，代缴水电费", 30, None),
    ("手机教学", "advice", "教老人用手机挂号、缴费", 45, 8),
)
# Asked for with time that one gave.
FOR_CREDIT: Final = ("帮忙搬抬", "company", "搬家具、抬重物，邻里互相搭把手", 30, None)
# The building head of the demo place reported in as a Party member, and takes what suits.
TAKER: Final = "louzhang"
PHONE: Final = "10000000200"
TAKER_PHONE: Final = "10000000201"


def orders_begin(actors: Mapping[str, Actor]) -> None:
    """Put services on the menu, and let four orders go as far as they are."""
    desk, taker = actors["shequ"], actors[TAKER]
    resident = actor_of(User.objects.get(username=RESIDENT))
    place = Place.objects.get(name=HOME)
    with days_ago(20):
        _report_in(taker, place)
        for label, category, text, minutes, capacity in (*MENU, FOR_CREDIT):
            dish = Dish(place.pk, label, category, text, provider="邻里互助队", minutes=minutes, capacity=capacity)
            dish = replace(dish, for_credit=label == FOR_CREDIT[0])
            item_publish(actor=desk, item_id=item_draft(actor=desk, dish=dish).pk)
    people = {taker.person_id or 0: "member"}

    def wish(text: str, category: str, door: str = "online") -> Wish:
        return Wish(place.pk, text, category=category, name="演示居民", phone=PHONE, address="演示一小区", door=door)

    with days_ago(6):
        row = order_ask(actor=resident, wish=wish("厨房水龙头漏水，想请人看看。", "repairs"))
        row = order_dispatch(actor=desk, order_id=row.pk, people=people)
        offer = row.offers.get()
        order_accept(actor=taker, offer_id=offer.pk)
    with days_ago(5):
        order_finish(actor=taker, offer_id=offer.pk, minutes=50)
        order_rate(actor=resident, order_id=row.pk, rating="5", words="来得快，修得好，谢谢！")
    with days_ago(1):
        row = order_ask(actor=resident, wish=wish("老人想上门理发。", "haircut"))
        order_dispatch(actor=desk, order_id=row.pk, people=people)
        row = order_write_down(actor=desk, wish=wish("行动不便，需要代缴水费。", "errands", "phone"))
        row = order_dispatch(actor=desk, order_id=row.pk, people=people)
        order_accept(actor=taker, offer_id=row.offers.get().pk)
    order_write_down(actor=desk, wish=wish("想学用手机挂号。", "advice", "window"))


def _report_in(taker: Actor, place: Place) -> None:
    """Let the building head be a volunteer who reported in as a Party member, where they are not yet."""
    row = volunteer_of(taker.person_id)
    if row is None:
        form = Registration("演示楼栋长", TAKER_PHONE, place.pk, date(1968, 5, 4), skills=["electric"], consent=True)
        row = volunteer_register(actor=taker, form=form)
    if registered_as_member(row.person_id) is None:
        joining = Joining("演示楼栋长", place.pk, TAKER_PHONE, unit="演示第一中学", consent=True)
        member_register(actor=taker, form=joining)
