"""Who asked, in the clear: once for the desk with a reason, and for the taker while the order is in their hands."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.accounts.operations.looking import look_record
from linli.core.actors import Actor
from linli.core.errors import NotAllowed
from linli.orders import policies
from linli.orders.models import ServiceOrder
from linli.orders.operations.steps import done, kept, taken


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
    return _looked(actor, row, reason)


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
    look_record(actor=actor, subject=("service_order", row.pk), field="name, phone, address", reason=reason)
    done(actor, "look", row)
    return Contact(row.asker_name or "", row.phone or "", row.address or "")
