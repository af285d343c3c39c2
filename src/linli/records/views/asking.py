"""Who asks, and whether they may know of the page: what hides it looks like what is missing."""

from django.http import HttpRequest

from linli.core.actors import Actor
from linli.core.errors import NotFound


def actor_of(request: HttpRequest, ability: str = "") -> Actor:
    """The actor behind a request. Raises: not_found without the ability, and for visitors."""
    actor = getattr(request, "actor", None)
    assert isinstance(actor, Actor)
    if not actor.known or (ability and not actor.can(ability)):
        raise NotFound
    return actor
