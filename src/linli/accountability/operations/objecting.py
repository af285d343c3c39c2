"""Objections: raised by the assessed within the days of the scheme, answered by somebody else than the scorer."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.accountability.assessing.scoring import plain
from linli.accountability.models import Assessed, Assessment, CriterionScore, Objection
from linli.accountability.operations.assessments import ANSWER, KIND, text_of
from linli.accountability.operations.rating import locked_assessed
from linli.accountability.operations.scoring import points_write, result_write
from linli.accountability.policies import assessments as policies
from linli.accountability.queries.points import result
from linli.accountability.workflow.assessments import ASSESSMENT, OBJECTION, RUN
from linli.accounts.abilities import kinds_in_force
from linli.accounts.models import User
from linli.cases.operations.clocks import Holder, calendar_of, posts_above
from linli.cases.operations.owing import owe, settle
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.calendar import Unit
from linli.core.errors import InvalidInput, NotFound, RuleBroken

LONGEST: Final = 2000
ANSWER_DAYS: Final = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to an objection; `points` are the corrected ones, where it is upheld."""

    text: str
    points: Decimal | None = None


@transaction.atomic
def objection_raise(*, actor: Actor, assessed_id: int, criterion: str, reason: str) -> Objection:
    """Object to the points of a criterion, with a reason, while the days for it last.

    Raises: not_found, assessment.not_assessed, assessment.state, assessment.too_late, assessment.unknown_criterion,
    assessment.objection_twice, assessment.reason_missing
    """
    row, assessed = locked_assessed(actor, assessed_id)
    policies.require_object(actor, assessed)
    state = ASSESSMENT.step(row.state, "object")
    now = clock.now()
    if row.objections_until is None or now > row.objections_until:
        raise RuleBroken("assessment.too_late", _("The days in which one may object are over."))
    if row.rules.criterion(criterion) is None:
        raise InvalidInput("assessment.unknown_criterion", _("There is no such criterion: %(code)s."), code=criterion)
    if Objection.objects.filter(assessed=assessed, criterion=criterion, state="open").exists():
        raise RuleBroken("assessment.objection_twice", _("This objection was raised already and is being answered."))
    calendar = calendar_of(row.place)
    objection = Objection.objects.create(
        assessed=assessed,
        criterion=criterion,
        reason=text_of(reason, LONGEST),
        raised=now,
        raised_by=actor.key,
        due=calendar.add_working(now, ANSWER_DAYS, Unit.WORKING_DAYS),
    )
    row.state = state
    row.version += 1
    row.save()
    owe(ANSWER, (KIND, row.pk), str(row), row.place_id, _answerer(row, actor), objection.due, calendar)
    _done(actor, "object", row, objection)
    return objection


def _answerer(row: Assessment, actor: Actor) -> Holder:
    """The post that answers: of those who run rounds nearest above, somebody else than the scorer and the objector."""
    able = tuple(code for code, kind in kinds_in_force().items() if RUN in kind.abilities)
    above = tuple(int(step) for step in row.place.path.split("/") if step)
    number = row.scored_by.removeprefix("user:")
    scorer = User.objects.filter(pk=int(number)).values_list("person_id", flat=True) if number.isdecimal() else ()
    barred = {*scorer, actor.person_id}
    posts = [item for item in posts_above(above, able, clock.today()) if item[3] not in barred]
    found = max(posts, key=lambda item: (len(item[1]), -item[2]), default=None)
    return Holder(post_id=found[2] if found else None)


@transaction.atomic
def objection_answer(*, actor: Actor, objection_id: int, answer: Answer) -> Objection:
    """Answer an objection: not upheld, or upheld with corrected points, from which total and grade follow.

    What stood there before stays beside what stands there now.
    Raises: not_found, assessment.not_yours, assessment.scorer, objection.state, assessment.reason_missing,
    assessment.points, assessment.same_points
    """
    assessed_id = Objection.objects.filter(pk=objection_id).values_list("assessed_id", flat=True).first()
    if assessed_id is None:
        raise NotFound
    row, assessed = locked_assessed(actor, assessed_id)
    objection = Objection.objects.select_for_update().get(pk=objection_id)
    objection.assessed = assessed
    policies.require_answer(actor, objection)
    verb = "dismiss" if answer.points is None else "uphold"
    objection.state = OBJECTION.step(objection.state, verb)
    objection.answer = text_of(answer.text, LONGEST)
    objection.answered, objection.answered_by = clock.now(), actor.key
    if answer.points is not None:
        _correct(row, assessed, objection, answer.points)
    objection.save()
    if not Objection.objects.filter(assessed__assessment=row, state="open").exists():
        settle(ANSWER, (KIND, row.pk))
    _done(actor, verb, row, objection)
    return objection


def _correct(row: Assessment, assessed: Assessed, objection: Objection, points: Decimal) -> None:
    if not 0 <= points <= 100:
        raise InvalidInput("assessment.points", _("Points are between 0 and 100, with at most two decimals."))
    scores = {item.criterion: item for item in CriterionScore.objects.select_for_update().filter(assessed=assessed)}
    score = scores[objection.criterion]
    if score.points == points:
        raise InvalidInput("assessment.same_points", _("These are the points that stand there already."))
    objection.before = _told(assessed, score)
    points_write(score, Fraction(points))
    score.save(update_fields=["points", "exact"])
    exact = {code: Fraction(item.exact) if item.exact else None for code, item in scores.items()}
    result_write(assessed, row, result(row.rules, exact))
    assessed.save(update_fields=["total", "grade", "grade_until"])
    objection.after = _told(assessed, score)


def _told(assessed: Assessed, score: CriterionScore) -> dict[str, Any]:
    points = None if score.points is None else plain(score.points)
    return {"points": points, "total": assessed.printed or None, "grade": assessed.grade}


def _done(actor: Actor, verb: str, row: Assessment, objection: Objection) -> None:
    facts = {"objection": objection.pk, "assessed": objection.assessed_id, "criterion": objection.criterion}
    journal.write(actor, f"assessment.{verb}", (KIND, row.pk), place_id=row.place_id, facts=facts)
