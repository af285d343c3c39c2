"""What follows in the same transaction: a task that is a matter is done once the matter is closed."""

from typing import Any, Final

from django.dispatch import receiver

from linli.cases.events import Moved, case_moved
from linli.deliberation.operations.resolutions import tasks_follow

CLOSED: Final = ("closed", "rated")


@receiver(case_moved, dispatch_uid="deliberation.case_moved")
def follow_case(sender: Any, *, fact: Moved, **_rest: Any) -> None:
    """Finish the tasks of a matter that was closed."""
    if fact.row.state in CLOSED and fact.was not in CLOSED:
        tasks_follow(actor=fact.actor, case=fact.row)
