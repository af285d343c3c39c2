"""Orders on their way, for the tests."""

from datetime import timedelta
from typing import Any, Final

from linli.accounts.models import User
from linli.accounts.neighbourhood import Cast
from linli.accounts.queries import actor_of
from linli.core import clock
from linli.core.actors import SYSTEM, Actor
from linli.orders.models import OrderOffer, ServiceMenuItem, ServiceOrder
from linli.orders.operations.asking import Wish, order_ask, order_write_down
from linli.orders.operations.dispatching import order_accept, order_dispatch
from linli.orders.operations.finishing import order_finish
from linli.orders.operations.menu import Dish, item_draft, item_publish
from linli.volunteering.models import Volunteer
from linli.volunteering.tests.volunteers import volunteer_made

DAY: Final = timedelta(days=1)
NAME: Final = "秦可卿"
PHONE: Final = "10012345678"
ADDRESS: Final = "幸福小区1号楼302"
TEXT: Final = "水龙头漏水，想请人看看"
# The way of five orders: the community supplies, a Party organisation dispatches, Party members accept.
FIVE: Final[dict[str, Any]] = {
    "code": "five",
    "label": "五单",
    "doors": ["phone", "window", "visit"],
    "dispatcher_posts": ["community_secretary"],
    "takers": ["member"],
    "steps": [
        {"code": code, "label": label}
        for code, label in (
            ("ask", "群众点单"),
            ("supply", "社区供单"),
            ("dispatch", "党组织派单"),
            ("accept", "党员接单"),
            ("rate", "群众评单"),
        )
    ],
}
FOUR: Final[dict[str, Any]] = {
    "code": "four",
    "label": "四步",
    "doors": ["online"],
    "takers": ["volunteer", "member"],
    "steps": [
        {"code": code, "label": label}
        for code, label in (
            ("ask", "群众点单"),
            ("dispatch", "中心派单"),
            ("accept", "志愿者接单"),
            ("rate", "群众评单"),
        )
    ],
}


def wish(cast: Cast, place: str = "compound", **values: Any) -> Wish:
    """A wish in one's own words."""
    given: dict[str, Any] = {"text": TEXT, "category": "repairs", "name": NAME, "phone": PHONE, "address": ADDRESS}
    return Wish(cast.places[place].pk, **{**given, **values})


def dish(cast: Cast, place: str = "community", **values: Any) -> Dish:
    """An item of the menu."""
    return Dish(cast.places[place].pk, **{"label": "水电维修", "category": "repairs", "minutes": 60, **values})


def on_menu(cast: Cast, place: str = "community", **values: Any) -> ServiceMenuItem:
    """An item that residents may order."""
    return item_publish(actor=SYSTEM, item_id=item_draft(actor=SYSTEM, dish=dish(cast, place, **values)).pk)


def asked(cast: Cast, place: str = "compound", **values: Any) -> ServiceOrder:
    """One that the resident asked for."""
    return order_ask(actor=cast.resident, wish=wish(cast, place, **values))


def written_down(cast: Cast, place: str = "compound", **values: Any) -> ServiceOrder:
    """One that the desk wrote down."""
    return order_write_down(actor=SYSTEM, wish=wish(cast, place, **{"door": "phone", **values}))


def volunteer(cast: Cast, place: str = "grid", name: str = "尤志愿", **fields: Any) -> tuple[Volunteer, Actor]:
    """A volunteer with an account, and who they are."""
    row = volunteer_made(cast.places[place], name, **fields)
    user = User.objects.create(username=f"v{row.pk}", person=row.person, joined=clock.now())
    return row, actor_of(user)


def offered(cast: Cast, place: str = "compound", lives: str = "community") -> tuple[ServiceOrder, OrderOffer, Actor]:
    """One that was offered to a volunteer."""
    row = asked(cast, place)
    someone, actor = volunteer(cast, lives)
    row = order_dispatch(actor=SYSTEM, order_id=row.pk, people={someone.person_id: "volunteer"})
    return row, row.offers.get(), actor


def accepted(cast: Cast, place: str = "compound", lives: str = "community") -> tuple[ServiceOrder, OrderOffer, Actor]:
    """One that a volunteer accepted."""
    _row, offer, actor = offered(cast, place, lives)
    row = order_accept(actor=actor, offer_id=offer.pk)
    offer.refresh_from_db()
    return row, offer, actor


def finished(cast: Cast, place: str = "compound", lives: str = "community") -> tuple[ServiceOrder, Actor]:
    """One that a volunteer did in 90 minutes."""
    _row, offer, actor = accepted(cast, place, lives)
    return order_finish(actor=actor, offer_id=offer.pk, minutes=90), actor


def orders_made(cast: Cast) -> None:
    """Orders here and in the other place, for the tests over every route."""
    for community, compound in (("community", "compound"), ("far_community", "far_compound")):
        on_menu(cast, community)
        asked(cast, compound)
        offered(cast, compound, community)
        finished(cast, compound, community)
