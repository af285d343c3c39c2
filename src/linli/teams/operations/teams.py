"""A team from its forming to its end: its task, its lead and its time, and that it is known to the roster.

Members, results, calls and matters are in doing.py.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.operations.clocks import Holder, after, calendar_of, post_at
from linli.cases.operations.owing import owe, settle
from linli.cases.sections import Period
from linli.core import clock, journal
from linli.core.actors import SYSTEM, Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.core.models import WorkItem
from linli.core.words import said
from linli.messaging.operations.sending import Draft, message_send
from linli.messaging.queries import To
from linli.organizations.models import Organization, Post
from linli.organizations.operations.bodies import Sketch, organization_create, organization_end
from linli.organizations.policies import held_on
from linli.teams import policies
from linli.teams.models import LONGEST, CallAnswer, TaskTeam, TeamCall, TeamMember
from linli.teams.queries import branches_at, roster
from linli.teams.sections import section
from linli.teams.workflow import END_OWED, KEEP, KIND, NAMED, TEAM
from linli.territory.models import Place

LONGEST_TITLE: Final = 100
ANSWERS_KEPT: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a team is for, who leads it in which capacity, and for how long; `parent_id` is the branch that forms it."""

    kind: str
    name: str
    task: str
    place_id: int
    lead_id: int
    begins_on: date
    planned_end: date
    capacity: str = ""
    parent_id: int | None = None


@transaction.atomic
def team_form(*, actor: Actor, plan: Plan) -> TaskTeam:
    """Form a team around a task, with a lead; the roster knows it as a task force (ORG-11, PPL-24).

    Raises: not_found, team.kind, team.name, team.task, team.days, team.lead, team.capacity, team.once, organization.*
    """
    places = Place.objects.select_for_update(no_key=True).filter(policies.team_places(actor), pk=plan.place_id)
    place = places.first()
    if place is None:
        raise NotFound
    kind = section().kind(plan.kind)
    if kind is None or kind.retired:
        raise InvalidInput("team.kind", _("Say what kind of team it is."))
    team = TaskTeam(kind=kind.code, place=place, begins_on=plan.begins_on, planned_end=plan.planned_end)
    team.name = said(plan.name, LONGEST_TITLE, "team.name")
    team.task = said(plan.task, LONGEST, "team.task")
    if plan.planned_end < max(plan.begins_on, clock.today()):
        raise InvalidInput("team.days", _("It is planned to end today or later, and not before it begins."))
    if TaskTeam.objects.filter(place=place, name=team.name, state="active").exists():
        raise RuleBroken("team.once", _("A team of this name is at work here; give this one another name."))
    found = roster(actor, place, people=[plan.lead_id]).get(plan.lead_id)
    if found is None:
        raise InvalidInput("team.lead", _("A team has a lead: choose somebody who holds a post here."))
    team.lead_id, team.formed, team.formed_by = plan.lead_id, clock.now(), actor.key
    team.organization = _known(plan, kind.label, team)
    team.save(force_insert=True)
    capacity = capacity_in(plan.capacity or found.capacity)
    TeamMember.objects.create(team=team, person_id=plan.lead_id, capacity=capacity, since=clock.today())
    tell(actor, [plan.lead_id], NAMED, team, task=team.task)
    done(actor, "form", team, kind=team.kind, organization=team.organization_id)
    return team


@transaction.atomic
def team_prolong(*, actor: Actor, team_id: int, until: date) -> TaskTeam:
    """Let a team go on until a later day. Raises: not_found, team.not_yours, team.state, team.until"""
    team = running(actor, team_id, "prolong")
    if until <= max(team.planned_end, clock.today()):
        raise InvalidInput("team.until", _("Choose a day after today and after the day planned so far."))
    team.planned_end = until
    Organization.objects.filter(pk=team.organization_id).update(expires=until)
    settle(END_OWED, (KIND, team.pk))
    return saved(actor, "prolong", team, until=f"{until}")


@transaction.atomic
def team_dissolve(*, actor: Actor, team_id: int, outcome: str) -> TaskTeam:
    """Dissolve a team with what came of its task; names that were only names are forgotten.

    Raises: not_found, team.not_yours, team.state, team.outcome, organization.has_posts, organization.has_children,
    organization.has_work
    """
    team = running(actor, team_id, "dissolve")
    team.state, team.outcome = TEAM.step(team.state, "dissolve"), said(outcome, LONGEST, "team.outcome")
    team.ended_on = max(clock.today(), team.begins_on)
    if team.organization.until is None:
        on = max(team.ended_on, team.organization.since or team.ended_on)
        organization_end(actor=SYSTEM, organization_id=team.organization_id, on=on, reason=team.outcome)
    team.members.filter(until=None).update(until=team.ended_on, stayed=True, name="")
    settle(END_OWED, (KIND, team.pk))
    return saved(actor, "dissolve", team)


