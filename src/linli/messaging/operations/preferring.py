"""How one wants to hear of messages. Nobody sets this for somebody else."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.core import journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound
from linli.messaging.channels import channel_with
from linli.messaging.models import Delivery, Preference


@transaction.atomic
def preference_set(*, actor: Actor, channel: str, address: str = "", pace: str = Preference.Pace.DIGEST) -> None:
    """Choose a channel beside the inbox, an address there and how often; no channel means the inbox only.

    Raises: not_found, message.channel_unknown, message.bad_address, message.pace_unknown
    """
    if actor.user_id is None:
        raise NotFound
    if not channel:
        Preference.objects.filter(user_id=actor.user_id).delete()
    else:
        found = channel_with(channel)
        if found is None:
            raise InvalidInput("message.channel_unknown", _("This channel is not set up here."), channel=channel)
        if pace not in Preference.Pace.values:
            raise InvalidInput("message.pace_unknown", _("There is no such choice."), pace=pace)
        if not found.takes(address.strip()):
            raise InvalidInput("message.bad_address", _("This is no address of the channel that you chose."))
        values = {"channel": channel, "address": address.strip(), "pace": pace}
        Preference.objects.update_or_create(user_id=actor.user_id, defaults=values)
    journal.write(actor, "message.prefer", ("account", actor.user_id), facts={"channel": channel, "pace": pace})


def preference_forget(*, user_id: int) -> None:
    """Forget where an account that closes wanted to be told, and what still waited to go there. Part of closing."""
    Preference.objects.filter(user_id=user_id).delete()
    Delivery.objects.filter(user_id=user_id).exclude(state=Delivery.State.SENT).delete()
