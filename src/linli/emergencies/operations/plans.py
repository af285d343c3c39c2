"""Emergency plans: written, with their steps; looked through at intervals; taken out of force."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.operations.clocks import calendar_of, post_at
from linli.cases.operations.owing import owe, settle
from linli.core import clock, journal
from linli.core.actors import SYSTEM, Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken, Stale
from linli.core.words import at_most, said
from linli.emergencies import policies
from linli.emergencies.models import EmergencyPlan, PlanStep
from linli.emergencies.queries import shelters_for, teams_for
from linli.emergencies.sections import names, section
from linli.emergencies.workflow import CHECK_OWED, KEEP, PLAN, PLANNED
from linli.organizations.sections import kinds_in_force
from linli.territory.models import Place

# So many days before a plan is to be looked through again, it is owed.
AHEAD: Final = timedelta(days=30)
MOST_STEPS: Final = 30
MOST_MINUTES: Final = 7 * 24 * 60


@dataclass(frozen=True, slots=True)
class Sketch:
    """What a plan says: its kind and title, what everybody should do, numbers to call, who is called, shelters."""

    title: str
    kind: str
    advice: str = ""
    phones: str = ""
    calls: Sequence[str] = ()
    team_ids: Sequence[int] = ()
    shelter_ids: Sequence[int] = ()


@transaction.atomic
def plan_add(*, actor: Actor, place_id: int, sketch: Sketch) -> EmergencyPlan:
    """Write a plan for a place (SAF-09); its steps follow.

    Raises: not_found, emergency_plan.title, emergency_plan.title_taken, emergency_plan.kind, emergency_plan.words,
    emergency_plan.calls
    """
    place = Place.objects.filter(policies.keeping_places(actor), pk=place_id).first()
    if place is None:
        raise NotFound
    row = EmergencyPlan(place=place, since=clock.today(), checked=clock.today())
    _fill(row, sketch)
    row.save(force_insert=True)
    _choose(row, sketch)
    _done(actor, "add", row)
    return row


@transaction.atomic
def plan_change(*, actor: Actor, plan_id: int, version: int, sketch: Sketch) -> EmergencyPlan:
    """Change what a plan says; what is active already keeps what it began with.

    Raises: not_found, emergency_plan.not_yours, emergency_plan.stale, emergency_plan.state, and those of plan_add
    """
    row = _kept(actor, plan_id)
    if row.version != version:
        raise Stale("emergency_plan.stale", _("Somebody changed this meanwhile; look at it again."))
    _fill(row, sketch)
    _choose(row, sketch)
    return _saved(actor, "change", row)


@transaction.atomic
def step_add(
    *, actor: Actor, plan_id: int, text: str, minutes: int, post_kind: str = "", organization_id: int | None = None
) -> PlanStep:
    """Add a step: what is done, within how many minutes, by a kind of post or a body.

    Raises: not_found, emergency_plan.not_yours, emergency_plan.state, plan_step.text, plan_step.minutes,
    plan_step.doer, plan_step.too_many
    """
    row = _kept(actor, plan_id)
    if row.steps.count() >= MOST_STEPS:
        raise RuleBroken("plan_step.too_many", _("A plan has at most %(most)s steps."), most=MOST_STEPS)
    if not 1 <= minutes <= MOST_MINUTES:
        raise InvalidInput("plan_step.minutes", _("Say within how many minutes, at most a week."))
    known = (
        post_kind in kinds_in_force() if post_kind else teams_for(row.place).filter(pk=organization_id or 0).exists()
    )
    if not known or (post_kind and organization_id):
        raise InvalidInput("plan_step.doer", _("Choose the post or the body that does this step."))
    step = PlanStep(plan=row, text=said(text, 160, "plan_step.text"), minutes=minutes)
    step.post_kind, step.organization_id = post_kind, organization_id
    step.save(force_insert=True)
    _saved(actor, "add_step", row)
    return step


@transaction.atomic
def step_drop(*, actor: Actor, plan_id: int, step_id: int) -> None:
    """Take a step out of a plan. Raises: not_found, emergency_plan.not_yours, emergency_plan.state"""
    row = _kept(actor, plan_id)
    if not row.steps.filter(pk=step_id).delete()[0]:
        raise NotFound
    _saved(actor, "drop_step", row)


@transaction.atomic
def plan_check(*, actor: Actor, plan_id: int) -> EmergencyPlan:
    """Say that a plan was looked through and is right as it stands.

    Raises: not_found, emergency_plan.not_yours, emergency_plan.state
    """
    row = _kept(actor, plan_id)
    row.checked = clock.today()
    settle(CHECK_OWED, (PLAN, row.pk))
    return _saved(actor, "check", row)


@transaction.atomic
def plan_end(*, actor: Actor, plan_id: int) -> EmergencyPlan:
    """Take a plan out of force; one that is active ends first.

    Raises: not_found, emergency_plan.not_yours, emergency_plan.state, emergency_plan.active
    """
    row = _kept(actor, plan_id)
    if row.activations.filter(state="active").exists():
        raise RuleBroken("emergency_plan.active", _("It is active: end the emergency first."))
    row.state, row.until = PLANNED.step(row.state, "end"), clock.today()
    settle(CHECK_OWED, (PLAN, row.pk))
    return _saved(actor, "end", row)


@transaction.atomic
def plans_check(*, at: datetime | None = None) -> int:
    """Owe a look to the plans whose interval ends within a month. Gives how many."""
    today = clock.day_of(at or clock.now())
    every = timedelta(days=section().check_days)
    rows = EmergencyPlan.objects.filter(state="in_force", checked__lte=today - every + AHEAD).select_related("place")
    found = list(rows)
    for row in found:
        days = calendar_of(row.place)
        holder = post_at(row.place.path, KEEP)
        owe(CHECK_OWED, (PLAN, row.pk), row.title, row.place_id, holder, days.close_of(row.checked + every), days)
    if found:
        journal.write(SYSTEM, f"{PLAN}.owe_check", None, count=len(found))
    return len(found)


def plan_locked(actor: Actor, plan_id: int) -> EmergencyPlan:
    """A plan that the actor sees, locked. Raises: not_found"""
    rows = EmergencyPlan.objects.select_for_update(of=("self",)).select_related("place")
    row = rows.filter(policies.plans_visible_to(actor), pk=plan_id).first()
    if row is None:
        raise NotFound
    return row


def _kept(actor: Actor, plan_id: int) -> EmergencyPlan:
    """A plan in force that the actor keeps, locked.

    Raises: not_found, emergency_plan.not_yours, emergency_plan.state
    """
    row = plan_locked(actor, plan_id)
    policies.require_keep(actor, row)
    PLANNED.step(row.state, "end")
    return row


def _fill(row: EmergencyPlan, sketch: Sketch) -> None:
    chosen = section()
    if sketch.kind not in names(chosen.kinds):
        raise InvalidInput("emergency_plan.kind", _("Choose the kind of emergency."))
    if not set(sketch.calls) <= set(kinds_in_force()):
        raise InvalidInput("emergency_plan.calls", _("Choose posts that there are."))
    row.title, row.kind = said(sketch.title, 80, "emergency_plan.title"), sketch.kind
    same = EmergencyPlan.objects.filter(place=row.place, title=row.title, until=None).exclude(pk=row.pk)
    if same.exists():
        raise RuleBroken("emergency_plan.title_taken", _("There is a plan of this name here already."))
    row.advice = at_most(sketch.advice, 1000, "emergency_plan.words")
    row.phones = at_most(sketch.phones, 300, "emergency_plan.words")
    row.calls = list(dict.fromkeys(sketch.calls))


def _choose(row: EmergencyPlan, sketch: Sketch) -> None:
    """Set the bodies and shelters, of those that lie there. Raises: emergency_plan.calls"""
    teams = teams_for(row.place).filter(pk__in=sketch.team_ids)
    shelters = shelters_for(row.place).filter(pk__in=sketch.shelter_ids)
    if teams.count() != len(set(sketch.team_ids)) or shelters.count() != len(set(sketch.shelter_ids)):
        raise InvalidInput("emergency_plan.calls", _("Choose bodies and shelters of this place."))
    row.teams.set(teams)
    row.shelters.set(shelters)


def _saved(actor: Actor, verb: str, row: EmergencyPlan) -> EmergencyPlan:
    row.version += 1
    row.save()
    _done(actor, verb, row)
    return row


def _done(actor: Actor, verb: str, row: EmergencyPlan, **facts: Any) -> None:
    journal.write(actor, f"{PLAN}.{verb}", (PLAN, row.pk), place_id=row.place_id, facts=facts)
