"""What emergencies hear: an account was closed, and its help card goes with it."""

from typing import Any

from django.dispatch import receiver

from linli.accounts.events import account_closed
from linli.emergencies.operations.cards import card_erase


@receiver(account_closed, dispatch_uid="emergencies.account_closed")
def erase_card(sender: Any, user_id: int, **_rest: Any) -> None:
    """Erase the help card of whoever left."""
    card_erase(user_id=user_id)
