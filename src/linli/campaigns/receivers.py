"""What follows in the same transaction: a finding that became a matter is put right when the matter is resolved."""

from typing import Any

from django.dispatch import receiver

from linli.campaigns.operations.places import finding_follow
from linli.cases.events import Moved, case_moved


@receiver(case_moved, dispatch_uid="campaigns.case_moved")
def follow_case(sender: Any, *, fact: Moved, **_rest: Any) -> None:
    """Keep in step with a matter that came from a finding."""
    if fact.row.source == "campaign" and fact.row.pk:
        finding_follow(case=fact.row)
