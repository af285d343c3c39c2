"""Who sees and keeps the safety of places. One rule gives the filter and the check; hidden equals missing.

The community keeps patrols, rounds and events of its own; whoever inspects goes through places where they work, or for
their body; a hazard is re-checked by those who found it, never by whoever put it right.
"""

from typing import Final

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.cases.models import Case
from linli.core.actors import Actor
from linli.core.errors import NotAllowed, RuleBroken
from linli.safety.models import EventPlan, EventPost, Hazard, InspectionRound, PatrolShift, RoundTarget
from linli.safety.workflow import INSPECT, KEEP, SEES
from linli.territory.models import Place

NOBODY: Final = Q(pk__in=[])
# Whoever may be asked to inspect, or to fill the posts of an event.
BODIES: Final = Q(
    until=None,
    type__in=("department", "office", "member_unit", "property_company", "social_organization", "volunteer_team"),
)


def _there(actor: Actor, prefix: str = "place__") -> Q:
    found = NOBODY
    for ability in SEES:
        found |= actor.places(ability, prefix=prefix)
    return found


def _own(actor: Actor, path: str) -> Q:
    return Q(**{f"{path}__in": actor.organization_ids}) if actor.can(INSPECT) else NOBODY


def patrols_visible_to(actor: Actor) -> Q:
    """The patrols where the actor keeps, inspects or looks on, those that they lead, those of their own team."""
    if actor.key == "system":
        return Q()
    return _there(actor) | Q(lead_id__in=actor.post_ids) | _own(actor, "team_id")


def targets_visible_to(actor: Actor) -> Q:
    """The places of rounds there, and those of the rounds of the actor's bodies."""
    return Q() if actor.key == "system" else _there(actor) | _own(actor, "round__office_id")


def rounds_visible_to(actor: Actor) -> Q:
    """The rounds there, those of the actor's bodies, and those one of whose places the actor sees."""
    if actor.key == "system":
        return Q()
    seen = RoundTarget.objects.filter(targets_visible_to(actor)).values("round_id")
    return _there(actor) | _own(actor, "office_id") | Q(pk__in=seen)


def hazards_visible_to(actor: Actor) -> Q:
    """The hazards there, and those that the actor's bodies found."""
    if actor.key == "system":
        return Q()
    return _there(actor) | _own(actor, "target__round__office_id") | _own(actor, "shift__team_id")


def events_visible_to(actor: Actor) -> Q:
    """The plans for events there, and those in which the actor's bodies fill posts."""
    if actor.key == "system":
        return Q()
    posts = EventPost.objects.filter(_own(actor, "organization_id"))
    return _there(actor) | Q(pk__in=posts.values("plan_id"))


def keeping_places(actor: Actor) -> Q:
    """The communities and streets whose safety the actor keeps."""
    there = Q(placeholder=False, until=None) & (Q(community_id=F("pk")) | Q(street_id=F("pk")))
    return there & (Q() if actor.key == "system" else actor.places(KEEP, prefix=""))


def may_keep(actor: Actor, place: Place) -> bool:
    """Whether the actor keeps the safety of a place."""
    return actor.key == "system" or actor.reaches(KEEP, path=place.path)


def may_report(actor: Actor, shift: PatrolShift) -> bool:
    """Whether the actor writes down a patrol: who leads it, or who keeps the place."""
    return may_keep(actor, shift.place) or (shift.lead_id is not None and shift.lead_id in actor.post_ids)


def may_inspect(actor: Actor, target: RoundTarget) -> bool:
    """Whether the actor goes through a place: who keeps or inspects it, and who inspects for the body of the round."""
    there = actor.reaches(INSPECT, path=target.place.path, grid_path=target.place.grid_path)
    return may_keep(actor, target.place) or there or _for(actor, target.round.office_id)


def may_recheck(actor: Actor, hazard: Hazard, case: Case) -> bool:
    """Whether the actor re-checks: of those who found it, not who put it right and not of that body."""
    if actor.key == case.done_by or (case.lead_id is not None and case.lead_id in actor.organization_ids):
        return False
    found = hazard.target.round.office_id if hazard.target else None
    return may_keep(actor, hazard.place) or _for(actor, found)


def may_fill(actor: Actor, post: EventPost) -> bool:
    """Whether the actor says who fills a post: the body asked, or whoever keeps the plan."""
    return may_keep(actor, post.plan.place) or _for(actor, post.organization_id)


def _for(actor: Actor, body_id: int | None) -> bool:
    return body_id is not None and actor.can(INSPECT) and body_id in actor.organization_ids


def require_keep(actor: Actor, place: Place) -> None:
    """Refuse who may not. Raises: safety.not_yours"""
    if not may_keep(actor, place):
        raise NotAllowed("safety.not_yours", _("Only whoever keeps the safety of this place does this."))


def require_report(actor: Actor, shift: PatrolShift) -> None:
    """Refuse who may not. Raises: safety.not_yours"""
    if not may_report(actor, shift):
        raise NotAllowed("safety.not_yours", _("Only whoever leads this patrol writes it down, or the community."))


def require_inspect(actor: Actor, target: RoundTarget) -> None:
    """Refuse who may not. Raises: safety.not_yours"""
    if not may_inspect(actor, target):
        raise NotAllowed("safety.not_yours", _("Only those who inspect here write this down."))


def require_recheck(actor: Actor, hazard: Hazard, case: Case) -> None:
    """Refuse who may not. Raises: hazard.own_work, safety.not_yours"""
    if may_recheck(actor, hazard, case):
        return
    if actor.key == case.done_by or case.lead_id in actor.organization_ids:
        raise RuleBroken(
            "hazard.own_work",
            _("The body that put it right does not re-check it: who keeps safety in another body does, or the street."),
        )
    raise NotAllowed("safety.not_yours", _("Only those who found this hazard re-check it."))


def require_fill(actor: Actor, post: EventPost) -> None:
    """Refuse who may not. Raises: safety.not_yours"""
    if not may_fill(actor, post):
        raise NotAllowed("safety.not_yours", _("Only the body that fills this post says so."))


def amendable(actor: Actor, row: PatrolShift | InspectionRound | Hazard | EventPlan) -> bool:
    """Whether the actor may change what the profile adds to a record."""
    return may_keep(actor, row.place)
