"""The only writers of the tasks of resolutions: who does what by when. A task that is a matter is a case of its own."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.models import Case
from linli.cases.operations.clocks import Holder, calendar_of
from linli.cases.operations.intake import Report, case_register
from linli.cases.operations.owing import owe, settle
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotAllowed, NotFound
from linli.deliberation.models import Resolution, ResolutionTask
from linli.deliberation.operations.topics import owe_step, reason_of, rule_of
from linli.deliberation.policies import topics as policies
from linli.deliberation.workflow.topics import TASK, TASK_OWED
from linli.organizations.models import Organization
from linli.organizations.policies import held_on

KIND: Final = "resolution"
TASK_KIND: Final = "resolution_task"
LONGEST: Final = 200
MOST: Final = 50
FURTHEST: Final = timedelta(days=3660)


@dataclass(frozen=True, slots=True)
class Assignment:
    """What a body does by a day; `as_case` where it is a matter that goes the way of matters."""

    title: str
    owner_id: int
    due: date
    as_case: bool = False


@transaction.atomic
def task_add(*, actor: Actor, resolution_id: int, assignment: Assignment) -> ResolutionTask:
    """Give a body a task of a resolution that is being carried out.

    Raises: not_found, topic.not_yours, resolution.state, task.title, task.owner, task.due, task.too_many,
    and as `case_register`
    """
    row = _locked(actor, resolution_id)
    policies.require_host(actor, row.place)
    if row.state != "open":
        raise InvalidInput("resolution.state", _("This resolution is carried out already."))
    title = assignment.title.strip()
    if not 0 < len(title) <= LONGEST:
        raise InvalidInput("task.title", _("Say what is to be done, in at most %(most)s characters."), most=LONGEST)
    if not Organization.objects.filter(held_on(clock.today()), pk=assignment.owner_id).exists():
        raise InvalidInput("task.owner", _("Choose the body that does it."))
    if not clock.today() <= assignment.due <= clock.today() + FURTHEST:
        raise InvalidInput("task.due", _("The day by which it is done lies between today and ten years from now."))
    if row.tasks.count() >= MOST:
        raise InvalidInput("task.too_many", _("A resolution has at most %(most)s tasks."), most=MOST)
    task = ResolutionTask.objects.create(
        resolution=row,
        title=title,
        owner_id=assignment.owner_id,
        due=assignment.due,
        case=_case(actor, row, assignment) if assignment.as_case else None,
        recorded=clock.now(),
        recorder=actor.key,
    )
    days = calendar_of(row.place)
    named = f"{title} · {row.title}"
    holder = Holder(organization_id=task.owner_id)
    owe(TASK_OWED, (TASK_KIND, task.pk), named, row.place_id, holder, days.close_of(task.due), days)
    _owe_host(row)
    _journal(actor, "task_add", row, task=task.pk, owner=task.owner_id, due=task.due.isoformat(), case=task.case_id)
    return task


@transaction.atomic
def task_finish(*, actor: Actor, task_id: int, result: str) -> ResolutionTask:
    """Say that a task is done, and what came of it: its body, or whoever hosts. One that is a case follows the case.

    Raises: not_found, task.not_yours, task.follows_case, resolution_task.state, topic.reason
    """
    task = _task(actor, task_id)
    if not policies.may_finish(actor, task):
        raise NotAllowed("task.not_yours", _("This task is another body's."))
    if task.case_id is not None:
        raise InvalidInput("task.follows_case", _("This task is a matter: it is done when the matter is closed."))
    return _end(actor, task, "finish", reason_of(result))


@transaction.atomic
def task_drop(*, actor: Actor, task_id: int, reason: str) -> ResolutionTask:
    """Drop a task with a reason that stays readable.

    Raises: not_found, topic.not_yours_to_except, resolution_task.state, topic.reason
    """
    task = _task(actor, task_id)
    policies.require_except(actor, task.resolution.place)
    return _end(actor, task, "drop", reason_of(reason))


def tasks_follow(*, actor: Actor, case: Case) -> None:
    """Finish the tasks that are a matter once it is closed. In its transaction."""
    rows = ResolutionTask.objects.select_for_update(of=("self",)).filter(case=case, state="open")
    for task in rows.select_related("resolution"):
        _end(actor, task, "finish", case.result[:500] or str(_("The matter is closed.")))


def _end(actor: Actor, task: ResolutionTask, verb: str, result: str) -> ResolutionTask:
    task.state, task.result, task.done_on = TASK.step(task.state, verb), result, clock.today()
    task.save()
    settle(TASK_OWED, (TASK_KIND, task.pk))
    _owe_host(task.resolution)
    _journal(actor, f"task_{verb}", task.resolution, task=task.pk)
    return task


def _owe_host(row: Resolution) -> None:
    """What whoever hosts owes now: nothing while others have tasks to do, to go on once all are done."""
    topic = row.topic
    step = topic.steps.filter(state__in=("under_way", "not_met")).first() if topic and topic.rule else None
    if topic is not None and step is not None and rule_of(topic).step(step.code).kind == "carry_out":
        owe_step(topic, step)


def _case(actor: Actor, row: Resolution, assignment: Assignment) -> Case:
    """The public-benefit task that goes the way of matters."""
    text = f"{assignment.title.strip()}（{row.title}）"
    planned = assignment.due
    report = Report(text, row.place_id, kind="public_task", source="deliberation", planned_end=planned)
    receipt = case_register(actor=actor, report=report)
    return Case.objects.get(pk=receipt.case_id)


def _locked(actor: Actor, resolution_id: int) -> Resolution:
    rows = Resolution.objects.select_for_update(of=("self",)).select_related("place")
    row = rows.filter(policies.resolutions_visible_to(actor), pk=resolution_id).first()
    if row is None:
        raise NotFound
    return row


def _task(actor: Actor, task_id: int) -> ResolutionTask:
    """A task that one sees, locked. Raises: not_found"""
    seen = Resolution.objects.filter(policies.resolutions_visible_to(actor))
    rows = ResolutionTask.objects.select_for_update(of=("self",)).select_related("resolution__place")
    task = rows.filter(pk=task_id, resolution__in=seen).first()
    if task is None:
        raise NotFound
    return task


def _journal(actor: Actor, verb: str, row: Resolution, **facts: Any) -> None:
    journal.write(actor, f"resolution.{verb}", (KIND, row.pk), place_id=row.place_id, facts=facts)
