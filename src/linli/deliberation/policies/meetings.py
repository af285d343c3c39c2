"""Who convenes, who takes part, who looks on. A body sees the meetings that it is invited to and what it promised.

Whoever convenes at a place keeps its series, meetings, minutes and commitments. A member body sees those to which it
belongs, and reports on its own commitments; nobody sees another body's commitments but those who convene or look on.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.core.actors import Actor
from linli.core.errors import NotAllowed
from linli.deliberation.models import Commitment, Invitation, SeriesMember
from linli.deliberation.workflow.meetings import CONVENE, JOIN, VIEW
from linli.territory.models import Place


def _looked_on(actor: Actor) -> Q:
    return actor.places(VIEW) | actor.places(CONVENE)


def _bodies(actor: Actor) -> tuple[int, ...]:
    return actor.organization_ids if actor.can(JOIN) else ()


def meetings_visible_to(actor: Actor) -> Q:
    """The meetings of the actor's places, and those to which their bodies were invited."""
    if actor.key == "system":
        return Q()
    invited = Invitation.objects.filter(organization_id__in=_bodies(actor)).values("meeting_id")
    return _looked_on(actor) | (Q(pk__in=invited) & ~Q(state="planned"))


def series_visible_to(actor: Actor) -> Q:
    """The series of the actor's places, and those to which their bodies belong."""
    if actor.key == "system":
        return Q()
    members = SeriesMember.objects.filter(organization_id__in=_bodies(actor)).values("series_id")
    return _looked_on(actor) | Q(pk__in=members)


def commitments_visible_to(actor: Actor) -> Q:
    """The commitments made at the actor's places, and those of their own bodies."""
    if actor.key == "system":
        return Q()
    return _looked_on(actor) | Q(organization_id__in=_bodies(actor))


def rows_visible_to(actor: Actor) -> Q:
    """What else hangs on a place: agenda items, sessions that are due, standing relations and their events."""
    return Q() if actor.key == "system" else _looked_on(actor)


def convening_places(actor: Actor) -> Q:
    """The places at which the actor convenes."""
    return Q() if actor.key == "system" else actor.places(CONVENE, prefix="")


def may_convene(actor: Actor, place: Place) -> bool:
    """Whether the actor convenes at a place."""
    return actor.key == "system" or actor.reaches(CONVENE, path=place.path)


def may_convene_row(actor: Actor, row: "object") -> bool:
    """Whether the actor convenes where a row lies."""
    place = getattr(row, "place", None)
    return isinstance(place, Place) and may_convene(actor, place)


def may_report(actor: Actor, commitment: Commitment) -> bool:
    """Whether the actor says how a commitment stands: the body that made it, and whoever convenes there."""
    own = actor.can(JOIN) and commitment.organization_id in actor.organization_ids
    return own or may_convene(actor, commitment.place)


def require_convene(actor: Actor, place: Place) -> None:
    """Refuse who may not. Raises: meeting.not_yours"""
    if not may_convene(actor, place):
        raise NotAllowed("meeting.not_yours", _("Your posts do not let you convene meetings here."))


def require_report(actor: Actor, commitment: Commitment) -> None:
    """Refuse who may not. Raises: commitment.not_yours"""
    if not may_report(actor, commitment):
        message = _("Only the body that made a commitment, and whoever convenes, say how it stands.")
        raise NotAllowed("commitment.not_yours", message)
