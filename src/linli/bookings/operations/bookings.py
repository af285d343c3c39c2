"""The only writers of bookings: asked for, promised or refused, withdrawn, cancelled, over.

Whoever writes one holds the lock of its offer, so that bookings of one offer come one after another; that no more is
held than there is, the database checks once more by itself.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.bookings import policies
from linli.bookings.models import Booking
from linli.bookings.queries import free_of
from linli.bookings.sections import section
from linli.bookings.workflow import ANSWER_OWED, BOOKING, KIND
from linli.cases.operations.clocks import Holder, after, calendar_of, post_at
from linli.cases.operations.owing import owe, settle
from linli.cases.sections import Period
from linli.core import clock, journal
from linli.core.actors import SYSTEM, Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.core.words import said
from linli.organizations.models import Organization, ResourceOffer
from linli.organizations.policies import MANAGE, held_on, lends_for
from linli.territory.models import Place

LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Wish:
    """How much of an offer is wanted, from when to when, for what: for a community, or for a body of one's own."""

    offer_id: int
    amount: Decimal
    starts: datetime
    ends: datetime
    purpose: str
    place_id: int | None = None
    organization_id: int | None = None


@transaction.atomic
def booking_ask(*, actor: Actor, wish: Wish) -> Booking:
    """Ask for what a body shares; it is held from now on, and whoever shares it owes an answer (JNT-08).

    Raises: not_found, booking.not_offered, booking.span, booking.amount, booking.purpose, booking.full
    """
    offer = _offer(wish.offer_id)
    row = Booking(offer=offer, starts=wish.starts, ends=wish.ends, asked=clock.now(), asked_by=actor.key)
    row.place, row.organization = _for(actor, wish)
    row.purpose = said(wish.purpose, LONGEST, "booking.purpose")
    _require_span(offer, row)
    row.amount = _amount(offer, wish.amount)
    free = free_of(offer, row.starts, row.ends)
    if row.amount > free:
        message = _("Only %(free)s of it are free in this time.") if free else _("It is taken in this time.")
        raise RuleBroken("booking.full", message, free=f"{free.normalize():f}")
    row.save(force_insert=True)
    days = calendar_of(offer.place)
    due = min(after(days, clock.now(), Period(amount=section().answer_days)), row.starts)
    owe(ANSWER_OWED, (KIND, row.pk), offer.title, offer.place_id, _holder(offer), due, days)
    _done(actor, "ask", row, amount=str(row.amount))
    return row


def booking_approve(*, actor: Actor, booking_id: int) -> Booking:
    """Promise what was asked for. Raises: not_found, booking.not_yours, booking.own, booking.state, booking.past"""
    return _answer(actor, booking_id, "approve")


def booking_refuse(*, actor: Actor, booking_id: int, reason: str) -> Booking:
    """Refuse what was asked for, with a reason.

    Raises: not_found, booking.not_yours, booking.own, booking.state, booking.reason
    """
    return _answer(actor, booking_id, "refuse", reason)


def booking_cancel(*, actor: Actor, booking_id: int, reason: str) -> Booking:
    """Take a promise back before its time is over, with a reason.

    Raises: not_found, booking.not_yours, booking.own, booking.state, booking.past, booking.reason
    """
    return _answer(actor, booking_id, "cancel", reason)


@transaction.atomic
def booking_withdraw(*, actor: Actor, booking_id: int, reason: str) -> Booking:
    """Give back what was asked for or promised, with a reason; it is free again.

    Raises: not_found, booking.not_yours, booking.state, booking.past, booking.reason
    """
    row = _locked(actor, booking_id)
    policies.require_withdraw(actor, row)
    return _moved(actor, row, "withdraw", reason)


@transaction.atomic
def bookings_check(*, at: datetime | None = None) -> int:
    """End what is over: promised bookings took place, unanswered ones lapse. Gives how many."""
    now = at or clock.now()
    rows = Booking.objects.select_for_update(of=("self",), skip_locked=True).select_related("offer")
    over = [*rows.filter(state="asked", starts__lte=now), *rows.filter(state="approved", ends__lte=now)]
    for row in over:
        _step(SYSTEM, row, "lapse" if row.state == "asked" else "pass")
    return len(over)


