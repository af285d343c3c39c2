"""References from the result of an assessment (ASM-04, ASM-05): composed from its rows, with the days of every body."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accountability.assessing.scoring import plain
from linli.accountability.documents.drafting import drafted
from linli.accountability.models import Assessed, AssessmentPart
from linli.accountability.operations.assessments import KIND
from linli.accountability.policies import assessments as policies
from linli.accountability.workflow.assessments import OBJECTION
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import NotFound, RuleBroken

NUMBERS: Final = "一二三四五"


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference as a Word file, with its text."""

    title: str
    text: str
    content: bytes


@transaction.atomic
def reference_draw(*, actor: Actor, assessed_id: int) -> Reference:
    """Draw up the reference of somebody from a final result, for whoever may read the scores; the journal tells it.

    Raises: not_found, assessment.not_final
    """
    rows = Assessed.objects.filter(policies.assessed_visible_to(actor), pk=assessed_id, post__isnull=False)
    row = rows.select_related("assessment__place", "person", "post__place", "place").first()
    if row is None or not policies.sees_scores(actor, row.assessment):
        raise NotFound
    if row.assessment.state != "final":
        message = _("A reference is drawn from a final result: wait until the round is declared final.")
        raise RuleBroken("assessment.not_final", message)
    title = _("Reference on %(name)s") % {"name": row.person}
    text = "\n".join([title, *_told(row)])
    journal.write(
        actor, "assessment.reference", (KIND, row.assessment_id), place_id=row.place_id, facts={"assessed": row.pk}
    )
    return Reference(title, text, drafted(text))


def _told(row: Assessed) -> Iterator[str]:
    """The lines of the text: what was assessed, what each gave and when, the result, what the assessed said."""
    assessment, parts = row.assessment, list(row.parts.select_related("organization", "post").order_by("pk"))
    chapters = {
        _("What was assessed"): [
            f"{assessment}：{row.label}",
            f"{_('Ground')}：{assessment.rules.basis}",
            f"{_('Period')}：{_day(assessment.first)}—{_day(assessment.last)}",
        ],
        _("What was given"): list(_given(row, parts)),
        _("Result"): list(_result(row)),
        _("What the assessed said"): [_flat(text) for text in (row.statement, row.comment) if text.strip()],
        _("Bodies that assessed"): list(_bodies(parts)),
    }
    found = [(heading, lines) for heading, lines in chapters.items() if lines]
    for number, (heading, lines) in zip(NUMBERS, found, strict=False):
        yield f"{number}、{heading}"
        yield from lines
    yield assessment.place.name
    yield _day(clock.today())


def _given(row: Assessed, parts: list[AssessmentPart]) -> Iterator[str]:
    points = dict(row.scores.values_list("criterion", "points"))
    for item in row.assessment.rules.live:
        got = points.get(item.code)
        facts = {"name": item.named, "weight": plain(item.weight), "points": "—" if got is None else plain(got)}
        yield _("%(name)s (weight %(weight)s%%): %(points)s points.") % facts
        for part in parts:
            if part.criterion == item.code and part.words.strip():
                yield f"{_giver(part)}：{_flat(part.words)}"


def _result(row: Assessed) -> Iterator[str]:
    if row.total is None:
        yield _("No total and no grade: something was not collected. What is missing is never counted as 0.")
        return
    grade = row.assessment.rules.grade(row.grade)
    yield f"{_('Total')}：{row.printed}" + (f"；{_('Grade')}：{grade.named}" if grade else "")
    if grade and grade.use:
        yield f"{_('Used for')}：{grade.use}"
    if row.grade_until:
        yield f"{_('valid until')} {_day(row.grade_until)}"
    states = list(row.objections.exclude(state=OBJECTION.start).values_list("state", flat=True))
    if states:
        facts = {"all": len(states), "upheld": states.count("upheld")}
        yield _("%(all)s objections were answered, %(upheld)s of them upheld.") % facts


def _bodies(parts: list[AssessmentPart]) -> Iterator[str]:
    """Each body once, with the last day on which it gave something, and room for its seal."""
    days: dict[str, date] = {}
    for part in parts:
        if part.role == AssessmentPart.Role.BODY and part.given:
            name, day = _giver(part), clock.day_of(part.given)
            days[name] = max(day, days.get(name, day))
    for name, day in days.items():
        yield f"{name}（{_('seal')}）：{_day(day)}"


def _giver(part: AssessmentPart) -> str:
    if part.role == AssessmentPart.Role.SELF:
        return _("the assessed")
    return str(part.organization or (part.post.title or part.post.place.name if part.post else "—"))


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _flat(text: str) -> str:
    """Words of people in one line, so that none of them is taken for a heading of the document."""
    return " ".join(text.split())
