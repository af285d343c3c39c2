"""What follows in the same transaction: a task that is a matter is done once the matter is closed; an account that
is closed leaves its topic groups."""

from typing import Any, Final

from django.dispatch import receiver

from linli.accounts.events import account_closed
from linli.cases.events import Moved, case_moved
from linli.deliberation.operations.resolutions import tasks_follow
from linli.deliberation.operations.topic_groups import groups_forget

CLOSED: Final = ("closed", "rated")


@receiver(case_moved, dispatch_uid="deliberation.case_moved")
def follow_case(sender: Any, *, fact: Moved, **_rest: Any) -> None:
    """Finish the tasks of a matter that was closed."""
    if fact.row.state in CLOSED and fact.was not in CLOSED:
        tasks_follow(actor=fact.actor, case=fact.row)


@receiver(account_closed, dispatch_uid="deliberation.account_closed")
def forget_member(sender: Any, *, user_id: int, **_rest: Any) -> None:
    """Take who leaves out of their groups."""
    groups_forget(user_id=user_id)
