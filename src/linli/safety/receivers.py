"""What follows in the same transaction: a hazard keeps in step with its matter, which ends only after the re-check."""

from typing import Any

from django.dispatch import receiver

from linli.cases.events import Moved, case_moved
from linli.safety.operations.hazards import hazard_follow
from linli.safety.workflow import SOURCE


@receiver(case_moved, dispatch_uid="safety.case_moved")
def follow_case(sender: Any, *, fact: Moved, **_rest: Any) -> None:
    """Keep in step with the matter of a hazard."""
    if fact.row.source == SOURCE and fact.verb != "receive":
        hazard_follow(actor=fact.actor, case=fact.row, verb=fact.verb)
