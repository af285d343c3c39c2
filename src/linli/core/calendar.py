"""Lawful working time of the People's Republic: adding to it and measuring it, in pure functions.

Which days work is handed in; the editable table of holidays and make-up days lives in calendar_table.py.
Rules, with their source in the Civil Code (民法典):

* working minutes and hours run from the minute of receipt, and only inside working hours (art. 201 para. 2);
* working days and calendar days leave out the day of receipt (art. 201 para. 1) and end at the close of
  business of their last day (art. 203 para. 2);
* a period of calendar days or months whose last day is a day of rest ends on the next working day
  (art. 203 para. 1); a month without the corresponding day ends on its last day (art. 202);
* hours and minutes round the clock (紧急工作时) simply pass (art. 201 para. 2, agreed otherwise by art. 204).
"""

import calendar as gregorian
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import accumulate, pairwise
from typing import Any, Final, TypeAlias, TypeVar

import numpy as np
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray

from linli.core.clock import SHANGHAI
from linli.core.errors import InvalidInput

Moment = TypeVar("Moment", date, datetime)
Hours: TypeAlias = Sequence[tuple[time, time]]
Instants: TypeAlias = NDArray[Any] | Sequence[datetime]

DEFAULT_HOURS: Final = ((time(9), time(12)), (time(13, 30), time(17, 30)))
FIRST_DAY: Final = date(1950, 1, 1)
LAST_DAY: Final = date(2100, 12, 31)
DAY_MINUTES: Final = 1440
SATURDAY: Final = 5
# China has kept UTC+8 without summer time since 1992; older instants are read as if it always had.
_OFFSET_MINUTES: Final = 480
_EPOCH: Final = date(1970, 1, 1)
_BASE: Final = (FIRST_DAY - _EPOCH).days
_DAYS: Final = (LAST_DAY - FIRST_DAY).days + 1


class Unit(StrEnum):
    """What a period is counted in."""

    WORKING_MINUTES = "working_minutes"
    WORKING_HOURS = "working_hours"
    WORKING_DAYS = "working_days"
    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class CalendarWarning:
    """A year whose holidays nobody has entered yet: Monday to Friday was assumed for it."""

    year: int
    code: str = "calendar.year_unknown"

    @property
    def sentence(self) -> str:
        """The warning in the active language."""
        text = _("The holidays of %(year)s are not entered yet; Monday to Friday was assumed.")
        return str(text) % {"year": self.year}


