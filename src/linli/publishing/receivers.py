"""What publishing hears: an account was closed, and with it go the letters of whoever left."""

from typing import Any

from django.dispatch import receiver

from linli.accounts.events import account_closed
from linli.publishing.operations.stories import parts_forget


@receiver(account_closed, dispatch_uid="publishing.account_closed")
def forget_letters(sender: Any, user_id: int, **_rest: Any) -> None:
    """Take back the letters of whoever left."""
    parts_forget(user_id=user_id)
