"""What venues hear: an account was closed, and what it had booked is free again."""

from typing import Any

from django.dispatch import receiver

from linli.accounts.events import account_closed
from linli.core.actors import SYSTEM
from linli.venues.operations.holding import room_bookings_forget


@receiver(account_closed, dispatch_uid="venues.account_closed")
def end_bookings(sender: Any, user_id: int, **_rest: Any) -> None:
    """Give back the bookings of whoever left."""
    room_bookings_forget(actor=SYSTEM, user_id=user_id)
