"""Who runs assessments, who rates, and who reads which scores.

Who runs a round at a place sees all of it. A body sees what it rates; the assessed see themselves, the scores once
they are made known. What is said of a person is theirs and the assessors' alone: no figure reader comes upon it.
"""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.accountability.models import Assessed, Assessment, AssessmentPart, Objection
from linli.accountability.workflow.assessments import RUN, TOLD
from linli.core.actors import Actor
from linli.core.errors import NotAllowed
from linli.organizations.models import Organization
from linli.territory.models import Place

RATE = "assessments.rate"
SPOKEN_FOR = ("office", "party_organization")


def may_run(actor: Actor, place: Place) -> bool:
    """Whether the actor runs assessments and inspections at this place."""
    return actor.key == "system" or actor.reaches(RUN, path=place.path)


def require_run(actor: Actor, place: Place) -> None:
    """Refuse who may not. Raises: assessment.not_yours"""
    if not may_run(actor, place):
        raise NotAllowed("assessment.not_yours", _("Your posts do not let you run assessments here."))


def run_places(actor: Actor) -> Q:
    """The places at which the actor may open a round."""
    return Q() if actor.key == "system" else actor.places(RUN, prefix="")


def paths_of(actor: Actor) -> tuple[str, ...]:
    """The places at which the actor holds a post that rates; not those below them."""
    return tuple({scope.path for scope in actor.scopes if scope.path and RATE in scope.abilities})


def bodies_of(actor: Actor) -> tuple[int, ...]:
    """The bodies for which the actor speaks: one's own, and the office and Party organisation where one's post is."""
    if not actor.can(RATE):
        return ()
    there = Organization.objects.filter(place__path__in=paths_of(actor), type__in=SPOKEN_FOR, until=None)
    return (*actor.organization_ids, *there.values_list("pk", flat=True))


def units_of(actor: Actor) -> Any:
    """The places for which the actor speaks: where one's post is, or one's office or Party organisation."""
    here = Organization.objects.filter(pk__in=actor.organization_ids, type__in=SPOKEN_FOR).values("place_id")
    return Place.objects.filter(Q(path__in=paths_of(actor)) | Q(pk__in=here)).values("pk")


def own(actor: Actor, prefix: str = "") -> Q:
    """The assessed that are the actor's own: oneself, one's body, the places one speaks for."""
    bodies = bodies_of(actor)
    mine = Q(**{f"{prefix}organization_id__in": bodies}) if bodies else Q(pk__in=[])
    if actor.person_id:
        mine |= Q(**{f"{prefix}person_id": actor.person_id})
    return mine | Q(**{f"{prefix}unit_id__in": units_of(actor)}) if actor.can(RATE) else mine


def rated(actor: Actor, prefix: str = "") -> Q:
    """The assessed whom the actor's bodies rate."""
    if not actor.can(RATE):
        return Q(pk__in=[])
    parts = AssessmentPart.objects.filter(given_by_actor(actor), role=AssessmentPart.Role.BODY)
    return Q(**{f"{prefix}pk__in": parts.values("assessed_id")})


def given_by_actor(actor: Actor, prefix: str = "") -> Q:
    """The parts that are the actor's to give: of one's own post, of one's bodies, of the post of one's predecessor."""
    mine = Q(**{f"{prefix}post_id__in": actor.post_ids}) | Q(**{f"{prefix}organization_id__in": bodies_of(actor)})
    here = {f"{prefix}post__place__path__in": paths_of(actor), f"{prefix}assessed__post__isnull": True}
    return mine | (Q(**here) & ~Q(**{f"{prefix}post": None}))


def assessed_visible_to(actor: Actor) -> Q:
    """The assessed of whom the actor knows: of a round that they run, those whom they rate, and their own."""
    if actor.key == "system":
        return Q()
    return actor.places(RUN, prefix="assessment__place__") | rated(actor) | own(actor)


