"""What the territory does about news: a hub relation ends with either of its communities, indexes are read anew."""

from django.dispatch import receiver

from linli.records.events import Amended, amended
from linli.territory.events import Succeeded, place_succeeded
from linli.territory.operations.hubs import hubs_close
from linli.territory.operations.revisions import revision_mark


@receiver(place_succeeded, sender=Succeeded)
def follow(fact: Succeeded, **_kwargs: object) -> None:
    """End the hub relations of a place that has ended; whether its successor is a hub is for people to say."""
    hubs_close(actor=fact.actor, place=fact.old, on=fact.on)


@receiver(amended, sender=Amended)
def read_anew(fact: Amended, **_kwargs: object) -> None:
    """What a profile adds to grids may say to which network they belong."""
    if fact.code == "grid":
        revision_mark()