class WorkingCalendar:
    """Working days and hours of one place, precomputed so that a period costs one binary search.

    `days` holds the days that differ from their weekday; later mappings passed by a caller have already been
    merged. `hours` are the day's stretches of work. `known` are the years whose holidays were entered; where
    it is left out, a year counts as known when both its New Year's Day and its National Day are in `days`.
    """

    def __init__(
        self, days: Mapping[date, bool], hours: Hours = DEFAULT_HOURS, known: Iterable[int] | None = None
    ) -> None:
        self.hours = checked_hours(hours)
        self.known = frozenset(known) if known is not None else entered_years(days)
        working = _working(days)
        self._by_minute = _worked_by_minute(self.hours)
        self._minute_at = [
            minute for minute in range(1, DAY_MINUTES + 1) if self._by_minute[minute] > self._by_minute[minute - 1]
        ]
        self._working_array = working
        self._before_array = _running(working * self._by_minute[DAY_MINUTES])
        self._by_minute_array = np.array(self._by_minute, dtype=np.int64)
        # Plain lists beside the arrays: a single look-up in a list is several times faster.
        self._working: list[bool] = working.astype(bool).tolist()
        self._before: list[int] = self._before_array.tolist()
        self._days_before: list[int] = _running(working).tolist()

    @property
    def day_minutes(self) -> int:
        """Working minutes in one full working day."""
        return self._by_minute[DAY_MINUTES]

    def is_working_day(self, day: date) -> bool:
        """Whether people work on this day, make-up days included.

        Raises: calendar.out_of_range
        """
        return self._working[_index(day)]

    def next_working_day(self, day: date) -> date:
        """The day itself where it is worked, else the first working day after it."""
        return self._nth_working_day(_index(day) - 1, 1)

    def close_of(self, day: date) -> datetime:
        """The close of business on a day, in Asia/Shanghai."""
        return datetime.combine(day, self.hours[-1][1], SHANGHAI)

    def add_working(self, start: datetime, amount: int, unit: Unit | str = Unit.WORKING_MINUTES) -> datetime:
        """The instant at which a period that began with `start` ends, by the rules at the top of this module.

        Nothing added to an instant is the instant itself.
        Raises: calendar.amount, calendar.out_of_range
        """
        unit = Unit(unit)
        if amount < 0:
            raise InvalidInput("calendar.amount", _("A period cannot be negative."), amount=amount)
        if amount == 0:
            return start.astimezone(SHANGHAI)
        if unit in (Unit.MINUTES, Unit.HOURS):
            return _shifted(start.astimezone(SHANGHAI), timedelta(minutes=1 if unit == Unit.MINUTES else 60), amount)
        if unit in (Unit.WORKING_MINUTES, Unit.WORKING_HOURS):
            return self._at(self._worked(start) + amount * (60 if unit == Unit.WORKING_HOURS else 1))
        day = start.astimezone(SHANGHAI).date()
        if unit == Unit.WORKING_DAYS:
            return self.close_of(self._nth_working_day(_index(day), amount))
        last = _shifted(day, timedelta(days=1), amount) if unit == Unit.DAYS else add_months(day, amount)
        return self.close_of(self.next_working_day(last))

    def working_minutes_between(self, a: datetime, b: datetime) -> int:
        """Whole working minutes from `a` to `b`; negative where `b` lies before `a`.

        Raises: calendar.out_of_range
        """
        return self._worked(b) - self._worked(a)

    def working_days_between(self, a: date, b: date) -> int:
        """Working days after day `a` up to and including day `b`, as a period of working days counts them."""
        return self._days_before[_index(b) + 1] - self._days_before[_index(a) + 1]

    def working_minutes_between_many(self, starts: Instants, ends: Instants) -> NDArray[np.int64]:
        """`working_minutes_between` for whole columns: aware datetimes, or numpy datetime64 in UTC.

        Raises: calendar.out_of_range, also for an empty instant (NaT)
        """
        return self._worked_many(ends) - self._worked_many(starts)

    def unknown_years(self, start: date, end: date) -> list[CalendarWarning]:
        """A warning for each year from `start` to `end` whose holidays are not entered yet."""
        return [CalendarWarning(year) for year in range(start.year, end.year + 1) if year not in self.known]

    def _worked(self, at: datetime) -> int:
        minute = int(at.timestamp() // 60) + _OFFSET_MINUTES
        day, of_day = divmod(minute, DAY_MINUTES)
        index = _in_range(day - _BASE)
        return self._before[index] + (self._by_minute[of_day] if self._working[index] else 0)

    def _worked_many(self, instants: Instants) -> NDArray[np.int64]:
        day, of_day = np.divmod(_minutes(instants) + _OFFSET_MINUTES, DAY_MINUTES)
        index = day - _BASE
        if index.size:
            _in_range(int(index.min()))
            _in_range(int(index.max()))
        result: NDArray[np.int64] = (
            self._before_array[index] + self._by_minute_array[of_day] * self._working_array[index]
        )
        return result

    def _at(self, worked: int) -> datetime:
        """The first instant by which this many minutes of the whole calendar are worked."""
        index = _in_range(bisect_left(self._before, worked) - 1)
        minute = self._minute_at[worked - self._before[index] - 1]
        return datetime.combine(FIRST_DAY + timedelta(days=index), time.min, SHANGHAI) + timedelta(minutes=minute)

    def _nth_working_day(self, index: int, amount: int) -> date:
        found = bisect_left(self._days_before, self._days_before[index + 1] + amount) - 1
        return FIRST_DAY + timedelta(days=_in_range(found))


def checked_hours(hours: Hours) -> tuple[tuple[time, time], ...]:
    """The stretches of work of a day, in order.

    Raises: calendar.hours where there is none, one is empty, or two overlap
    """
    ordered = tuple((start, end) for start, end in hours)
    edges = [edge for stretch in ordered for edge in stretch]
    if not edges or any(a >= b for a, b in pairwise(edges)):
        raise InvalidInput("calendar.hours", _("Working hours must be in order and must not overlap."))
    return ordered


def parse_hours(texts: Iterable[str]) -> tuple[tuple[time, time], ...]:
    """Working hours as a profile writes them: `["09:00-12:00", "13:30-17:30"]`.

    Raises: calendar.hours
    """
    try:
        pairs = [text.split("-") for text in texts]
        hours = [(time.fromisoformat(start.strip()), time.fromisoformat(end.strip())) for start, end in pairs]
    except ValueError as error:
        raise InvalidInput("calendar.hours", _("Working hours are written like 09:00-12:00.")) from error
    return checked_hours(hours)


def add_months(day: date, months: int) -> date:
    """The corresponding day months later, or the last day of a month that lacks it (Civil Code art. 202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not FIRST_DAY.year <= year <= LAST_DAY.year:
        raise _out_of_range()
    return date(year, month + 1, min(day.day, gregorian.monthrange(year, month + 1)[1]))


def _shifted(start: Moment, step: timedelta, amount: int) -> Moment:
    try:
        return start + step * amount
    except OverflowError as error:
        raise _out_of_range() from error


def entered_years(days: Collection[date]) -> frozenset[int]:
    """The years that have both New Year's Day and National Day: days of rest by law, so an entered year has them."""
    return frozenset(day.year for day in days if (day.month, day.day) == (1, 1) and date(day.year, 10, 1) in days)


def _working(days: Mapping[date, bool]) -> NDArray[np.int64]:
    weekdays = (np.arange(_DAYS) + FIRST_DAY.weekday()) % 7
    working = (weekdays < SATURDAY).astype(np.int64)
    for day, works in days.items():
        working[_index(day)] = works
    return working


def _worked_by_minute(hours: Hours) -> list[int]:
    """How many minutes are worked by each minute of a working day, 0 to 1440."""
    steps = [0] * DAY_MINUTES
    for start, end in hours:
        first, last = start.hour * 60 + start.minute, end.hour * 60 + end.minute
        steps[first:last] = [1] * (last - first)
    return [0, *accumulate(steps)]


def _running(amounts: NDArray[np.int64]) -> NDArray[np.int64]:
    """The sum before each position, and after the last."""
    return np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(amounts)))


def _minutes(instants: Instants) -> NDArray[np.int64]:
    """Whole minutes since 1970 in UTC."""
    if isinstance(instants, np.ndarray) and instants.dtype.kind == "M":
        return instants.astype("datetime64[m]").astype(np.int64)
    seconds = np.fromiter((at.timestamp() for at in instants), dtype=np.float64, count=len(instants))
    return np.asarray(seconds // 60, dtype=np.int64)


def _index(day: date) -> int:
    return _in_range((day - FIRST_DAY).days)


def _in_range(index: int) -> int:
    if not 0 <= index < _DAYS:
        raise _out_of_range()
    return index


def _out_of_range() -> InvalidInput:
    return InvalidInput(
        "calendar.out_of_range",
        _("The calendar reaches from %(first)s to %(last)s."),
        first=FIRST_DAY,
        last=LAST_DAY,
    )
