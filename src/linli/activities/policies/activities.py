"""Who sees activities: everybody, as they see the teams that hold them. They are numbers and name nobody.

Whoever keeps volunteers at a place keeps its activities; who answers for one keeps that one.
"""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.activities.models import Activity, ActivityProgramme
from linli.activities.workflow import KEEP
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotAllowed
from linli.organizations.models import Post
from linli.organizations.policies import held_on
from linli.territory.models import Place
from linli.territory.policies import may_import


def activities_visible_to(actor: Actor) -> Q:
    """Activities are public, for whoever sees lists at all."""
    return Q()


def may_change_activity(actor: Actor, activity: Activity) -> bool:
    """Whether the actor may change what the profile adds to an activity: where a ledger of theirs may."""
    return may_import(actor, activity.place)


def keeping_places(actor: Actor) -> Q:
    """The communities and streets whose activities somebody keeps."""
    there = Q(placeholder=False, until=None) & (Q(community_id=F("pk")) | Q(street_id=F("pk")))
    return there & (Q() if actor.key == "system" else actor.places(KEEP, prefix=""))


def may_change_programme(actor: Actor, programme: ActivityProgramme) -> bool:
    """Whether the actor may change what the profile adds to a programme."""
    return may_keep_at(actor, programme.place)


def may_keep_at(actor: Actor, place: Place) -> bool:
    """Whether somebody keeps the activities of a place."""
    return actor.key == "system" or actor.reaches(KEEP, path=place.path)


def may_keep(actor: Actor, row: Activity) -> bool:
    """Whether somebody keeps an activity: at the desk of its place, or because they answer for it."""
    return may_keep_at(actor, row.place) or (actor.person_id is not None and actor.person_id == row.leader_id)


def kept_by(actor: Actor) -> Q:
    """The activities that somebody keeps: whose sign-ups they see."""
    if actor.key == "system":
        return Q()
    near = actor.places(KEEP)
    return near | Q(leader_id=actor.person_id) if actor.person_id else near


def photos_visible_to(actor: Actor) -> Q:
    """The photos of the activities that somebody keeps."""
    return Q(activity__in=Activity.objects.filter(kept_by(actor)).values("pk"))


def sign_ups_visible_to(actor: Actor) -> Q:
    """The sign-ups that somebody sees: their own, and those of the activities that they keep."""
    if actor.key == "system":
        return Q()
    near = Q(activity__in=Activity.objects.filter(kept_by(actor)).values("pk"))
    return near | Q(person_id=actor.person_id) if actor.person_id else near


def programmes_visible_to(actor: Actor) -> Q:
    """Programmes are public, for whoever sees lists at all."""
    return Q()


def require_keep_at(actor: Actor, place: Place) -> None:
    """Refuse who may not. Raises: activity.not_yours"""
    if not may_keep_at(actor, place):
        raise NotAllowed("activity.not_yours", _("Your posts do not let you keep activities of this place."))


def require_keep(actor: Actor, row: Activity) -> None:
    """Refuse who may not. Raises: activity.not_yours"""
    if not may_keep(actor, row):
        raise NotAllowed("activity.not_yours", _("Only who answers for it and the desk of its place may do this."))


def leaders_at(place: Place) -> Q:
    """The people who may answer for an activity at a place: they hold a post there or inside it."""
    near = Q(place__path__startswith=place.path)
    held = Post.objects.filter(held_on(clock.today()) & near, person__isnull=False, confirmed=True)
    return Q(pk__in=held.values("person_id"))