@transaction.atomic
def _answer(actor: Actor, booking_id: int, verb: str, reason: str | None = None) -> Booking:
    row = _locked(actor, booking_id)
    policies.require_answer(actor, row)
    return _moved(actor, row, verb, reason)


def _moved(actor: Actor, row: Booking, verb: str, reason: str | None) -> Booking:
    BOOKING.step(row.state, verb)
    if verb != "refuse" and (row.starts if row.state == "asked" else row.ends) <= clock.now():
        raise RuleBroken("booking.past", _("Its time is over."))
    if reason is not None:
        row.reason = said(reason, LONGEST, "booking.reason")
    row.answered = row.answered or clock.now()
    return _step(actor, row, verb)


def _step(actor: Actor, row: Booking, verb: str) -> Booking:
    row.state = BOOKING.step(row.state, verb)
    row.version += 1
    row.save()
    settle(ANSWER_OWED, (KIND, row.pk))
    _done(actor, verb, row)
    return row


def _offer(pk: int) -> ResourceOffer:
    """An offer of today that can be booked, locked. Raises: not_found, booking.not_offered"""
    rows = ResourceOffer.objects.select_for_update(of=("self",)).select_related("place", "organization")
    offer = rows.filter(held_on(clock.today()), pk=pk).first()
    if offer is None:
        raise NotFound
    if not offer.lending:
        raise RuleBroken("booking.not_offered", _("This cannot be booked; ask the body itself."))
    return offer


def _locked(actor: Actor, booking_id: int) -> Booking:
    seen = Booking.objects.filter(policies.bookings_visible_to(actor), pk=booking_id)
    offer_id = seen.values_list("offer_id", flat=True).first()
    if offer_id is None:
        raise NotFound
    # Always the offer first, as whoever asks for it does.
    ResourceOffer.objects.select_for_update().get(pk=offer_id)
    rows = Booking.objects.select_for_update(of=("self",)).select_related("offer__place", "offer__organization")
    return rows.select_related("place", "offer__place", "offer__organization").get(pk=booking_id)


def _for(actor: Actor, wish: Wish) -> tuple[Place, Organization | None]:
    """Where it is wanted, and the body that books if it is one. Raises: not_found"""
    if wish.organization_id:
        bodies = Organization.objects.filter(pk=wish.organization_id, until=None).select_related("place")
        body = bodies.filter(pk__in=lends_for(actor)).first()
        if body is None:
            raise NotFound
        return body.place, body
    place = Place.objects.filter(policies.booking_places(actor), pk=wish.place_id or 0).first()
    if place is None:
        raise NotFound
    return place, None


def _require_span(offer: ResourceOffer, row: Booking) -> None:
    """Refuse a time that is none. Raises: booking.span"""
    rules, now = section(), clock.now()
    if not now < row.starts < row.ends:
        raise InvalidInput("booking.span", _("It begins in the future and ends after it begins."))
    if row.starts > now + timedelta(days=rules.ahead_days) or row.ends - row.starts > timedelta(days=rules.most_days):
        message = _("One books at most %(ahead)s days ahead and for at most %(most)s days.")
        raise InvalidInput("booking.span", message, ahead=rules.ahead_days, most=rules.most_days)
    if offer.until and clock.day_of(row.ends) >= offer.until:
        raise InvalidInput("booking.span", _("It is offered until %(day)s only."), day=f"{offer.until:%Y-%m-%d}")


def _amount(offer: ResourceOffer, amount: Decimal) -> Decimal:
    """How much is wanted. Raises: booking.amount"""
    whole = offer.lending != "time" or amount == amount.to_integral_value()
    if amount <= 0 or not whole or amount != round(amount, 2):
        raise InvalidInput("booking.amount", _("Say how much of it you need: a whole number, or a sum in yuan."))
    return amount


def _holder(offer: ResourceOffer) -> Holder:
    """Who owes the answer: the body, else whoever keeps the list of offers there."""
    return (
        Holder(organization_id=offer.organization_id)
        if policies.answers_itself(offer)
        else post_at(offer.place.path, MANAGE)
    )


def _done(actor: Actor, verb: str, row: Booking, **facts: Any) -> None:
    facts |= {"offer": row.offer_id}
    journal.write(actor, f"{KIND}.{verb}", (KIND, row.pk), place_id=row.place_id, facts=facts)
