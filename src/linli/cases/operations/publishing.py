"""What everybody may read about a matter: a summary that the desk writes for it, and withdraws again.

The report itself is never published. Open311 shows nothing but these summaries.
"""

from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.models import Case, PublicSummary
from linli.cases.operations.steps import said
from linli.cases.policies import cases_visible_to, may_publish
from linli.core import clock, journal, masks
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotAllowed, NotFound, RuleBroken

LONGEST: Final = 500


@transaction.atomic
def summary_publish(*, actor: Actor, case_id: int, text: str) -> PublicSummary:
    """Publish a summary of a matter, in place of an earlier one.

    Disputes and complaints are never published, nor text that holds phone or identity numbers.
    Raises: not_found, summary.not_yours, summary.confidential, summary.text_missing, case.too_long, summary.personal
    """
    case = _locked(actor, case_id)
    if case.confidential or case.kind in ("complaint", "dispute"):
        raise RuleBroken("summary.confidential", _("Disputes and complaints are not published."))
    words = said(text, "summary.text_missing", LONGEST)
    found = len(masks.phone_numbers(words)) + len(masks.identity_numbers(words))
    if found:
        raise InvalidInput(
            "summary.personal", _("The text holds a phone or identity number; please leave it out."), found=found
        )
    values = {"text": words, "published": clock.now(), "published_by": actor.key, "withdrawn": None}
    row, _made = PublicSummary.objects.update_or_create(case=case, defaults=values)
    journal.write(actor, "case.publish", ("case", case.pk), place_id=case.place_id, facts={"summary": row.pk})
    return row


@transaction.atomic
def summary_withdraw(*, actor: Actor, case_id: int) -> PublicSummary:
    """Take the summary of a matter back. Raises: not_found, summary.not_yours, summary.not_public"""
    case = _locked(actor, case_id)
    row = PublicSummary.objects.filter(case=case, withdrawn=None).first()
    if row is None:
        raise RuleBroken("summary.not_public", _("Nothing is published about this matter."))
    row.withdrawn = clock.now()
    row.save(update_fields=["withdrawn"])
    journal.write(actor, "case.withdraw_summary", ("case", case.pk), place_id=case.place_id, facts={"summary": row.pk})
    return row


def _locked(actor: Actor, case_id: int) -> Case:
    rows = Case.objects.select_for_update(of=("self",)).select_related("place", "grid")
    case = rows.filter(cases_visible_to(actor), pk=case_id).first()
    if case is None:
        raise NotFound
    if not may_publish(actor, case):
        raise NotAllowed("summary.not_yours", _("Only the desk publishes."))
    return case
