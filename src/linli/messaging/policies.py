"""Who may read a message: the holder of the account it was sent to, and nobody else, whatever their post.

The outbox shows the system administrator that something failed, never what it said.
"""

from django.db.models import Q

from linli.core.actors import Actor
from linli.core.errors import NotFound


def messages_visible_to(actor: Actor) -> Q:
    """One's own messages."""
    return Q(user_id=actor.user_id) if actor.user_id else Q(pk__in=[])


def require_outbox(actor: Actor) -> None:
    """Refuse who does not look after the installation. Raises: not_found"""
    if not actor.can("system.configure"):
        raise NotFound
