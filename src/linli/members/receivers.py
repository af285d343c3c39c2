"""What members hear: an account was closed, and with it goes what is personal of a member."""

from typing import Any

from django.dispatch import receiver

from linli.accounts.events import account_closed
from linli.members.operations.registering import members_forget


@receiver(account_closed, dispatch_uid="members.account_closed")
def forget_member(sender: Any, user_id: int, **_rest: Any) -> None:
    """End and forget the registrations of whoever left."""
    members_forget(user_id=user_id)
