"""The months of a term: which of its days lie in a month, how many are working days, what is short of the rule."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from linli.core.calendar import WorkingCalendar, add_months
from linli.core.periods import span_of as period_of
from linli.secondments.models import Secondment

DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """The part of a month that lies in a term: its first and last day, and the working days in it."""

    first: date
    last: date
    possible: int

    @property
    def days(self) -> int:
        """How many days it has at all."""
        return max(0, (self.last - self.first).days + 1)


def month_of(day: date) -> date:
    """The first day of the month that a day lies in."""
    return day.replace(day=1)


def span_of(secondment: Secondment, month: date, calendar: WorkingCalendar) -> Span:
    """The part of a month that lies in a term; it has no days where none of them does."""
    ends = month.replace(day=monthrange(month.year, month.month)[1])
    first = max(month_of(month), secondment.since)
    last = min(ends, secondment.until - DAY) if secondment.until else ends
    return Span(first, last, calendar.working_days_between(first - DAY, last) if first <= last else 0)


def months_over(secondment: Secondment, today: date) -> Iterator[date]:
    """The first days of the months of a term that are over, or over for it, the latest first."""
    month = month_of(today if secondment.until is None else min(today, secondment.until - DAY))
    ended = secondment.until is not None and secondment.until <= today
    while month >= month_of(secondment.since):
        if ended or add_months(month, 1) <= today:
            yield month
        month = add_months(month, -1)


def short_of(days: int, rule: int, possible: int) -> int:
    """How many days are missing: of the rule, but never more than there were working days."""
    return max(0, min(rule, possible) - days)


def periods_over(secondment: Secondment, kind: str, today: date, most: int = 2) -> list[tuple[str, date]]:
    """The last periods that are over and lay wholly in a term, with their last days, the latest first."""
    found: list[tuple[str, date]] = []
    day = period_of(kind, today)[1] - DAY
    while len(found) < most:
        code, first, last = period_of(kind, day)
        if first < secondment.since:
            break
        if secondment.until is None or last < secondment.until:
            found.append((code, last))
        day = first - DAY
    return found
