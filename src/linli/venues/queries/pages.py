"""The pages of venues: what everybody sees of one and of its rooms, what its keepers see of a day, one's own bookings.

Nobody but whoever booked and those who keep the venue is told by whom a room is taken.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import F, Q, QuerySet
from django.urls import reverse

from linli.activities.models import Activity
from linli.activities.queries.activities import public_at
from linli.cases.queries.posters import poster_code
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.workflow import Step
from linli.organizations.models import Organization
from linli.organizations.policies import lends_for
from linli.territory.models import MEDIATION_STUDIO, Facility
from linli.venues import policies
from linli.venues.models import ClearingItem, Closure, Occupied, Opening, Room, RoomBooking, SupplyItem, UsePlan
from linli.venues.queries.space import Division, divided, division_of
from linli.venues.queries.times import OpenDays, free_days, said_spans
from linli.venues.queries.works import WorkLine, public_works, works_of
from linli.venues.workflow import HOLDING, ROOM_BOOKING

WEEK: Final = 7
SHOWN: Final = 100
OWN: Final = 50
TONES: Final = {
    "held": ("yellow", "clock"),
    "booked": ("green", "circle-check"),
    "used": ("grey", "circle-check"),
    "returned": ("grey", "circle-x"),
    "cancelled": ("red", "circle-x"),
    "lapsed": ("grey", "circle-x"),
}
ABOVE: Final = tuple(f"facility__place__{level}" for level in ("county", "street", "community"))


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a room: its open hours, and when it is free, in words."""

    day: date
    open: str
    free: str


@dataclass(frozen=True, slots=True)
class RoomPage:
    """A room that can be booked, with the days from one on, and for whom the viewer books."""

    row: Room
    opening: Opening
    days: list[Day]
    parts: list[Room]
    bodies: list[Organization]
    books: bool


@dataclass(frozen=True, slots=True)
class PublicVenue:
    """What everybody sees of a venue; `asking` is where one asks a studio for mediation (SVC-11)."""

    row: Facility
    opening: Opening
    week: list[str]
    today: str
    closures: list[Closure]
    rooms: list[Room]
    supplies: list[SupplyItem]
    programme: list[Activity]
    works: list[WorkLine]
    asking: str


@dataclass(frozen=True, slots=True)
class Line:
    """A booking in a list."""

    row: RoomBooking
    standing: tuple[str, str, Any]


@dataclass(frozen=True, slots=True)
class BookingPage:
    """One booking, the others of its series to come, and what may be done."""

    line: Line
    steps: list[Step]
    series: list[RoomBooking]
    verbs: list[str]
    rules: str

    @property
    def row(self) -> RoomBooking:
        """The booking."""
        return self.line.row


@dataclass(frozen=True, slots=True)
class VenuePage:
    """What those who keep a venue see of it, and of one of its days."""

    row: Facility
    opening: Opening | None
    week: list[str]
    division: Division
    rooms: list[Room]
    day: date
    bookings: list[Line]
    closures: list[Closure]
    plans: list[tuple[UsePlan, list[str]]]
    works: list[WorkLine]
    supplies: list[SupplyItem]
    clearing: list[ClearingItem]
    keeps: bool

    @property
    def freeable(self) -> list[Room]:
        """The rooms that may be freed for residents."""
        return [room for room in self.rooms if room.use != "service"]


def public_list(words: str = "") -> QuerySet[Facility]:
    """The venues whose hours are posted, by place."""
    rows = Facility.objects.filter(policies.public_venues()).select_related("opening", "place")
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(place__name__icontains=words) | Q(kind__icontains=words))
    return rows.order_by("place__path", "name", "pk")


def public_venue(pk: int) -> PublicVenue:
    """One venue for everybody. Raises: not_found"""
    above = [f"place__{level}" for level in ("county", "street", "community")]
    row = Facility.objects.filter(policies.public_venues(), pk=pk).select_related("opening", "place", *above).first()
    if row is None:
        raise NotFound
    today = clock.today()
    days = OpenDays(row, today, today + timedelta(days=90))
    opening = days.opening
    assert opening is not None
    rooms = Room.objects.filter(policies.public_rooms(), facility=row).select_related("part_of").order_by("name", "pk")
    supplies = SupplyItem.objects.filter(facility=row, until=None, amount__gt=0).order_by("kind", "name")
    supplies = supplies.filter(Q(expires=None) | Q(expires__gte=today))
    return PublicVenue(
        row=row,
        opening=opening,
        week=week_of(opening),
        today=said_spans(days.on(today)),
        closures=days.closures,
        rooms=list(rooms),
        supplies=list(supplies[:SHOWN]),
        programme=public_at(row.name, row.place),
        works=public_works(row),
        asking=_asking(row) if row.kind == MEDIATION_STUDIO else "",
    )


def _asking(row: Facility) -> str:
    """Where a dispute is reported at the place of a studio, in the studio's name."""
    asked = urlencode({"asks": "dispute", "address": row.name})
    return f"{reverse('public:poster', args=[poster_code(row.place_id)])}?{asked}"


def week_of(opening: Opening | None) -> list[str]:
    """The hours of each weekday in words, Monday first; empty where it is closed."""
    return [" ".join(spans).replace("-", "–") for spans in opening.hours] if opening else []


