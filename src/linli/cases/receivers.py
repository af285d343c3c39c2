"""What matters do when a place or a body is succeeded: open ones go along, in the same transaction."""

from typing import Any

from django.dispatch import receiver

from linli.cases.operations.moving import body_left, place_left
from linli.organizations.events import Ended, organization_ended
from linli.territory.events import Succeeded, place_succeeded


@receiver(place_succeeded, dispatch_uid="cases.place_succeeded")
def follow_place(sender: Any, *, fact: Succeeded, **_rest: Any) -> None:
    """Move open matters to what takes the place of where they lie."""
    if fact.new:
        place_left(actor=fact.actor, old_id=fact.old, new_ids=fact.new, on=fact.on)


@receiver(organization_ended, dispatch_uid="cases.organization_ended")
def follow_body(sender: Any, *, fact: Ended, **_rest: Any) -> None:
    """Move open matters to the body that takes over."""
    if fact.organization:
        body_left(actor=fact.actor, old_id=fact.old, new_id=fact.organization, on=fact.on)
