"""Rounds of assessment: opened for a period, figures frozen after it, ratings closed, or withdrawn.

Every operation locks the round first, so that ratings, objections and steps wait for one another.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.accountability.assessing.checking import faults_of
from linli.accountability.assessing.refusing import refuse_figure
from linli.accountability.assessing.section import Criterion, Scheme, schemes
from linli.accountability.models import Assessed, Assessment, AssessmentPart, CriterionScore
from linli.accountability.operations.freezing import figures_freeze
from linli.accountability.policies import assessments as policies
from linli.accountability.queries.subjects import Bodies, Subject, holder_of, subjects, term_subject
from linli.accountability.workflow.assessments import ASSESSMENT, RUN
from linli.cases.operations.clocks import Holder, calendar_of, post_at
from linli.cases.operations.owing import owe, settle
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.bulk import copy_in, next_ids
from linli.core.calendar import Unit
from linli.core.errors import InvalidInput, NotFound, RuleBroken, Stale
from linli.core.periods import span_of
from linli.organizations.models import Organization, Post
from linli.records.figures import compute
from linli.records.figures.compile import Scope
from linli.records.figures.compute import FigureValue
from linli.records.figures.definitions import Figure, Span
from linli.territory.models import Place

KIND: Final = "assessment"
RATE: Final = "assessment.rate"
ASSIGN: Final = "assessment.assign"
ANSWER: Final = "assessment.answer"
LONGEST_REASON: Final = 300


@dataclass(frozen=True, slots=True)
class Opening:
    """Which scheme, where, for the period of which day; of a term, whose post."""

    scheme: str
    place_id: int
    day: date
    post_id: int | None = None


@transaction.atomic
def assessment_open(*, actor: Actor, opening: Opening) -> Assessment:
    """Open a round: everybody to be assessed, and who is to give what until when (ASM-01, ASM-04, ORG-17).

    The scheme is checked again, for a figure may have been redefined since the profile was applied.
    Raises: not_found, assessment.not_yours, assessment.unknown_scheme, those of the scheme's faults,
    assessment.not_begun, assessment.no_post, assessment.nobody, assessment.about_yourself, assessment.twice
    """
    place = Place.objects.select_for_update(of=("self",)).filter(pk=opening.place_id, placeholder=False).first()
    if place is None:
        raise NotFound
    policies.require_run(actor, place)
    scheme = _scheme(opening.scheme)
    code, first, last, found = _asked(scheme, place, opening)
    _require_subjects(actor, found)
    if Assessment.objects.filter(scheme=scheme.code, place=place, period=code).exclude(state="withdrawn").exists():
        raise RuleBroken("assessment.twice", _("This round was opened already."))
    calendar, now = calendar_of(place), clock.now()
    due = calendar.add_working(max(now, clock.day_end(last)), scheme.due_days, Unit.WORKING_DAYS)
    row = Assessment.objects.create(
        scheme=scheme.code,
        label=scheme.label,
        definition=scheme.model_dump(mode="json", by_alias=True, exclude_defaults=True),
        of=scheme.of,
        place=place,
        period=code,
        first=first,
        last=last,
        due=due,
        opened=now,
        opened_by=actor.key,
        shown=scheme.published,
    )
    _ask(row, scheme, found)
    journal.write(actor, "assessment.open", (KIND, row.pk), place_id=place.pk, facts={"assessed": len(found)})
    return row


def _scheme(code: str) -> Scheme:
    scheme = schemes().get(code)
    if scheme is None:
        raise InvalidInput("assessment.unknown_scheme", _("There is no scheme “%(code)s”."), code=code)
    for _key, error in faults_of(scheme, compute.book()):
        raise error
    return scheme


def _asked(scheme: Scheme, place: Place, opening: Opening) -> tuple[str, date, date, list[Subject]]:
    """The period with its code, and who is assessed."""
    if scheme.period != "term":
        code, first, last = span_of(scheme.period, opening.day)
        if first > clock.today():
            raise RuleBroken("assessment.not_begun", _("This period has not begun."))
        return code, first, last, subjects(scheme, place, min(last, clock.today()))
    found = term_subject(scheme, place, opening.post_id or 0)
    if found is None or found.post is None or found.post.since is None:
        raise InvalidInput("assessment.no_post", _("Choose a post of this scheme whose term has a first day."))
    last = found.post.until or opening.day
    if found.post.since > last:
        raise RuleBroken("assessment.not_begun", _("This period has not begun."))
    return f"term-{found.post.pk}", found.post.since, last, [found]


def _require_subjects(actor: Actor, found: Sequence[Subject]) -> None:
    if not found:
        raise RuleBroken("assessment.nobody", _("There is nobody here whom this scheme assesses."))
    if any(item.post and item.post.person_id == actor.person_id for item in found):
        raise RuleBroken("assessment.about_yourself", _("Nobody runs a round in which they are assessed themselves."))


def _ask(row: Assessment, scheme: Scheme, found: Sequence[Subject]) -> None:
    """Write who is assessed and what is asked of whom, with one work item for each who gives something."""
    ids = next_ids(Assessed, len(found))
    copy_in(
        [
            Assessed(id=pk, assessment=row, label=item.label[:200], **item.named)
            for pk, item in zip(ids, found, strict=True)
        ]
    )
    bodies = Bodies(min(row.last, clock.today()))
    parts = [
        part
        for pk, item in zip(ids, found, strict=True)
        for criterion in scheme.live
        for part in _parts(pk, item, criterion, bodies)
    ]
    for pk, part in zip(next_ids(AssessmentPart, len(parts)), parts, strict=True):
        part.pk = pk
    copy_in(parts)
    parts_owe(row, parts)


def _parts(assessed_id: int, subject: Subject, criterion: Criterion, bodies: Bodies) -> list[AssessmentPart]:
    made = []
    if criterion.source == "self" or criterion.stated:
        held = _named(*bodies.own(subject))
        made.append(AssessmentPart(assessed_id=assessed_id, criterion=criterion.code, role="self", **held))
    for number, assessor in enumerate(criterion.by):
        asked = _named(*bodies.rating(assessor, subject))
        named = {"role": "body", "number": number, **asked}
        made.append(AssessmentPart(assessed_id=assessed_id, criterion=criterion.code, **named))
    return made


def _named(body: Organization | None, post: Post | None) -> dict[str, int | None]:
    return {"organization_id": body.pk if body else None, "post_id": post.pk if post else None}


def parts_owe(row: Assessment, parts: Sequence[AssessmentPart]) -> None:
    """One work item for each who gives parts of a round; who runs rounds there names bodies for the rest."""
    calendar = calendar_of(row.place)
    bodies = Organization.objects.in_bulk({part.organization_id for part in parts if part.organization_id})
    held = {holder_of(bodies[part.organization_id]) if part.organization_id else (None, part.post_id) for part in parts}
    for body, post in sorted(held - {(None, None)}, key=str):
        owe(RATE, (KIND, row.pk), str(row), row.place_id, Holder(body, post), row.due, calendar)
    if (None, None) in held:
        owe(ASSIGN, (KIND, row.pk), str(row), row.place_id, post_at(row.place.path, RUN), row.due, calendar)


@transaction.atomic
def assessment_freeze(*, actor: Actor, assessment_id: int) -> Assessment:
    """Freeze the figures of the period, once it is over: value, definition and rows (R8).

    Raises: not_found, assessment.not_yours, assessment.state, assessment.period_running, those of a redefined figure
    """
    row = locked(actor, assessment_id)
    state = ASSESSMENT.step(row.state, "freeze")
    # The term of a post is over on its last day; every other period when its last day is.
    if row.last >= clock.today() and not (row.period.startswith("term") and row.last == clock.today()):
        raise RuleBroken(
            "assessment.period_running", _("The period ends on %(day)s; until then nothing is frozen."), day=row.last
        )
    figures = compute.book_over(Span.model_validate({"from": row.first, "to": row.last}))
    criteria = [item for item in row.rules.live if item.computed]
    for item in criteria:
        if item.figure not in figures:
            raise RuleBroken("assessment.unknown_figure", _("There is no figure “%(id)s”."), id=item.figure)
        refuse_figure(figures[item.figure], figures)
    _freeze(actor, row, criteria, figures)
    row.frozen = clock.now()
    return moved(actor, row, "freeze", state)


def _freeze(actor: Actor, row: Assessment, criteria: Sequence[Criterion], figures: dict[str, Figure]) -> None:
    wanted: list[tuple[Assessed, Criterion, FigureValue | None]] = []
    for assessed in row.assessed.select_related("place").order_by("id"):
        scope = Scope(assessed.place.code, assessed.place.path)
        # A place without a code names no scope that could be computed again.
        values = [compute.compute(item.figure, row.last, scope, figures) if scope.code else None for item in criteria]
        wanted += [(assessed, item, value) for item, value in zip(criteria, values, strict=True)]
    frozen = figures_freeze(actor=actor, values=[value for *_rest, value in wanted if value], figures=figures)
    by_wanted = iter(frozen)
    scores = [
        score_of(assessed, item, row.last, next(by_wanted).pk if value else None) for assessed, item, value in wanted
    ]
    for pk, score in zip(next_ids(CriterionScore, len(scores)), scores, strict=True):
        score.pk = pk
    copy_in(scores)


def score_of(assessed: Assessed, criterion: Criterion, day: date, figure_id: int | None = None) -> CriterionScore:
    """The row of a criterion, without points yet."""
    named: dict[str, Any] = {"criterion": criterion.code, "source": criterion.source, "weight": criterion.weight}
    return CriterionScore(assessed=assessed, on=day, figure_id=figure_id, **named)


@transaction.atomic
def ratings_close(*, actor: Actor, assessment_id: int) -> Assessment:
    """Close the ratings: all are in, or their time is over. A joint assessment waits for every body (ASM-04).

    Raises: not_found, assessment.not_yours, assessment.state, assessment.waiting
    """
    row = locked(actor, assessment_id)
    state = ASSESSMENT.step(row.state, "close")
    missing = AssessmentPart.objects.filter(assessed__assessment=row, points=None).count()
    if missing and (row.rules.joint or clock.now() < row.due):
        words = _("%(missing)s ratings are still to come.")
        raise RuleBroken("assessment.waiting", words, missing=missing)
    settle(KIND + ".", (KIND, row.pk))
    return moved(actor, row, "close", state)


@transaction.atomic
def assessment_withdraw(*, actor: Actor, assessment_id: int, reason: str) -> Assessment:
    """Withdraw a round that was not scored yet, with a reason; the period may be assessed anew.

    Raises: not_found, assessment.not_yours, assessment.state, assessment.reason_missing
    """
    row = locked(actor, assessment_id)
    state = ASSESSMENT.step(row.state, "withdraw")
    row.reason = text_of(reason, LONGEST_REASON)
    settle(KIND + ".", (KIND, row.pk))
    return moved(actor, row, "withdraw", state)


def locked(actor: Actor, assessment_id: int, *, run: bool = True, version: int | None = None) -> Assessment:
    """The round under its lock, if the actor knows of it and, where asked, runs it."""
    rows = Assessment.objects.filter(policies.rounds_visible_to(actor)).select_for_update(of=("self",))
    row = rows.select_related("place").filter(pk=assessment_id).first()
    if row is None:
        raise NotFound
    if run:
        policies.require_run(actor, row.place)
    if version is not None and version != row.version:
        raise Stale("assessment.stale", _("Somebody changed this meanwhile."), version=row.version)
    return row


def text_of(text: str, most: int) -> str:
    """What was written, which must be something. Raises: assessment.reason_missing"""
    plain = text.strip()
    if not 0 < len(plain) <= most:
        words = _("Say it in words, in at most %(most)s characters.")
        raise InvalidInput("assessment.reason_missing", words, most=most)
    return plain


def moved(actor: Actor, row: Assessment, verb: str, state: str) -> Assessment:
    """Write the round in its new state, with the entry of the step."""
    row.state = state
    row.version += 1
    row.save()
    journal.write(actor, f"assessment.{verb}", (KIND, row.pk), place_id=row.place_id)
    return row
