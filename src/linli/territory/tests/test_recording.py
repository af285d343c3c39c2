"""The set forms that imports use: divisions, grids, totals; one journal entry a call, thousands a second."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.core.actors import SYSTEM
from linli.core.errors import InvalidInput
from linli.core.models import Entry
from linli.territory.models import Facility, Place, Statistic
from linli.territory.operations.divisions import divisions_import
from linli.territory.operations.recording import (
    compound_record_many,
    division_record_many,
    facility_record_many,
    grid_record_many,
    statistic_record_many,
)
from linli.territory.tests.county import ROWS, County, again


def test_divisions_come_in_once_and_a_new_name_is_taken(county: County) -> None:
    assert divisions_import(actor=SYSTEM, rows=ROWS) == (0, 0)
    renamed = [{**ROWS[5], "name": "一里新村社区居民委员会"}]
    assert divisions_import(actor=SYSTEM, rows=renamed) == (0, 1)
    assert again(county.one).name == "一里新村社区居民委员会"


def test_placeholders_are_kept_but_hidden(county: County) -> None:
    divisions_import(actor=SYSTEM, rows=[{"code": "4102", "name": "市辖区", "level": "city", "parent": "41"}])
    assert Place.objects.get(code="4102").placeholder


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"code": "41019", "name": "x", "parent": ""}, "division.bad_code"),
        ({"code": "41010A", "name": "x", "parent": ""}, "division.bad_code"),
        ({"code": "410198", "name": " ", "parent": ""}, "division.bad_code"),
        ({"code": "410198", "name": "x", "parent": "4177"}, "division.no_parent"),
    ],
)
def test_codes_that_cannot_be_are_refused_and_nothing_enters(county: County, row: dict[str, str], code: str) -> None:
    count = Place.objects.count()
    good = {"code": "410197", "name": "新区", "level": "county", "parent": "4101"}
    with pytest.raises(InvalidInput) as caught:
        divisions_import(actor=SYSTEM, rows=[good, row])
    assert (caught.value.code, Place.objects.count()) == (code, count)


def test_a_ledger_of_divisions_describes_those_that_exist(county: County) -> None:
    count = Place.objects.count()
    division_record_many(actor=SYSTEM, rows=[{"id": county.one.pk, "kind": "old", "households": 1200}])
    assert (again(county.one).kind, again(county.one).households, Place.objects.count()) == ("old", 1200, count)


def test_what_a_profile_adds_is_kept_as_plain_values(county: County) -> None:
    row = {"name": "站", "agents": Decimal(3), "rate": Decimal("1.5"), "day": date(2026, 1, 2), "none": None}
    (pk,) = facility_record_many(actor=SYSTEM, rows=[row])
    assert Facility.objects.get(pk=pk).extra == {"agents": 3, "rate": 1.5, "day": "2026-01-02"}


def test_a_batch_is_one_journal_entry(county: County) -> None:
    count = Entry.objects.count()
    rows = [{"name": f"{number}号院", "place": county.one.pk} for number in range(40)]
    compound_record_many(actor=SYSTEM, rows=rows)
    entry = Entry.objects.latest("id")
    assert (Entry.objects.count() - count, entry.operation, entry.count) == (1, "compound.record_many", 40)


def test_a_later_ledger_moves_a_grid_and_what_is_below_it(county: County) -> None:
    (small,) = grid_record_many(
        actor=SYSTEM, rows=[{"name": "微", "code": "m", "place": county.one_a.pk, "upper": county.one_a.pk}]
    )
    grid_record_many(actor=SYSTEM, rows=[{"id": county.one_a.pk, "place": county.two.pk, "upper": county.two_a.pk}])
    moved = Place.objects.get(pk=small)
    assert moved.community_id == county.two.pk
    assert moved.grid_path == f"/{county.two_a.pk}/{county.one_a.pk}/{small}/"
    assert moved.path.startswith(again(county.one_a).path)


def test_a_grid_in_a_compound_knows_it(county: County) -> None:
    (compound,) = compound_record_many(actor=SYSTEM, rows=[{"name": "A区", "place": county.one.pk}])
    (grid,) = grid_record_many(actor=SYSTEM, rows=[{"name": "9号", "code": "g9", "place": compound}])
    assert Place.objects.get(pk=grid).compound_id == compound


def test_a_newer_stock_ends_the_one_before_and_the_same_day_is_the_same_row(county: County) -> None:
    def row(day: date, value: int) -> dict[str, object]:
        return {"series": "households", "place": county.one.pk, "value": value, "since": day}

    statistic_record_many(actor=SYSTEM, rows=[row(date(2025, 1, 1), 900)])
    statistic_record_many(actor=SYSTEM, rows=[row(date(2026, 1, 1), 950)])
    statistic_record_many(actor=SYSTEM, rows=[row(date(2026, 1, 1), 960)])
    held = Statistic.objects.filter(series="households").order_by("since").values_list("value", "until")
    assert [(int(value), until) for value, until in held] == [(900, date(2026, 1, 1)), (960, None)]


def test_a_facility_without_a_place_belongs_to_the_root(county: County) -> None:
    facility_record_many(actor=SYSTEM, rows=[{"name": "区党群服务中心", "area_m2": 1200}])
    assert Facility.objects.get().place_id == county.county.pk


def test_recording_grids_takes_as_many_statements_for_a_few_as_for_thousands(county: County) -> None:
    def statements(first: int, count: int) -> int:
        rows = [
            {"code": f"B{number}", "name": f"{number}格", "place": county.one.pk, "upper": county.one_a.pk}
            for number in range(first, first + count)
        ]
        with CaptureQueriesContext(connection) as seen:
            assert len(grid_record_many(actor=SYSTEM, rows=rows)) == count
        return len(seen)

    assert statements(0, 3) == statements(3, 2_000)
