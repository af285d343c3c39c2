"""What care hears: an account was closed, and what was asked for by it ends."""

from typing import Any

from django.dispatch import receiver

from linli.accounts.events import account_closed
from linli.care.operations.asking import own_erase


@receiver(account_closed, dispatch_uid="care.account_closed")
def end_own(sender: Any, user_id: int, **_rest: Any) -> None:
    """End the care that whoever left had asked for."""
    own_erase(user_id=user_id)
