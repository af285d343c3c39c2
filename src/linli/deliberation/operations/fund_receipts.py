"""The only writer of which receipts are read by everybody who reads the quarter: hidden until the desk shows them."""

from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.core import files, journal
from linli.core.actors import Actor
from linli.core.errors import NotFound, RuleBroken
from linli.deliberation.models import FundReceipt
from linli.deliberation.operations.funds import locked_entry

KIND: Final = "fund_receipt"


@transaction.atomic
def fund_receipt_show(*, actor: Actor, receipt_id: int, shown: bool) -> FundReceipt:
    """Show a receipt beside its entry once the quarter is public, or hide it again. Whoever shows it says that it names
    nobody.

    Only photos of approved entries: those were written anew when they came, without anything hidden in them.
    Raises: not_found, fund_account.not_yours, fund_receipt.not_approved, fund_receipt.paper
    """
    entry_id = FundReceipt.objects.filter(pk=receipt_id).values_list("entry_id", flat=True).first()
    if entry_id is None:
        raise NotFound
    _account, entry = locked_entry(actor, entry_id)
    row = FundReceipt.objects.select_related("file").get(pk=receipt_id)
    if shown and entry.state != "approved":
        raise RuleBroken("fund_receipt.not_approved", _("Only receipts of approved entries are shown."))
    if shown and row.file.media_type not in files.PHOTOS:
        raise RuleBroken("fund_receipt.paper", _("Only photos are shown: a paper may hold hidden data."))
    row.shown = shown
    row.save(update_fields=["shown"])
    facts = {"entry": entry.pk, "account": entry.account_id}
    journal.write(actor, f"{KIND}.{'show' if shown else 'hide'}", (KIND, row.pk), place_id=entry.place_id, facts=facts)
    return row
