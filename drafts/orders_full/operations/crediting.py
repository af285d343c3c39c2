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
from linli.orders.sections import section
from linli.points.models import Hold
from linli.points.operations.accounts import credit_account, place_account
from linli.points.operations.earning import credit_give
from linli.points.operations.posting import hold, post_holds, void_holds
from linli.points.values import Reserve, Source
from linli.points.workflow import HOURS

USUAL: Final = 60
# Longer than any order waits; what is reserved is freed when it ends.
KEPT: Final = timedelta(days=400)
ASKED: Final = "service_order"
GIVEN: Final = "service_record"


def reserve(actor: Actor, row: ServiceOrder, by_oneself: bool) -> None:
    """Reserve the time that an item of the menu costs of the asker's own right to ask.

    Raises: order.no_credit, points.short
    """
    if row.item is None or not row.item.for_credit or not section().service_for_service:
        return
    if not by_oneself or actor.person_id is None:
        message = _("This is asked for with time that one gave: sign in with the account of your volunteering.")
        raise RuleBroken("order.no_credit", message)
    account = credit_account(actor.person_id, row.place_id)
    wanted = Reserve(account.pk, row.item.minutes or USUAL, Source(ASKED, row.pk), clock.now() + KEPT)
    row.hold_id = hold(actor=actor, reserves=[wanted])[0].pk


def spend(actor: Actor, row: ServiceOrder) -> None:
    """Take the time served, at most what was reserved; the rest is free again."""
    if row.hold_id is None:
        return
    held = Hold.objects.get(pk=row.hold_id)
    used = place_account(HOURS, "used", row.place_id)
    amount = min(held.amount, row.minutes or held.amount)
    post_holds(
        actor=actor,
        to={held.pk: used.pk},
        rule="service_order",
        day=clock.today(),
        place_id=row.place_id,
        amounts={held.pk: amount},
    )
    row.hold_id = None


def free(actor: Actor, row: ServiceOrder) -> None:
    """Free what was reserved for an order that will not be done."""
    if row.hold_id is not None:
        void_holds(actor=actor, hold_ids=[row.hold_id])
        row.hold_id = None


def give(actor: Actor, row: ServiceOrder, person_id: int, record_id: int) -> None:
    """The taker may ask for as much time as they gave, by the attested record."""
    if section().service_for_service and row.minutes:
        source = Source(GIVEN, record_id)
        credit_give(
            actor=actor,
            person_id=person_id,
            source=source,
            day=row.done_on or clock.today(),
            place_id=row.place_id,
            minutes=row.minutes,
        )
