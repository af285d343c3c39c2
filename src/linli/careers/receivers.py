"""What careers hear: an account was closed, and with it goes what its owner let be known in the pool."""

from typing import Any

from django.dispatch import receiver

from linli.accounts.events import account_closed
from linli.careers.operations.talents import talents_forget


@receiver(account_closed, dispatch_uid="careers.account_closed")
def forget_talents(sender: Any, user_id: int, **_rest: Any) -> None:
    """Delete the entries of whoever left."""
    talents_forget(user_id=user_id)
