"""Service for service (VOL-11): time given earns the right to ask for time, in an account of its own.

Certified hours are another account: whatever is asked for never lowers them. Nobody can ask for more than they have.
"""

from datetime import timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import RuleBroken
from linli.orders.models import ServiceOrder
from linli.orders.queries.credit import cost_of
from linli.orders.sections import section
from linli.points.models import Hold
from linli.points.operations.accounts import place_account
from linli.points.operations.earning import CREDIT_BACK, CREDIT_TAKEN, credit_give
from linli.points.operations.members import credit_account
from linli.points.operations.posting import hold, post, post_holds, void_holds
from linli.points.values import Move, Reserve, Source
from linli.points.workflow import HOURS, USED

# Longer than any order waits; what is set aside is free again when it ends.
KEPT: Final = timedelta(days=400)
ASKED: Final = "service_order"
GIVEN: Final = "service_record"


def reserve(actor: Actor, row: ServiceOrder) -> None:
    """Set aside what an item of the menu costs of the asker's own right to ask. Raises: order.no_credit"""
    minutes = cost_of(row.item)
    if not minutes:
        return
    if row.asker_user_id is None or actor.person_id is None:
        raise RuleBroken(
            "order.no_credit",
            _("This is asked for with time that one gave: who gave it asks with their own account."),
        )
    account = credit_account(actor.person_id, row.place_id)
    try:
        row.hold_id = _set_aside(actor, account.pk, minutes, Source(ASKED, row.pk))
    except RuleBroken as error:
        if error.code != "points.short":
            raise
        message = _("This takes %(minutes)s minutes of the time that you gave; you have less left.")
        raise RuleBroken("order.no_credit", message, minutes=minutes) from error


def _set_aside(actor: Actor, account_id: int, minutes: int, source: Source) -> int:
    return hold(actor=actor, reserves=[Reserve(account_id, minutes, source, clock.now() + KEPT)])[0].pk


def spend(actor: Actor, row: ServiceOrder) -> None:
    """Take the time served, at most what was set aside; the rest is free again."""
    held = _hold(row, "held")
    if held is not None:
        post_holds(
            actor=actor,
            to={held.pk: _used(row)},
            rule=CREDIT_TAKEN,
            day=clock.today(),
            place_id=row.place_id,
            amounts={held.pk: min(held.amount, row.minutes or held.amount)},
        )


def settle(actor: Actor, row: ServiceOrder) -> None:
    """Give back what was taken above the time that is confirmed."""
    held = _hold(row, "posted")
    if held is not None and row.minutes is not None:
        _give_back(actor, row, held, held.posted - row.minutes)


def reopen(actor: Actor, row: ServiceOrder) -> None:
    """Set aside anew what was taken for an order that is not done after all. What was served and confirmed stays taken:
    what is still done of that order costs nothing more.
    """
    held = _hold(row, "posted")
    if held is None:
        return
    row.hold_id = None
    if row.confirmed_on is None:
        _give_back(actor, row, held, held.posted)
        row.hold_id = _set_aside(actor, held.account_id, held.posted, Source(ASKED, row.pk, held.edition + 1))


def free(actor: Actor, row: ServiceOrder) -> None:
    """Free what was set aside for an order that will not be done."""
    held = _hold(row, "held")
    if held is not None:
        void_holds(actor=actor, hold_ids=[held.pk])


def give(actor: Actor, row: ServiceOrder, person_id: int) -> None:
    """Whoever served may ask for as much time as they gave, by the attested record."""
    if section().service_for_service and row.minutes and row.service_record_id:
        credit_give(
            actor=actor,
            person_id=person_id,
            source=Source(GIVEN, row.service_record_id),
            day=row.done_on or clock.today(),
            place_id=row.place_id,
            minutes=row.minutes,
        )


def _hold(row: ServiceOrder, state: str) -> Hold | None:
    return Hold.objects.filter(pk=row.hold_id, state=state).first() if row.hold_id else None


def _used(row: ServiceOrder) -> int:
    return place_account(HOURS, USED, row.place_id).pk


def _give_back(actor: Actor, row: ServiceOrder, held: Hold, minutes: int) -> None:
    if minutes > 0:
        source = Source(held.source_type, held.source_id, held.edition)
        move = Move(_used(row), held.account_id, minutes, source, CREDIT_BACK, HOURS)
        post(actor=actor, moves=[move], day=clock.today(), place_id=row.place_id)
