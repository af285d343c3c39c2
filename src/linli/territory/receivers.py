"""What the territory does about its own news: a hub relation ends with either of its communities."""

from django.dispatch import receiver

from linli.territory.events import Succeeded, place_succeeded
from linli.territory.operations.hubs import hubs_close


@receiver(place_succeeded, sender=Succeeded)
def follow(fact: Succeeded, **_kwargs: object) -> None:
    """End the hub relations of a place that has ended; whether its successor is a hub is for people to say."""
    hubs_close(actor=fact.actor, place=fact.old, on=fact.on)
