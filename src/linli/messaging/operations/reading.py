"""Reading one's messages. When somebody read what is theirs alone to know, so it is in no journal (R11)."""

from django.db import transaction

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.messaging.models import Message
from linli.messaging.policies import messages_visible_to


@transaction.atomic
def message_read(*, actor: Actor, message_id: int) -> Message:
    """Mark one of one's messages as read; reading it again changes nothing. Raises: not_found"""
    found = Message.objects.select_for_update().filter(messages_visible_to(actor), pk=message_id).first()
    if found is None:
        raise NotFound
    if found.read is None:
        found.read = clock.now()
        found.save(update_fields=["read"])
    return found


@transaction.atomic
def message_read_all(*, actor: Actor, up_to: int) -> int:
    """Mark one's messages up to an id as read, so that one that arrives meanwhile stays new; returns how many."""
    own = Message.objects.filter(messages_visible_to(actor), read=None, pk__lte=up_to)
    return own.update(read=clock.now())
