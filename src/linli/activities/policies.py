"""Who sees activities: everybody, as they see the teams that hold them. They are numbers and name nobody."""

from django.db.models import Q

from linli.activities.models import Activity
from linli.core.actors import Actor
from linli.territory.policies import may_import


def activities_visible_to(actor: Actor) -> Q:
    """Activities are public, for whoever sees lists at all."""
    return Q()


def may_change_activity(actor: Actor, activity: Activity) -> bool:
    """Whether the actor may change what the profile adds to an activity: where a ledger of theirs may."""
    return may_import(actor, activity.place)
