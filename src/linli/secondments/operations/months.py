"""Days on site: stated once a month by whoever was there, confirmed once by the community, corrected with a trace.

No place, no time of day and no track of anybody is asked for (domain rule R15).
"""

from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.operations.clocks import Holder, after, calendar_of, post_at
from linli.cases.operations.owing import owe, settle
from linli.cases.sections import Period
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.calendar import WorkingCalendar
from linli.core.errors import InvalidInput, NotFound, RuleBroken, Stale
from linli.core.periods import period_label
from linli.core.words import said
from linli.secondments import policies
from linli.secondments.models import Secondment, SecondmentMonth
from linli.secondments.operations.terms import locked
from linli.secondments.queries.terms import Span, month_of, months_over, periods_over, span_of
from linli.secondments.sections import role_of, section
from linli.secondments.workflow import (
    CONFIRM,
    CONFIRM_OWED,
    END_OWED,
    KEEP,
    KIND,
    MONTH,
    REVIEW_OWED,
    STATE_OWED,
    STATEMENT,
)

LONGEST: Final = 200
CHUNK: Final = 500


@transaction.atomic
def month_state(*, actor: Actor, secondment_id: int, month: date, days: int) -> SecondmentMonth:
    """State one's days on site of a month that is over (RSP-07); the host community owes its confirmation.

    Raises: not_found, secondment_month.not_yours, secondment_month.outside, secondment_month.not_over,
    secondment_month.days, secondment_month.stated_already
    """
    row = locked(actor, secondment_id)
    policies.require_serving(actor, row)
    span = _span(row, month)
    _require_days(days, span)
    if row.months.filter(month=month_of(month)).exists():
        raise RuleBroken("secondment_month.stated_already", _("This month is stated already; correct it instead."))
    given = SecondmentMonth(secondment=row, place=row.place, month=month_of(month), days=days, possible=span.possible)
    given.stated, given.stated_by = clock.now(), actor.key
    given.save(force_insert=True)
    settle(STATE_OWED, (KIND, row.pk))
    _owe_confirmation(given)
    _done(actor, "state", given, days=days)
    return given


@transaction.atomic
def month_correct(*, actor: Actor, month_id: int, version: int, days: int, reason: str) -> SecondmentMonth:
    """Correct one's own statement with a reason; what was stated stays to be read, and it is confirmed anew.

    Raises: not_found, secondment_month.not_yours, secondment_month.stale, secondment_month.days,
    secondment_month.same, secondment_month.reason
    """
    given = _locked(actor, month_id)
    policies.require_serving(actor, given.secondment)
    if given.version != version:
        raise Stale("secondment_month.stale", _("Somebody changed this month since you read it."))
    span = _span(given.secondment, given.month)
    _require_days(days, span)
    if days == given.days:
        raise RuleBroken("secondment_month.same", _("These are the days that stand there already."))
    words = said(reason, LONGEST, "secondment_month.reason")
    was = {"days": given.days, "reason": words, "at": clock.now().isoformat()}
    given.corrections = [*given.corrections, {**was, "confirmed": given.state == "confirmed"}]
    given.state = STATEMENT.step(given.state, "correct")
    given.days, given.possible = days, span.possible
    given.confirmed_on, given.confirmed_by = None, ""
    given.stated, given.stated_by = clock.now(), actor.key
    given.version += 1
    given.save()
    _owe_confirmation(given)
    _done(actor, "correct", given, days=days, was=was["days"])
    return given


@transaction.atomic
def month_confirm(*, actor: Actor, month_id: int) -> SecondmentMonth:
    """Confirm a month for the host community, once.

    Raises: not_found, secondment_month.own, secondment_month.not_yours, secondment_month.state
    """
    given = _locked(actor, month_id)
    policies.require_confirm(actor, given)
    given.state = STATEMENT.step(given.state, "confirm")
    given.confirmed_on, given.confirmed_by = clock.today(), actor.key
    given.version += 1
    given.save()
    settle(CONFIRM_OWED, (MONTH, given.pk))
    _done(actor, "confirm", given, days=given.days)
    return given


