"""The only writers of claims: one lead claims a micro-project, others join, they deliver, the desk confirms."""

from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotAllowed, NotFound, RuleBroken
from linli.volunteering.models import ProjectClaim, ServiceProject, Volunteer
from linli.volunteering.operations.projects import locked
from linli.volunteering.operations.steps import done, owe_answer, owed_no_more, said
from linli.volunteering.policies import projects as policies
from linli.volunteering.policies.volunteers import own_volunteer
from linli.volunteering.workflow import CLAIMING, CONFIRM_OWED, PROJECT, PROJECTS

CLAIM: Final = "project_claim"


@transaction.atomic
def project_claim(*, actor: Actor, project_id: int, organization_id: int | None = None) -> ProjectClaim:
    """Claim a micro-project: oneself as a volunteer, or for a body in which one holds a post (VOL-10).

    The first leads it, others join. Two at the same moment: the row lock decides which of them leads.
    Raises: not_found, volunteer.not_registered, project.not_yours, service_project.state, project.twice
    """
    project = _micro(project_id)
    project.stage = PROJECTS.step(project.stage, "claim")
    claim = ProjectClaim(project=project, place_id=project.place_id, claimed_on=clock.today())
    if organization_id is not None:
        if organization_id not in actor.organization_ids:
            raise NotAllowed("project.not_yours", _("You hold no post in this body."))
        claim.organization_id = organization_id
    else:
        own = Volunteer.objects.filter(own_volunteer(actor), state="registered").first()
        if own is None:
            raise RuleBroken("volunteer.not_registered", _("Register as a volunteer first."))
        claim.volunteer = own
    claim.lead = not project.claims.filter(lead=True, state__in=CLAIMING).exists()
    try:
        with transaction.atomic():
            claim.save(force_insert=True)
    except IntegrityError as error:
        if "_once" not in str(error):
            raise
        raise RuleBroken("project.twice", _("You have claimed this already.")) from error
    project.version += 1
    project.save()
    done(actor, "claim", (PROJECT, project.pk), project.place_id, lead=claim.lead, body=organization_id or 0)
    return claim


@transaction.atomic
def claim_release(*, actor: Actor, claim_id: int) -> ProjectClaim:
    """Give a claim back. Where it led, the next claimant leads; without one the project is open again.

    Raises: not_found, project.not_yours, service_project.state
    """
    claim, project = _locked(actor, claim_id)
    after = PROJECTS.step(project.stage, "release")
    led, claim.lead, claim.state = claim.lead, False, "released"
    claim.version += 1
    claim.save()
    following = project.claims.filter(state__in=CLAIMING).order_by("pk").first()
    if following is None:
        project.stage = after
    elif led:
        following.lead = True
        following.save()
    project.version += 1
    project.save()
    done(actor, "release", (PROJECT, project.pk), project.place_id, claim=claim.pk)
    return claim


@transaction.atomic
def project_deliver(*, actor: Actor, claim_id: int, words: str) -> ServiceProject:
    """Say that it is done, and what was done: the one who leads it, or the desk for them.

    Raises: not_found, project.not_yours, project.not_lead, project.words, service_project.state
    """
    claim, project = _locked(actor, claim_id)
    if not claim.lead:
        raise RuleBroken("project.not_lead", _("The one who leads it says that it is done."))
    project.stage = PROJECTS.step(project.stage, "deliver")
    project.result = said(words, "project.words")
    standing = project.claims.filter(state="claimed")
    standing.update(state="delivered", delivered_on=clock.today())
    owe_answer(CONFIRM_OWED, (PROJECT, project.pk), project.name, project.place)
    return _saved(actor, "deliver", project)


@transaction.atomic
def project_confirm(*, actor: Actor, project_id: int, accepted: bool) -> ServiceProject:
    """Confirm what was delivered, or say that it is not done yet. Nobody confirms what they claimed.

    Raises: not_found, project.not_yours, project.own, service_project.state
    """
    project = _micro(project_id)
    policies.require_project(actor, project)
    claims = list(project.claims.select_related("volunteer").filter(state__in=CLAIMING))
    if any(policies.is_claimant(actor, claim) for claim in claims):
        raise RuleBroken("project.own", _("Nobody confirms what they claimed; ask a colleague."))
    project.stage = PROJECTS.step(project.stage, "confirm" if accepted else "reopen")
    delivered = project.claims.filter(state="delivered")
    if accepted:
        delivered.update(state="confirmed", confirmed_on=clock.today())
        project.ended_on = clock.today()
    else:
        delivered.update(state="claimed", delivered_on=None)
    owed_no_more(CONFIRM_OWED, (PROJECT, project.pk))
    return _saved(actor, "confirm" if accepted else "reopen", project)


def _micro(project_id: int) -> ServiceProject:
    row = locked(project_id)
    if row.kind != "micro":
        raise NotFound
    return row


def _locked(actor: Actor, claim_id: int) -> tuple[ProjectClaim, ServiceProject]:
    """A claim that stands, and its project, the project locked first. Raises: not_found, project.not_yours"""
    found = ProjectClaim.objects.filter(pk=claim_id).values_list("project_id", flat=True).first()
    if found is None:
        raise NotFound
    project = _micro(found)
    claim = ProjectClaim.objects.select_related("volunteer", "project__place").get(pk=claim_id)
    if not ProjectClaim.objects.filter(policies.claims_visible_to(actor), pk=claim_id).exists():
        raise NotFound
    policies.require_claimant(actor, claim)
    if claim.state != "claimed":
        raise RuleBroken("service_project.state", _("This has been settled already."))
    claim.project = project
    return claim, project


def _saved(actor: Actor, verb: str, project: ServiceProject) -> ServiceProject:
    project.version += 1
    project.save()
    done(actor, verb, (PROJECT, project.pk), project.place_id)
    return project
