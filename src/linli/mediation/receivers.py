"""What follows in the same transaction: a matter is told how its mediation ended, a mediation that it was withdrawn."""

from typing import Any

from django.dispatch import receiver

from linli.cases.events import Moved, case_moved
from linli.cases.operations.mediating import case_mediated
from linli.mediation.events import Ended, mediation_ended
from linli.mediation.operations.mediations import mediations_follow


@receiver(mediation_ended, dispatch_uid="mediation.ended")
def tell_case(sender: Any, *, fact: Ended, **_rest: Any) -> None:
    """Write on the matter how its mediation ended."""
    if fact.row.case_id:
        case_mediated(actor=fact.actor, case_id=fact.row.case_id, state=fact.row.state, number=fact.row.number)


@receiver(case_moved, dispatch_uid="mediation.case_moved")
def follow_case(sender: Any, *, fact: Moved, **_rest: Any) -> None:
    """End the mediation of a matter that its reporter withdrew."""
    if fact.verb == "withdraw":
        mediations_follow(actor=fact.actor, case_id=fact.row.pk)
