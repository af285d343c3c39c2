"""Who sees and leads mediations: the desk of its committee, who dispatches there, and its mediators; nobody else.

Whoever is a party of one sees nothing of it here, whatever posts they hold: they have their own page.
"""

from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotAllowed
from linli.mediation.models import Mediation, Party
from linli.mediation.workflow import KEEP, MEDIATE, MEDIATION
from linli.organizations.policies import held_on
from linli.organizations.sections import kinds_in_force
from linli.territory.models import MEDIATION_STUDIO, Place


def mediations_visible_to(actor: Actor) -> Q:
    """The mediations that somebody sees."""
    if actor.key == "system":
        return Q()
    near = actor.places(KEEP) | actor.places("cases.dispatch")
    if actor.can(MEDIATE) or actor.can(KEEP):
        led = Mediation.mediators.through.objects.filter(post_id__in=actor.post_ids)
        near |= Q(pk__in=led.values("mediation_id"))
    if actor.user_id:
        near &= ~Q(pk__in=Party.objects.filter(user_id=actor.user_id).values("mediation_id"))
    return near


def hangs_visible_to(actor: Actor) -> Q:
    """The parties, sessions and agreements of the mediations that somebody sees."""
    return Q(mediation__in=Mediation.objects.filter(mediations_visible_to(actor)).values("pk"))


def own_mediations(actor: Actor) -> Q:
    """The mediations of which somebody is a party, by account."""
    if not actor.user_id:
        return Q(pk__in=[])
    return Q(pk__in=Party.objects.filter(user_id=actor.user_id).values("mediation_id"))


def keeping_places(actor: Actor) -> Q:
    """The communities and streets whose committee somebody works for."""
    there = Q(placeholder=False, until=None) & (Q(community_id=F("pk")) | Q(street_id=F("pk")))
    return there & (Q() if actor.key == "system" else actor.places(KEEP, prefix=""))


def may_keep(actor: Actor, place: Place) -> bool:
    """Whether somebody works at the desk of the committee of a place."""
    return actor.key == "system" or actor.reaches(KEEP, path=place.path)


def may_lead(actor: Actor, row: Mediation) -> bool:
    """Whether somebody leads a mediation: at the desk of its committee, or as its mediator."""
    if may_keep(actor, row.place):
        return True
    return bool(actor.post_ids) and row.mediators.filter(pk__in=actor.post_ids).exists()


def may_amend(actor: Actor, row: Mediation) -> bool:
    """Whether somebody may change, on one row, what the profile adds to it."""
    return may_keep(actor, row.place)


def hang_amendable(actor: Actor, row: Any) -> bool:
    """The same for a session or an agreement of one."""
    return may_amend(actor, row.mediation)


def verbs_of(actor: Actor, row: Mediation) -> frozenset[str]:
    """What somebody may do now with a mediation."""
    keeps = may_keep(actor, row.place)
    if not keeps and not may_lead(actor, row):
        return frozenset()
    held = {KEEP, MEDIATE} if keeps else {MEDIATE}
    return frozenset(item.verb for item in MEDIATION.allowed(row.state, held))


def mediator_posts(place: Place) -> Q:
    """The posts of which a committee chooses its mediators: held by somebody, here or above."""
    able = [code for code, kind in kinds_in_force().items() if {KEEP, MEDIATE} & set(kind.abilities)]
    above = [int(step) for step in place.path.split("/") if step]
    near = Q(place_id__in=above) | Q(place__path__startswith=place.path)
    return held_on(clock.today()) & near & Q(kind__in=able, person__isnull=False, confirmed=True)


def studios_near(place: Place) -> Q:
    """The studios in which a committee holds sessions: those in use in its street and above."""
    above = [int(step) for step in place.path.split("/") if step]
    near = Q(place_id__in=above)
    if place.street_id:
        near |= Q(place__street_id=place.street_id)
    there = (Q(until=None) | Q(until__gt=clock.today())) & ~Q(state__in=("closed", "under_construction"))
    return near & there & Q(kind=MEDIATION_STUDIO)


def require_keep(actor: Actor, place: Place) -> None:
    """Refuse who may not. Raises: mediation.not_yours"""
    if not may_keep(actor, place):
        raise NotAllowed("mediation.not_yours", _("Your posts do not let you keep mediations of this place."))


def require_lead(actor: Actor, row: Mediation) -> None:
    """Refuse who may not. Raises: mediation.not_yours"""
    if not may_lead(actor, row):
        raise NotAllowed("mediation.not_yours", _("Only its mediators and the desk of its committee may do this."))
