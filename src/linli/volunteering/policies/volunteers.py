"""Who sees volunteers: the desks of where they live, whoever leads a team of theirs, and they themselves."""

from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.core.actors import Actor
from linli.core.errors import NotAllowed
from linli.organizations.models import Organization
from linli.territory.models import Place
from linli.volunteering.models import PostAssignment, TeamMembership, Volunteer
from linli.volunteering.workflow import KEEP

NOBODY = Q(pk__in=[])


def volunteers_visible_to(actor: Actor) -> Q:
    """The volunteers whom somebody sees on the roster, and themselves."""
    if actor.key == "system":
        return Q()
    return actor.places(KEEP) | own_volunteer(actor)


def own_volunteer(actor: Actor) -> Q:
    """Oneself as a volunteer."""
    return Q(person_id=actor.person_id) if actor.person_id else NOBODY


def may_keep(actor: Actor, place: Place) -> bool:
    """Whether somebody works at a desk that keeps the volunteers of a place."""
    return actor.key == "system" or actor.reaches(KEEP, path=place.path, grid_path=place.grid_path)


def require_keep(actor: Actor, place: Place) -> None:
    """Refuse who may not. Raises: volunteer.not_yours"""
    if not may_keep(actor, place):
        raise NotAllowed("volunteer.not_yours", _("Your posts do not let you keep the volunteers of this place."))


def may_change(actor: Actor, row: Volunteer) -> bool:
    """Whether somebody may correct, pause or end a registration: one's own, or at the desk."""
    return _is(actor, row.person_id) or may_keep(actor, row.place)


def require_change(actor: Actor, row: Volunteer) -> None:
    """Refuse who may not. Raises: volunteer.not_yours"""
    if not may_change(actor, row):
        raise NotAllowed("volunteer.not_yours", _("Your posts do not let you keep the volunteers of this place."))


def keeping_places(actor: Actor) -> Q:
    """The communities and streets, and divisions above, whose volunteers somebody keeps."""
    there = Q(placeholder=False, until=None, type=Place.Type.DIVISION)
    return there & (Q() if actor.key == "system" else actor.places(KEEP, prefix=""))


def living_places() -> Q:
    """The communities in which one may say that one lives."""
    return Q(placeholder=False, until=None, community_id=F("pk"))


def memberships_visible_to(actor: Actor) -> Q:
    """Who belongs to which team: for the desks of the team's place, who leads the team, and each for themselves."""
    if actor.key == "system":
        return Q()
    seen = actor.places(KEEP)
    if actor.person_id:
        seen |= Q(volunteer__person_id=actor.person_id) | Q(team_id__in=led_teams(actor))
    return seen


def led_teams(actor: Actor) -> Any:
    """The teams that somebody leads, as a query of their ids."""
    rows = TeamMembership.objects.filter(lead=True, state="member", volunteer__person_id=actor.person_id or 0)
    return rows.values("team_id")


def leads_team(actor: Actor, team_id: int) -> bool:
    """Whether somebody leads a team: as its lead, or by a post in it."""
    if team_id in actor.organization_ids:
        return True
    return bool(actor.person_id) and led_teams(actor).filter(team_id=team_id).exists()


def may_lead(actor: Actor, team: Organization) -> bool:
    """Whether somebody may take others into a team: who leads it, or the desk of its place."""
    return may_keep(actor, team.place) or leads_team(actor, team.pk)


def require_lead(actor: Actor, team: Organization) -> None:
    """Refuse who may not. Raises: team.not_yours"""
    if not may_lead(actor, team):
        raise NotAllowed("team.not_yours", _("Only who leads the team and the desk of its place may do this."))


def assignments_visible_to(actor: Actor) -> Q:
    """Who asked for or holds a volunteer post: for the desk of its place, and each for themselves."""
    if actor.key == "system":
        return Q()
    own = Q(volunteer__person_id=actor.person_id) if actor.person_id else NOBODY
    return actor.places(KEEP, prefix="post__place__") | own


def is_assignee(actor: Actor, row: PostAssignment) -> bool:
    """Whether an assignment is one's own."""
    return _is(actor, row.volunteer.person_id)


def may_amend(actor: Actor, row: Any) -> bool:
    """Whether somebody may change what the profile adds to a row with a place."""
    return may_keep(actor, row.place)


def _is(actor: Actor, person_id: int) -> bool:
    return actor.person_id is not None and actor.person_id == person_id
