"""What is shared and booked, for the tests."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

from linli.accounts.testing import Cast
from linli.bookings.models import Booking
from linli.bookings.operations.bookings import Wish, booking_ask
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.organizations.models import ResourceOffer
from linli.organizations.operations.groups import Offered, offer_add

DAY: Final = timedelta(days=1)


def shared(cast: Cast, body: str = "property_company", lending: str = "time", amount: int = 3, **more: Any) -> Any:
    """Something that a body shares: three parking spaces of the property company, if nothing else is said."""
    given: dict[str, Any] = {"title": "共享车位", "quantity": "3个车位", **more}
    offered = Offered(organization_id=cast.bodies[body].pk, lending=lending, amount=Decimal(amount), **given)
    return offer_add(actor=SYSTEM, offered=offered)


def at(hour: int, days: int = 1) -> datetime:
    """An hour of a day to come."""
    return datetime.combine(clock.today() + days * DAY, time(hour), clock.SHANGHAI)


def wish(cast: Cast, offer: ResourceOffer, since: int = 9, until: int = 12, **more: Any) -> Wish:
    """A morning of tomorrow for the community."""
    given: dict[str, Any] = {"amount": Decimal(1), "starts": at(since), "ends": at(until), "purpose": "义诊停车"}
    given |= more
    if "organization_id" not in given:
        given.setdefault("place_id", cast.places["community"].pk)
    return Wish(offer.pk, **given)


def booked(cast: Cast, offer: ResourceOffer, role: str = "community_worker", **more: Any) -> Booking:
    """One that was asked for."""
    return booking_ask(actor=cast.actors[role], wish=wish(cast, offer, **more))


def bookings_made(cast: Cast) -> None:
    """Something shared and asked for here and in the other place, for the tests over every route."""
    for place, body in (("community", "property_company"), ("far_community", "far_office")):
        offer = shared(cast, body)
        for hour in (9, 13):
            given = wish(cast, offer, hour, hour + 2, place_id=cast.places[place].pk)
            booking_ask(actor=SYSTEM, wish=given)
