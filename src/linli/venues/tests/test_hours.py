"""Hours and free times as plain functions: example tables, and that what is free is open and not taken."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.core import clock
from linli.venues.hours import Span, Terms, fault_of, free_between, nearest, spans_of, weekly

MONDAY = date(2026, 3, 2)


def at(text: str, day: date = MONDAY) -> datetime:
    return datetime.combine(day, time.fromisoformat(text), clock.SHANGHAI)


def spans(*texts: str) -> list[Span]:
    return spans_of(texts, MONDAY)


@pytest.mark.parametrize(
    ("starts", "ends", "days", "fault"),
    [
        ("14:00", "16:00", 0, ""),
        ("12:00", "12:30", 0, "closed"),
        ("11:30", "14:15", 0, "closed"),
        ("19:30", "20:30", 0, "closed"),
        ("16:00", "16:00", 0, "span"),
        ("16:00", "14:00", 0, "span"),
        ("16:00", "09:30", 1, "over_midnight"),
        ("09:59", "11:00", 0, "past"),
        ("10:20", "11:00", 0, "too_short_notice"),
        ("10:30", "11:00", 0, ""),
        ("14:00", "17:01", 0, "too_long"),
        ("14:00", "17:00", 0, ""),
    ],
)
def test_a_wish_is_held_against_the_terms_of_its_room(starts: str, ends: str, days: int, fault: str) -> None:
    terms = Terms(spans("09:00-12:00", "14:00-20:00"), longest=180, notice=30, ahead=7)
    until = at(ends, MONDAY + timedelta(days=days))
    assert fault_of(at(starts), until, at("10:00"), terms) == fault


@pytest.mark.parametrize(("days", "fault"), [(7, ""), (8, "too_far_ahead")])
def test_one_books_so_many_days_ahead(days: int, fault: str) -> None:
    day = MONDAY + timedelta(days=days)
    terms = Terms(spans_of(["09:00-12:00"], day), longest=180, notice=0, ahead=7)
    assert fault_of(at("09:00", day), at("10:00", day), at("10:00"), terms) == fault


@pytest.mark.parametrize(
    ("taken", "buffer", "free"),
    [
        ((), 0, ("09:00-12:00", "14:00-18:00")),
        (("10:00-11:00",), 0, ("09:00-10:00", "11:00-12:00", "14:00-18:00")),
        # The buffer is kept behind a booking, and before the next one.
        (("10:00-11:15",), 15, ("09:00-09:45", "11:15-12:00", "14:00-18:00")),
        (("09:00-12:15", "16:00-18:15"), 15, ("14:00-15:45",)),
        (("08:00-19:00",), 0, ()),
    ],
)
def test_what_is_free(taken: tuple[str, ...], buffer: int, free: tuple[str, ...]) -> None:
    opened = spans("09:00-12:00", "14:00-18:00")
    assert free_between(opened, spans(*taken), buffer, at("00:00")) == spans(*free)


def test_free_times_near_a_wish_are_named_in_the_order_of_the_day() -> None:
    free = spans("08:00-09:00", "10:00-11:30", "13:00-13:30", "15:00-18:00")
    assert nearest(free, spans("11:00-12:00")[0], 2) == spans("08:00-09:00", "10:00-11:30")
    assert nearest(free, spans("14:00-15:00")[0], 1) == spans("15:00-18:00")
    assert nearest(free, spans("09:00-13:00")[0]) == []


def test_a_series_ends_on_its_last_day() -> None:
    first = spans("09:00-10:00")[0]
    days = [clock.day_of(start) for start, _end in weekly(*first, date(2026, 3, 23))]
    assert days == [date(2026, 3, day) for day in (2, 9, 16, 23)]


HOURS = st.integers(0, 95).flatmap(lambda a: st.integers(a + 1, 96).map(lambda b: (a, b)))


def moved(pair: tuple[int, int]) -> Span:
    start = at("00:00")
    return start + timedelta(minutes=15 * pair[0]), start + timedelta(minutes=15 * pair[1])


@given(opened=st.lists(HOURS, max_size=3), taken=st.lists(HOURS, max_size=5), quarters=st.integers(0, 4))
def test_what_is_free_is_open_and_touches_nothing(
    opened: list[tuple[int, int]], taken: list[tuple[int, int]], quarters: int
) -> None:
    open_times, busy, buffer = [moved(p) for p in opened], [moved(p) for p in taken], 15 * quarters
    for start, end in free_between(open_times, busy, buffer, at("00:00")):
        assert any(since <= start and end <= until for since, until in open_times)
        assert all(end + timedelta(minutes=buffer) <= since or until <= start for since, until in busy)