@transaction.atomic
def secondments_check(*, at: datetime | None = None) -> int:
    """Ask for last month's statement from whoever serves, and for the end of terms that are near it. Gives how many."""
    today = clock.day_of(at or clock.now())
    rows = Secondment.objects.filter(state="serving").select_related("place", "post").order_by("pk")
    return sum(_ask(row, today) for row in rows.iterator(chunk_size=CHUNK))


def _ask(row: Secondment, today: date) -> int:
    rules, days, asked = section(), calendar_of(row.place), 0
    month = next(months_over(row, today), None)
    stated = month is None or row.months.filter(month=month).exists()
    held = row.post is not None and row.post.confirmed and row.post.until != today
    if role_of(row.role).days_a_month and held and month and not stated:
        holder = Holder(post_id=row.post_id)
        start = clock.day_end(span_of(row, month, days).last)
        due = after(days, start - timedelta(minutes=1), Period(amount=rules.state_days))
        owe(STATE_OWED, (KIND, row.pk), f"{month:%Y-%m} {row.place.name}", row.place_id, holder, due, days)
        asked += 1
    if row.planned_end and row.planned_end - timedelta(days=rules.end_days) <= today:
        holder = post_at(row.place.path, KEEP)
        if holder.post_id:
            due = days.close_of(row.planned_end)
            owe(END_OWED, (KIND, row.pk), f"{row.place.name} {row.unit}", row.place_id, holder, due, days)
            asked += 1
    return asked + _ask_review(row, today, days)


def _ask_review(row: Secondment, today: date, days: WorkingCalendar) -> bool:
    """Ask the office that manages a term for the review of the last period that is over (ASM-03)."""
    kind = role_of(row.role).review
    over = periods_over(row, kind, today, 1) if kind else []
    holder = post_at(row.place.path, KEEP) if over else Holder()
    if not over or holder.post_id is None or row.reviews.filter(period=over[0][0]).exists():
        return False
    period, last = over[0]
    due = after(days, clock.day_end(last) - timedelta(minutes=1), Period(amount=section().review_days))
    owe(REVIEW_OWED, (KIND, row.pk), f"{period_label(period)} {row.place.name}", row.place_id, holder, due, days)
    return True


def _owe_confirmation(given: SecondmentMonth) -> None:
    """The host community confirms: its secretary first, else whoever there may."""
    holder = post_at(given.place.path, CONFIRM, "community_secretary")
    if holder.post_id is None:
        return
    days = calendar_of(given.place)
    due = after(days, clock.now(), Period(amount=section().confirm_days))
    owe(
        CONFIRM_OWED,
        (MONTH, given.pk),
        f"{given.month:%Y-%m} {given.secondment.person.name}",
        given.place_id,
        holder,
        due,
        days,
    )


def _span(row: Secondment, month: date) -> Span:
    """The part of a month in the term, if it is over. Raises: secondment_month.outside, secondment_month.not_over"""
    span = span_of(row, month_of(month), calendar_of(row.place))
    if not span.days:
        raise InvalidInput("secondment_month.outside", _("This month does not lie in the term."))
    if span.last >= clock.today():
        raise RuleBroken("secondment_month.not_over", _("This month is not over yet; state it when it is."))
    return span


def _require_days(days: int, span: Span) -> None:
    if not 0 <= days <= span.days:
        message = _("In this month the term has %(most)s days; more cannot be stated.")
        raise InvalidInput("secondment_month.days", message, most=span.days)


def _locked(actor: Actor, month_id: int) -> SecondmentMonth:
    rows = SecondmentMonth.objects.select_for_update(of=("self",)).select_related("place", "secondment__place")
    found = rows.filter(policies.parts_visible_to(actor), pk=month_id).first()
    if found is None:
        raise NotFound
    return found


def _done(actor: Actor, verb: str, given: SecondmentMonth, **facts: Any) -> None:
    facts |= {"secondment": given.secondment_id, "month": f"{given.month:%Y-%m}"}
    journal.write(actor, f"{MONTH}.{verb}", (MONTH, given.pk), place_id=given.place_id, facts=facts)
