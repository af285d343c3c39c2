"""Orders as they are read: the desk's list and one with its steps; one's own; what was offered to somebody."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound
from linli.core.masks import mask_address, mask_name, mask_phone
from linli.core.paging import older
from linli.core.workflow import Step
from linli.orders import policies
from linli.orders.models import OrderOffer, OrderStep, ServiceOrder
from linli.orders.sections import STATES, Way, category_names, section
from linli.orders.workflow import DONE, OPEN, ORDER
from linli.territory.models import Place

PAGE: Final = 50
PLACES: Final = 300
SECRET: Final = ("asker_name", "phone", "address", "words", "call_note", "reason")
TONES: Final = {
    "asked": ("yellow", "clock"),
    "supplied": ("yellow", "clock"),
    "dispatched": ("yellow", "users"),
    "accepted": ("yellow", "user"),
    "done": ("green", "circle-check"),
    "calling": ("orange", "phone"),
    "rated": ("green", "star"),
    "called": ("green", "phone"),
    "declined": ("grey", "circle-x"),
    "not_done": ("grey", "circle-x"),
    "cancelled": ("grey", "circle-x"),
}
GROUPS: Final = {"open": OPEN, "call": ("calling", "done"), "done": DONE}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is asked for. `before` is the day and id of the last line of the page before."""

    state: str = ""
    category: str = ""
    place: str = ""
    before: tuple[date, int] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """An order in a list; nobody is named. `holder` says who has it now."""

    row: ServiceOrder
    category: str
    standing: tuple[str, str, Any]
    late: bool
    holder: str
    due: datetime | None


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody to whom an order was offered, and what they answered."""

    name: str
    role: Any
    answer: Any
    tone: tuple[str, str]
    offered: datetime


@dataclass(frozen=True, slots=True)
class OrderPage:
    """One order with everything that its page shows."""

    line: Line
    way: Way
    steps: list[Step]
    passed: list[tuple[datetime, str]]
    offers: list[Asked]
    verbs: frozenset[str]
    dispatches: bool
    contact: tuple[str, str, str]

    @property
    def row(self) -> ServiceOrder:
        """The order."""
        return self.line.row


@dataclass(frozen=True, slots=True)
class OfferPage:
    """What was offered to somebody; who asked stands there only once they accepted it, and while it is open."""

    offer: OrderOffer
    line: Line
    steps: list[Step]
    shows_contact: bool


def seen_by(actor: Actor) -> QuerySet[ServiceOrder]:
    """The orders that somebody keeps."""
    return ServiceOrder.objects.filter(policies.orders_visible_to(actor))


def listed(actor: Actor, wanted: Wanted) -> tuple[list[Line], str]:
    """A page of orders, and the key of the next; empty where there is none. Raises: list.bad_filter"""
    rows = _rows(seen_by(actor))
    if wanted.state in GROUPS:
        rows = rows.filter(state__in=GROUPS[wanted.state])
    elif wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.category:
        rows = rows.filter(category=wanted.category)
    if wanted.place:
        if not wanted.place.isdecimal() or len(wanted.place) > 18:
            raise InvalidInput("list.bad_filter", "place", value=wanted.place)
        rows = rows.filter(place__community_id=int(wanted.place))
    if wanted.before:
        rows = rows.filter(older("asked_on", wanted.before))
    page = list(rows.order_by("-asked_on", "-pk")[: PAGE + 1])
    more = page[PAGE - 1] if len(page) > PAGE else None
    names = category_names()
    return [line(row, names) for row in page[:PAGE]], f"{more.asked_on}.{more.pk}" if more else ""


def _rows(rows: QuerySet[ServiceOrder]) -> QuerySet[ServiceOrder]:
    waiting = Count("offers", filter=Q(offers__answer="open"))
    return rows.select_related("place__community", "item").defer(*SECRET).annotate(waiting=waiting)


def line(row: ServiceOrder, names: dict[str, str]) -> Line:
    """An order as a list shows it."""
    standing = (*TONES[row.state], ORDER.label(row.state))
    open_still = row.state in (*OPEN, "calling")
    late = bool(row.due and open_still and row.due < clock.now())
    return Line(
        row, names.get(row.category, row.category), standing, late, _holder(row), row.due if open_still else None
    )


def _holder(row: Any) -> str:
    """Who has an order now, in words that name no volunteer."""
    community = row.place.community.name if row.place.community else row.place.name
    if row.state == "dispatched":
        count = getattr(row, "waiting", 0)
        text = ngettext("waits for the answer of %(count)d person", "waits for the answer of %(count)d people", count)
        return text % {"count": count}
    if row.state == "accepted":
        return _("a Party member does it") if row.taken_as == "member" else _("a volunteer does it")
    if row.state == "done" and "rate" in row.steps:
        return _("waits for the rating")
    return community if row.state in ("asked", "supplied", "calling") else ""


def steps_of(row: ServiceOrder, way: Way) -> list[Step]:
    """The steps of the way of an order as a line, under the names that the place gives them."""
    codes = [step for step in way.steps if not row.steps or step.code in row.steps]
    reached = _reached(row)
    found = []
    for at, step in enumerate(codes):
        place = "past" if at < reached else "now" if at == reached else "ahead"
        found.append(Step(STATES[step.code], step.named, place))
    return found


def _reached(row: ServiceOrder) -> int:
    """How many steps of its way an order has passed: the next is the one that is due now."""
    order = {code: at for at, code in enumerate(row.steps)}
    ahead = {
        "asked": "supply" if "supply" in order else "dispatch",
        "supplied": "dispatch",
        "dispatched": "accept",
        "accepted": "accept",
        "done": "rate",
        "calling": "rate",
    }
    code = ahead.get(row.state, "")
    return order.get(code, len(order))


def order_page(actor: Actor, pk: int) -> OrderPage:
    """One order as its desk sees it, who asked masked. Raises: not_found"""
    row = seen_by(actor).select_related("place__community", "item", "case").filter(pk=pk).first()
    if row is None:
        raise NotFound
    way = section().way(row.way)
    asked = list(row.offers.select_related("person").order_by("offered", "pk"))
    counted: Any = row
    counted.waiting = sum(item.answer == "open" for item in asked)
    contact = (mask_name(row.asker_name or ""), mask_phone(row.phone or ""), mask_address(row.address or ""))
    return OrderPage(
        line(row, category_names()),
        way,
        steps_of(row, way),
        [(step.at, _verb(step)) for step in row.passed.order_by("pk")],
        [_asked(item) for item in asked],
        policies.verbs_of(actor, row),
        policies.may_dispatch(actor, row, way),
        contact,
    )


def _asked(item: OrderOffer) -> Asked:
    tones = {"open": ("yellow", "clock"), "accepted": ("green", "circle-check")}
    tone = tones.get(item.answer, ("grey", "dots"))
    return Asked(item.person.name, item.get_taken_as_display(), item.get_answer_display(), tone, item.offered)


def _verb(step: OrderStep) -> str:
    """What was done, in words."""
    words = {
        "ask": _("asked for"),
        "supply": _("the community said who can provide it"),
        "dispatch": _("offered to people"),
        "accept": _("somebody accepted it"),
        "nobody": _("nobody had time; to be dispatched again"),
        "hand_on": _("handed on; to be dispatched again"),
        "take_back": _("taken back; to be dispatched again"),
        "finish": _("done"),
        "rate": _("rated"),
        "call": _("called back"),
        "reopen": _("opened again"),
    }
    return str(words.get(step.verb) or ORDER.label(step.state))


def own_of(actor: Actor) -> list[Line]:
    """The orders that somebody asked for, the newest first."""
    rows = _rows(ServiceOrder.objects.filter(policies.own_orders(actor)))
    names = category_names()
    return [line(row, names) for row in rows.order_by("-pk")[:PAGE]]


@dataclass(frozen=True, slots=True)
class Own:
    """One's own order: how it stands, who has it, and what one may do."""

    line: Line
    steps: list[Step]
    passed: list[tuple[datetime, str]]
    taker: str
    rates: bool
    reopens: bool
    cancels: bool


