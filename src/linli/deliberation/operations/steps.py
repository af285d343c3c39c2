"""The only writers of steps: held with numbers, merged, skipped, made public, done once what they ask for is there.

Steps go in their order. One that was not enough stays, with its numbers, until it is held again.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.operations.intake import file_row
from linli.core import clock, files
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.deliberation.holding import Sitting, counted, require_numbers
from linli.deliberation.models import Holding, Resolution, StepPaper, Topic, TopicStep
from linli.deliberation.operations.topics import done, locked, owe_step, reach_next, reason_of, rule_of
from linli.deliberation.policies import topics as policies
from linli.deliberation.procedures import Step
from linli.deliberation.queries.people import one_person
from linli.deliberation.workflow.topics import STEP, STEP_OVER, TOPIC
from linli.publishing.operations.publications import Notice, Upload, publication_post

DAY: Final = timedelta(days=1)
LONGEST: Final = 4000
MOST_PAPERS: Final = 20


def step_hold(*, actor: Actor, step_id: int, sitting: Sitting, uploads: Sequence[Upload] = ()) -> Holding:
    """Record that a step was held. With enough for its thresholds it is done; otherwise it can be held again.

    Raises: not_found, topic.not_yours, topic_step.turn, topic_step.kind, topic_step.day, topic_step.notice,
    topic_step.papers, holding.missing, holding.numbers, topic_step.state, file.*
    """
    stored = _stored(uploads)
    with transaction.atomic():
        topic, row, step = _current(actor, step_id)
        if step.kind not in ("talk", "meet", "vote"):
            raise RuleBroken("topic_step.kind", _("This step is not held; it is made public, carried out or rated."))
        _require_days(topic, row, step, sitting)
        require_numbers(step, sitting)
        _attach(actor, row, stored)
        if row.papers.count() < len(step.papers):
            wanted = "、".join(step.papers)
            raise InvalidInput("topic_step.papers", _("This step needs its papers: %(papers)s."), papers=wanted)
        checks = counted(step, sitting)
        met = all(check["met"] for check in checks)
        values = {name: value for name, value in asdict(sitting).items() if name not in ("notice_on", "summary")}
        said = sitting.summary.strip()[:LONGEST]
        holding = Holding.objects.create(
            step=row, **values, summary=said, met=met, checks=checks, recorded=clock.now(), recorder=actor.key
        )
        row.notice_on = sitting.notice_on or row.notice_on
        topic.came = sitting.present if sitting.came is not None else topic.came
        numbers = {"held_on": sitting.held_on.isoformat(), "met": met, "due": sitting.due, "came": sitting.came}
        _go_on(actor, topic, row, "finish" if met else "fail", sitting.held_on, summary=said, **numbers)
    return holding


@transaction.atomic
def step_merge(*, actor: Actor, step_id: int) -> TopicStep:
    """Hold a step together with the next, where secretary and director are one person.

    Raises: not_found, topic.not_yours, topic_step.turn, topic_step.not_merged, topic_step.state
    """
    topic, row, step = _current(actor, step_id)
    if step.merges == "never" or not one_person(topic.place):
        message = _("This step is held by itself: only where secretary and director are one person may it be merged.")
        raise RuleBroken("topic_step.not_merged", message)
    _go_on(actor, topic, row, "merge", None)
    return row


@transaction.atomic
def step_skip(*, actor: Actor, step_id: int, reason: str) -> TopicStep:
    """Leave a step out, with a reason that stays readable. No step of 四议两公开 can be.

    Raises: not_found, topic.not_yours, topic.not_yours_to_except, topic_step.turn, topic_step.never_skipped,
    topic_step.state, topic.reason
    """
    topic, row, step = _current(actor, step_id)
    policies.require_except(actor, topic.place)
    if not step.skippable or not rule_of(topic).skips:
        raise RuleBroken("topic_step.never_skipped", _("This step cannot be skipped."))
    row.reason = reason_of(reason)
    _go_on(actor, topic, row, "skip", None, reason=row.reason)
    return row


def step_disclose(*, actor: Actor, step_id: int, text: str, uploads: Sequence[Upload] = ()) -> TopicStep:
    """Make a step public as a notice of the place; it stays up for at least the days that the procedure asks for.

    Raises: not_found, topic.not_yours, topic_step.turn, topic_step.kind, topic_step.public, and as `publication_post`
    """
    with transaction.atomic():
        topic, row, step = _current(actor, step_id)
        if step.kind != "disclose":
            raise RuleBroken("topic_step.kind", _("This step is not one that is made public."))
        if row.publication is not None and row.publication.withdrawn is None:
            raise RuleBroken("topic_step.public", _("It is public already; what is wrong in it is corrected there."))
        today = clock.today()
        title = f"{row.label}：{topic.title}"[:120]
        until = today + step.publication_days * DAY
        notice = Notice(topic.place.community_id or topic.place_id, title, text, up_until=until)
        row.publication, row.actor = publication_post(actor=actor, notice=notice, uploads=uploads), actor.key
        row.save()
        _note_disclosed(topic, row, today)
        owe_step(topic, row)
        done(actor, "disclose", topic, step=row.code, publication=row.publication_id, until=until.isoformat())
    return row


@transaction.atomic
def step_finish(*, actor: Actor, step_id: int) -> TopicStep:
    """Say that a step is done that is not held: it was public long enough, everything is carried out, or rated.

    Raises: not_found, topic.not_yours, topic_step.turn, topic_step.kind, topic_step.not_public,
    topic_step.public_until, topic_step.objections, topic_step.tasks, topic_step.not_rated, topic_step.state
    """
    topic, row, step = _current(actor, step_id)
    _FINISHING.get(step.kind, _not_finished)(topic, row, step)
    _go_on(actor, topic, row, "finish", clock.today())
    return row


def step_attach(*, actor: Actor, step_id: int, uploads: Sequence[Upload]) -> list[StepPaper]:
    """Add papers to a step, also to one that is done. Raises: not_found, topic.not_yours, topic_step.papers, file.*"""
    stored = _stored(uploads)
    with transaction.atomic():
        topic, row = _locked(actor, step_id)
        made = _attach(actor, row, stored)
        done(actor, "attach", topic, step=row.code, files=len(made))
    return made


def _locked(actor: Actor, step_id: int) -> tuple[Topic, TopicStep]:
    """The topic, locked, and its step."""
    topic_id = TopicStep.objects.filter(pk=step_id).values_list("topic_id", flat=True).first()
    if topic_id is None:
        raise NotFound
    topic = locked(actor, topic_id)
    return topic, topic.steps.select_for_update(of=("self",)).select_related("publication").get(pk=step_id)


def _current(actor: Actor, step_id: int) -> tuple[Topic, TopicStep, Step]:
    """The step whose turn it is, with what its procedure says. Raises: topic_step.turn"""
    topic, row = _locked(actor, step_id)
    if topic.state not in ("under_way", "decided") or row.state not in ("under_way", "not_met"):
        raise RuleBroken("topic_step.turn", _("It is not this step's turn; the steps go in their order."))
    return topic, row, rule_of(topic).step(row.code)


def _require_days(topic: Topic, row: TopicStep, step: Step, sitting: Sitting) -> None:
    """Refuse a day in the future, or before the step before was done, or too soon after notice."""
    before = topic.steps.filter(position__lt=row.position, done_on__isnull=False).order_by("-position").first()
    first = before.done_on if before and before.done_on else topic.proposed_on
    if not first <= sitting.held_on <= clock.today():
        message = _("The day lies between %(first)s, when the step before was done, and today.")
        raise InvalidInput("topic_step.day", message, first=first.isoformat())
    if not step.notice_days:
        return
    notice = sitting.notice_on or row.notice_on
    if notice is None or notice > sitting.held_on - step.notice_days * DAY:
        message = _("Papers and notice go out at least %(days)s days before this step is held.")
        raise InvalidInput("topic_step.notice", message, days=step.notice_days)


def _go_on(
    actor: Actor, topic: Topic, row: TopicStep, verb: str, on: date | None, *, summary: str = "", **facts: Any
) -> None:
    """Move a step, and the topic with it: the next has its turn, a resolution is adopted, everything is done."""
    row.state, row.actor = STEP.step(row.state, verb), actor.key
    row.done_on = on if row.state == "done" else None
    row.summary = summary or row.summary
    row.save()
    done(actor, f"step_{verb}", topic, step=row.code, **facts)
    if row.state in STEP_OVER:
        _resolve(actor, topic, row, summary)
    topic.version += 1
    topic.save()
    if row.state in STEP_OVER and reach_next(topic) is None:
        topic.state, topic.closed_on = TOPIC.step(topic.state, "close"), clock.today()
        topic.save()
        done(actor, "close", topic)


def _resolve(actor: Actor, topic: Topic, row: TopicStep, summary: str) -> None:
    """Adopt the resolution once the step is over at which it is adopted.

    Raises: topic_step.never_skipped where nobody decided anything
    """
    rule = rule_of(topic)
    if topic.state != "under_way" or row.code != rule.resolves_at:
        return
    held = Holding.objects.filter(step__topic=topic, met=True).order_by("held_on", "pk").last()
    if held is None:
        raise RuleBroken("topic_step.never_skipped", _("Nothing was decided yet, so this step cannot be skipped."))
    topic.state = TOPIC.step(topic.state, "decide")
    topic.outcome, topic.decided_on = "resolution", held.held_on
    resolution = Resolution.objects.create(
        topic=topic,
        place=topic.place,
        title=topic.title,
        text=summary or held.summary or topic.text,
        forum=topic.forum,
        procedure=topic.procedure,
        decided_on=held.held_on,
        recorded=clock.now(),
        recorder=actor.key,
    )
    done(actor, "decide", topic, resolution=resolution.pk)


def _note_disclosed(topic: Topic, row: TopicStep, day: date) -> None:
    """Keep the days of the two disclosures on the topic and on its resolution: before and after it was carried out."""
    after = topic.steps.filter(position__lt=row.position, code__in=_carrying(topic), state="done").exists()
    name = "carried_out_on" if after else "disclosed_on"
    setattr(topic, name, day)
    topic.version += 1
    topic.save()
    Resolution.objects.filter(topic=topic).update(**{name: day})


def _carrying(topic: Topic) -> list[str]:
    return [step.code for step in rule_of(topic).steps if step.kind == "carry_out"]


def _public_long_enough(topic: Topic, row: TopicStep, step: Step) -> None:
    notice = row.publication
    if notice is None or notice.withdrawn:
        raise RuleBroken("topic_step.not_public", _("It is not made public yet."))
    until = notice.posted_on + step.publication_days * DAY
    if clock.today() < until:
        message = _("It stays up until %(until)s; the step is done after that.")
        raise RuleBroken("topic_step.public_until", message, until=until.isoformat())
    if row.objections.filter(state="waiting").exists():
        raise RuleBroken("topic_step.objections", _("Objections wait for their answers; nothing goes on before."))


def _carried_out(topic: Topic, row: TopicStep, step: Step) -> None:
    resolution = Resolution.objects.select_for_update().filter(topic=topic).first()
    if resolution is None or resolution.tasks.filter(state="open").exists():
        raise RuleBroken("topic_step.tasks", _("Tasks of the resolution are still open."))
    resolution.state = "done"
    resolution.version += 1
    resolution.save()


def _rated(topic: Topic, row: TopicStep, step: Step) -> None:
    if not topic.ratings.exists():
        raise RuleBroken("topic_step.not_rated", _("Nobody has rated yet; residents rate on the public page."))


def _not_finished(topic: Topic, row: TopicStep, step: Step) -> None:
    raise RuleBroken("topic_step.kind", _("This step is held; record its day and numbers."))


_FINISHING: Final = {"disclose": _public_long_enough, "carry_out": _carried_out, "rate": _rated}


def _stored(uploads: Sequence[Upload]) -> list[tuple[str, files.StoredFile]]:
    """The papers in the store, before anything is locked."""
    if len(uploads) > MOST_PAPERS:
        raise InvalidInput("topic_step.papers", _("At most %(most)s files."), most=MOST_PAPERS)
    return [(item.name, files.store(item.stream, allowed=files.PHOTOS | files.PAPERS)) for item in uploads]


def _attach(actor: Actor, row: TopicStep, stored: Sequence[tuple[str, files.StoredFile]]) -> list[StepPaper]:
    return [
        StepPaper.objects.create(step=row, file=file_row(item, name), name=name[:200], at=clock.now(), actor=actor.key)
        for name, item in stored
    ]
