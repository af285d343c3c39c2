"""Group chats of a place, to which its notices go: entered with the key of their robot, tested, taken out."""

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.core.words import said
from linli.messaging.channels import channel_with
from linli.messaging.operations.delivering import Parcel, deliveries_make, deliveries_withdraw
from linli.notices import policies, queries
from linli.notices.models import NAME, GroupRobot
from linli.notices.workflow import CHATS, ROBOT, SUBJECT
from linli.territory.models import Place


@transaction.atomic
def robot_add(*, actor: Actor, place_id: int, name: str, channel: str, address: str, home: str) -> GroupRobot:
    """Enter the group chat of a place; `address` is the key of its robot, `home` where this installation is reached.

    Raises: not_found, robot.channel, robot.address, robot.name, robot.twice
    """
    place = Place.objects.select_for_update().filter(policies.writing_places(actor), pk=place_id).first()
    if place is None:
        raise NotFound
    found = channel_with(channel) if channel in CHATS else None
    if found is None:
        raise InvalidInput("robot.channel", _("This kind of group chat is not set up here."))
    if not found.takes(address.strip()):
        message = _("This is not the key of a robot: copy the part behind “key=” from the address the group shows.")
        raise InvalidInput("robot.address", message)
    row = GroupRobot(place=place, channel=channel, address=address.strip(), home=home.rstrip("/"))
    row.name, row.added, row.adder = said(name, NAME, "robot.name"), clock.now(), actor.key
    if GroupRobot.objects.filter(place=place, name=row.name, ended=None).exists():
        raise RuleBroken("robot.twice", _("A group chat of this name is here already."))
    row.save(force_insert=True)
    journal.write(actor, f"{ROBOT}.add", (ROBOT, row.pk), place_id=place.pk, facts={"channel": channel})
    return row


@transaction.atomic
def robot_test(*, actor: Actor, robot_id: int) -> GroupRobot:
    """Send one line to a group chat, to see whether it arrives. Raises: not_found"""
    row = _locked(actor, robot_id)
    row.tested = clock.now()
    row.save(update_fields=["tested"])
    text = gettext("Test: notices of %(place)s will be said here.") % {"place": row.place.name}
    parcel = Parcel(queries.robot_key(row), row.channel, row.address or "", text)
    deliveries_make(parcels=[parcel], emergency=True)
    journal.write(actor, f"{ROBOT}.test", (ROBOT, row.pk), place_id=row.place_id)
    return row


@transaction.atomic
def robot_end(*, actor: Actor, robot_id: int) -> GroupRobot:
    """Take a group chat out: its key is erased, what waits for it is not sent. Raises: not_found"""
    row = _locked(actor, robot_id)
    row.ended, row.address = clock.now(), None
    row.save(update_fields=["ended", "address"])
    deliveries_withdraw(keys=[f"robot:{row.pk}:"], failed=True)
    deliveries_withdraw(keys=[f"{SUBJECT}:"], failed=True, ending=f":r{row.pk}")
    journal.write(actor, f"{ROBOT}.end", (ROBOT, row.pk), place_id=row.place_id)
    return row


def _locked(actor: Actor, robot_id: int) -> GroupRobot:
    rows = GroupRobot.objects.select_for_update(of=("self",)).select_related("place")
    row = rows.filter(policies.robots_kept_by(actor), pk=robot_id).first()
    if row is None:
        raise NotFound
    return row
