"""Who asked, in the clear: once for the desk with a reason, and for the taker while the order is in their hands."""

from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.accounts.models import Look
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotAllowed
from linli.core.words import said
from linli.orders import policies
from linli.orders.models import ServiceOrder
from linli.orders.operations.steps import done, kept, taken

LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Contact:
    """Who asked, how to call them, and where they are, for this one look."""

    name: str
    phone: str
    address: str


@transaction.atomic
def contact_unmask(*, actor: Actor, order_id: int, reason: str) -> Contact:
    """Show the desk who asked, with a reason that the access log keeps. Raises: not_found, look.reason_missing"""
    row = kept(actor, order_id)
    return _looked(actor, row, said(reason, LONGEST, "look.reason_missing"))


@transaction.atomic
def contact_for_taker(*, actor: Actor, offer_id: int) -> Contact:
    """Show a taker who asked, while the order is in their hands; the access log keeps it.

    Raises: not_found, order.contact_hidden
    """
    row, offer = taken(actor, offer_id)
    offer.order = row
    if not policies.shows_contact(offer):
        raise NotAllowed("order.contact_hidden", _("Who asked is shown to who accepted, while the order is open."))
    return _looked(actor, row, str(_("service order in hand")))


def _looked(actor: Actor, row: ServiceOrder, reason: str) -> Contact:
    Look.objects.create(
        at=clock.now(),
        actor=actor.key,
        subject_type="service_order",
        subject_id=row.pk,
        field="name, phone, address",
        reason=reason,
    )
    done(actor, "look", row)
    return Contact(row.asker_name or "", row.phone or "", row.address or "")
