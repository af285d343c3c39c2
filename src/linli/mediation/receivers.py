"""What follows in the same transaction: the matter from which a mediation came is told how it ended."""

from typing import Any

from django.dispatch import receiver

from linli.cases.operations.mediating import case_mediated
from linli.mediation.events import Ended, mediation_ended


@receiver(mediation_ended, dispatch_uid="mediation.ended")
def tell_case(sender: Any, *, fact: Ended, **_rest: Any) -> None:
    """Write on the matter how its mediation ended."""
    if fact.row.case_id:
        case_mediated(actor=fact.actor, case_id=fact.row.case_id, state=fact.row.state, number=fact.row.number)
