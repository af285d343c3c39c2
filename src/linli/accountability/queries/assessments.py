"""Rounds and sheets as their pages show them: every score explains itself down to rows, and nobody is ranked.

The assessed stand in the order of their places and names, never of their scores; of persons no list shows scores.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from linli.accountability.assessing import scoring
from linli.accountability.assessing.section import SOURCES, Criterion, Grade, Scheme
from linli.accountability.models import (
    Assessed,
    Assessment,
    AssessmentPart,
    CriterionScore,
    FrozenFigure,
    FrozenRows,
    Objection,
)
from linli.accountability.policies import assessments as policies
from linli.accountability.queries.points import too_few
from linli.accountability.workflow.assessments import ASSESSMENT, OBJECTION, RATED_IN, TOLD
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.workflow import Move, Step
from linli.records.figures.opening import Opened, opened_rows
from linli.records.types import record_type

MOST: Final = 200
PARTS: Final = {
    "": _("the rows"),
    "of": _("what is counted"),
    "met": _("those that meet it"),
    "over": _("what they are held against"),
    "then": _("the earlier ones"),
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A round in the list, with how much of what was asked is given."""

    row: Assessment
    state: Any
    asked: int
    given: int
    mine: int


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """A criterion of a scheme in words."""

    criterion: Criterion
    source: Any
    rule: str


@dataclass(frozen=True, slots=True)
class SubjectLine:
    """One assessed in a round. `points` follow the criteria; of persons, and before they are told, there are none."""

    row: Assessed
    asked: int
    given: int
    mine: int
    points: tuple[Decimal | None, ...]
    grade: Grade | None


@dataclass(frozen=True, slots=True)
class Page:
    """The page of a round."""

    row: Assessment
    scheme: Scheme
    steps: list[Step]
    moves: list[Move]
    criteria: list[CriterionLine]
    subjects: list[SubjectLine]
    unassigned: list[AssessmentPart]
    compares: bool
    mine: int
    may_withdraw: bool

    @property
    def labels(self) -> dict[str, str]:
        """What the criteria are called."""
        return {line.criterion.code: line.criterion.named for line in self.criteria}


@dataclass(frozen=True, slots=True)
class Behind:
    """The rows behind a part of a frozen figure: how many the viewer may open, of how many."""

    part: str
    label: str
    kind: Any
    visible: int
    total: int


@dataclass(frozen=True, slots=True)
class Given:
    """What was given for a criterion, or is still asked; `may_give` says whether the viewer gives it now."""

    part: AssessmentPart
    holder: str
    may_give: bool
    seen: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion of a sheet: what it rests on, the points, and how much of the total they are."""

    criterion: Criterion
    source: Any
    rule: str
    score: CriterionScore | None
    frozen: FrozenFigure | None
    behind: list[Behind]
    given: list[Given]
    points: Decimal | None
    share: Decimal | None
    few: bool
    objections: list[Objection]

    @property
    def disputed(self) -> bool:
        """Whether an objection to it is being answered."""
        return any(item.state == OBJECTION.start for item in self.objections)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page of one assessed."""

    row: Assessed
    assessment: Assessment
    scheme: Scheme
    state: Any
    lines: list[Line]
    told: bool
    grade: Grade | None
    own: bool
    open: bool
    may_object: bool
    answers: frozenset[int]

    @property
    def refers(self) -> bool:
        """Whether a reference can be drawn from it: of a person, once the result is final."""
        return self.told and self.scheme.of_persons and self.assessment.state == "final"


def rounds_for(actor: Actor) -> list[Listed]:
    """The rounds that the actor knows of, the newest first."""
    rows = Assessment.objects.filter(policies.rounds_visible_to(actor)).select_related("place")
    parts = "assessed__parts"
    counted = rows.annotate(
        asked=Count(parts, distinct=True),
        given=Count(parts, filter=Q(assessed__parts__points__isnull=False), distinct=True),
        mine=Count(
            parts, filter=policies.given_by_actor(actor, f"{parts}__") & Q(assessed__parts__points=None), distinct=True
        ),
    )
    return [
        Listed(row, ASSESSMENT.label(row.state), row.asked, row.given, row.mine if row.state in RATED_IN else 0)
        for row in counted.order_by("-opened", "-id")[:MOST]
    ]


