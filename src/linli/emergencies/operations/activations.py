"""Activations: an officer starts a plan, posts and bodies are called, steps are done, it ends and is reviewed.

Whoever starts one holds the lock of its plan, so that a plan is active once; the database checks it once more.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.cases.operations.clocks import Holder, after, calendar_of, post_at
from linli.cases.operations.owing import owe, settle
from linli.cases.sections import Period
from linli.core import clock, journal
from linli.core.actors import SYSTEM, Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.core.words import said
from linli.emergencies import policies
from linli.emergencies.models import Activation, ActivationStep, Call, EmergencyPlan
from linli.emergencies.operations.plans import plan_locked
from linli.emergencies.queries import areas_for, doer_of, posts_called
from linli.emergencies.sections import names, section
from linli.emergencies.workflow import (
    ACTIVATE,
    ACTIVATION,
    ACTIVE,
    ANSWERS,
    CALLED,
    ENDED,
    PLANNED,
    REVIEW_OWED,
    STEP,
    STEP_OWED,
)
from linli.messaging.operations.sending import Draft, Urgency, message_send
from linli.messaging.queries import To

LONGEST: Final = 200
LONGEST_REVIEW: Final = 1000


@dataclass(frozen=True, slots=True)
class Start:
    """Why a plan becomes active, at which level, for which places, and when it ends as planned."""

    level: str
    reason: str
    ends: datetime
    area_ids: tuple[int, ...]


@transaction.atomic
def activation_start(*, actor: Actor, plan_id: int, start: Start) -> Activation:
    """Start a plan: its posts and bodies are called at once, each step is owed by whoever does it (SAF-09).

    Raises: not_found, activation.not_yours, emergency_plan.state, activation.already, activation.no_steps,
    activation.level, activation.reason, activation.ends, activation.area
    """
    plan = plan_locked(actor, plan_id)
    policies.require_activate(actor, plan.place)
    PLANNED.step(plan.state, "end")
    if plan.activations.filter(state="active").exists():
        raise RuleBroken("activation.already", _("This plan is active already: open it, and change its end there."))
    if not plan.steps.exists():
        raise RuleBroken("activation.no_steps", _("This plan has no steps yet: write down first who does what."))
    if start.level not in names(section().levels):
        raise InvalidInput("activation.level", _("Choose the level."))
    row = Activation(plan=plan, place=plan.place, level=start.level, started=clock.now(), starter=actor.key)
    row.reason = said(start.reason, LONGEST, "activation.reason")
    row.ends = _end(start.ends)
    areas = list(areas_for(plan.place).filter(pk__in=start.area_ids))
    if not areas or len(areas) != len(set(start.area_ids)):
        raise InvalidInput("activation.area", _("Choose at least one place of this plan."))
    row.save(force_insert=True)
    row.areas.set(areas)
    _call_out(actor, row, plan)
    _owe_steps(row, plan)
    _done(actor, "start", row, level=row.level)
    return row


@transaction.atomic
def activation_extend(*, actor: Actor, activation_id: int, ends: datetime, reason: str) -> Activation:
    """Give an emergency another end, with the reason.

    Raises: not_found, activation.not_yours, activation.state, activation.ends, activation.reason
    """
    row = _led(actor, activation_id)
    ACTIVE.step(row.state, "extend")
    row.ends, row.reason = _end(ends), said(reason, LONGEST, "activation.reason")
    return _saved(actor, "extend", row, ends=row.ends.isoformat())


@transaction.atomic
def activation_end(*, actor: Actor, activation_id: int) -> Activation:
    """End an emergency: nothing of it is owed any more, help cards are closed at once, a review is owed.

    Raises: not_found, activation.not_yours, activation.state
    """
    return _over(actor, _led(actor, activation_id), "end")


@transaction.atomic
def activations_check(*, at: datetime | None = None) -> int:
    """End what nobody extended. Gives how many."""
    rows = Activation.objects.select_for_update(of=("self",), skip_locked=True).select_related("plan", "place")
    found = list(rows.filter(state="active", ends__lte=at or clock.now()))
    for row in found:
        _over(SYSTEM, row, "lapse")
    return len(found)


@transaction.atomic
def activation_review(*, actor: Actor, activation_id: int, text: str) -> Activation:
    """Write down what was learnt from an emergency.

    Raises: not_found, activation.not_yours, activation.state, activation.review
    """
    row = _led(actor, activation_id)
    row.state = ACTIVE.step(row.state, "review")
    row.review, row.reviewed = said(text, LONGEST_REVIEW, "activation.review"), clock.today()
    settle(REVIEW_OWED, (ACTIVATION, row.pk))
    return _saved(actor, "review", row)


@transaction.atomic
def call_answer(*, actor: Actor, activation_id: int, answer: str) -> int:
    """Answer a call for one's post or body; the last answer counts. Gives how many calls it answers.

    Raises: not_found, activation.state, activation.not_called, activation.answer
    """
    row = activation_locked(actor, activation_id)
    ACTIVE.step(row.state, "end")
    if answer not in dict(ANSWERS):
        raise InvalidInput("activation.answer", _("Choose one of the answers."))
    many = row.calls.filter(policies.called_to(actor)).update(answer=answer, answered=clock.now())
    if not many:
        raise RuleBroken("activation.not_called", _("Your post is not called; there is nothing to answer."))
    _done(actor, "answer", row)
    return many


@transaction.atomic
def step_tick(*, actor: Actor, step_id: int) -> ActivationStep:
    """Say that a step is done. Raises: not_found, activation.state, activation_step.not_yours, activation_step.done"""
    found = ActivationStep.objects.filter(policies.steps_visible_to(actor), pk=step_id)
    activation_id = found.values_list("activation_id", flat=True).first()
    row = activation_locked(actor, activation_id or 0)
    step = ActivationStep.objects.select_for_update(of=("self",)).select_related("activation__place").get(pk=step_id)
    ACTIVE.step(row.state, "end")
    policies.require_tick(actor, step)
    if step.done:
        raise RuleBroken("activation_step.done", _("This step is done already."))
    step.done = clock.now()
    step.save(update_fields=["done"])
    settle(STEP_OWED, (STEP, step.pk))
    _done(actor, "tick", row, step=step.pk)
    return step


def activation_locked(actor: Actor, activation_id: int) -> Activation:
    """An activation that the actor sees, locked. Raises: not_found"""
    rows = Activation.objects.select_for_update(of=("self",)).select_related("plan", "place")
    row = rows.filter(policies.activations_visible_to(actor), pk=activation_id).first()
    if row is None:
        raise NotFound
    return row


def _led(actor: Actor, activation_id: int) -> Activation:
    row = activation_locked(actor, activation_id)
    policies.require_activate(actor, row.place)
    return row


def _end(ends: datetime) -> datetime:
    """The planned end. Raises: activation.ends"""
    most = section().most_days
    if not clock.now() < ends <= clock.now() + timedelta(days=most):
        raise InvalidInput("activation.ends", _("It ends in the future, at most %(most)s days from now."), most=most)
    return ends


def _call_out(actor: Actor, row: Activation, plan: EmergencyPlan) -> None:
    """Call every post of the kinds in the plan, and its bodies; each hears of it at once, by day or night."""
    posts = posts_called(plan, row)
    teams = list(plan.teams.filter(until=None).values_list("pk", flat=True))
    calls = [Call(activation=row, post_id=pk) for pk in posts]
    Call.objects.bulk_create([*calls, *(Call(activation=row, organization_id=pk) for pk in teams)])
    facts = {"plan": plan.title, "level": names(section().levels)[row.level], "reason": row.reason}
    _tell(actor, row, Draft(CALLED, facts=facts, urgency=Urgency.EMERGENCY))


def _tell(actor: Actor, row: Activation, draft: Draft) -> None:
    """Send a message to all who are called."""
    called = list(row.calls.values_list("post_id", "organization_id"))
    to = To(posts=[post for post, _body in called if post], organizations=[body for _post, body in called if body])
    link = reverse("emergencies:activation", args=[row.pk])
    about = Draft(draft.kind, facts=draft.facts, urgency=draft.urgency, link=link, subject=(ACTIVATION, row.pk))
    message_send(actor=actor, to=to, draft=about)


def _owe_steps(row: Activation, plan: EmergencyPlan) -> None:
    days = calendar_of(row.place)
    for planned in plan.steps.order_by("minutes", "pk"):
        post_id, organization_id = doer_of(planned, row)
        due = row.started + timedelta(minutes=planned.minutes)
        step = ActivationStep(activation=row, text=planned.text, due=due)
        step.post_id, step.organization_id = post_id, organization_id
        step.save(force_insert=True)
        title = f"{plan.title}：{planned.text}"
        owe(STEP_OWED, (STEP, step.pk), title, row.place_id, Holder(organization_id, post_id), due, days)


def _over(actor: Actor, row: Activation, verb: str) -> Activation:
    row.state, row.ended = ACTIVE.step(row.state, verb), clock.now()
    for pk in row.steps.filter(done=None).values_list("pk", flat=True):
        settle(STEP_OWED, (STEP, pk))
    days = calendar_of(row.place)
    due = after(days, row.ended, Period(amount=section().review_days))
    owe(REVIEW_OWED, (ACTIVATION, row.pk), str(row), row.place_id, post_at(row.place.path, ACTIVATE), due, days)
    _tell(actor, row, Draft(ENDED, facts={"plan": row.plan.title}))
    return _saved(actor, verb, row)


def _saved(actor: Actor, verb: str, row: Activation, **facts: Any) -> Activation:
    row.version += 1
    row.save()
    _done(actor, verb, row, **facts)
    return row


def _done(actor: Actor, verb: str, row: Activation, **facts: Any) -> None:
    journal.write(actor, f"{ACTIVATION}.{verb}", (ACTIVATION, row.pk), place_id=row.place_id, facts=facts)
