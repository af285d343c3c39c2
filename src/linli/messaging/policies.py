"""Who may read a message: the holder of the account it was sent to, and nobody else, whatever their post."""

from django.db.models import Q

from linli.core.actors import Actor


def messages_visible_to(actor: Actor) -> Q:
    """One's own messages."""
    return Q(user_id=actor.user_id) if actor.user_id else Q(pk__in=[])
