"""The only writers of how orders end: done, rated, called back, opened again, could not be done, cancelled (VOL-08).

Only who asked rates, after it is done, once. Whoever did it neither rates nor calls back nor confirms the time.
"""

from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.operations.intake import Report, case_register
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.core.words import at_most, said
from linli.orders import policies
from linli.orders.models import ServiceOrder
from linli.orders.operations import crediting
from linli.orders.operations.confirming import confirmed
from linli.orders.operations.steps import (
    LONGEST_REASON,
    goes,
    kept,
    lapse,
    locked,
    noted,
    owe_confirming,
    owed_no_confirming,
    own,
    require_not_taker,
    saved,
    taken,
    taker_of,
)
from linli.orders.workflow import CALLS, LOW, ORDER, RATINGS

MOST_MINUTES: Final = 24 * 60
LONGEST_WORDS: Final = 300


@transaction.atomic
def order_finish(*, actor: Actor, offer_id: int, minutes: int) -> ServiceOrder:
    """Say that an order is done, and how many minutes were served; whoever dispatched or asked confirms that.

    Raises: not_found, order.not_taken, order.state, order.minutes
    """
    row, offer = taken(actor, offer_id)
    if offer.answer != "accepted":
        raise RuleBroken("order.not_taken", _("This order is not in your hands."))
    return _finish(actor, row, minutes)


@transaction.atomic
def order_finish_for(*, actor: Actor, order_id: int, minutes: int) -> ServiceOrder:
    """Write down at the desk that an order is done, for a taker who has no phone at hand.

    Raises: not_found, order.state, order.minutes
    """
    row = kept(actor, order_id)
    return _finish(actor, row, minutes)


def _finish(actor: Actor, row: ServiceOrder, minutes: int) -> ServiceOrder:
    goes(row, "finish")
    if not 0 < minutes <= MOST_MINUTES:
        raise InvalidInput("order.minutes", _("Write how many minutes it took, from 1 to 1440."))
    row.minutes, row.done_on = minutes, clock.today()
    crediting.spend(actor, row)
    owe_confirming(row)
    return saved(actor, "finish", row, minutes=minutes)


@transaction.atomic
def order_confirm(*, actor: Actor, order_id: int, minutes: int) -> ServiceOrder:
    """Confirm the time served, as it was said or corrected: it becomes an attested record of service.

    Raises: not_found, order.state, order.own_work, order.confirmed, order.minutes, order.no_taker
    """
    row = kept(actor, order_id)
    ORDER.step(row.state, "confirm")
    require_not_taker(actor, row)
    if not 0 < minutes <= MOST_MINUTES:
        raise InvalidInput("order.minutes", _("Write how many minutes it took, from 1 to 1440."))
    if row.confirmed_on is not None:
        raise RuleBroken("order.confirmed", _("The time is confirmed already."))
    taker = taker_of(row)
    if taker is None:
        raise RuleBroken("order.no_taker", _("Nobody accepted this order here."))
    row.minutes = minutes
    confirmed(actor, row, taker)
    return noted(actor, "confirm", row, minutes=minutes)


@transaction.atomic
def order_rate(*, actor: Actor, order_id: int, rating: str, words: str = "") -> ServiceOrder:
    """Rate an order, by whoever asked for it, once it is done, once. A low rating is called back.

    Who rates well also says that the time was served: it is confirmed, unless the desk did so before.

    Raises: not_found, order.state, order.rating, order.too_long, order.own_work
    """
    row = own(actor, order_id)
    require_not_taker(actor, row)
    if rating not in dict(RATINGS):
        raise InvalidInput("order.rating", _("Choose from one to five."))
    goes(row, "rate_low" if rating in LOW else "rate", "rate")
    row.rating, row.rated_on = rating, clock.today()
    row.words = at_most(words, LONGEST_WORDS, "order.too_long")
    taker = taker_of(row)
    if rating not in LOW and row.confirmed_on is None and taker is not None:
        confirmed(actor, row, taker)
    # What a resident said of somebody stays out of the journal.
    return saved(actor, "rate", row, low=rating in LOW)


