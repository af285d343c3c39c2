"""What all writers of orders share: the locked row, words that are there, who owes the next step, the journal.

Titles of work and facts of the journal hold numbers only, never who asked or what they wish.
"""

from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from linli.cases.operations.clocks import Holder, after, calendar_of, post_at
from linli.cases.operations.owing import owe, settle
from linli.cases.sections import Period
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import NotFound, RuleBroken
from linli.orders import policies
from linli.orders.models import OrderOffer, OrderStep, ServiceOrder
from linli.orders.sections import Way, category_names, section
from linli.orders.workflow import (
    ANSWER_OWED,
    CALL_OWED,
    CONFIRM_OWED,
    DISPATCH_OWED,
    DO_OWED,
    KEEP,
    ORDER,
    SUBJECT,
    SUPPLY_OWED,
)

LONGEST: Final = 500
LONGEST_REASON: Final = 300
# The law leaves ten working days for the time served (志愿服务记录与证明出具办法, Art. 10); half of them is enough.
CONFIRM_WITHIN: Final = Period(amount=5)


def locked(order_id: int) -> ServiceOrder:
    """An order, locked; who may do what with it is asked of that row. Raises: not_found"""
    rows = ServiceOrder.objects.select_for_update(of=("self",)).select_related("place")
    row = rows.filter(pk=order_id).first()
    if row is None:
        raise NotFound
    return row


def kept(actor: Actor, order_id: int) -> ServiceOrder:
    """An order that the actor's desk keeps, locked. Raises: not_found"""
    row = locked(order_id)
    if not policies.may_keep(actor, row.place):
        raise NotFound
    return row


def own(actor: Actor, order_id: int) -> ServiceOrder:
    """An order that the actor asked for, locked. Raises: not_found"""
    row = locked(order_id)
    if actor.user_id is None or row.asker_user_id != actor.user_id:
        raise NotFound
    return row


def taken(actor: Actor, offer_id: int) -> tuple[ServiceOrder, OrderOffer]:
    """What was offered to the actor, with its order, locked. Raises: not_found"""
    found = OrderOffer.objects.filter(policies.own_offers(actor), pk=offer_id).first()
    if found is None:
        raise NotFound
    row = locked(found.order_id)
    found.refresh_from_db()
    return row, found


def taker_of(row: ServiceOrder) -> OrderOffer | None:
    """Who accepted an order."""
    return row.offers.filter(answer="accepted").select_related("person").first()


def require_not_taker(actor: Actor, row: ServiceOrder) -> None:
    """Refuse whoever did it themselves: nobody attests or asks about their own work. Raises: order.own_work"""
    if actor.person_id and row.offers.filter(answer="accepted", person_id=actor.person_id).exists():
        raise RuleBroken("order.own_work", _("Somebody else confirms what you did yourself."))


def way_of(row: ServiceOrder) -> Way:
    """The way that an order goes, by the profile in force."""
    return section().way(row.way)


def goes(row: ServiceOrder, verb: str, step: str = "") -> None:
    """Take an order a step further; `step` is how the journal of its page calls it. Raises: order.state"""
    row.state = ORDER.step(row.state, verb)
    passed(row, step or verb)


def passed(row: ServiceOrder, verb: str) -> None:
    """Note a step for the page of an order."""
    OrderStep.objects.create(order=row, at=clock.now(), verb=verb, state=row.state)


def back(row: ServiceOrder, verb: str) -> None:
    """An order goes back to who dispatches; nothing of what was asked or supplied is lost. Raises: order.state"""
    goes(row, "back_supplied" if row.supplied_on else "back", verb)
    row.dispatched_on = row.accepted_on = None
    row.taken_as = ""


def lapse(row: ServiceOrder) -> None:
    """Whoever has not answered need not any more."""
    row.offers.filter(answer="open").update(answer="lapsed", answered=clock.now())


def saved(actor: Actor, verb: str, row: ServiceOrder, **facts: Any) -> ServiceOrder:
    """Save an order as its next version, hand its next step to who owes it, and write what was done."""
    hold(row)
    return noted(actor, verb, row, **facts)


def noted(actor: Actor, verb: str, row: ServiceOrder, **facts: Any) -> ServiceOrder:
    """Save an order as its next version, and write what was done; who owes its next step, and when, stays."""
    row.version += 1
    row.save()
    done(actor, verb, row, **facts)
    return row


def done(actor: Actor, verb: str, row: ServiceOrder, **facts: Any) -> None:
    """Write to the journal what was done to an order."""
    journal.write(actor, f"order.{verb}", (SUBJECT, row.pk), place_id=row.place_id, facts=facts)


def hold(row: ServiceOrder) -> None:
    """Put the next step of an order on the list of who owes it; it is due in lawful working time (issue 5.3)."""
    for kind in (SUPPLY_OWED, DISPATCH_OWED, ANSWER_OWED, DO_OWED, CALL_OWED):
        settle(kind, (SUBJECT, row.pk))
    row.due = None
    way = way_of(row)
    plan = _plan(row, way)
    if plan is not None:
        kind, within, dispatches = plan
        row.due = after(calendar_of(row.place), clock.now(), within)
        _owe(kind, row, row.due, way if dispatches else None)
    if row.state == "done" and "rate" in row.steps:
        # Until then the resident may rate; from then on the desk calls.
        row.due = after(calendar_of(row.place), clock.now(), way.within("rate"))


def owe_confirming(row: ServiceOrder) -> None:
    """Put the confirmation of the time served on the list of the desk."""
    _owe(CONFIRM_OWED, row, after(calendar_of(row.place), clock.now(), CONFIRM_WITHIN), None)


def owed_no_confirming(row: ServiceOrder) -> None:
    """The time served is confirmed, or is none."""
    settle(CONFIRM_OWED, (SUBJECT, row.pk))


def owe_call(row: ServiceOrder) -> None:
    """Put a call back on the list of the desk, and let the order be due with it."""
    row.due = after(calendar_of(row.place), clock.now(), section().call_within)
    _owe(CALL_OWED, row, row.due, None)


def _plan(row: ServiceOrder, way: Way) -> tuple[str, Period, bool] | None:
    """The kind of work that is owed in a state, within which time, and whether who dispatches owes it."""
    if row.state == "asked" and "supply" in row.steps:
        return SUPPLY_OWED, way.within("supply"), False
    if row.state in ("asked", "supplied"):
        return DISPATCH_OWED, way.within("dispatch"), True
    if row.state == "dispatched":
        return ANSWER_OWED, way.within("accept"), True
    if row.state == "accepted":
        return DO_OWED, way.done_within, True
    return (CALL_OWED, section().call_within, False) if row.state == "calling" else None


def _owe(kind: str, row: ServiceOrder, due: datetime, way: Way | None) -> None:
    posts = way.dispatcher_posts if way else ()
    holder: Holder = post_at(row.place.path, KEEP, posts[0] if posts else "")
    owe(kind, (SUBJECT, row.pk), title_of(row), row.place_id, holder, due, calendar_of(row.place))


def title_of(row: ServiceOrder) -> str:
    """What an order is called on a list of work."""
    return f"{row.number} {category_names().get(row.category, row.category)}".strip()
