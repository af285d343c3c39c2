"""What follows in the same transaction: a matter that was verified counts for whom it came up through."""

from typing import Any

from django.dispatch import receiver

from linli.cases.events import Moved, case_moved
from linli.contacts.operations.visits import matter_follow


@receiver(case_moved, dispatch_uid="contacts.case_moved")
def follow_case(sender: Any, *, fact: Moved, **_rest: Any) -> None:
    """Keep in step with a matter that came up through a contact."""
    if fact.row.source == "contact" and fact.row.pk:
        matter_follow(case=fact.row)
