"""Working time as example tables: holidays, make-up days, night receipts, and laws that must always hold."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.core.calendar import LAST_DAY, Unit, WorkingCalendar, add_months, parse_hours
from linli.core.calendar_table import known_years, seed_days
from linli.core.clock import SHANGHAI
from linli.core.errors import InvalidInput

CALENDAR = WorkingCalendar({seed.day: seed.working for seed in seed_days(range(2024, 2027))})
MAKE_UP_2026 = ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"]
INSTANTS = st.datetimes(datetime(2020, 1, 1), datetime(2027, 12, 31)).map(lambda at: at.replace(tzinfo=SHANGHAI))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize("day", MAKE_UP_2026)
def test_make_up_days_of_2026_are_worked(day: str) -> None:
    makeup = date.fromisoformat(f"2026-{day}")
    assert makeup.weekday() >= 5
    assert CALENDAR.is_working_day(makeup)


def test_the_year_2026_has_as_many_working_days_as_published() -> None:
    assert CALENDAR.working_days_between(date(2025, 12, 31), date(2026, 12, 31)) == 248


@pytest.mark.parametrize(
    ("start", "amount", "unit", "end"),
    [
        # Inside one day, and over the lunch break.
        ("2026-11-24T09:00", 60, "working_minutes", "2026-11-24T10:00"),
        ("2026-11-24T08:00", 3, "working_hours", "2026-11-24T12:00"),
        ("2026-11-24T11:30", 1, "working_hours", "2026-11-24T14:00"),
        ("2026-11-24T12:45", 1, "working_minutes", "2026-11-24T13:31"),
        ("2026-11-24T17:00", 4, "working_hours", "2026-11-25T14:00"),
        # Seconds of the receipt's minute do not count.
        ("2026-11-24T09:00:59", 1, "working_minutes", "2026-11-24T09:01"),
        # A receipt at night begins to run in the morning.
        ("2026-11-24T23:30", 2, "working_hours", "2026-11-25T11:00"),
        ("2026-11-25T03:00", 7, "working_hours", "2026-11-25T17:30"),
        # National Day 2026: rest from 1 to 7 October, work on Saturday 10 October and on Sunday 20 September.
        ("2026-09-30T17:00", 1, "working_hours", "2026-10-08T09:30"),
        ("2026-10-03T12:00", 1, "working_minutes", "2026-10-08T09:01"),
        ("2026-10-09T17:00", 1, "working_hours", "2026-10-10T09:30"),
        ("2026-10-10T17:00", 1, "working_hours", "2026-10-12T09:30"),
        ("2026-09-18T17:30", 7, "working_hours", "2026-09-20T17:30"),
        # Days leave out the day of receipt and end at the close of business.
        ("2026-11-24T08:00", 1, "working_days", "2026-11-25T17:30"),
        ("2026-11-24T23:59", 1, "working_days", "2026-11-25T17:30"),
        ("2026-11-27T10:00", 1, "working_days", "2026-11-30T17:30"),
        ("2026-11-28T10:00", 1, "working_days", "2026-11-30T17:30"),
        ("2026-09-30T10:00", 5, "working_days", "2026-10-13T17:30"),
        ("2026-01-01T00:00", 1, "working_days", "2026-01-04T17:30"),
        ("2026-02-13T10:00", 2, "working_days", "2026-02-24T17:30"),
        ("2026-02-27T10:00", 1, "working_days", "2026-02-28T17:30"),
        ("2026-05-08T10:00", 1, "working_days", "2026-05-09T17:30"),
        # A period of calendar days or months never ends on a day of rest.
        ("2026-11-24T10:00", 3, "days", "2026-11-27T17:30"),
        ("2026-11-24T10:00", 4, "days", "2026-11-30T17:30"),
        ("2026-09-21T10:00", 10, "days", "2026-10-08T17:30"),
        ("2026-12-31T10:00", 2, "months", "2027-03-01T17:30"),
        ("2026-08-31T10:00", 1, "months", "2026-09-30T17:30"),
        # Emergencies run round the clock.
        ("2026-10-01T23:00", 2, "hours", "2026-10-02T01:00"),
        ("2026-10-01T23:00", 30, "minutes", "2026-10-01T23:30"),
        # Nothing added changes nothing, not even at night.
        ("2026-10-01T23:00", 0, "working_days", "2026-10-01T23:00"),
    ],
)
def test_add_working(start: str, amount: int, unit: str, end: str) -> None:
    assert CALENDAR.add_working(at(start), amount, unit) == at(end)


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2026-11-24T09:00", "2026-11-24T17:30", 420),
        ("2026-11-24T00:00", "2026-11-25T00:00", 420),
        ("2026-11-24T12:00", "2026-11-24T13:30", 0),
        ("2026-09-30T17:00", "2026-10-08T09:30", 60),
        ("2026-10-01T00:00", "2026-10-08T00:00", 0),
        ("2026-10-10T00:00", "2026-10-11T23:59", 420),
        ("2026-11-24T10:00", "2026-11-24T09:00", -60),
    ],
)
def test_working_minutes_between(start: str, end: str, minutes: int) -> None:
    assert CALENDAR.working_minutes_between(at(start), at(end)) == minutes
    assert CALENDAR.working_minutes_between_many([at(start)], [at(end)]).tolist() == [minutes]


def test_the_zone_of_the_input_does_not_matter() -> None:
    start = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
    assert CALENDAR.add_working(start, 1, "working_hours") == at("2026-11-24T10:00")
    assert CALENDAR.add_working(datetime(2026, 11, 24, 16, 30, tzinfo=UTC), 1, Unit.WORKING_DAYS) == at(
        "2026-11-26T17:30"
    )


@given(start=INSTANTS, amount=st.integers(1, 50_000))
def test_add_then_between_gives_the_amount(start: datetime, amount: int) -> None:
    end = CALENDAR.add_working(start, amount, "working_minutes")
    assert CALENDAR.working_minutes_between(start, end) == amount
    assert CALENDAR.working_minutes_between(start, end - timedelta(minutes=1)) == amount - 1


@given(start=INSTANTS, amount=st.integers(1, 400))
def test_add_then_between_gives_the_days(start: datetime, amount: int) -> None:
    end = CALENDAR.add_working(start, amount, "working_days")
    assert CALENDAR.working_days_between(start.date(), end.date()) == amount
    assert CALENDAR.is_working_day(end.date())


@given(a=INSTANTS, b=INSTANTS, amount=st.integers(1, 500), unit=st.sampled_from(Unit))
def test_later_receipt_and_longer_period_never_end_sooner(a: datetime, b: datetime, amount: int, unit: Unit) -> None:
    a, b = sorted((a, b))
    assert CALENDAR.add_working(a, amount, unit) <= CALENDAR.add_working(b, amount, unit)
    assert CALENDAR.add_working(a, amount, unit) <= CALENDAR.add_working(a, amount + 1, unit)
    assert CALENDAR.working_minutes_between(a, b) >= 0


@given(st.lists(st.tuples(INSTANTS, INSTANTS), max_size=20))
def test_many_agrees_with_one(pairs: list[tuple[datetime, datetime]]) -> None:
    starts, ends = [a for a, _ in pairs], [b for _, b in pairs]
    expected = [CALENDAR.working_minutes_between(a, b) for a, b in pairs]
    assert CALENDAR.working_minutes_between_many(starts, ends).tolist() == expected
    columns = [np.array([x.astimezone(UTC).replace(tzinfo=None) for x in xs], "M8[us]") for xs in (starts, ends)]
    assert CALENDAR.working_minutes_between_many(*columns).tolist() == expected


def test_a_place_may_keep_other_hours_and_days() -> None:
    hours = parse_hours(["08:30-12:00", "14:30 - 18:00"])
    place = WorkingCalendar({date(2026, 11, 24): False}, hours)
    assert place.day_minutes == 420
    assert place.add_working(at("2026-11-23T18:00"), 30) == at("2026-11-25T09:00")
    assert place.close_of(date(2026, 11, 25)).time() == time(18)


@pytest.mark.parametrize("texts", [[], ["9-12"], ["12:00-09:00"], ["09:00-12:00", "12:00-13:00"], ["09:00"], ["x-y"]])
def test_hours_must_make_sense(texts: list[str]) -> None:
    with pytest.raises(InvalidInput) as refused:
        parse_hours(texts)
    assert refused.value.code == "calendar.hours"


def test_a_year_nobody_entered_falls_back_to_weekdays_and_says_so() -> None:
    assert CALENDAR.is_working_day(date(2027, 10, 1))
    assert not CALENDAR.is_working_day(date(2027, 10, 2))
    warnings = CALENDAR.unknown_years(date(2025, 12, 1), date(2028, 1, 2))
    assert [(warning.code, warning.year) for warning in warnings] == [
        ("calendar.year_unknown", 2027),
        ("calendar.year_unknown", 2028),
    ]
    assert CALENDAR.unknown_years(date(2026, 1, 1), date(2026, 12, 31)) == []


def test_a_year_is_known_once_its_holidays_are_entered() -> None:
    some = WorkingCalendar({date(2027, 1, 1): False})
    assert some.known == frozenset()
    assert WorkingCalendar({date(2027, 1, 1): False, date(2027, 10, 1): False}).known == {2027}
    every = WorkingCalendar({seed.day: seed.working for seed in seed_days(known_years())})
    assert every.known == known_years() >= set(range(2010, 2027))


def test_what_lies_outside_the_calendar_is_refused_not_guessed() -> None:
    cases: list[Callable[[], object]] = [
        lambda: CALENDAR.add_working(at("2100-12-31T10:00"), 1, "working_days"),
        lambda: CALENDAR.add_working(at("2026-01-01T10:00"), 10**9, "working_minutes"),
        lambda: CALENDAR.add_working(at("2026-01-01T10:00"), 10**12, "hours"),
        lambda: CALENDAR.add_working(at("2026-01-01T10:00"), 10**6, "days"),
        lambda: CALENDAR.add_working(at("2026-01-01T10:00"), 10**6, "months"),
        lambda: CALENDAR.is_working_day(LAST_DAY + timedelta(days=1)),
        lambda: CALENDAR.working_minutes_between_many(np.array(["NaT"], "M8[s]"), np.array(["2026-01-01"], "M8[s]")),
    ]
    for case in cases:
        with pytest.raises(InvalidInput) as refused:
            case()
        assert refused.value.code == "calendar.out_of_range"
    with pytest.raises(InvalidInput) as negative:
        CALENDAR.add_working(at("2026-01-01T10:00"), -1)
    assert negative.value.code == "calendar.amount"


def test_months_keep_the_corresponding_day() -> None:
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2028, 2, 29), 12) == date(2029, 2, 28)
    assert add_months(date(2026, 11, 24), 2) == date(2027, 1, 24)