@transaction.atomic
def teams_check(*, day: date | None = None) -> int:
    """Let whoever leads a team past its planned end decide, and count answers that nobody needs any more.

    Gives how many are asked to decide.
    """
    today = day or clock.today()
    asked = WorkItem.objects.filter(kind=END_OWED, subject_type=KIND, ended=None).values("subject_id")
    over = TaskTeam.objects.filter(state="active", planned_end__lt=today).exclude(pk__in=asked)
    rows = list(over.select_related("place__county", "place__street", "place__community").order_by("pk"))
    for team in rows:
        days = calendar_of(team.place)
        due = after(days, clock.now(), Period(amount=section().decide_days))
        owe(END_OWED, (KIND, team.pk), team.name, team.place_id, _leading(team), due, days)
    calls = TeamCall.objects.select_for_update().filter(coming=None, at__lt=clock.day_start(today) - ANSWERS_KEPT)
    for call in calls:
        call.coming = call.answers.filter(coming=True).count()
        call.save(update_fields=["coming"])
        CallAnswer.objects.filter(call=call).delete()
    return len(rows)


def running(actor: Actor, team_id: int, verb: str) -> TaskTeam:
    """A team for which somebody acts, locked, if the verb is possible now.

    Raises: not_found, team.not_yours, team.state
    """
    team = locked(actor, team_id)
    policies.require_run(actor, team)
    TEAM.step(team.state, verb)
    return team


def locked(actor: Actor, team_id: int) -> TaskTeam:
    """A team that somebody sees, locked. Raises: not_found"""
    rows = TaskTeam.objects.select_for_update(of=("self",)).select_related("place", "organization")
    team = rows.filter(policies.teams_visible_to(actor), pk=team_id).first()
    if team is None:
        raise NotFound
    return team


def capacity_in(code: str) -> str:
    """A capacity of the place. Raises: team.capacity"""
    if code not in {item.code for item in section().capacities if not item.retired}:
        raise InvalidInput("team.capacity", _("Say in which capacity they belong to the team."))
    return code


def tell(actor: Actor, people: list[int], kind: str, team: TaskTeam, **facts: Any) -> None:
    """Tell people who have an account."""
    draft = Draft(kind, facts={"team": team.name, **facts}, link=f"/teams/{team.pk}/", subject=(KIND, team.pk))
    message_send(actor=actor, to=To(people=people), draft=draft)


def saved(actor: Actor, verb: str, team: TaskTeam, **facts: Any) -> TaskTeam:
    """Save a team as its next version, and write what was done."""
    team.version += 1
    team.save()
    done(actor, verb, team, **facts)
    return team


def done(actor: Actor, verb: str, team: TaskTeam, **facts: Any) -> None:
    """Write to the journal what was done to a team."""
    journal.write(actor, f"{KIND}.{verb}", (KIND, team.pk), place_id=team.place_id, facts=facts)


def _known(plan: Plan, kind: str, team: TaskTeam) -> Organization:
    """The body as which the roster knows a team; no names there. Raises: not_found, organization.*"""
    if plan.parent_id and plan.parent_id not in {body.pk for body in branches_at(team.place)}:
        raise NotFound
    # Whoever keeps teams need not keep the roster; the policy of teams was asked already.
    sketch = Sketch(
        type=Organization.Type.TASK_FORCE,
        name=team.name,
        place_id=team.place.pk,
        parent_id=plan.parent_id,
        kind=kind,
        members=1,
        since=plan.begins_on,
        expires=plan.planned_end,
    )
    return organization_create(actor=SYSTEM, sketch=sketch)


def _leading(team: TaskTeam) -> Holder:
    """The post by which the lead answers, near the team if there is one; else whoever keeps the teams there."""
    posts = Post.objects.filter(held_on(clock.today()), person_id=team.lead_id, confirmed=True).order_by("pk")
    held = list(posts.values_list("pk", "place__path"))
    near = [pk for pk, path in held if path.startswith(team.place.path)]
    found = next(iter([*near, *(pk for pk, _path in held)]), None)
    return Holder(post_id=found) if found else post_at(team.place.path, KEEP)
