"""Reviews as their page shows them, and the periods of which somebody may be reviewed."""

from dataclasses import dataclass
from typing import Any, Final

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.periods import period_label, span_of
from linli.secondments import policies
from linli.secondments.models import Secondment, SecondmentReview
from linli.secondments.queries.pages import seen_by
from linli.secondments.queries.terms import periods_over
from linli.secondments.sections import grade_names, role_of
from linli.secondments.workflow import SCORES

PERIODS: Final = 4


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """One review with what may be done."""

    row: SecondmentReview
    period: str
    grade: str
    scores: list[tuple[Any, Any]]
    own: bool
    corrects: bool


def review_page(actor: Actor, pk: int) -> ReviewPage:
    """One review. Raises: not_found"""
    rows = SecondmentReview.objects.filter(policies.reviews_visible_to(actor), pk=pk)
    row = rows.select_related("secondment__person", "secondment__place", "place").first()
    if row is None:
        raise NotFound
    scores = [(label, getattr(row, code)) for code, label in SCORES if getattr(row, code) is not None]
    return ReviewPage(
        row,
        period_label(row.period) if row.period else "",
        grade_names().get(row.grade, row.grade),
        scores,
        policies.is_own(actor, row.secondment),
        row.source != "round" and policies.may_review(actor, row.secondment),
    )


def term_to_review(actor: Actor, pk: int) -> Secondment:
    """A term that the actor reviews. Raises: not_found"""
    row = seen_by(actor).filter(pk=pk).first()
    if row is None or not policies.may_review(actor, row):
        raise NotFound
    return row


def periods_open(term: Secondment) -> list[str]:
    """The periods of which a term may still be reviewed: the running one and the last that are over."""
    kind = role_of(term.role).review or "quarter"
    running = [span_of(kind, clock.today())[0]] if term.until is None else []
    held = set(term.reviews.values_list("period", flat=True))
    over = [code for code, _last in periods_over(term, kind, clock.today(), PERIODS)]
    return [code for code in (*running, *over) if code not in held]
