"""Who sees and keeps teams. Names are for the team itself and for whoever keeps the teams of its place.

A team is seen wherever the roster is, but by numbers: how many belong to it in which capacity.
"""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotAllowed
from linli.organizations.policies import VIEW, held_on, posts_visible_to
from linli.teams.models import TaskTeam, TeamMember
from linli.teams.workflow import KEEP, OF_MEMBERS, TEAM
from linli.territory.models import Place


def own_teams(actor: Actor) -> Q:
    """The teams to which somebody belongs, or belonged to the end."""
    if not actor.person_id:
        return Q(pk__in=[])
    mine = TeamMember.objects.filter(Q(until=None) | Q(stayed=True), person_id=actor.person_id)
    return Q(pk__in=mine.values("team_id"))


def teams_visible_to(actor: Actor) -> Q:
    """The teams that somebody keeps or belongs to, and those at places whose roster they look at."""
    return Q() if actor.key == "system" else actor.places(KEEP) | actor.places(VIEW) | own_teams(actor)


def teams_known_to(actor: Actor) -> Q:
    """The teams whose members somebody knows by name: those they keep, and those they belong to."""
    return Q() if actor.key == "system" else actor.places(KEEP) | own_teams(actor)


def members_visible_to(actor: Actor) -> Q:
    """The members of the teams that somebody knows."""
    if actor.key == "system":
        return Q()
    return Q(team_id__in=TaskTeam.objects.filter(teams_known_to(actor)).values("pk"))


def results_visible_to(actor: Actor) -> Q:
    """What the teams that somebody sees did."""
    if actor.key == "system":
        return Q()
    return Q(team_id__in=TaskTeam.objects.filter(teams_visible_to(actor)).values("pk"))


def has_teams(actor: Actor) -> bool:
    """Whether there is anything about teams for somebody at all."""
    return actor.can(KEEP) or actor.can(VIEW) or TaskTeam.objects.filter(own_teams(actor)).exists()


def team_places(actor: Actor) -> Q:
    """The communities and streets for which somebody forms teams."""
    there = Q(placeholder=False, until=None) & (Q(community_id=F("pk")) | Q(street_id=F("pk")))
    return there & (Q() if actor.key == "system" else actor.places(KEEP, prefix=""))


def roster_at(actor: Actor, place: Place) -> Q:
    """The posts at a place and inside it whose holders somebody may name for a team: those that they see."""
    there = Q(place__path__startswith=place.path) | Q(organization__place__path__startswith=place.path)
    return held_on(clock.today()) & Q(person__isnull=False) & there & posts_visible_to(actor)


def may_keep(actor: Actor, place: Place) -> bool:
    """Whether somebody keeps the teams of a place."""
    return actor.key == "system" or actor.reaches(KEEP, path=place.path)


def may_run(actor: Actor, team: TaskTeam) -> bool:
    """Whether somebody acts for a team: its lead, and whoever keeps the teams of its place."""
    return team.lead_id == actor.person_id or may_keep(actor, team.place)


def require_run(actor: Actor, team: TaskTeam) -> None:
    """Refuse who may not. Raises: team.not_yours"""
    if not may_run(actor, team):
        raise NotAllowed("team.not_yours", _("Only the lead of the team and whoever keeps the teams here do this."))


def amendable(actor: Actor, team: TaskTeam) -> bool:
    """Whether somebody may change, on one team, what the profile adds to teams."""
    return may_run(actor, team)


def verbs_of(actor: Actor, team: TaskTeam, *, belongs: bool) -> list[str]:
    """What somebody may do now with a team."""
    runs = may_run(actor, team)
    return [item.verb for item in TEAM.allowed(team.state, ()) if (belongs if item.verb in OF_MEMBERS else runs)]
