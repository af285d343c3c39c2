"""Who sees and keeps projects, claims, volunteer posts and support: they are public, but for who claimed."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.core.actors import Actor
from linli.core.errors import NotAllowed
from linli.organizations.models import Organization
from linli.volunteering.models import ProjectClaim, ServiceProject
from linli.volunteering.policies.volunteers import NOBODY, leads_team, may_keep
from linli.volunteering.workflow import KEEP


def projects_visible_to(actor: Actor) -> Q:
    """Projects, posts and support are public."""
    return Q()


def claims_visible_to(actor: Actor) -> Q:
    """Claims: of bodies for all who keep volunteers there; those of volunteers for these and themselves."""
    if actor.key == "system":
        return Q()
    seen = actor.places(KEEP) | Q(organization_id__in=actor.organization_ids)
    return seen | (Q(volunteer__person_id=actor.person_id) if actor.person_id else NOBODY)


def may_propose(actor: Actor, team: Organization) -> bool:
    """Whether somebody may propose a project for a team: who leads it, or the desk of its place."""
    return may_keep(actor, team.place) or leads_team(actor, team.pk)


def require_project(actor: Actor, project: ServiceProject) -> None:
    """Refuse who does not keep projects here. Raises: project.not_yours"""
    if not may_keep(actor, project.place):
        raise NotAllowed("project.not_yours", _("Your posts do not let you keep the projects of this place."))


def require_propose(actor: Actor, team: Organization) -> None:
    """Refuse who may not. Raises: project.not_yours"""
    if not may_propose(actor, team):
        raise NotAllowed("project.not_yours", _("Only who leads the team and the desk of its place may do this."))


def is_claimant(actor: Actor, claim: ProjectClaim) -> bool:
    """Whether a claim is one's own, or that of a body in which one holds a post."""
    if claim.organization_id is not None:
        return claim.organization_id in actor.organization_ids
    volunteer = claim.volunteer
    return volunteer is not None and actor.person_id is not None and volunteer.person_id == actor.person_id


def require_claimant(actor: Actor, claim: ProjectClaim) -> None:
    """Refuse who neither claimed nor keeps the project. Raises: project.not_yours"""
    if not is_claimant(actor, claim) and not may_keep(actor, claim.project.place):
        raise NotAllowed("project.not_yours", _("Only who claimed it and the desk of its place may do this."))
