"""The table of holidays: seeding keeps edits, a narrower place wins, and a calendar follows every edit."""

from datetime import date

import pytest

from linli.core.actors import SYSTEM, Actor
from linli.core.calendar_table import calendar_day_set, calendar_for, calendar_seed
from linli.core.errors import InvalidInput, NotAllowed
from linli.core.models import CalendarDay, Entry

pytestmark = pytest.mark.django_db
EDITOR = Actor(key="user:1", label="Editor", abilities=frozenset({"calendar.edit"}))
NATIONAL_DAY = date(2026, 10, 1)


def test_seeding_twice_adds_nothing_and_keeps_edits() -> None:
    CalendarDay.objects.all().delete()
    calendar_day_set(actor=EDITOR, day=NATIONAL_DAY, working=True, name="值守")
    assert calendar_seed(actor=SYSTEM, years=[2026]) == 38
    assert calendar_seed(actor=SYSTEM, years=[2026]) == 0
    assert CalendarDay.objects.get(day=NATIONAL_DAY).working
    assert CalendarDay.objects.get(day=date(2026, 10, 10)).name == "国庆节"
    entries = list(Entry.objects.order_by("id").values_list("operation", "count"))
    assert entries == [
        ("calendar.day_set", 1),
        ("calendar.seed", 38),
    ]


def test_a_calendar_follows_edits_of_the_table() -> None:
    calendar_seed(actor=SYSTEM, years=[2026])
    assert not calendar_for().is_working_day(NATIONAL_DAY)
    assert calendar_for() is calendar_for()
    calendar_day_set(actor=EDITOR, day=NATIONAL_DAY, working=True)
    assert calendar_for().is_working_day(NATIONAL_DAY)
    calendar_day_set(actor=EDITOR, day=NATIONAL_DAY, working=False)
    assert not calendar_for().is_working_day(NATIONAL_DAY)


def test_the_narrower_place_wins_and_siblings_see_nothing_of_it() -> None:
    day = date(2026, 11, 24)
    calendar_day_set(actor=EDITOR, day=day, working=False, place="520521")
    calendar_day_set(actor=EDITOR, day=day, working=True, place="520521001")
    assert calendar_for().is_working_day(day)
    assert not calendar_for(["520521"]).is_working_day(day)
    assert calendar_for(["520521", "520521001"]).is_working_day(day)
    assert calendar_for(["520522"]).is_working_day(day)


def test_who_may_not_edit_is_refused() -> None:
    with pytest.raises(NotAllowed) as refused:
        calendar_day_set(actor=Actor(key="user:2", label="Other"), day=NATIONAL_DAY, working=True)
    assert refused.value.code == "calendar.not_yours"
    with pytest.raises(InvalidInput) as far:
        calendar_day_set(actor=EDITOR, day=date(1900, 1, 1), working=True)
    assert far.value.code == "calendar.out_of_range"
