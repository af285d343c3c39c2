"""What volunteering hears: an account was closed, and with it goes what is personal of a registration."""

from typing import Any

from django.dispatch import receiver

from linli.accounts.events import account_closed
from linli.volunteering.operations.volunteers import registrations_forget


@receiver(account_closed, dispatch_uid="volunteering.account_closed")
def forget_registrations(sender: Any, user_id: int, **_rest: Any) -> None:
    """End and forget the registrations of whoever left."""
    registrations_forget(user_id=user_id)