@transaction.atomic
def order_call(*, actor: Actor, order_id: int, call: str, note: str = "") -> ServiceOrder:
    """Write down the call back to whoever did not rate, or rated low. It says how the call went; it rates nothing.

    Raises: not_found, order.state, order.own_work, order.call, order.too_long
    """
    row = kept(actor, order_id)
    require_not_taker(actor, row)
    if call not in dict(CALLS):
        raise InvalidInput("order.call", _("Say how the call went."))
    goes(row, "call")
    row.call, row.called_on = call, clock.today()
    row.call_note = at_most(note, LONGEST_WORDS, "order.too_long")
    return saved(actor, "call", row, call=call)


@transaction.atomic
def order_reopen(*, actor: Actor, order_id: int) -> ServiceOrder:
    """Open an order again that is not done after all: by who asked for it, or the desk. Somebody else may be found.

    Time that was confirmed stays: it was served, and what is served anew is another record.
    Raises: not_found, order.state
    """
    row = locked(order_id)
    asked_it = actor.user_id is not None and row.asker_user_id == actor.user_id
    if not asked_it and not policies.may_keep(actor, row.place):
        raise NotFound
    goes(row, "reopen")
    row.offers.filter(answer="accepted").update(answer="handed_on", answered=clock.now())
    owed_no_confirming(row)
    crediting.reopen(actor, row)
    row.reopened += 1
    row.dispatched_on = row.accepted_on = row.done_on = row.rated_on = row.supplied_on = None
    row.rating = row.taken_as = row.words = ""
    row.minutes = row.confirmed_on = row.service_record = None
    return saved(actor, "reopen", row)


@transaction.atomic
def order_cancel(*, actor: Actor, order_id: int) -> ServiceOrder:
    """Cancel one's own order, while nobody has done it; no reason is asked for. Raises: not_found, order.state"""
    row = own(actor, order_id)
    goes(row, "cancel")
    return _end(actor, row, "cancel")


@transaction.atomic
def order_cancel_for(*, actor: Actor, order_id: int, reason: str) -> ServiceOrder:
    """Cancel an order at the desk because who asked for it says so. Raises: not_found, order.state, order.reason"""
    row = kept(actor, order_id)
    goes(row, "cancel")
    row.reason = said(reason, LONGEST_REASON, "order.reason")
    return _end(actor, row, "cancel")


@transaction.atomic
def order_refuse(*, actor: Actor, order_id: int, reason: str, as_case: bool = False) -> ServiceOrder:
    """Say that something cannot be offered, and why; or hand it over as a matter to whoever has to deal with it.

    Raises: not_found, order.state, order.reason, and what case_register raises
    """
    return _without(actor, order_id, "refuse", reason, as_case)


@transaction.atomic
def order_fail(*, actor: Actor, order_id: int, reason: str, as_case: bool = False) -> ServiceOrder:
    """Say that an order could not be done, and why; or hand it over as a matter.

    Raises: not_found, order.state, order.reason, and what case_register raises
    """
    return _without(actor, order_id, "fail", reason, as_case)


def _without(actor: Actor, order_id: int, verb: str, reason: str, as_case: bool) -> ServiceOrder:
    row = kept(actor, order_id)
    goes(row, verb)
    row.reason = said(reason, LONGEST_REASON, "order.reason")
    if as_case:
        name, phone, address = row.asker_name or "", row.phone or "", row.address or ""
        text = row.text or (row.item.label if row.item else row.number)
        report = Report(
            text, row.place_id, kind="help_request", source="phone", address=address, reporter_name=name, phone=phone
        )
        row.case_id = case_register(actor=actor, report=report).case_id
    return _end(actor, row, verb, case=row.case_id)


def _end(actor: Actor, row: ServiceOrder, verb: str, **facts: int | None) -> ServiceOrder:
    lapse(row)
    crediting.free(actor, row)
    row.ended_on = clock.today()
    return saved(actor, verb, row, **facts)
