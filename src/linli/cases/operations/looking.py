"""Looking at who raised a matter: one record at a time, with a reason, and every look is logged."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.accounts.operations.looking import look_record
from linli.cases.models import Case, Reporter
from linli.cases.policies import cases_visible_to, sees_reporter
from linli.core import journal
from linli.core.actors import Actor
from linli.core.errors import NotAllowed, NotFound


@dataclass(frozen=True, slots=True)
class Unmasked:
    """A reporter's name and phone in the clear, for this one look."""

    name: str
    phone: str
    behalf_of: str


@transaction.atomic
def reporter_unmask(*, actor: Actor, reporter_id: int, reason: str) -> Unmasked:
    """Show one reporter's name and phone in the clear, with a reason that the access log keeps.

    Raises: not_found, reporter.hidden, look.reason_missing
    """
    row = Reporter.objects.select_related("case__place", "case__grid").filter(pk=reporter_id).first()
    if row is None or not Case.objects.filter(cases_visible_to(actor), pk=row.case_id).exists():
        raise NotFound
    if not sees_reporter(actor, row.case, row):
        raise NotAllowed("reporter.hidden", _("The reporter asked not to be shown."))
    look_record(actor=actor, subject=("reporter", row.pk), field="name, phone", reason=reason)
    facts = {"reporter": row.pk}
    journal.write(actor, "case.look", ("case", row.case_id), place_id=row.case.place_id, facts=facts)
    return Unmasked(row.name or "", row.phone or "", row.behalf_of or "")
