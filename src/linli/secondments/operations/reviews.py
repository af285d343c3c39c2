"""Reviews of those who serve: written by the office that manages them, put right with a trace, answered by them.

What a round of assessment came to is kept here too once it is final, so that nobody writes it down again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.operations.owing import settle
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken, Stale
from linli.core.periods import days_of, period_code, period_label
from linli.core.words import at_most, said
from linli.messaging.operations.sending import Draft, message_send
from linli.messaging.queries import To
from linli.secondments import policies
from linli.secondments.models import Secondment, SecondmentReview
from linli.secondments.operations.terms import locked
from linli.secondments.queries.terms import periods_over
from linli.secondments.sections import grade_names, role_of
from linli.secondments.workflow import KIND, REVIEW, REVIEW_OWED, REVIEWED, SCORES

LONGEST: Final = 1000
MOST: Final = 100
NAMES: Final = ("own", "residents", "bodies", "grade", "note", "action", "on", "period")


@dataclass(frozen=True, slots=True)
class Review:
    """What a review says. `period` is its code, empty between two; scores are there where the scheme has them."""

    on: date
    period: str = ""
    own: Decimal | None = None
    residents: Decimal | None = None
    bodies: Decimal | None = None
    grade: str = ""
    note: str = ""
    action: str = ""


@transaction.atomic
def review_write(*, actor: Actor, secondment_id: int, review: Review) -> SecondmentReview:
    """Write down a review (ASM-03); whoever was reviewed is told. Of a period there is one.

    Raises: not_found, secondment.own, secondment.not_yours, review.day, review.period, review.score, review.grade,
    review.words, review.empty, review.twice
    """
    term = locked(actor, secondment_id)
    _require_office(actor, term)
    row = SecondmentReview(secondment=term, place_id=term.place_id)
    _fill(row, review)
    row.written, row.written_by = clock.now(), actor.key
    row.save(force_insert=True)
    review_settle(term)
    _done(actor, "write", row)
    return row


@transaction.atomic
def review_correct(*, actor: Actor, review_id: int, version: int, review: Review, reason: str) -> SecondmentReview:
    """Put a review right with a reason; what it said stays to be read, and whoever was reviewed is told anew.

    Raises: not_found, secondment.own, secondment.not_yours, review.stale, review.round, review.reason, and what
    writing one raises
    """
    row = _locked(actor, review_id)
    _require_office(actor, row.secondment)
    if row.version != version:
        raise Stale("review.stale", _("Somebody changed this review since you read it."), version=row.version)
    if row.source == "round":
        message = _("This is the result of a round; it is changed there, where an objection to it is upheld.")
        raise RuleBroken("review.round", message)
    words = said(reason, LONGEST, "review.reason")
    before = {name: "" if value is None else str(value) for name in NAMES for value in (getattr(row, name),)}
    _fill(row, review)
    row.corrections = [*row.corrections, {"before": before, "reason": words, "at": clock.now().isoformat()}]
    row.source, row.written, row.written_by = "written", clock.now(), actor.key
    row.version += 1
    row.save()
    _done(actor, "correct", row)
    return row


@transaction.atomic
def review_answer(*, actor: Actor, review_id: int, text: str) -> SecondmentReview:
    """Answer one's review; the answer stays beside it. Raises: not_found, review.not_yours, review.words"""
    row = _locked(actor, review_id)
    policies.require_answer(actor, row.secondment)
    row.answer, row.answered = said(text, LONGEST, "review.words"), clock.now()
    row.version += 1
    row.save(update_fields=["answer", "answered", "version"])
    journal.write(
        actor, "review.answer", (REVIEW, row.pk), place_id=row.place_id, facts={"secondment": row.secondment_id}
    )
    return row


