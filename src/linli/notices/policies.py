"""Who writes, approves and reads notices. One rule gives the filter and the check; hidden equals missing.

Whoever writes for a place sees all its notices; everybody reads the public ones, and each their own post's or group's.
"""

from datetime import date

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotAllowed, RuleBroken
from linli.messaging.models import Message
from linli.messaging.policies import messages_visible_to
from linli.notices.models import GroupRobot, Notice
from linli.notices.sections import section
from linli.notices.workflow import APPROVE, NOTICE, SUBJECT, WRITE
from linli.territory.models import Place


def notices_kept_by(actor: Actor) -> Q:
    """The notices of the places for which the actor writes or approves, in every state."""
    return Q() if actor.key == "system" else actor.places(WRITE) | actor.places(APPROVE)


def notices_read_by(actor: Actor) -> Q:
    """What everybody reads, what the actor's own inbox was told of, and what they keep: of that what is out."""
    told = Message.objects.filter(messages_visible_to(actor), subject_type=SUBJECT).values("subject_id")
    mine = Q(pk__in=told) if actor.user_id else Q(pk__in=[])
    return Q(state__in=["published", "withdrawn"]) & (Q(public=True) | mine | notices_kept_by(actor))


def in_force(day: date | None = None) -> Q:
    """What is published and holds still; what is over leaves the lists."""
    return Q(state="published") & (Q(valid_until=None) | Q(valid_until__gte=day or clock.today()))


def writing_places(actor: Actor) -> Q:
    """The communities, streets and county for which the actor writes."""
    there = Q(placeholder=False, until=None, type=Place.Type.DIVISION)
    held = Q(community_id=F("pk")) | Q(street_id=F("pk")) | Q(county_id=F("pk"))
    return there & held & (Q() if actor.key == "system" else actor.places(WRITE, prefix=""))


def may_write(actor: Actor, place: Place) -> bool:
    """Whether the actor writes notices of a place."""
    return actor.key == "system" or actor.reaches(WRITE, path=place.path)


def may_approve(actor: Actor, notice: Notice) -> bool:
    """Whether the actor is the second person who approves a notice: never its writer."""
    able = actor.key == "system" or actor.reaches(APPROVE, path=notice.place.path)
    return able and actor.key != notice.writer


def needs_approval(notice: Notice) -> bool:
    """Whether a second person publishes it."""
    kind = section().kind(notice.kind)
    return bool(kind and kind.approval)


def verbs_of(actor: Actor, notice: Notice) -> list[str]:
    """What the actor may do now with a notice."""
    able = {"approve", "refuse"} if may_approve(actor, notice) else set()
    if may_write(actor, notice.place):
        second = needs_approval(notice)
        able |= {"change", "withdraw", "drop", "submit" if second else "publish"}
        # Where its kind asks for a second person, it is they who correct.
        able |= {"correct"} if not second or may_approve(actor, notice) else set()
    return [item.verb for item in NOTICE.moves if item.verb in able and NOTICE.can(notice.state, item.verb)]


def require_write(actor: Actor, place: Place) -> None:
    """Refuse who does not write for a place. Raises: notice.not_yours"""
    if not may_write(actor, place):
        raise NotAllowed("notice.not_yours", _("Your posts do not let you write notices of this place."))


def require_approve(actor: Actor, notice: Notice) -> None:
    """Refuse who may not approve. Raises: notice.own, notice.not_yours"""
    if may_approve(actor, notice):
        return
    if actor.key == notice.writer:
        raise RuleBroken("notice.own", _("Somebody else approves what one has written oneself."))
    raise NotAllowed("notice.not_yours", _("Your posts do not let you approve notices of this place."))


def robots_kept_by(actor: Actor) -> Q:
    """The robots of the places for which the actor writes, as long as they are used."""
    return Q(ended=None) & (Q() if actor.key == "system" else actor.places(WRITE))


def require_robot(actor: Actor, robot: GroupRobot) -> None:
    """Refuse who does not keep a robot. Raises: notice.not_yours"""
    require_write(actor, robot.place)


def amendable(actor: Actor, notice: Notice) -> bool:
    """Whether the actor may change what the profile adds to a notice."""
    return may_write(actor, notice.place)
