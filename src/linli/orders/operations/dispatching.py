"""The only writers of what leads to a taker: supply found, offered, accepted, declined, handed on (VOL-08).

The dispatcher chooses to whom an order is offered; nobody is made to take one. Declining needs no reason, and is
held against nobody.
"""

from collections.abc import Mapping
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.accounts.models import User
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, RuleBroken
from linli.core.words import said
from linli.orders import policies
from linli.orders.models import OrderOffer, ServiceOrder
from linli.orders.operations.steps import back, goes, kept, lapse, noted, saved, taken, way_of
from linli.orders.queries.suggesting import roles_of

MOST_OFFERED: Final = 20
LONGEST_SUPPLY: Final = 200


@transaction.atomic
def order_supply(*, actor: Actor, order_id: int, supply: str) -> ServiceOrder:
    """Say who can provide what was asked for; in the way of five orders the community does so before dispatch.

    Raises: not_found, order.state, order.no_supply, order.supply
    """
    row = kept(actor, order_id)
    if "supply" not in row.steps:
        raise RuleBroken("order.no_supply", _("Orders of this way are dispatched at once."))
    goes(row, "supply")
    row.supply, row.supplied_on = said(supply, LONGEST_SUPPLY, "order.supply"), clock.today()
    return saved(actor, "supply", row)


@transaction.atomic
def order_dispatch(*, actor: Actor, order_id: int, people: Mapping[int, str]) -> ServiceOrder:
    """Offer an order to people, each as volunteer or Party member; who accepts first takes it.

    Raises: not_found, order.not_dispatcher, order.state, order.supply_first, order.nobody, order.person, order.asker
    """
    row = kept(actor, order_id)
    way = way_of(row)
    policies.require_dispatch(actor, row, way)
    if "supply" in row.steps and row.supplied_on is None:
        raise RuleBroken("order.supply_first", _("The community says first who can provide it."))
    goes(row, "dispatch")
    if not 0 < len(people) <= MOST_OFFERED:
        raise InvalidInput("order.nobody", _("Choose from 1 to %(most)s people."), most=MOST_OFFERED)
    _require_takers(row, people, way.takers)
    held = set(row.offers.filter(answer__in=("open", "declined")).values_list("person_id", flat=True))
    now = clock.now()
    new = [
        OrderOffer(order=row, person_id=person_id, taken_as=role, offered=now)
        for person_id, role in people.items()
        if person_id not in held
    ]
    if not new:
        raise InvalidInput("order.person", _("These people were asked already."))
    OrderOffer.objects.bulk_create(new)
    row.dispatched_on, row.dispatcher = clock.today(), actor.key
    return saved(actor, "dispatch", row, offered=len(new))


def _require_takers(row: ServiceOrder, people: Mapping[int, str], takers: tuple[str, ...]) -> None:
    """Refuse people who are no volunteers or members here, and whoever asked. Raises: order.person, order.asker"""
    roles = roles_of(row.place, people)
    if any(role not in takers or role not in roles.get(pk, ()) for pk, role in people.items()):
        raise InvalidInput("order.person", _("Choose volunteers or Party members of this street."))
    asker = User.objects.filter(pk=row.asker_user_id, person_id__in=people) if row.asker_user_id else None
    if asker is not None and asker.exists():
        raise InvalidInput("order.asker", _("An order is not offered to who asked for it."))


@transaction.atomic
def order_accept(*, actor: Actor, offer_id: int) -> ServiceOrder:
    """Accept an order that was offered to the actor; the first one takes it.

    Raises: not_found, order.taken, order.state
    """
    row, offer = taken(actor, offer_id)
    if offer.answer != "open":
        raise RuleBroken("order.taken", _("Somebody else has taken it, or it is no longer needed. Thank you."))
    goes(row, "accept")
    _answer(offer, "accepted")
    lapse(row)
    row.accepted_on, row.taken_as = clock.today(), offer.taken_as
    return saved(actor, "accept", row, offer=offer.pk)


@transaction.atomic
def order_decline(*, actor: Actor, offer_id: int) -> ServiceOrder:
    """Decline an order, without a reason. When nobody is left, it goes back to who dispatches.

    Raises: not_found, order.taken, order.state
    """
    row, offer = taken(actor, offer_id)
    if offer.answer != "open":
        raise RuleBroken("order.taken", _("Somebody else has taken it, or it is no longer needed. Thank you."))
    _answer(offer, "declined")
    if row.offers.filter(answer="open").exists():
        # The order waits for the others, until the same moment.
        return noted(actor, "decline", row)
    back(row, "nobody")
    return saved(actor, "decline", row)


@transaction.atomic
def order_hand_on(*, actor: Actor, offer_id: int) -> ServiceOrder:
    """Give an accepted order back to who dispatches, without a reason: somebody else is found.

    Raises: not_found, order.not_taken, order.state
    """
    row, offer = taken(actor, offer_id)
    if offer.answer != "accepted" or row.state != "accepted":
        raise RuleBroken("order.not_taken", _("This order is not in your hands."))
    _answer(offer, "handed_on")
    back(row, "hand_on")
    return saved(actor, "hand_on", row)


@transaction.atomic
def order_take_back(*, actor: Actor, order_id: int) -> ServiceOrder:
    """Take an order back from those to whom it was offered or who accepted it, to dispatch it anew.

    Raises: not_found, order.not_dispatcher, order.state
    """
    row = kept(actor, order_id)
    policies.require_dispatch(actor, row, way_of(row))
    back(row, "take_back")
    row.offers.filter(answer="accepted").update(answer="handed_on", answered=clock.now())
    lapse(row)
    return saved(actor, "take_back", row)


def _answer(offer: OrderOffer, answer: str) -> None:
    offer.answer, offer.answered = answer, clock.now()
    offer.save()
