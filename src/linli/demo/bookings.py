"""What bodies of the demo place share: parking booked before and promised, a class room that waits for its answer."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from decimal import Decimal

from linli.bookings.models import Booking
from linli.bookings.operations.bookings import Wish, booking_approve, booking_ask, bookings_check
from linli.core import clock
from linli.core.actors import Actor
from linli.demo.conventions import HOME
from linli.demo.days import days_ago
from linli.organizations.models import ResourceOffer
from linli.organizations.operations.groups import Offered, offer_add
from linli.territory.models import Place


def bookings_begin(actors: Mapping[str, Actor]) -> None:
    """Two bodies share something; the community has used it once, and asks again."""
    desk, company, water = actors["shequ"], actors["wuye"], actors["gongshui"]
    with days_ago(40):
        spaces = _share(company, "地下车库错时车位", "12个车位", 12, "当晚八点前离开")
        room = _share(water, "培训教室", "60座，有投影", 1, "请自带饮水，用后关灯")
    with days_ago(9):
        booking_approve(actor=company, booking_id=_ask(desk, spaces, 3, "09:00", "11:30", "老年人义诊停车").pk)
    booking_approve(actor=company, booking_id=_ask(desk, spaces, 4, "08:00", "12:00", "便民大集摊位车辆", 6).pk)
    _ask(desk, room, 6, "14:00", "17:00", "网格员业务培训")
    bookings_check()


def _share(actor: Actor, title: str, quantity: str, amount: int, terms: str) -> ResourceOffer:
    body = actor.organization_ids[0]
    offered = Offered(title, body, quantity=quantity, lending="time", amount=Decimal(amount), terms=terms)
    return offer_add(actor=actor, offered=offered)


def _ask(
    actor: Actor, offer: ResourceOffer, days: int, since: str, until: str, purpose: str, amount: int = 1
) -> Booking:
    day = clock.today() + timedelta(days=days)
    starts, ends = (datetime.combine(day, time.fromisoformat(at), clock.SHANGHAI) for at in (since, until))
    place = Place.objects.get(name=HOME)
    return booking_ask(actor=actor, wish=Wish(offer.pk, Decimal(amount), starts, ends, purpose, place.pk))
