"""Scores of a round: computed, made known, declared final. Nothing here is typed in."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.accountability.assessing.scoring import half_up, printed
from linli.accountability.models import Assessed, Assessment, AssessmentPart, CriterionScore, Objection
from linli.accountability.operations.assessments import locked, moved, score_of
from linli.accountability.queries.points import Result, points_of, result
from linli.accountability.workflow.assessments import ASSESSMENT
from linli.cases.operations.clocks import calendar_of
from linli.core import clock
from linli.core.actors import Actor
from linli.core.bulk import change, copy_in, next_ids
from linli.core.calendar import Unit, add_months
from linli.core.errors import RuleBroken
from linli.secondments.operations.reviews import Review, reviews_from_round

DIGITS = 4
# Which sources of a scheme are which scores of a review; what figures say is in the round.
SCORED = {"self": "own", "public": "residents", "organization": "bodies"}


@transaction.atomic
def assessment_score(*, actor: Actor, assessment_id: int) -> Assessment:
    """Compute the points of every criterion, the totals and the grades from what is frozen and given.

    Raises: not_found, assessment.not_yours, assessment.state
    """
    row = locked(actor, assessment_id)
    state = ASSESSMENT.step(row.state, "score")
    scores = {
        (item.assessed_id, item.criterion): item
        for item in CriterionScore.objects.filter(assessed__assessment=row).select_related("figure")
    }
    parts: dict[int, list[AssessmentPart]] = {}
    for part in AssessmentPart.objects.filter(assessed__assessment=row):
        parts.setdefault(part.assessed_id, []).append(part)
    subjects, added = list(row.assessed.order_by("id")), []
    for assessed in subjects:
        added += _scored(row, assessed, scores, parts.get(assessed.pk, []))
    for pk, score in zip(next_ids(CriterionScore, len(added)), added, strict=True):
        score.pk = pk
    copy_in(added)
    change(CriterionScore, scores.values(), ["points", "exact"])
    change(Assessed, subjects, ["total", "grade", "grade_until"])
    row.scored, row.scored_by = clock.now(), actor.key
    return moved(actor, row, "score", state)


def _scored(
    row: Assessment, assessed: Assessed, scores: Mapping[Any, CriterionScore], parts: Sequence[AssessmentPart]
) -> list[CriterionScore]:
    """Fill in what one assessed came to; the rows of criteria that rest on no figure are new."""
    scheme, points, added = row.rules, {}, []
    for criterion in scheme.live:
        score = scores.get((assessed.pk, criterion.code))
        if score is None:
            score = score_of(assessed, criterion, row.last)
            added.append(score)
        points[criterion.code] = points_of(criterion, score.figure, parts, joint=scheme.joint)
        points_write(score, points[criterion.code])
    result_write(assessed, row, result(scheme, points))
    return added


def points_write(score: CriterionScore, points: Fraction | None) -> None:
    """Put points into the row of a criterion, exactly and as they are printed."""
    score.exact = "" if points is None else str(points)
    score.points = None if points is None else printed(points, DIGITS)


def result_write(assessed: Assessed, row: Assessment, found: Result) -> None:
    """Put a total and a grade into the row of an assessed."""
    assessed.total = found.total
    assessed.grade = found.grade.code if found.grade else ""
    months = found.grade.valid_months if found.grade else 0
    assessed.grade_until = add_months(row.last, months) if months else None


@transaction.atomic
def assessment_publish(*, actor: Actor, assessment_id: int) -> Assessment:
    """Make the results known to the assessed (units also on a page, where the scheme says so); they may object now.

    Raises: not_found, assessment.not_yours, assessment.state
    """
    row = locked(actor, assessment_id)
    state = ASSESSMENT.step(row.state, "publish")
    row.published = clock.now()
    days = row.rules.objection_days
    row.objections_until = calendar_of(row.place).add_working(row.published, days, Unit.WORKING_DAYS)
    return moved(actor, row, "publish", state)


@transaction.atomic
def assessment_finish(*, actor: Actor, assessment_id: int) -> Assessment:
    """Declare a round final: the days for objections are over and every objection is answered.

    Raises: not_found, assessment.not_yours, assessment.state, assessment.objections_open, assessment.still_objectable
    """
    row = locked(actor, assessment_id)
    state = ASSESSMENT.step(row.state, "finish")
    if Objection.objects.filter(assessed__assessment=row, state="open").exists():
        raise RuleBroken("assessment.objections_open", _("An objection is still to be answered."))
    if row.objections_until and clock.now() < row.objections_until:
        raise RuleBroken("assessment.still_objectable", _("The assessed may still object."))
    if row.of == "post" and row.rules.period != "term":
        reviews_from_round(actor=actor, results=_reviews(row))
    return moved(actor, row, "finish", state)


def _reviews(row: Assessment) -> Iterator[tuple[int, Review]]:
    """What came of a round for each holder of a post, as the review that their term keeps (ASM-03, ASM-05)."""
    scheme = row.rules
    for assessed in row.assessed.prefetch_related("scores").exclude(total=None):
        sums: dict[str, list[tuple[Decimal, Decimal]]] = {}
        for score in assessed.scores.all():
            if score.points is not None and score.source in SCORED:
                sums.setdefault(SCORED[score.source], []).append((score.weight, score.points))
        given = {name: mean(parts) for name, parts in sums.items()}
        grade = scheme.grade(assessed.grade)
        assert assessed.post_id is not None
        yield (
            assessed.post_id,
            Review(
                clock.today(),
                row.period,
                own=given.get("own"),
                residents=given.get("residents"),
                bodies=given.get("bodies"),
                grade=assessed.grade,
                note=f"{row}：{grade.named if grade else assessed.printed}",
            ),
        )


def mean(parts: Sequence[tuple[Decimal, Decimal]]) -> Decimal:
    """The mean of points by their weights, as it is printed."""
    whole = sum((weight for weight, _points in parts), Decimal(0))
    return half_up(sum((weight * points for weight, points in parts), Decimal(0)) / whole)
