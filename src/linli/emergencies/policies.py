"""Who sees and keeps emergencies. One rule gives the filter and the check; hidden equals missing.

Plans and activations are seen where one keeps or starts them, and by whoever is called. Help cards have a rule of their
own: no ability opens them by itself, only together with an activation that covers their place now; not even the system
sees one.
"""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotAllowed
from linli.emergencies.models import Activation, ActivationStep, Call, EmergencyPlan
from linli.emergencies.workflow import ACTIVATE, ASSIST, KEEP
from linli.territory.models import Place

COMMUNITIES = Q(type="division", placeholder=False, until=None, community_id=F("pk"))
DIVISIONS = Q(type="division", placeholder=False, until=None)
NOBODY = Q(pk__in=[])


def plans_visible_to(actor: Actor) -> Q:
    """The plans of the places where the actor keeps or starts them."""
    return Q() if actor.key == "system" else actor.places(KEEP) | actor.places(ACTIVATE)


def activations_visible_to(actor: Actor) -> Q:
    """Those of the plans that the actor sees, those the actor is called to, those that cover where one may help."""
    if actor.key == "system":
        return Q()
    called = Call.objects.filter(called_to(actor)).values("activation_id")
    doing = ActivationStep.objects.filter(called_to(actor)).values("activation_id")
    covering = Activation.areas.through.objects.filter(_around(actor)).values("activation_id")
    return plans_visible_to(actor) | Q(pk__in=called) | Q(pk__in=doing) | Q(pk__in=covering)


def called_to(actor: Actor) -> Q:
    """What is for one of the actor's posts or bodies."""
    return Q(post_id__in=actor.post_ids) | Q(organization_id__in=actor.organization_ids)


def steps_visible_to(actor: Actor) -> Q:
    """The steps of the activations that the actor sees."""
    return Q(activation__in=Activation.objects.filter(activations_visible_to(actor)).values("pk"))


def _around(actor: Actor) -> Q:
    """The areas that hold, or lie in, a place where the actor may help."""
    found = NOBODY
    for scope in actor.scopes:
        if ASSIST in scope.abilities and scope.path:
            above = [int(step) for step in scope.path.split("/") if step]
            found |= Q(place__path__startswith=scope.path) | Q(place_id__in=above)
    return found


def keeping_places(actor: Actor) -> Q:
    """The divisions whose plans the actor keeps."""
    return DIVISIONS & (Q() if actor.key == "system" else actor.places(KEEP, prefix=""))


def may_keep(actor: Actor, place: Place) -> bool:
    """Whether the actor keeps the plans of a place."""
    return actor.key == "system" or actor.reaches(KEEP, path=place.path)


def may_activate(actor: Actor, place: Place) -> bool:
    """Whether the actor starts, extends and ends emergencies at a place."""
    return actor.key == "system" or actor.reaches(ACTIVATE, path=place.path)


def require_keep(actor: Actor, plan: EmergencyPlan) -> None:
    """Refuse who does not keep the plan. Raises: emergency_plan.not_yours"""
    if not may_keep(actor, plan.place):
        raise NotAllowed("emergency_plan.not_yours", _("Only whoever keeps the plans of this place changes one."))


def require_activate(actor: Actor, place: Place) -> None:
    """Refuse who may not start and end emergencies here. Raises: activation.not_yours"""
    if not may_activate(actor, place):
        raise NotAllowed("activation.not_yours", _("Only an officer who may start and end emergencies here does this."))


def may_tick(actor: Actor, step: ActivationStep) -> bool:
    """Whether a step is the actor's to do, or the actor leads the emergency."""
    own = step.post_id in actor.post_ids or step.organization_id in actor.organization_ids
    return own or may_activate(actor, step.activation.place)


def require_tick(actor: Actor, step: ActivationStep) -> None:
    """Refuse whose step it is not. Raises: activation_step.not_yours"""
    if not may_tick(actor, step):
        raise NotAllowed("activation_step.not_yours", _("Only whoever does this step, or leads, says that it is done."))


def running(activation: Activation) -> bool:
    """Whether it is active now: it has not ended, and its time is not over."""
    return activation.state == "active" and clock.now() < activation.ends


def cards_open_to(actor: Actor, activation: Activation) -> Q:
    """The help cards that the actor may look at because of this activation, now; none once it is over."""
    if not running(activation):
        return NOBODY
    covered = NOBODY
    for path in activation.areas.values_list("path", flat=True):
        covered |= Q(place__path__startswith=path)
    return covered & actor.places(ASSIST) & Q(expires__gte=clock.today())


def cards_counted_by(actor: Actor) -> Q:
    """The help cards of which the actor is told how many there are."""
    return actor.places(KEEP) | actor.places(ACTIVATE)


def plan_amendable(actor: Actor, plan: EmergencyPlan) -> bool:
    """Whether the actor may change what the profile adds to a plan's record."""
    return may_keep(actor, plan.place)


def activation_amendable(actor: Actor, activation: Activation) -> bool:
    """Whether the actor may change what the profile adds to an activation's record."""
    return may_activate(actor, activation.place)
