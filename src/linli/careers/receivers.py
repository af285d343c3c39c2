"""What careers hear: that an account was closed, with which goes what its owner let be known in the pool, and that a
post under unified recruitment is being given.
"""

from typing import Any

from django.dispatch import receiver

from linli.accounts.events import account_closed
from linli.careers.operations.recruiting import post_recruit
from linli.careers.operations.talents import talents_forget
from linli.organizations.events import Recruited, post_recruited


@receiver(account_closed, dispatch_uid="careers.account_closed")
def forget_talents(sender: Any, user_id: int, **_rest: Any) -> None:
    """Delete the entries of whoever left."""
    talents_forget(user_id=user_id)


@receiver(post_recruited, dispatch_uid="careers.post_recruited")
def recruit(sender: Any, fact: Recruited, **_rest: Any) -> None:
    """Note on what a post is given; a refusal makes the appointment fail."""
    post_recruit(actor=fact.actor, post_id=fact.post, round_id=fact.round_id, exception=fact.exception)
