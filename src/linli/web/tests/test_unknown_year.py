"""A year whose holidays nobody has entered is said where deadlines are made, before they reach into it."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from linli.accounts.neighbourhood import neighbourhood
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.calendar_table import calendar_day_set, calendar_seed, unknown_ahead
from linli.core.models import CalendarDay
from linli.records.tests.test_import_pages import signed_in

pytestmark = pytest.mark.django_db
HOME, DESK, CALENDAR = "/", "/cases/desk/", "/settings/calendar/"


@pytest.fixture(autouse=True)
def entered(settings: Settings) -> None:
    """2026 is entered and nothing else."""
    settings.SECOND_FACTOR_REQUIRED = False
    CalendarDay.objects.all().delete()
    calendar_seed(actor=SYSTEM, years=[2026])


def warned(client: Client, path: str) -> list[int]:
    page = client.get(path)
    years = [warning.year for warning in page.context["unknown_ahead"]]
    assert [f"{year}年" in page.content.decode() for year in years] == [True] * len(years)
    return years


@pytest.mark.parametrize(
    ("day", "years"),
    [
        ("2026-06-01", []),
        ("2026-11-01", []),
        ("2026-11-02", [2027]),
        ("2026-12-31", [2027]),
        ("2027-01-01", [2027]),
        ("2025-12-31", [2025]),
        ("2027-12-01", [2027, 2028]),
    ],
)
def test_a_year_is_told_from_sixty_days_before_it(day: str, years: list[int]) -> None:
    with clock.frozen(day), CaptureQueriesContext(connection) as held:
        assert [warning.year for warning in unknown_ahead()] == years
    assert len(held) == 1


def test_days_of_one_place_or_only_some_do_not_make_a_year_known() -> None:
    for month in (1, 10):
        calendar_day_set(actor=SYSTEM, day=date(2027, month, 1), working=False, place="990901")
    calendar_day_set(actor=SYSTEM, day=date(2027, 1, 1), working=False)
    with clock.frozen("2026-12-01"):
        assert [warning.year for warning in unknown_ahead()] == [2027]


@pytest.mark.parametrize(
    ("role", "path"),
    [
        ("community_worker", HOME),
        ("community_worker", DESK),
        ("system_administrator", HOME),
        ("system_administrator", CALENDAR),
    ],
)
def test_the_pages_say_it_until_the_days_are_entered(role: str, path: str) -> None:
    with clock.frozen("2026-06-01T10:00"):
        cast = neighbourhood()
        assert warned(signed_in(cast, Client(), role), path) == []
    with clock.frozen("2026-12-01T10:00"):
        client = signed_in(cast, Client(), role)
        assert warned(client, path) == [2027]
        for month in (1, 10):
            calendar_day_set(actor=SYSTEM, day=date(2027, month, 1), working=False)
        assert warned(client, path) == []


def test_only_who_may_enter_the_days_is_sent_there(client: Client) -> None:
    door = f'href="{CALENDAR}?year=2027"'
    with clock.frozen("2026-12-01T10:00"):
        cast = neighbourhood()
        assert door in signed_in(cast, client).get(HOME).content.decode()
        assert door not in signed_in(cast, client, "community_worker").get(HOME).content.decode()
        read = client.post("/cases/desk/read/", {"pasted": "路灯不亮"})
    assert [warning.year for warning in read.context["unknown_ahead"]] == [2027]
