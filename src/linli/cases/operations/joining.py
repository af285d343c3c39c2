"""Reporting what is known already: "me too". What becomes of the two matters then is in merging.py."""

from django.db import transaction

from linli.cases.operations.intake import Receipt, Report, case_report
from linli.cases.operations.merging import case_merge
from linli.core.actors import SYSTEM, Actor
from linli.core.errors import DomainError


@transaction.atomic
def case_join(*, actor: Actor, report: Report, into_id: int, key: str | None = None) -> Receipt:
    """Report a matter that its reporter takes for one that is open already; both are handled as one.

    The reporter gets a number, a code and a thread of their own, and the desk can take the two apart again. Where
    the other matter can no longer be joined (closed meanwhile, another place's), the report stands by itself.
    Raises: what case_report raises
    """
    receipt = case_report(actor=actor, report=report, key=key)
    if not receipt.code:
        return receipt
    try:
        with transaction.atomic():
            case_merge(actor=SYSTEM, case_id=receipt.case_id, into_id=into_id)
    except DomainError:
        # Nothing of the report is lost: the desk sees it beside the other as a similar one.
        return receipt
    return receipt