@transaction.atomic
def reviews_from_round(*, actor: Actor, results: Iterable[tuple[int, Review]]) -> int:
    """Keep what a round came to with the terms of those assessed, by their posts; gives how many.

    What the office wrote of the same period itself stays.
    """
    given = dict(results)
    terms = Secondment.objects.select_for_update(of=("self",)).filter(post__in=given).order_by("pk")
    kept = 0
    for term in terms:
        assert term.post_id is not None
        review = given[term.post_id]
        held = term.reviews.filter(period=review.period).first()
        if held and held.source != "round":
            continue
        row = held or SecondmentReview(secondment=term, place_id=term.place_id, source="round")
        for name in NAMES:
            setattr(row, name, getattr(review, name))
        row.written, row.written_by = clock.now(), actor.key
        row.save()
        review_settle(term)
        kept += 1
    if kept:
        journal.write(actor, "review.from_round", None, count=kept)
    return kept


def review_settle(term: Secondment) -> None:
    """Nothing is owed any more once the last period that is over is reviewed."""
    kind = role_of(term.role).review
    due = periods_over(term, kind, clock.today(), 1) if kind else []
    if not due or term.reviews.filter(period=due[0][0]).exists():
        settle(REVIEW_OWED, (KIND, term.pk))


def fault_of(term: Secondment, on: date, period: str) -> str:
    """Why a day and a period are none of a review of this term; empty where they are."""
    if period:
        if period_code(period) != period:
            return "review.period"
        first, last = days_of(period)
        if last < term.since or (term.until is not None and first >= term.until):
            return "review.period"
        if on < first:
            return "review.day"
    return "review.day" if on < term.since or on > clock.today() else ""


def _fill(row: SecondmentReview, review: Review) -> None:
    """Put what was written into a review, if it makes sense."""
    fault = fault_of(row.secondment, review.on, review.period)
    if fault == "review.period":
        raise InvalidInput(fault, _("Choose a period that lies in the term."))
    if fault:
        raise InvalidInput(fault, _("A review is of a day in the term, in its period or after it, and not to come."))
    scores = [getattr(review, name) for name, _label in SCORES]
    if any(score is not None and not 0 <= score <= MOST for score in scores):
        raise InvalidInput("review.score", _("Scores are between 0 and 100."))
    if review.grade and review.grade not in grade_names():
        raise InvalidInput("review.grade", _("Choose one of the grades."))
    words = {name: at_most(getattr(review, name), LONGEST, "review.words") for name in ("note", "action")}
    if not (any(words.values()) or review.grade or any(score is not None for score in scores)):
        raise InvalidInput("review.empty", _("Write what was found, or give a grade or scores."))
    same = SecondmentReview.objects.filter(secondment_id=row.secondment_id, period=review.period).exclude(pk=row.pk)
    if review.period and same.exists():
        raise RuleBroken("review.twice", _("This period is reviewed already; put that review right instead."))
    for name in NAMES:
        setattr(row, name, words.get(name, getattr(review, name)))


def _require_office(actor: Actor, term: Secondment) -> None:
    policies.require_not_own(actor, term.person_id)
    policies.require_keep(actor, term.place)


def _locked(actor: Actor, review_id: int) -> SecondmentReview:
    rows = SecondmentReview.objects.select_for_update(of=("self",)).select_related("secondment__place")
    found = rows.filter(policies.reviews_visible_to(actor), pk=review_id).first()
    if found is None:
        raise NotFound
    return found


def _done(actor: Actor, verb: str, row: SecondmentReview) -> None:
    facts: dict[str, Any] = {"secondment": row.secondment_id, "period": row.period, "on": f"{row.on}"}
    journal.write(actor, f"{REVIEW}.{verb}", (REVIEW, row.pk), place_id=row.place_id, facts=facts)
    told = {"what": period_label(row.period) if row.period else f"{row.on}"}
    draft = Draft(REVIEWED, facts=told, link=f"/secondments/reviews/{row.pk}/", subject=(REVIEW, row.pk))
    message_send(actor=actor, to=To(people=[row.secondment.person_id]), draft=draft)
