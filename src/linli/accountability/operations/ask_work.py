"""What asks make people owe: a decision on a new one, an answer from each who is asked. A part of the operations."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from linli.accountability.models import Ask, AskAnswer
from linli.accountability.workflow.asks import ANSWER, APPROVE
from linli.cases.operations.clocks import posts_above
from linli.core import clock
from linli.core.calendar_table import calendar_for
from linli.core.models import WorkItem
from linli.organizations.models import Organization, Post
from linli.organizations.policies import held_on
from linli.organizations.sections import kinds_in_force
from linli.territory.models import Place

DECIDE: Final = "ask.approve"
FILL: Final = "ask.answer"
ASK_SUBJECT: Final = "ask"
ANSWER_SUBJECT: Final = "ask_answer"
TITLE: Final = 200


def decision_owed(ask: Ask) -> None:
    """Hand the decision on an ask to the nearest post that may make it, of somebody else than the proposer."""
    post_id = _post_at(ask.place, APPROVE, ask.proposer_person_id)
    now = clock.now()
    due = calendar_for().close_of(calendar_for().next_working_day(clock.day_of(now)))
    WorkItem.objects.create(
        kind=DECIDE,
        subject_type=ASK_SUBJECT,
        subject_id=ask.pk,
        title=f"{ask.name} · {ask.asker}"[:TITLE],
        place_id=ask.place_id,
        post_id=post_id,
        raised=now,
        due=max(due, now),
        urgent=ask.short,
    )


def decision_made(ask: Ask) -> None:
    """Nobody owes a decision any more."""
    _end(ASK_SUBJECT, [ask.pk])


@dataclass(frozen=True, slots=True)
class Call:
    """What all who answer are told alike: the period that is asked, by when, and whether at short notice."""

    period: str
    due: datetime
    short: bool


def place_asked(ask: Ask, place: Place, call: Call) -> AskAnswer:
    """Let a place owe an answer: its office, where people work in it, else the nearest post that answers."""
    return _owed(ask, AskAnswer(place=place), call, _office(place))


def body_asked(ask: Ask, body: Organization, call: Call) -> AskAnswer:
    """Let a body owe an answer: those of its posts that answer."""
    return _owed(ask, AskAnswer(place=body.place, organization=body), call, body)


def _owed(ask: Ask, answer: AskAnswer, call: Call, holder: Organization | None) -> AskAnswer:
    answer.ask, answer.sent = ask, clock.now()
    answer.period, answer.due, answer.short = call.period, call.due, call.short
    answer.save(force_insert=True)
    WorkItem.objects.create(
        kind=FILL,
        subject_type=ANSWER_SUBJECT,
        subject_id=answer.pk,
        title=f"{ask.name} · {ask.asker}"[:TITLE],
        place_id=answer.place_id,
        organization_id=holder.pk if holder else None,
        post_id=None if holder else _post_at(answer.place, ANSWER),
        raised=answer.sent,
        due=call.due,
        red_at=calendar_for().add_working(call.due, calendar_for().day_minutes),
        urgent=call.short,
    )
    return answer


def answer_given(answer: AskAnswer) -> None:
    """Who answered owes nothing any more."""
    _end(ANSWER_SUBJECT, [answer.pk])


def nothing_owed(ask: Ask) -> None:
    """Nothing is owed of an ask that is over."""
    _end(ASK_SUBJECT, [ask.pk])
    _end(ANSWER_SUBJECT, list(ask.answers.values_list("pk", flat=True)))


def _end(subject: str, ids: list[int]) -> None:
    WorkItem.objects.filter(subject_type=subject, subject_id__in=ids, ended=None).update(ended=clock.now())


def _office(place: Place) -> Organization | None:
    """The office of a place in which somebody holds a post."""
    today = clock.today()
    bodies = Organization.objects.filter(held_on(today), place=place, type=Organization.Type.OFFICE)
    held = Post.objects.filter(held_on(today), organization__in=bodies, confirmed=True, person__isnull=False)
    return bodies.filter(pk__in=held.values("organization_id")).order_by("id").first()


def _post_at(place: Place, ability: str, without: int | None = None) -> int | None:
    """The post nearest above a place that holds an ability, of somebody else than a person."""
    kinds = tuple(code for code, kind in kinds_in_force().items() if ability in kind.abilities)
    above = tuple(int(step) for step in place.path.split("/") if step)
    posts = [row for row in posts_above(above, kinds, clock.today()) if row[3] != without or without is None]
    found = max(posts, key=lambda row: (len(row[1]), -row[2]), default=None)
    return found[2] if found else None
