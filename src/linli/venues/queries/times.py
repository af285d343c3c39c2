"""When a venue is open and a room is free: hours, closed days and public holidays, bookings with their buffer."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db.models import Q

from linli.core import clock
from linli.core.calendar_table import holidays_between
from linli.territory.models import Facility
from linli.venues.hours import DAYS, Span, free_between, spans_of
from linli.venues.models import Closure, Occupied, Opening, Room


class OpenDays:
    """The open times of a facility on each day from one to another, read in two or three queries."""

    def __init__(self, facility: Facility, since: date, last: date) -> None:
        self.opening: Opening | None = getattr(facility, "opening", None)
        rows = Closure.objects.filter(facility=facility, void=False, since__lte=last, last__gte=since)
        self.closures = list(rows.order_by("since", "pk"))
        place = facility.place
        codes = [item.code for item in (place.county, place.street, place.community) if item]
        always = self.opening is None or self.opening.holidays
        self.holidays = frozenset[date]() if always else holidays_between(codes, since, last)

    def on(self, day: date) -> list[Span]:
        """The open times of a day, none where it is closed."""
        if self.opening is None or day in self.holidays or any(row.since <= day <= row.last for row in self.closures):
            return []
        week = self.opening.hours
        return spans_of(week[day.weekday()], day) if len(week) == DAYS else []


def taken(room: Room, since: datetime, until: datetime) -> list[Span]:
    """What is taken of a room, or of anything inside it, with the buffers; holds that ran out are none."""
    rows = Occupied.objects.filter(Q(room=room) | Q(room__part_of=room), held=True, since__lt=until, until__gt=since)
    rows = rows.exclude(booking__state="held", booking__expires__lte=clock.now())
    return list(rows.order_by("since").values_list("since", "until"))


def free_days(room: Room, since: date, count: int) -> list[tuple[date, list[Span], list[Span]]]:
    """Of each day from one on: its open times, and those in which the room is still free."""
    days = [since + timedelta(days=number) for number in range(count)]
    open_days = OpenDays(room.facility, days[0], days[-1])
    busy = taken(room, clock.day_start(days[0]), clock.day_end(days[-1]))
    earliest = clock.now() + timedelta(minutes=room.notice)
    last = clock.today() + timedelta(days=room.ahead)
    opened = {day: open_days.on(day) for day in days}
    return [
        (day, opened[day], free_between(opened[day], busy, room.buffer, earliest) if day <= last else [])
        for day in days
    ]


def said_spans(spans: Sequence[Span]) -> str:
    """Times of a day as people write them."""
    return "、".join(f"{_hour(start)}–{_hour(end)}" for start, end in spans)


def _hour(at: datetime) -> str:
    return f"{at.astimezone(clock.SHANGHAI):%H:%M}"
