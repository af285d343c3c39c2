"""When a room is open and free, as plain functions: hours of a day, the rules of a wish, the times that are left."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from linli.core import clock

Span = tuple[datetime, datetime]
DAYS: Final = 7


@dataclass(frozen=True, slots=True)
class Terms:
    """What a wish for a room is held against: the open times of its day, and the room's own terms, in minutes."""

    open: Sequence[Span]
    longest: int
    notice: int
    ahead: int


def spans_of(texts: Iterable[str], day: date) -> list[Span]:
    """The open times of a day, of spans such as 09:00-12:00."""
    found = []
    for text in texts:
        since, _dash, until = text.partition("-")
        found.append((_at(day, since), _at(day, until)))
    return found


def _at(day: date, text: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(text.strip()), clock.SHANGHAI)


def fault_of(starts: datetime, ends: datetime, now: datetime, terms: Terms) -> str:
    """Why a wish is none: the last part of the code of its refusal, empty where nothing speaks against it."""
    if ends <= starts:
        return "span"
    if clock.day_of(starts) != clock.day_of(ends):
        return "over_midnight"
    if starts < now:
        return "past"
    if starts < now + timedelta(minutes=terms.notice):
        return "too_short_notice"
    if clock.day_of(starts) > clock.day_of(now) + timedelta(days=terms.ahead):
        return "too_far_ahead"
    if ends - starts > timedelta(minutes=terms.longest):
        return "too_long"
    if not any(since <= starts and ends <= until for since, until in terms.open):
        return "closed"
    return ""


def free_between(opened: Iterable[Span], taken: Iterable[Span], buffer: int, since: datetime) -> list[Span]:
    """The times from `since` on in which one may book: open, not taken, and with the buffer before the next one."""
    free = [(max(start, since), end) for start, end in opened]
    for start, end in taken:
        before = start - timedelta(minutes=buffer)
        free = [piece for span in free for piece in _without(span, before, end)]
    return [(start, end) for start, end in free if start < end]


def _without(span: Span, start: datetime, end: datetime) -> list[Span]:
    """What is left of a time without another one; pieces may be empty."""
    left, right = span
    return [span] if end <= left or right <= start else [(left, min(right, start)), (max(left, end), right)]


def nearest(free: Iterable[Span], wish: Span, most: int = 3) -> list[Span]:
    """The free times long enough for a wish that lie nearest to it, in the order of the day."""
    length = wish[1] - wish[0]
    fitting = [(start, end) for start, end in free if end - start >= length]
    fitting.sort(key=lambda item: max(item[0] - wish[0], wish[1] - item[1], timedelta()))
    return sorted(fitting[:most])


def weekly(starts: datetime, ends: datetime, last: date) -> list[Span]:
    """The same hours of each week until a day, the first of them included."""
    found: list[Span] = []
    step = timedelta(days=DAYS)
    while not found or clock.day_of(starts) <= last:
        found.append((starts, ends))
        starts, ends = starts + step, ends + step
    return found
