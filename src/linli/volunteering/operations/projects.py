"""The only writers of projects: proposed, reviewed stage by stage, brands with their teams and activities."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.activities.models import Activity
from linli.core import clock
from linli.core.actors import Actor
from linli.core.bulk import next_ids
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.organizations.models import Organization
from linli.territory.models import Place
from linli.volunteering.models import ProjectReview, ServiceProject
from linli.volunteering.operations.steps import LONGEST_NAME, done, optional, owe_answer, owed_no_more, said
from linli.volunteering.policies import projects as policies
from linli.volunteering.policies.volunteers import require_keep
from linli.volunteering.workflow import PROJECT, PROJECTS, REVIEW_OWED, VERDICTS

LONGEST_PANEL = 200


@dataclass(frozen=True, slots=True)
class Proposal:
    """A project as it is written down: its name, and what it is for."""

    name: str
    aim: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a panel says: one of VERDICTS, why, and who sat on it (bodies or posts, not private people)."""

    verdict: str
    words: str
    panel: str


@transaction.atomic
def project_propose(*, actor: Actor, team_id: int, proposal: Proposal) -> ServiceProject:
    """Propose a project for the incubator, for a team (VOL-04); the desk of its place owes a review.

    Raises: not_found, project.not_yours, project.name
    """
    team = _team(team_id)
    policies.require_propose(actor, team)
    row = _new("incubated", "idea", team.place, proposal)
    row.team = team
    row.save(force_insert=True)
    owe_answer(REVIEW_OWED, (PROJECT, row.pk), row.name, team.place)
    return _done(actor, "propose", row)


@transaction.atomic
def brand_make(*, actor: Actor, place_id: int, proposal: Proposal, team_ids: Collection[int] = ()) -> ServiceProject:
    """Create a brand that groups teams and their activities (VOL-05).

    Raises: not_found, volunteer.not_yours, project.name, project.teams
    """
    place = _place(place_id)
    require_keep(actor, place)
    row = _new("brand", "graduated", place, proposal)
    row.graduated_on = clock.today()
    row.save(force_insert=True)
    _group(row, team_ids)
    return _done(actor, "brand", row, teams=len(set(team_ids)))


@transaction.atomic
def brand_group(*, actor: Actor, project_id: int, team_ids: Collection[int]) -> ServiceProject:
    """Say which teams belong to a brand. Raises: not_found, project.not_yours, project.not_brand, project.teams"""
    row = _kept(actor, project_id)
    _require_brand(row)
    _group(row, team_ids)
    return _saved(actor, "group", row, teams=len(set(team_ids)))


@transaction.atomic
def brand_add_activity(*, actor: Actor, project_id: int, activity_id: int, out: bool = False) -> ServiceProject:
    """Count an activity among those of a brand though no team of the brand held it, or no longer.

    Raises: not_found, project.not_yours, project.not_brand, project.activity
    """
    row = _kept(actor, project_id)
    _require_brand(row)
    activity = Activity.objects.filter(pk=activity_id, place__path__startswith=row.place.path).first()
    if activity is None:
        raise InvalidInput("project.activity", _("There is no such activity at this place."))
    (row.activities.remove if out else row.activities.add)(activity)
    return _saved(actor, "activity", row, activity=activity_id, out=out)


def _require_brand(row: ServiceProject) -> None:
    """Only brands and graduated projects group anything. Raises: project.not_brand"""
    if row.stage != "graduated":
        raise RuleBroken("project.not_brand", _("Only a brand or a graduated project groups teams and activities."))


def _group(row: ServiceProject, team_ids: Collection[int]) -> None:
    teams = Organization.objects.filter(type=Organization.Type.VOLUNTEER, place__path__startswith=row.place.path)
    chosen = list(teams.filter(pk__in=team_ids))
    if len(chosen) != len(set(team_ids)):
        raise InvalidInput("project.teams", _("Choose teams of this place."))
    row.teams.set(chosen)