def room_page(actor: Actor, pk: int, since: date) -> RoomPage:
    """One room that can be booked, for a week from a day on. Raises: not_found"""
    row = _public_room(pk)
    opening = Opening.objects.get(facility_id=row.facility_id)
    days = [Day(day, said_spans(opened), said_spans(free)) for day, opened, free in free_days(row, since, WEEK)]
    bodies = list(Organization.objects.filter(pk__in=lends_for(actor), until=None).order_by("name"))
    parts = list(Room.objects.filter(policies.public_rooms(), part_of=row).order_by("name"))
    books = policies.may_book(actor, row, None) or bool(bodies)
    return RoomPage(row, opening, days, parts, bodies, books)


def room_calendar(pk: int) -> str:
    """When a room, or a part of it, is taken, as an iCalendar; not by whom. Raises: not_found"""
    row = _public_room(pk)
    since = clock.now() - timedelta(days=31)
    around = Occupied.objects.filter(Q(room=row) | Q(room__part_of=row), held=True, until__gt=since)
    rows = RoomBooking.objects.filter(pk__in=around.values("booking_id"), state__in=("booked", "used"))
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Linli//Venues//ZH", "CALSCALE:GREGORIAN"]
    for booking in rows.order_by("starts", "pk")[:1000]:
        lines += [
            "BEGIN:VEVENT",
            f"UID:room-booking-{booking.pk}@linli",
            f"DTSTAMP:{_stamp(booking.asked)}",
            f"SEQUENCE:{booking.version}",
            f"DTSTART:{_stamp(booking.starts)}",
            f"DTEND:{_stamp(booking.ends)}",
            "SUMMARY:已预订 booked",
            "END:VEVENT",
        ]
    return "\r\n".join([*lines, "END:VCALENDAR"]) + "\r\n"


def mine(actor: Actor) -> list[Line]:
    """One's own bookings, the next one first, then those that are over."""
    rows = RoomBooking.objects.filter(policies.own_bookings(actor)).exclude(state="lapsed")
    found = list(rows.select_related("room__facility").order_by("-starts", "-pk")[:OWN])
    now = clock.now()
    ahead = [row for row in reversed(found) if row.ends > now and row.state in HOLDING]
    return [_line(row) for row in [*ahead, *(row for row in found if row not in ahead)]]


def booking_page(actor: Actor, pk: int) -> BookingPage:
    """One booking for whoever booked it, and for those who keep the venue. Raises: not_found"""
    rows = RoomBooking.objects.select_related("room__facility__place", "organization", "series")
    row = rows.filter(policies.bookings_visible_to(actor), pk=pk).first()
    if row is None:
        raise NotFound
    series: list[RoomBooking] = []
    if row.series_id:
        others = RoomBooking.objects.filter(series_id=row.series_id, state=row.state, starts__gt=row.starts)
        series = list(others.order_by("starts")[:SHOWN])
    opening = Opening.objects.filter(facility_id=row.room.facility_id).first()
    steps = ROOM_BOOKING.line_of_steps(row.state)
    return BookingPage(_line(row), steps, series, policies.verbs_of(actor, row), opening.rules if opening else "")


def venue_page(actor: Actor, pk: int, day: date) -> VenuePage:
    """One venue for those who keep it, decide on it or read figures. Raises: not_found"""
    rows = divided(Facility.objects.filter(policies.venues_visible_to(actor), pk=pk).select_related("place"))
    row = rows.first()
    if row is None:
        raise NotFound
    keeps = policies.may_keep(actor, row.place)
    opening = Opening.objects.filter(facility=row).first()
    rooms = Room.objects.filter(facility=row, until=None)
    ordered = rooms.order_by(F("part_of").asc(nulls_first=True), "name", "pk").select_related("part_of")
    plans = UsePlan.objects.filter(policies.plans_visible_to(actor), room__facility=row)
    plans = plans.select_related("room__facility__place").order_by("-pk")[:SHOWN]
    things = Q(facility=row) if keeps else Q(pk__in=[])
    closures = Closure.objects.filter(facility=row, void=False, last__gte=clock.today()).order_by("since")
    return VenuePage(
        row=row,
        opening=opening,
        week=week_of(opening),
        division=division_of(row),
        rooms=_nested(list(ordered[:SHOWN])),
        day=day,
        bookings=_of_day(row, day) if keeps else [],
        closures=list(closures[:SHOWN]),
        plans=[(plan, policies.plan_verbs(actor, plan)) for plan in plans],
        works=works_of(actor, row),
        supplies=list(SupplyItem.objects.filter(things, until=None).order_by("kind", "name")[:SHOWN]),
        clearing=list(ClearingItem.objects.filter(things).select_related("room").order_by("-pk")[:SHOWN]),
        keeps=keeps,
    )


def _nested(rooms: Sequence[Room]) -> list[Room]:
    """Rooms with their parts right behind them."""
    found: list[Room] = []
    for room in rooms:
        if room.part_of_id is None:
            found += [room, *(part for part in rooms if part.part_of_id == room.pk)]
    return found


def _of_day(facility: Facility, day: date) -> list[Line]:
    rows = RoomBooking.objects.filter(room__facility=facility, state__in=(*HOLDING, "used"))
    there = rows.filter(starts__gte=clock.day_start(day), starts__lt=clock.day_end(day))
    return [_line(row) for row in there.select_related("room", "organization").order_by("starts", "pk")[:SHOWN]]


def _public_room(pk: int) -> Room:
    rows = Room.objects.filter(policies.public_rooms(), pk=pk)
    row = rows.select_related("facility__place", "part_of", *ABOVE).first()
    if row is None:
        raise NotFound
    return row


def _line(row: RoomBooking) -> Line:
    return Line(row, (*TONES[row.state], ROOM_BOOKING.label(row.state)))


def _stamp(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
