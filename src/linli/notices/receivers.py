"""What notices do when somebody leaves: what their account subscribed to is forgotten with it."""

from typing import Any

from django.dispatch import receiver

from linli.accounts.events import account_closed
from linli.notices.operations.subscribing import subscriptions_forget


@receiver(account_closed, dispatch_uid="notices.account_closed")
def forget(sender: Any, *, user_id: int, **_rest: Any) -> None:
    """Forget the subscriptions."""
    subscriptions_forget(user_id=user_id)
