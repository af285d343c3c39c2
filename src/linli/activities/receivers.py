"""What activities hear: an account was closed, and its owner takes part in nothing that is still to come."""

from typing import Any

from django.dispatch import receiver

from linli.accounts.events import account_closed
from linli.accounts.models import User
from linli.activities.operations.signing import sign_ups_end
from linli.core.actors import SYSTEM


@receiver(account_closed, dispatch_uid="activities.account_closed")
def end_sign_ups(sender: Any, user_id: int, **_rest: Any) -> None:
    """Give back the places of whoever left."""
    person_id = User.objects.filter(pk=user_id).values_list("person_id", flat=True).first()
    if person_id:
        sign_ups_end(actor=SYSTEM, person_id=person_id)
