"""What organisations do when the territory changes: bodies and posts go with their place, history stays."""

from typing import Any

from django.dispatch import receiver

from linli.organizations.operations.moving import place_followed
from linli.territory.events import Succeeded, place_succeeded


@receiver(place_succeeded, dispatch_uid="organizations.place_succeeded")
def follow_place(sender: Any, *, fact: Succeeded, **_rest: Any) -> None:
    """Move what stands at a place that has been succeeded, in the same transaction."""
    if fact.new:
        place_followed(actor=fact.actor, old_id=fact.old, new_id=fact.new[0], on=fact.on)
