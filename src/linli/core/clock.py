"""The one clock: now, today, and the edges of a day in Asia/Shanghai.

All code asks here, so that tests and the demo can hold time still. Working time lives in calendar.py.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")


@dataclass(slots=True, eq=False)
class Frozen:
    """A clock that stands still until it is told to move."""

    at: datetime

    def move(self, by: timedelta) -> datetime:
        """Move the clock on by a span of real time and return the new instant."""
        self.at += by
        return self.at

    def move_to(self, at: datetime) -> datetime:
        """Set the clock to another instant, forwards or back."""
        self.at = _aware(at)
        return self.at


# Process-wide on purpose: threads that a test or the demo starts must read the same clock.
_frozen: list[Frozen] = []


def now() -> datetime:
    """The instant now, aware, in Asia/Shanghai."""
    return _frozen[-1].at if _frozen else datetime.now(SHANGHAI)


def today() -> date:
    """The day now in Asia/Shanghai, whatever zone the machine keeps."""
    return now().date()


def day_of(at: datetime) -> date:
    """The day on which an aware instant falls in Asia/Shanghai."""
    return at.astimezone(SHANGHAI).date()


def day_start(day: date) -> datetime:
    """The first instant of a day in Asia/Shanghai; a day's range is [day_start(d), day_end(d))."""
    return datetime.combine(day, time.min, SHANGHAI)


def day_end(day: date) -> datetime:
    """The first instant after a day in Asia/Shanghai."""
    return day_start(day + timedelta(days=1))


@contextmanager
def frozen(at: datetime | date | str) -> Iterator[Frozen]:
    """Hold the clock of the whole process at an instant; a plain date means nine in the morning.

    Text is ISO 8601; an instant without a zone is read in Asia/Shanghai. Freezing nests.
    """
    clock = Frozen(_instant(at))
    _frozen.append(clock)
    try:
        yield clock
    finally:
        _frozen.remove(clock)


def _instant(at: datetime | date | str) -> datetime:
    if isinstance(at, str):
        at = date.fromisoformat(at) if len(at) == len("2026-10-01") else datetime.fromisoformat(at)
    if not isinstance(at, datetime):
        return datetime.combine(at, time(9), SHANGHAI)
    return _aware(at)


def _aware(at: datetime) -> datetime:
    return at.replace(tzinfo=SHANGHAI) if at.tzinfo is None else at.astimezone(SHANGHAI)