def page(actor: Actor, pk: int) -> Page:
    """One round, as far as the actor knows of it. Raises: not_found"""
    row = Assessment.objects.filter(policies.rounds_visible_to(actor)).select_related("place").filter(pk=pk).first()
    if row is None:
        raise NotFound
    scheme = row.rules
    runs = policies.may_run(actor, row.place)
    compares = not scheme.of_persons and policies.sees_scores(actor, row)
    subjects = list(_subjects(actor, row, scheme, compares=compares))
    unassigned = AssessmentPart.objects.filter(
        assessed__assessment=row, organization=None, post=None, points=None
    ).select_related("assessed__place")
    return Page(
        row,
        scheme,
        ASSESSMENT.line_of_steps(row.state),
        ASSESSMENT.allowed(row.state, actor.abilities) if runs else [],
        [_words(item) for item in scheme.live],
        subjects,
        list(unassigned.order_by("assessed_id", "id")[:MOST]) if runs and row.state in RATED_IN else [],
        compares,
        sum(item.mine for item in subjects) if row.state in RATED_IN else 0,
        runs and ASSESSMENT.can(row.state, "withdraw"),
    )


def _subjects(actor: Actor, row: Assessment, scheme: Scheme, *, compares: bool) -> Iterable[SubjectLine]:
    """The assessed by place and name: the order tells nothing of how anybody did."""
    rows = row.assessed.filter(policies.assessed_visible_to(actor))
    counted = rows.annotate(
        asked=Count("parts"),
        given=Count("parts", filter=Q(parts__points__isnull=False)),
        mine=Count("parts", filter=policies.given_by_actor(actor, "parts__") & Q(parts__points=None)),
    )
    found = list(counted.order_by("place__path", "label", "id"))
    scores: dict[int, dict[str, Decimal | None]] = {}
    for score in CriterionScore.objects.filter(assessed__in=found) if compares else ():
        scores.setdefault(score.assessed_id, {})[score.criterion] = score.points
    for item in found:
        points = tuple(scores.get(item.pk, {}).get(criterion.code) for criterion in scheme.live) if compares else ()
        grade = scheme.grade(item.grade) if compares else None
        yield SubjectLine(item, item.asked, item.given, item.mine, points, grade)


def _words(criterion: Criterion) -> CriterionLine:
    rule = scoring.words(criterion.rule) if criterion.rule else ""
    return CriterionLine(criterion, dict(SOURCES)[criterion.source], rule)


def sheet(actor: Actor, pk: int) -> Sheet:
    """One assessed with everything behind the points, as far as the actor may read it. Raises: not_found"""
    rows = Assessed.objects.filter(policies.assessed_visible_to(actor))
    row = rows.select_related("assessment__place", "place", "unit", "post", "organization").filter(pk=pk).first()
    if row is None:
        raise NotFound
    assessment, scheme = row.assessment, row.assessment.rules
    told = policies.sees_scores(actor, assessment)
    scores = {item.criterion: item for item in row.scores.select_related("figure")}
    parts = list(row.parts.select_related("organization", "post__person", "post__place").order_by("id"))
    objections = list(row.objections.order_by("id")) if told else []
    behind = _behind(actor, [item.figure_id for item in scores.values() if item.figure_id]) if told else {}
    runs = policies.may_run(actor, assessment.place)
    lines = []
    for item in scheme.live:
        score = scores.get(item.code)
        frozen = score.figure if score and told else None
        mine = [_given(actor, part, row, told=told, runs=runs) for part in parts if part.criterion == item.code]
        lines.append(
            Line(
                item,
                dict(SOURCES)[item.source],
                scoring.words(item.rule) if item.rule else "",
                score if told else None,
                frozen,
                behind.get(frozen.pk, []) if frozen else [],
                mine,
                score.points if score and told else None,
                _share(item, score) if told else None,
                bool(frozen and too_few(item, frozen)),
                [one for one in objections if one.criterion == item.code],
            )
        )
    # What is the viewer's to give stands first.
    lines.sort(key=lambda line: not any(one.may_give for one in line.given))
    own = policies.is_own(actor, row)
    until = assessment.objections_until
    return Sheet(
        row,
        assessment,
        scheme,
        ASSESSMENT.label(assessment.state),
        lines,
        told,
        scheme.grade(row.grade) if told else None,
        own,
        assessment.state in RATED_IN,
        own and ASSESSMENT.can(assessment.state, "object") and until is not None and clock.now() <= until,
        frozenset(_answers(actor, row, objections)),
    )


