"""The editable table of holidays and make-up days: seeding it, editing it, and a place's calendar from it.

How periods are counted lives in calendar.py, which knows no database.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from chinese_calendar import constants
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from linli.core import clock, journal
from linli.core.actors import SYSTEM, Actor
from linli.core.bulk import next_ids
from linli.core.calendar import (
    DEFAULT_HOURS,
    FIRST_DAY,
    LAST_DAY,
    CalendarWarning,
    Hours,
    WorkingCalendar,
    checked_hours,
    entered_years,
)
from linli.core.composed import planned_cursor
from linli.core.errors import InvalidInput, NotAllowed
from linli.core.models import CalendarDay

EVERYWHERE = ""
# How many days ahead a year must be entered before anybody is warned; deadlines of today reach into it.
AHEAD: Final = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class SeedDay:
    """One published holiday or make-up day of the whole country."""

    day: date
    working: bool
    name: str


def known_years() -> frozenset[int]:
    """The years whose published holidays the installed `chinesecalendar` carries."""
    return frozenset(day.year for day in constants.holidays)


def seed_days(years: Iterable[int]) -> list[SeedDay]:
    """Holidays and make-up days of these years, in order; nothing for years not published yet."""
    wanted = set(years)
    rest = {day: SeedDay(day, False, _chinese(name)) for day, name in constants.holidays.items()}
    work = {day: SeedDay(day, True, _chinese(name)) for day, name in constants.workdays.items()}
    return [seed for day, seed in sorted({**rest, **work}.items()) if day.year in wanted]


@transaction.atomic
def calendar_seed(*, actor: Actor, years: Iterable[int] | None = None) -> int:
    """Enter the published days of these years (default all) and return how many were new.

    Days that somebody has entered or edited are left as they are.
    Raises: calendar.not_yours
    """
    _check(actor)
    rows = [
        CalendarDay(day=seed.day, place=EVERYWHERE, working=seed.working, name=seed.name)
        for seed in seed_days(known_years() if years is None else years)
    ]
    before = CalendarDay.objects.count()
    CalendarDay.objects.bulk_create(rows, ignore_conflicts=True)
    added = CalendarDay.objects.count() - before
    if added:
        journal.write(actor, "calendar.seed", None, facts={"days": added}, count=added)
    return added


@transaction.atomic
def calendar_day_set(*, actor: Actor, day: date, working: bool, name: str = "", place: str = EVERYWHERE) -> CalendarDay:
    """Say whether a day is worked, everywhere or in one place; running clocks read it from then on.

    Raises: calendar.not_yours, calendar.out_of_range
    """
    _check(actor)
    if not FIRST_DAY <= day <= LAST_DAY:
        raise InvalidInput("calendar.out_of_range", _("The calendar does not reach to %(day)s."), day=day)
    row, _created = CalendarDay.objects.update_or_create(
        day=day, place=place, defaults={"working": working, "name": name}
    )
    # A new id with every edit is how `calendar_for` hears of it.
    (new,) = next_ids(CalendarDay, 1)
    CalendarDay.objects.filter(pk=row.pk).update(id=new)
    row.pk = new
    facts = {"day": day.isoformat(), "place": place, "working": working, "name": name}
    journal.write(actor, "calendar.day_set", ("calendar_day", row.pk), facts=facts)
    return row


def calendar_for(places: Sequence[str] = (), hours: Hours = DEFAULT_HOURS) -> WorkingCalendar:
    """The working calendar of a place as the table stands now.

    `places` are the codes of the place and those above it, from the widest to the narrowest: a narrower
    place's day wins. Building is cached until somebody edits the table, in this process or another.
    """
    return _cached(tuple(places), checked_hours(hours), _version())


def holidays_between(places: Sequence[str], since: date, last: date) -> frozenset[date]:
    """The days of rest that the table names in a place from one day to another; a weekend is none by itself.

    `places` are those of `calendar_for`.
    """
    ranks = {place: rank for rank, place in enumerate((EVERYWHERE, *places))}
    rows = CalendarDay.objects.filter(place__in=ranks, day__gte=since, day__lte=last)
    found = sorted(rows.values_list("place", "day", "working"), key=lambda row: ranks[row[0]])
    return frozenset(day for day, working in {day: working for _place, day, working in found}.items() if not working)


def unknown_ahead() -> list[CalendarWarning]:
    """A warning for each year from today to 60 days ahead whose holidays nobody has entered; one query.

    Published days that were not taken over do not count: no deadline is counted with them.
    """
    today = clock.today()
    years = range(today.year, (today + AHEAD).year + 1)
    marks = [date(year, month, 1) for year in years for month in (1, 10)]
    rows = CalendarDay.objects.filter(place=EVERYWHERE, day__in=marks).values_list("day", flat=True)
    entered = entered_years(set(rows))
    return [CalendarWarning(year) for year in years if year not in entered]


@lru_cache(maxsize=64)
def _cached(places: tuple[str, ...], hours: Hours, _as_of: tuple[int, int]) -> WorkingCalendar:
    ranks = {place: rank for rank, place in enumerate((EVERYWHERE, *places))}
    rows = CalendarDay.objects.filter(place__in=ranks).values_list("place", "day", "working")
    merged = {day: working for _place, day, working in sorted(rows, key=lambda row: ranks[row[0]])}
    return WorkingCalendar(merged, hours)


def _version() -> tuple[int, int]:
    """What no two states of the table share: ids only grow, so every edit makes their sum larger."""
    with planned_cursor(connection) as cursor:
        cursor.execute("SELECT coalesce(sum(id), 0)::bigint, count(*) FROM core_calendarday")
        total, count = cursor.fetchone()
    return total, count


def _check(actor: Actor) -> None:
    if actor is not SYSTEM and not actor.can("calendar.edit"):
        raise NotAllowed("calendar.not_yours", _("You may not edit the calendar."))


def _chinese(name: str) -> str:
    """The Chinese name of a holiday that the package knows by its English one."""
    return next((holiday.chinese for holiday in constants.Holiday if holiday.value == name), name)
