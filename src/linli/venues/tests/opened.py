"""Venues with rooms and bookings, for the tests."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

from linli.accounts.testing import Cast
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.errors import DomainError
from linli.territory.models import Facility
from linli.venues.models import Room, RoomBooking
from linli.venues.operations.holding import Wish, room_confirm, room_hold
from linli.venues.operations.plans import plan_propose
from linli.venues.operations.rooms import Open, Sketch, opening_set, room_add
from linli.venues.operations.things import Stock, clearing_add, supply_add
from linli.venues.operations.works import Works, work_plan

DAY: Final = timedelta(days=1)
WEEK: Final = [["09:00-12:00", "14:00-20:00"]] * 5 + [["09:00-12:00"], []]
TERMS: Final[dict[str, Any]] = {"booked_by": "residents", "longest": 180, "ahead": 60}


def code_of(operation: Callable[..., Any], **values: Any) -> str:
    """The code with which an operation refuses; empty where it does not."""
    try:
        operation(**values)
    except DomainError as error:
        return error.code
    return ""


def venue(cast: Cast, place: str = "community", name: str = "春晓党群服务中心", *, posted: bool = True) -> Facility:
    """A centre whose hours are posted."""
    row = Facility.objects.create(name=name, kind="党群服务中心", place=cast.places[place], area_m2=Decimal(300))
    if posted:
        opening_set(actor=SYSTEM, facility_id=row.pk, version=0, opening=Open(WEEK, rules="用后关灯"))
    return row


def room(facility: Facility, name: str = "多功能厅", area: int = 80, part_of: Room | None = None, **more: Any) -> Room:
    """A room that residents book."""
    sketch = Sketch(name, Decimal(area), **{**TERMS, **more})
    part = part_of.pk if part_of else None
    return room_add(actor=SYSTEM, facility_id=facility.pk, sketch=sketch, part_of_id=part)


def hall(cast: Cast, **more: Any) -> tuple[Room, Room, Room]:
    """A hall and its halves."""
    whole = room(venue(cast), **more)
    east, west = (room(whole.facility, f"{side}半厅", 40, whole, **more) for side in ("东", "西"))
    return whole, east, west


def at(hour: int, days: int = 1, minute: int = 0) -> datetime:
    """An hour of a day to come."""
    return datetime.combine(clock.today() + days * DAY, time(hour, minute), clock.SHANGHAI)


def wish(row: Room, since: int = 14, until: int = 16, days: int = 1, **more: Any) -> Wish:
    """Two hours of tomorrow afternoon."""
    return Wish(row.pk, **{"starts": at(since, days), "ends": at(until, days), **more})


def held(cast: Cast, row: Room, role: str = "resident", **more: Any) -> RoomBooking:
    """A time that is held."""
    return room_hold(actor=cast.actors[role], wish=wish(row, **more))[0]


def booked(cast: Cast, row: Room, role: str = "resident", **more: Any) -> RoomBooking:
    """A time that is booked."""
    first = held(cast, row, role, **more)
    return room_confirm(actor=cast.actors[role], booking_id=first.pk, purpose="合唱队排练")


def venues_made(cast: Cast) -> None:
    """Venues with all that is done in them here and in the other place, for the tests over every route."""
    for place, role in (("community", "community_worker"), ("far_community", "outsider")):
        there = venue(cast, place)
        row = room(there)
        booked(cast, row)
        booked(cast, row, role, since=17, until=18)
        idle = room(there, "旧会议室", 20, use="idle", booked_by="")
        plan_propose(actor=cast.actors[role], room_id=idle.pk, text="儿童之家")
        supply_add(actor=SYSTEM, facility_id=there.pk, stock=Stock("碘伏", "medicine", 3))
        clearing_add(actor=SYSTEM, facility_id=there.pk, kind="plate", text="某某工作站")
        days = (clock.today() + 30 * DAY, clock.today() + 40 * DAY)
        work_plan(actor=SYSTEM, facility_id=there.pk, works=Works(*days, ["entrance"], closed=True))
