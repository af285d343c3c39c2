"""What messages do when somebody leaves: the address by which they were told is forgotten with them."""

from typing import Any

from django.dispatch import receiver

from linli.accounts.events import account_closed
from linli.messaging.operations.preferring import preference_forget


@receiver(account_closed, dispatch_uid="messaging.account_closed")
def forget(sender: Any, *, user_id: int, **_rest: Any) -> None:
    """Forget the address."""
    preference_forget(user_id=user_id)
