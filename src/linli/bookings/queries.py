"""Bookings as they are read: what can be booked and how much of it is free, one offer with what is held, the lists."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.db.models import DateTimeField, DecimalField, ExpressionWrapper, F, Func, Q, QuerySet, Value
from django.utils.translation import pgettext_lazy

from linli.bookings import policies
from linli.bookings.models import Booking
from linli.bookings.workflow import BOOKING, HOLDING
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.workflow import Step
from linli.organizations.models import Organization, ResourceOffer
from linli.organizations.policies import held_on, lends_for
from linli.territory.models import Place

PAGE: Final = 50
AHEAD: Final = 100
PLACES: Final = 300
TONES: Final = {
    "asked": ("yellow", "clock"),
    "approved": ("green", "circle-check"),
    "used": ("grey", "circle-check"),
    "refused": ("grey", "circle-x"),
    "withdrawn": ("grey", "circle-x"),
    "cancelled": ("red", "circle-x"),
    "lapsed": ("red", "alert-triangle"),
}
VIEWS: Final = (
    ("answer", pgettext_lazy("booking", "to be answered by us")),
    ("ours", pgettext_lazy("booking", "asked for by us")),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is asked for. `before` is the day and id of the last line of the page before; the id is enough."""

    view: str = ""
    state: str = ""
    before: tuple[date, int] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A booking in a list."""

    row: Booking
    wanted_by: str
    standing: tuple[str, str, Any]

    @property
    def one_day(self) -> bool:
        """Whether it ends on the day on which it begins."""
        return clock.day_of(self.row.starts) == clock.day_of(self.row.ends)


@dataclass(frozen=True, slots=True)
class BookingPage:
    """One booking with what may be done."""

    line: Line
    steps: list[Step]
    verbs: list[str]

    @property
    def row(self) -> Booking:
        """The booking."""
        return self.line.row


@dataclass(frozen=True, slots=True)
class OfferPage:
    """One offer that can be booked: how much is free now, and what is held from today on."""

    offer: Any
    held: list[Line]
    places: list[Place]
    bodies: list[Organization]

    @property
    def books(self) -> bool:
        """Whether the actor can ask for it."""
        return bool(self.places or self.bodies)


def seen_by(actor: Actor) -> QuerySet[Booking]:
    """The bookings that somebody sees."""
    rows = Booking.objects.filter(policies.bookings_visible_to(actor))
    return rows.select_related("offer__organization", "offer__place", "place", "organization")


def listed(actor: Actor, wanted: Wanted) -> tuple[list[Line], str]:
    """A page of bookings, the latest first, and the key of the next; empty where there is none."""
    rows = seen_by(actor)
    if wanted.view == "answer":
        rows = rows.filter(policies.to_answer(actor), state="asked")
    elif wanted.view == "ours":
        rows = rows.filter(policies.made_by(actor))
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.before:
        rows = rows.filter(pk__lt=wanted.before[1])
    page = list(rows.order_by("-pk")[: PAGE + 1])
    more = page[PAGE - 1] if len(page) > PAGE else None
    return [_line(row) for row in page[:PAGE]], f"{clock.day_of(more.asked)}.{more.pk}" if more else ""


def booking_page(actor: Actor, pk: int) -> BookingPage:
    """One booking. Raises: not_found"""
    row = seen_by(actor).filter(pk=pk).first()
    if row is None:
        raise NotFound
    return BookingPage(_line(row), BOOKING.line_of_steps(row.state), policies.verbs_of(actor, row))


def bookable(words: str = "") -> QuerySet[Any]:
    """What can be booked today, with what is free of it now; like the bodies that offer it, it is public."""
    rows = ResourceOffer.objects.filter(held_on(clock.today())).exclude(lending="")
    if words:
        rows = rows.filter(
            Q(title__icontains=words) | Q(organization__name__icontains=words) | Q(place__name__icontains=words)
        )
    rows = rows.annotate(free=F("amount") - _held(Value(clock.now()), Value(clock.now())))
    return rows.select_related("organization", "place").order_by("place__path", "title", "pk")


def offer_page(actor: Actor, pk: int) -> OfferPage:
    """One offer that can be booked. Raises: not_found"""
    offer = bookable().filter(pk=pk).first()
    if offer is None:
        raise NotFound
    ahead = Booking.objects.filter(offer=offer, state__in=HOLDING)
    if offer.lending == "time":
        ahead = ahead.filter(ends__gt=clock.day_start(clock.today()))
    rows = ahead.select_related("offer", "place", "organization").order_by("starts", "pk")[:AHEAD]
    places = list(Place.objects.filter(policies.booking_places(actor)).order_by("path")[:PLACES])
    bodies = list(Organization.objects.filter(pk__in=lends_for(actor), until=None).order_by("name"))
    return OfferPage(offer, [_line(row) for row in rows], places, bodies)


def free_of(offer: ResourceOffer, starts: datetime, ends: datetime) -> Decimal:
    """How much of an offer is free in the whole of a time."""
    rows = ResourceOffer.objects.filter(pk=offer.pk)
    free = F("amount") - _held(Value(starts), Value(ends))
    return Decimal(rows.values_list(ExpressionWrapper(free, DecimalField()), flat=True).get())


def _held(starts: Value, ends: Value) -> Func:
    """The most that is held at once in a time, as the database's own guard counts it."""
    instant = DateTimeField()
    starts.output_field = ends.output_field = instant
    return Func(F("pk"), F("lending"), starts, ends, function="booking_held", output_field=DecimalField())


def _line(row: Booking) -> Line:
    by = row.organization.name if row.organization else row.place.name
    return Line(row, by, (*TONES[row.state], BOOKING.label(row.state)))