def own_page(actor: Actor, pk: int) -> Own:
    """One order as who asked for it sees it. Raises: not_found"""
    rows = ServiceOrder.objects.filter(policies.own_orders(actor)).select_related("place__community", "item", "case")
    row = rows.filter(pk=pk).annotate(waiting=Count("offers", filter=Q(offers__answer="open"))).first()
    if row is None:
        raise NotFound
    taker = row.offers.filter(answer="accepted").select_related("person").first()
    return Own(
        line(row, category_names()),
        steps_of(row, section().way(row.way)),
        [(step.at, _verb(step)) for step in row.passed.order_by("pk")],
        mask_name(taker.person.name) if taker else "",
        ORDER.can(row.state, "rate"),
        ORDER.can(row.state, "reopen"),
        ORDER.can(row.state, "cancel"),
    )


def offered_to(actor: Actor) -> tuple[list[OfferPage], list[OfferPage], list[OfferPage]]:
    """What was offered to somebody: to be answered, in their hands, and what they did before."""
    rows = OrderOffer.objects.filter(policies.own_offers(actor)).select_related(
        "order__place__community", "order__item"
    )
    rows = rows.defer(*(f"order__{name}" for name in SECRET))
    names = category_names()
    ways = section()

    def pages(found: Any) -> list[OfferPage]:
        return [
            OfferPage(item, line(item.order, names), steps_of(item.order, ways.way(item.order.way)), False)
            for item in found[:PAGE]
        ]

    new = rows.filter(answer="open", order__state="dispatched").order_by("-pk")
    held = rows.filter(answer="accepted", order__state="accepted").order_by(F("order__due").asc(nulls_last=True))
    over = rows.filter(answer="accepted", order__state__in=DONE).order_by("-pk")
    return pages(new), pages(held), pages(over)


