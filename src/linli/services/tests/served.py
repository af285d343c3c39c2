"""Service items, requests, proxies and times, for the tests."""

from datetime import date, time, timedelta
from io import BytesIO
from typing import Any, Final

from PIL import Image

from linli.accounts.neighbourhood import Cast
from linli.core import clock
from linli.core.actors import SYSTEM, VISITOR, Actor
from linli.core.errors import DomainError
from linli.services.models import AppointmentSlot, ServiceItem, ServiceRequest
from linli.services.operations.appointments import Times, appointment_book, slots_add
from linli.services.operations.items import Guide, item_draft, item_publish
from linli.services.operations.proxies import copy_add, proxy_accept
from linli.services.operations.requests import Ask, Receipt, request_ask, request_take

NAME: Final = "秦可卿"
PHONE: Final = "10012345678"
PAPERS: Final = "身份证（原件）\n户口簿（复印件）；照片"
SEEN: Final = ("身份证", "户口簿", "照片")
DAY: Final = timedelta(days=1)


def guide(cast: Cast, place: str = "community", body: str = "department", **values: Any) -> Guide:
    """What is said of an item."""
    given: dict[str, Any] = {"label": "老年优待证", "papers": PAPERS, "days": 5, "by_proxy": True}
    given["organization_id"] = cast.bodies[body].pk if body else None
    return Guide(cast.places[place].pk, **{**given, **values})


def item(cast: Cast, place: str = "community", body: str = "department", **values: Any) -> ServiceItem:
    """An item that everybody may ask for."""
    row = item_draft(actor=SYSTEM, guide=guide(cast, place, body, **values))
    return item_publish(actor=SYSTEM, item_id=row.pk)


def wish(cast: Cast, row: ServiceItem, place: str = "community", **values: Any) -> Ask:
    """A request for an item."""
    return Ask(cast.places[place].pk, row.pk, **{"name": NAME, "phone": PHONE, **values})


def taken(cast: Cast, row: ServiceItem | None = None, actor: Actor | None = None, **values: Any) -> ServiceRequest:
    """A request that the desk took in, with all its papers."""
    given = {"door": "window", "seen": SEEN, **values}
    ask = wish(cast, row or item(cast), **given)
    return request_take(actor=actor or cast.community_worker, ask=ask).request


def asked(cast: Cast, row: ServiceItem | None = None, place: str = "community", **values: Any) -> Receipt:
    """A request that a resident asked for on the page, for an agent to act."""
    given = {"proxy_until": clock.today() + 20 * DAY, **values}
    return request_ask(actor=VISITOR, ask=wish(cast, row or item(cast), place, **given))


def acted(cast: Cast) -> ServiceRequest:
    """A request with an agent, and a copy of a paper."""
    row = asked(cast).request
    proxy_accept(actor=cast.community_worker, request_id=row.pk)
    copy_add(actor=cast.community_worker, request_id=row.pk, name="户口簿", content=picture())
    row.refresh_from_db()
    return row


def picture(side: int = 40) -> BytesIO:
    """A small picture."""
    stream = BytesIO()
    Image.new("RGB", (side, side), (side, 90, 160)).save(stream, "PNG")
    stream.seek(0)
    return stream


def slot(cast: Cast, place: str = "community", capacity: int = 2, on: date | None = None) -> AppointmentSlot:
    """A time for legal advice the day after tomorrow."""
    day = on or clock.today() + 2 * DAY
    times = Times(cast.places[place].pk, "legal", day, time(9), time(11), capacity, "二楼调解室")
    return slots_add(actor=SYSTEM, times=times)[0]


def code_of(call: Any, **given: Any) -> str:
    """The code of what a call refuses; empty where it does not."""
    try:
        call(**given)
    except DomainError as error:
        return error.code
    return ""


def services_made(cast: Cast) -> dict[str, Any]:
    """Requests and times here and in the other place, for the tests over every route."""
    for place in ("community", "far_community"):
        row = item(cast, place, "" if place == "far_community" else "department")
        asked(cast, row, place)
        slot(cast, place)
    mine = acted_at(cast, ServiceItem.objects.get(place=cast.places["community"]))
    booked = appointment_book(
        actor=VISITOR, slot_id=AppointmentSlot.objects.order_by("pk")[0].pk, name=NAME, phone=PHONE
    )
    return {"request": mine, "appointment": booked}


def acted_at(cast: Cast, row: ServiceItem) -> ServiceRequest:
    """A request for an item with an agent and a copy."""
    mine = asked(cast, row, phone="10012345679").request
    proxy_accept(actor=cast.community_worker, request_id=mine.pk)
    copy_add(actor=cast.community_worker, request_id=mine.pk, name="户口簿", content=picture())
    return mine
