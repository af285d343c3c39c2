"""Who sees, hosts and makes exceptions for the topics and resolutions of a place; what of them everybody reads.

Whoever works for a body to which a resolution gave a task sees that resolution and its topic. Residents propose
without a name: a proposal is read by hosts alone until it is taken up.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.core.actors import Actor
from linli.core.errors import NotAllowed
from linli.deliberation.models import Resolution, ResolutionTask, Topic
from linli.deliberation.workflow.topics import EXCEPT, HOST, VIEW
from linli.territory.models import Place

# Whoever holds this brings in the lists of the whole place.
SETS_UP = "system.configure"
OPENED = ("under_way", "decided", "closed", "postponed", "ended")


def topics_visible_to(actor: Actor) -> Q:
    """The topics that somebody sees."""
    if actor.key == "system":
        return Q()
    return actor.places(VIEW) | Q(resolution__in=_theirs(actor))


def resolutions_visible_to(actor: Actor) -> Q:
    """The resolutions that somebody sees."""
    if actor.key == "system":
        return Q()
    return actor.places(VIEW) | Q(pk__in=_theirs(actor))


def _theirs(actor: Actor) -> "object":
    """The resolutions that gave a task to a body for which the actor works."""
    owners = actor.organization_ids if actor.can(VIEW) else ()
    return ResolutionTask.objects.filter(owner_id__in=owners).values("resolution_id")


def public_topics() -> Q:
    """The topics that everybody reads: those that were taken up."""
    return Q(public=True, state__in=OPENED)


def hosting_places(actor: Actor) -> Q:
    """The places at which somebody hosts."""
    return Q() if actor.key == "system" else actor.places(HOST, prefix="")


def may_host(actor: Actor, place: Place) -> bool:
    """Whether somebody leads topics of a place through their steps."""
    return actor.key == "system" or actor.reaches(HOST, path=place.path)


def steps_to_hold(actor: Actor) -> Q:
    """The steps whose turn it is, of topics that somebody hosts."""
    hosted = Q() if actor.key == "system" else actor.places(HOST, prefix="topic__place__")
    return hosted & Q(state__in=("under_way", "not_met"), topic__state__in=("under_way", "decided"))


def may_except(actor: Actor, place: Place) -> bool:
    """Whether somebody may skip a step, or drop a task, with a reason."""
    return actor.key == "system" or actor.reaches(EXCEPT, path=place.path)


def may_amend(actor: Actor, row: Topic | Resolution) -> bool:
    """Whether somebody may change, on one row, what the profile adds to it."""
    return may_host(actor, row.place)


def may_finish(actor: Actor, task: ResolutionTask) -> bool:
    """Whether somebody says that a task is done: whoever works for its body, or hosts there."""
    return (actor.can(VIEW) and task.owner_id in actor.organization_ids) or may_host(actor, task.resolution.place)


def may_record(actor: Actor, place: Place) -> bool:
    """Whether somebody brings in lists of topics."""
    return actor.can(SETS_UP) or may_host(actor, place)


def require_host(actor: Actor, place: Place) -> None:
    """Refuse who may not. Raises: topic.not_yours"""
    if not may_host(actor, place):
        raise NotAllowed("topic.not_yours", _("Your posts do not let you lead topics of this place."))


def require_except(actor: Actor, place: Place) -> None:
    """Refuse who may not. Raises: topic.not_yours_to_except"""
    if not may_except(actor, place):
        message = _("Skipping a step or dropping a task is for the secretary of the community or the street above.")
        raise NotAllowed("topic.not_yours_to_except", message)