def offer_count(actor: Actor) -> int:
    """How many orders wait for somebody's answer, or to be done by them."""
    waiting = Q(answer="open", order__state="dispatched") | Q(answer="accepted", order__state="accepted")
    return OrderOffer.objects.filter(policies.own_offers(actor)).filter(waiting).count()


def offer_page(actor: Actor, pk: int) -> OfferPage:
    """What was offered to somebody. Raises: not_found"""
    rows = OrderOffer.objects.filter(policies.own_offers(actor), pk=pk)
    offer = rows.select_related("order__place__community", "order__item").first()
    if offer is None:
        raise NotFound
    way = section().way(offer.order.way)
    shown = policies.shows_contact(offer)
    return OfferPage(offer, line(offer.order, category_names()), steps_of(offer.order, way), shown)


def offer_of_order(actor: Actor, order_id: int) -> int | None:
    """The newest offer of an order to somebody."""
    rows = OrderOffer.objects.filter(policies.own_offers(actor), order_id=order_id).order_by("-pk")
    return rows.values_list("pk", flat=True).first()


def order_places_for(actor: Actor) -> list[Place]:
    """The communities, and the compounds in them, for which somebody writes orders down."""
    rows = Place.objects.filter(policies.ordering_places(), policies.keeping_within(actor))
    return list(rows.filter(type__in=(Place.Type.DIVISION, Place.Type.COMPOUND)).order_by("path")[:PLACES])


def places_for(actor: Actor) -> list[Place]:
    """The communities whose menu and orders somebody keeps."""
    return list(Place.objects.filter(policies.keeping_places(actor)).order_by("path")[:PLACES])
