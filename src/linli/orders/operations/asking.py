"""How orders come in: from a resident on the phone's page, or by the desk for somebody who calls or comes."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.words import DIGITS
from linli.core import clock, secrets
from linli.core.actors import Actor
from linli.core.bulk import next_ids
from linli.core.errors import InvalidInput, NotAllowed, NotFound, RuleBroken
from linli.core.words import at_most, said
from linli.orders import policies
from linli.orders.models import ServiceMenuItem, ServiceOrder
from linli.orders.operations import crediting
from linli.orders.operations.steps import LONGEST, passed, saved
from linli.orders.queries.capacity import taken_up
from linli.orders.sections import category_names, section
from linli.orders.workflow import ON_BEHALF, OPEN
from linli.territory.models import Place
from linli.volunteering.workflow import TIMES

LONGEST_NAME: Final = 40
LONGEST_PHONE: Final = 30
LONGEST_ADDRESS: Final = 120
AHEAD: Final = timedelta(days=90)
# So many may one account have open at once: more is a mistake, or somebody who keeps others from their turn.
MOST_OPEN: Final = 10


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for: an item of the menu, or in their own words with a category."""

    place_id: int
    text: str = ""
    item_id: int | None = None
    category: str = ""
    name: str = ""
    phone: str = ""
    address: str = ""
    suits: str = ""
    wanted_on: date | None = None
    wanted_time: str = ""
    door: str = "online"


@transaction.atomic
def order_ask(*, actor: Actor, wish: Wish) -> ServiceOrder:
    """Ask for a service oneself, with an account (VOL-08). Whoever has none calls or comes to the desk.

    Raises: order.sign_in, order.too_many, order.place, order.item, order.full, order.text, order.category,
    order.phone, order.day, order.too_long, order.no_credit
    """
    if actor.user_id is None:
        raise NotAllowed("order.sign_in", _("Sign in to order, or call the community: they write it down for you."))
    open_ones = ServiceOrder.objects.filter(policies.own_orders(actor), state__in=OPEN).count()
    if open_ones >= MOST_OPEN:
        raise RuleBroken("order.too_many", _("You have %(most)s open orders already."), most=MOST_OPEN)
    place = Place.objects.filter(policies.ordering_places(), pk=wish.place_id).first()
    if place is None:
        raise InvalidInput("order.place", _("Choose the community in which you need it."))
    return _asked(actor, place, wish, "online", actor.user_id)


@transaction.atomic
def order_write_down(*, actor: Actor, wish: Wish) -> ServiceOrder:
    """Write down an order for somebody who calls, comes to the window or is visited; both stand in the records (R23).

    Raises: not_found, order.not_yours, order.door, order.name, and what order_ask raises but for signing in
    """
    place = Place.objects.filter(policies.ordering_places(), pk=wish.place_id).first()
    if place is None:
        raise NotFound
    policies.require_keep(actor, place)
    if wish.door not in ON_BEHALF:
        raise InvalidInput("order.door", _("Say how it was asked for: by telephone, at the window, on a visit."))
    said(wish.name, LONGEST_NAME, "order.name")
    return _asked(actor, place, wish, wish.door, None)


def _asked(actor: Actor, place: Place, wish: Wish, door: str, user_id: int | None) -> ServiceOrder:
    today = clock.today()
    day = wish.wanted_on
    if day is not None and not today <= day <= today + AHEAD:
        raise InvalidInput("order.day", _("Choose a day from today on, at most 90 days ahead."))
    if wish.wanted_time and wish.wanted_time not in dict(TIMES):
        raise InvalidInput("order.day", _("Choose when it suits you."))
    item = _item(place, wish.item_id, day or today) if wish.item_id else None
    way = section().way_by(door)
    pk = next_ids(ServiceOrder, 1)[0]
    row = ServiceOrder(id=pk, place=place, number=f"{today:%Y}{pk:06d}", item=item, door=door, way=way.code)
    row.steps = [step.code for step in way.steps]
    _say(row, wish)
    row.wanted_on, row.wanted_time = day or today, wish.wanted_time
    row.asker_user_id, row.asked_on, row.asked = user_id, today, clock.now()
    row.recorded, row.recorder = clock.now(), actor.key
    crediting.reserve(actor, row)
    row.save(force_insert=True)
    passed(row, "ask")
    return saved(actor, "ask", row, door=door, category=row.category, item=item.pk if item else None)


def _item(place: Place, item_id: int, day: date) -> ServiceMenuItem:
    """The item that is ordered, locked, so that no two orders take its last place. Raises: order.item, order.full"""
    rows = ServiceMenuItem.objects.select_for_update(of=("self",))
    item = rows.filter(policies.on_menu(), pk=item_id, place=place.community).first()
    if item is None or (item.until and day > item.until):
        raise InvalidInput("order.item", _("This is not on the menu of the community on that day."))
    if item.capacity is not None and taken_up(item, day) >= item.capacity:
        raise RuleBroken("order.full", _("It is booked up on that day. Choose another."))
    return item


def _say(row: ServiceOrder, wish: Wish) -> None:
    """Write down what is wished. Raises: order.text, order.category, order.phone, order.too_long"""
    row.category = row.item.category if row.item else wish.category
    if row.category not in category_names():
        raise InvalidInput("order.category", _("Choose what kind of help it is."))
    if row.item is None:
        row.text = said(wish.text, LONGEST, "order.text")
    row.text = at_most(wish.text, LONGEST, "order.too_long")
    row.suits = at_most(wish.suits, LONGEST_ADDRESS, "order.too_long")
    row.asker_name = at_most(wish.name, LONGEST_NAME, "order.too_long")
    row.phone = said(wish.phone, LONGEST_PHONE, "order.phone")
    if sum(sign.isdecimal() for sign in row.phone) < DIGITS:
        raise InvalidInput("order.phone", _("Write the whole telephone number."))
    row.phone_hash = secrets.match_hash(row.phone, "phone")
    row.address = at_most(wish.address, LONGEST_ADDRESS, "order.too_long")