def _answers(actor: Actor, row: Assessed, objections: Iterable[Objection]) -> Iterable[int]:
    """The open objections that the actor may answer."""
    for item in objections:
        item.assessed = row
        if item.state == OBJECTION.start and policies.may_answer(actor, item):
            yield item.pk


def _given(actor: Actor, part: AssessmentPart, row: Assessed, *, told: bool, runs: bool) -> Given:
    """What a part says: to whom gives it and who runs the round at once, to the others when the results are told."""
    part.assessed = row
    mine = policies.may_give(actor, part)
    stated = part.role == AssessmentPart.Role.SELF
    holder = str(part.organization or (part.post.person if part.post else "") or "")
    return Given(part, holder, mine and row.assessment.state in RATED_IN, told or mine or runs or stated)


def _share(criterion: Criterion, score: CriterionScore | None) -> Decimal | None:
    """How many points of the total a criterion makes."""
    if score is None or not score.exact:
        return None
    return scoring.printed(Fraction(criterion.weight) * Fraction(score.exact) / 100, 2)


def _behind(actor: Actor, figures: Sequence[int]) -> Mapping[int, list[Behind]]:
    found: dict[int, list[Behind]] = {}
    for rows in FrozenRows.objects.filter(figure_id__in=figures).order_by("id"):
        opened = opened_frozen(actor, rows)
        label = PARTS.get(rows.part, rows.part)
        found.setdefault(rows.figure_id, []).append(
            Behind(rows.part, str(label), opened.kind, opened.visible, opened.total)
        )
    return found


def opened_frozen(actor: Actor, rows: FrozenRows) -> Opened:
    """Frozen rows as far as the viewer may open them: by their own policy, of how many there were."""
    kind = record_type(rows.of)
    return opened_rows(kind, kind.rows().filter(pk__in=rows.ids), actor, len(rows.ids))


def rows_of(actor: Actor, score_id: int, part: str) -> tuple[CriterionScore, Opened]:
    """The rows behind one criterion of somebody whose scores the actor reads. Raises: not_found"""
    known = Assessed.objects.filter(policies.assessed_visible_to(actor))
    score = (
        CriterionScore.objects.filter(pk=score_id, assessed__in=known.values("pk"))
        .select_related("assessed__assessment__place", "figure")
        .first()
    )
    if score is None or not policies.sees_scores(actor, score.assessed.assessment):
        raise NotFound
    rows = FrozenRows.objects.filter(figure_id=score.figure_id or 0, part=part).first()
    if rows is None:
        raise NotFound
    return score, opened_frozen(actor, rows)


def published() -> QuerySet[Assessment]:
    """The rounds of units whose results stand on a page for everybody, the newest first."""
    return (
        Assessment.objects.filter(shown=True, state__in=TOLD)
        .exclude(of="post")
        .select_related("place")
        .order_by("-last", "-id")
    )


def published_units(row: Assessment) -> QuerySet[Assessed]:
    """The units of a published round, by place and name."""
    return row.assessed.select_related("place").order_by(F("place__path"), "label", "id")


def documents(rows: Iterable[Assessment]) -> list[dict[str, Any]]:
    """Published rounds as plain data, with the results of units."""
    return [
        {
            "id": row.pk,
            "scheme": row.scheme,
            "label": row.rules.named,
            "place": row.place.code,
            "period": row.period,
            "from": row.first.isoformat(),
            "to": row.last.isoformat(),
            "state": row.state,
            "units": [_unit(row.rules, item) for item in published_units(row)],
        }
        for row in rows
    ]


def _unit(scheme: Scheme, item: Assessed) -> dict[str, Any]:
    grade = scheme.grade(item.grade)
    total = None if item.total is None else str(item.total.quantize(Decimal(1).scaleb(-scheme.decimals)))
    return {"name": item.label, "place": item.place.code, "total": total, "grade": grade.named if grade else ""}