def rounds_visible_to(actor: Actor) -> Q:
    """The rounds that the actor runs, or in which they rate or are assessed."""
    if actor.key == "system":
        return Q()
    known = Assessed.objects.filter(rated(actor) | own(actor)).values("assessment_id")
    return actor.places(RUN) | Q(pk__in=known)


def scores_visible_to(actor: Actor) -> Q:
    """The scores of units that the actor reads: where they run rounds, their own, and those that stand on a page."""
    if actor.key == "system":
        return Q()
    told = Q(assessed__assessment__state__in=TOLD)
    shown = told & Q(assessed__assessment__shown=True)
    return actor.places(RUN, prefix="assessed__assessment__place__") | shown | (told & own(actor, "assessed__"))


def is_own(actor: Actor, assessed: Assessed) -> bool:
    """Whether the assessed are the actor, the actor's body, or a place that the actor speaks for."""
    if assessed.person_id is not None:
        return assessed.person_id == actor.person_id
    if assessed.organization_id is not None:
        return assessed.organization_id in bodies_of(actor)
    return actor.can(RATE) and bool(units_of(actor).filter(pk=assessed.unit_id).exists())


def is_about(actor: Actor, assessed: Assessed) -> bool:
    """Whether it is about the actor: oneself, the body in which one holds a post, or the place it speaks for."""
    in_body = assessed.organization_id is not None and assessed.organization_id in actor.organization_ids
    return in_body or is_own(actor, assessed)


def sees_scores(actor: Actor, assessment: Assessment) -> bool:
    """Whether who knows of an assessed reads the scores too: who runs the round at once, others once they are told."""
    return assessment.state in TOLD or (assessment.state == "scored" and may_run(actor, assessment.place))


def may_give(actor: Actor, part: AssessmentPart) -> bool:
    """Whether a part is the actor's to give: of one's post, or of a body for which one speaks; never about oneself."""
    if not _holds(actor, part):
        return False
    return part.role == AssessmentPart.Role.SELF or not is_about(actor, part.assessed)


def _holds(actor: Actor, part: AssessmentPart) -> bool:
    """Whether a part was asked of the actor: of one's post or body, or of the post that one took over."""
    if part.post is None:
        return part.organization_id in bodies_of(actor)
    of_a_person = part.assessed.post_id == part.post_id
    return part.post_id in actor.post_ids or (not of_a_person and part.post.place.path in paths_of(actor))


def require_give(actor: Actor, part: AssessmentPart) -> None:
    """Refuse who may not give a part. Raises: assessment.about_yourself, assessment.not_your_part"""
    if may_give(actor, part):
        return
    if part.role == AssessmentPart.Role.BODY and is_about(actor, part.assessed):
        raise NotAllowed("assessment.about_yourself", _("Nobody rates themselves or their own body."))
    raise NotAllowed("assessment.not_your_part", _("This part of the assessment is another's to give."))


def require_object(actor: Actor, assessed: Assessed) -> None:
    """Refuse who may not object or comment. Raises: assessment.not_assessed"""
    if not is_own(actor, assessed):
        raise NotAllowed("assessment.not_assessed", _("Only the assessed reply to their assessment."))


def may_answer(actor: Actor, objection: Objection) -> bool:
    """Whether the actor may answer: runs rounds there, computed no score of this one, and is not concerned."""
    assessed = objection.assessed
    if actor.key in (assessed.assessment.scored_by, objection.raised_by) or is_about(actor, assessed):
        return False
    return may_run(actor, assessed.assessment.place)


def require_answer(actor: Actor, objection: Objection) -> None:
    """Refuse who may not answer an objection. Raises: assessment.not_yours, assessment.scorer"""
    require_run(actor, objection.assessed.assessment.place)
    if not may_answer(actor, objection):
        words = _("An objection is answered by another person than who computed the scores or is concerned.")
        raise NotAllowed("assessment.scorer", words)
