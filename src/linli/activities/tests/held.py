"""Activities on their way, for the tests."""

from datetime import time, timedelta
from io import BytesIO
from typing import Any, Final

from PIL import Image

from linli.accounts.testing import Cast
from linli.activities.models import Activity, ActivityProgramme, ActivityShift, SignUp
from linli.activities.operations.activities import Outcome, Plan, ShiftPlan, activity_hold, activity_plan
from linli.activities.operations.attending import attendance_list
from linli.activities.operations.photos import photo_add
from linli.activities.operations.programmes import Programme, programme_open
from linli.activities.operations.signing import sign_up, sign_up_for
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.organizations.operations.people import Named

NAME: Final = "清扫楼道"
MORNING: Final = ShiftPlan(time(9), time(11), 2)
ALL_DAY: Final = ShiftPlan(time(0), time(23, 59), 5)
GPS: Final = 0x8825
GUEST: Final = Named("宁采臣", "10033330001")


def plan(cast: Cast, place: str = "community", **values: Any) -> Plan:
    """Cleaning on the morning of today, two places."""
    given: dict[str, Any] = {"content": NAME, "day": clock.today(), "venue": "三号楼", "shifts": (MORNING,), **values}
    return Plan(cast.places[place].pk, **given)


def activity_made(cast: Cast, place: str = "community", **values: Any) -> Activity:
    """One that is planned."""
    return activity_plan(actor=SYSTEM, plan=plan(cast, place, **values))


def shift_of(row: Activity) -> ActivityShift:
    """Its first shift."""
    return row.shifts.order_by("pk")[0]


def signed(cast: Cast, row: Activity, who: str = "grid_worker") -> SignUp:
    """The sign-up of somebody of the cast."""
    return sign_up(actor=cast.actors[who], shift_id=shift_of(row).pk, fits=True).row


def held_made(cast: Cast, *who: str, place: str = "community", **values: Any) -> Activity:
    """One that was held this morning, to which these people came; their hours wait."""
    row = activity_made(cast, place, **values)
    ids = [signed(cast, row, name).pk for name in who]
    attendance_list(actor=SYSTEM, activity_id=row.pk, came=ids)
    return activity_hold(actor=SYSTEM, activity_id=row.pk, outcome=Outcome(served=30, attended=12))


def programme_made(cast: Cast, place: str = "community", **values: Any) -> ActivityProgramme:
    """A monthly day."""
    given: dict[str, Any] = {"title": "每月红色星期天", "rhythm": "month", "starts": time(9), **values}
    return programme_open(actor=SYSTEM, programme=Programme(place_id=cast.places[place].pk, **given))


def activities_made(cast: Cast) -> None:
    """Activities here and in the other place, for the tests over every route."""
    for far, place in enumerate(("community", "far_community")):
        programme = programme_made(cast, place)
        ahead = activity_made(cast, place, day=clock.today() + timedelta(days=3), programme_id=programme.pk)
        _guest(ahead, "宁采臣", far)
        _guest(activity_made(cast, place, content="今天的义诊", shifts=(ALL_DAY,)), "燕赤霞", far)
        over = activity_made(cast, place, content="义务理发", shifts=(ALL_DAY,))
        item = _guest(over, "聂小倩", far)
        attendance_list(actor=SYSTEM, activity_id=over.pk, came=[item.pk])
        activity_hold(actor=SYSTEM, activity_id=over.pk, outcome=Outcome(served=10))
        photo_add(actor=SYSTEM, activity_id=over.pk, stream=picture(far), name="现场.jpg")


def picture(shade: int = 0, place: bool = False) -> BytesIO:
    """A photo of a camera; with `place` one that says where it was taken."""
    kept, stream = Image.Exif(), BytesIO()
    if place:
        kept.get_ifd(GPS)[1] = "N"
    Image.new("RGB", (640, 480), (shade, 90, 60)).save(stream, "JPEG", exif=kept)
    stream.seek(0)
    return stream


def _guest(row: Activity, name: str, far: int) -> SignUp:
    """Somebody else at each place, for nobody is at two at once."""
    return sign_up_for(actor=SYSTEM, shift_id=shift_of(row).pk, named=Named(name, f"1003333000{far}")).row