@transaction.atomic
def project_review(*, actor: Actor, project_id: int, verdict: Verdict) -> ProjectReview:
    """Write down what the panel said, and take the project to the stage that follows (VOL-04).

    The stages are in order: what is an idea does not graduate. Nobody reviews what a team of theirs proposed.
    Raises: not_found, project.not_yours, project.own, project.verdict, project.words, project.panel,
    service_project.state
    """
    row = _kept(actor, project_id)
    if row.kind == "micro":
        raise NotFound
    if row.team_id is not None and row.team_id in actor.organization_ids:
        raise RuleBroken("project.own", _("Nobody reviews a project of their own team."))
    if verdict.verdict not in dict(VERDICTS):
        raise InvalidInput("project.verdict", _("Choose from the list."))
    row.stage = PROJECTS.step(row.stage, verdict.verdict)
    row.graduated_on = clock.today() if verdict.verdict == "graduate" else row.graduated_on
    row.ended_on = clock.today() if verdict.verdict == "close" else row.ended_on
    made = ProjectReview.objects.create(
        project=row,
        verdict=verdict.verdict,
        words=said(verdict.words, "project.words"),
        panel=said(verdict.panel, "project.panel", LONGEST_PANEL),
        on=clock.today(),
        stage=row.stage,
        recorder=actor.key,
    )
    owed_no_more(REVIEW_OWED, (PROJECT, row.pk))
    if row.stage == "incubating":
        owe_answer(REVIEW_OWED, (PROJECT, row.pk), row.name, row.place)
    _saved(actor, "review", row, verdict=verdict.verdict)
    return made


@transaction.atomic
def micro_post(*, actor: Actor, place_id: int, proposal: Proposal, due: date | None = None) -> ServiceProject:
    """Post a micro-project that volunteers and bodies may claim (VOL-10).

    Raises: not_found, volunteer.not_yours, project.name, project.due
    """
    place = _place(place_id)
    require_keep(actor, place)
    if due is not None and due < clock.today():
        raise InvalidInput("project.due", _("This day is over."))
    row = _new("micro", "open", place, proposal)
    row.due = due
    row.save(force_insert=True)
    return _done(actor, "post", row)


@transaction.atomic
def micro_withdraw(*, actor: Actor, project_id: int) -> ServiceProject:
    """Withdraw a micro-project that nobody has claimed. Raises: not_found, project.not_yours, service_project.state"""
    row = _kept(actor, project_id)
    row.stage = PROJECTS.step(row.stage, "withdraw")
    row.ended_on = clock.today()
    return _saved(actor, "withdraw", row)


def _new(kind: str, stage: str, place: Place, proposal: Proposal) -> ServiceProject:
    pk = next_ids(ServiceProject, 1)[0]
    name, aim = said(proposal.name, "project.name", LONGEST_NAME), optional(proposal.aim, "project.name")
    number = f"P{clock.today():%Y}{pk:06d}"
    return ServiceProject(
        id=pk, number=number, kind=kind, stage=stage, place=place, name=name, aim=aim, proposed_on=clock.today()
    )


def _team(team_id: int) -> Organization:
    rows = Organization.objects.filter(type=Organization.Type.VOLUNTEER, until=None, pk=team_id)
    team = rows.select_related("place__county", "place__street", "place__community").first()
    if team is None:
        raise NotFound
    return team


def _place(place_id: int) -> Place:
    place = Place.objects.filter(Q(placeholder=False, until=None), pk=place_id).first()
    if place is None:
        raise NotFound
    return place


def locked(project_id: int) -> ServiceProject:
    """A project, locked. Raises: not_found"""
    rows = ServiceProject.objects.select_for_update(of=("self",))
    row = rows.select_related("place__county", "place__street", "place__community").filter(pk=project_id).first()
    if row is None:
        raise NotFound
    return row


def _kept(actor: Actor, project_id: int) -> ServiceProject:
    row = locked(project_id)
    policies.require_project(actor, row)
    return row


def _saved(actor: Actor, verb: str, row: ServiceProject, **facts: str | int | bool) -> ServiceProject:
    row.version += 1
    row.save()
    return _done(actor, verb, row, **facts)


def _done(actor: Actor, verb: str, row: ServiceProject, **facts: str | int | bool) -> ServiceProject:
    done(actor, verb, (PROJECT, row.pk), row.place_id, **facts)
    return row
