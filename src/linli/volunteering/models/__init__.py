"""Volunteers, their teams, projects, claims, volunteer posts, and support that social organisations were given,
honours."""

from linli.volunteering.models.honours import Honour, HonourObjection
from linli.volunteering.models.neighbours import NeighbourOffer
from linli.volunteering.models.posts import PostAssignment, SupportRecord, VolunteerPost
from linli.volunteering.models.projects import ProjectClaim, ProjectReview, ServiceProject
from linli.volunteering.models.volunteers import TeamMembership, Volunteer

__all__ = [
    "Honour",
    "HonourObjection",
    "NeighbourOffer",
    "PostAssignment",
    "ProjectClaim",
    "ProjectReview",
    "ServiceProject",
    "SupportRecord",
    "TeamMembership",
    "Volunteer",
    "VolunteerPost",
]
