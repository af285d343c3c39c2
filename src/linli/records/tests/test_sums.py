"""Sums of figures: always what the rows come to, whatever is written, brought up to date or not."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import numpy as np
import psycopg
import pytest
from django.core.management import call_command
from django.db import OperationalError, connection, transaction
from django.db.models import F
from hypothesis import given
from hypothesis import strategies as st

from linli.cases.models import Case, Rating
from linli.core import clock
from linli.core.testing.fixtures import OwnDatabase
from linli.records.figures import answering, compute
from linli.records.figures.answering import Need
from linli.records.figures.compile import EVERYWHERE
from linli.records.figures.definitions import Figure, check_one
from linli.records.figures.measuring import spanned
from linli.records.figures.sums import checking, reading
from linli.records.figures.sums.leaves import leaf_of
from linli.records.models import FigureDefinition, SumCell, SumSeries, SumTouch
from linli.records.operations import sums
from linli.records.tests.writing_at_random import AT, COMBINED, DIRECT, FIGURES, Town, needs, open_book, scopes_of
from linli.records.types import record_type
from linli.territory.models import Place


@pytest.fixture
def book(db: None) -> dict[str, Figure]:
    """A place with matters in communities, streets and buildings, and figures of them."""
    return open_book()


def agree(book: dict[str, Figure], town: Town) -> None:
    """Every figure, in every scope and by everything, is what the rows come to."""
    asked = needs(book, scopes_of(town))
    for need, found in zip(asked, answering.answered(asked), strict=True):
        assert found == alone(need), (need.figure.id, need.scope, need.by)


def alone(need: Need) -> Any:
    """What the rows come to, asked for nothing else."""
    (groups,) = answering._from_rows([need])
    return answering._collected(need, groups, lambda of: record_type(of).rows().exists())


def counting_rows(monkeypatch: pytest.MonkeyPatch) -> list[Need]:
    """What is computed from the rows from now on."""
    counted: list[Need] = []

    def count(needs: list[Need]) -> list[Any]:
        counted.extend(needs)
        return [[] for _need in needs]

    monkeypatch.setattr(answering, "_from_rows", count)
    return counted


@pytest.mark.parametrize("seed", range(4))
def test_sums_are_what_the_rows_come_to_whatever_is_written(book: dict[str, Figure], seed: int) -> None:
    town = Town(seed)
    # What differs only in period, place or measure of the same column shares its sums; one more is in the profile.
    assert sums.sums_build() == SumSeries.objects.count() == len(FIGURES) - 5 + len(["the part"]) + 1
    for _round in range(6):
        for _n in range(town.draw.randint(1, 12)):
            town.write()
        if town.draw.random() < 0.7:
            sums.sums_refresh(batch=town.draw.choice([1, 7, 1000]))
        agree(book, town)
        assert checking.first_difference() is None
    while sums.sums_refresh():
        pass
    assert not SumTouch.objects.exists()
    assert checking.first_difference() is None


def test_all_but_what_is_smaller_than_a_community_is_read_from_sums(
    book: dict[str, Figure], monkeypatch: pytest.MonkeyPatch
) -> None:
    town = Town(5)
    scopes = scopes_of(town)
    sums.sums_build()
    town.insert()
    counted = counting_rows(monkeypatch)
    answering.answered(needs(book, scopes[:-1]))
    assert not counted
    answering.answered([Need(book["t.year"], AT, scopes[-1]), *(Need(book[code], AT, EVERYWHERE) for code in DIRECT)])
    assert len(counted) == 1 + len(DIRECT)


def test_what_is_made_of_sums_is_the_same_as_from_the_rows(book: dict[str, Figure]) -> None:
    town = Town(9)
    for _n in range(60):
        town.write()
    scopes = scopes_of(town)
    direct = [compute.compute_many(AT, scope, book) for scope in scopes]
    sums.sums_build()
    assert [compute.compute_many(AT, scope, book) for scope in scopes] == direct
    assert any(value.exact for value in direct[0] if value.figure.id in COMBINED)


def test_a_page_of_figures_reads_all_sums_at_once(
    book: dict[str, Figure], django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    town = Town(3)
    sums.sums_build()
    town.write()
    figures = {code: book[code] for code in FIGURES | COMBINED if code != "t.east"}
    street = scopes_of(town)[1]
    # Which sums there are, whether the street is whole units, the sums, names of communities; was there ever a rating
    # or a whistle, of which there are none here.
    with django_assert_max_num_queries(6):
        values = compute.compute_many(AT, street, figures=figures)
    assert sum(value.value is not None for value in values) > 8


def test_too_much_to_count_is_computed_from_the_rows(book: dict[str, Figure], monkeypatch: pytest.MonkeyPatch) -> None:
    town, need = Town(6), Need(book["t.year"], AT, EVERYWHERE)
    sums.sums_build()
    for _n in range(3):
        town.insert()
    monkeypatch.setattr(reading, "MOST", 2)
    counted = counting_rows(monkeypatch)
    answering.answered([need])
    assert counted == [need]
    while sums.sums_refresh():
        pass
    answering.answered([need])
    assert counted == [need]


def test_sums_come_and_go_with_the_figures_of_the_book(book: dict[str, Figure]) -> None:
    Town(1)
    sums.sums_build()
    before = SumSeries.objects.count()
    FigureDefinition.objects.filter(code="t.whistles").delete()
    sums.sums_refresh()
    assert SumSeries.objects.count() == before - 1
    assert not SumCell.objects.exclude(series_id__in=SumSeries.objects.values("pk")).exists()
    FigureDefinition.objects.filter(code="t.all").delete()
    sums.sums_refresh()
    assert SumSeries.objects.count() == before - 1, "other figures share it"
    assert sums.sums_build() == 0


def test_checking_names_the_first_cell_that_is_wrong_and_rebuilding_mends_it(book: dict[str, Figure]) -> None:
    town = Town(2)
    sums.sums_refresh()
    sums.sums_build()
    call_command("sums", "check")
    cell = SumCell.objects.filter(monthly=False).order_by("series_id", "day", "unit")[0]
    SumCell.objects.filter(pk=cell.pk).update(rows=F("rows") + 1)
    found = checking.first_difference()
    assert found is not None
    assert (found.monthly, found.day, found.rows, found.total) == (False, cell.day, -1, 0)
    with pytest.raises(SystemExit) as failed:
        call_command("sums", "check")
    assert failed.value.code == 1
    town.insert()
    assert SumTouch.objects.exists()
    call_command("sums", "rebuild")
    assert not SumTouch.objects.exists()
    assert checking.first_difference() is None
    month = SumCell.objects.filter(monthly=True)[0]
    SumCell.objects.filter(pk=month.pk).delete()
    found = checking.first_difference()
    assert found is not None
    assert (found.monthly, found.day, found.rows) == (True, month.day, -month.rows)


def test_the_doctor_names_marks_that_wait_and_types_that_nobody_marks(
    book: dict[str, Figure], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not list(checking.check_sums())
    Town(4)
    SumTouch.objects.update(at=clock.now() - timedelta(minutes=6))
    assert [finding.code for finding in checking.check_sums()] == ["sums.behind"]
    SumTouch.objects.update(at=clock.now())
    assert not list(checking.check_sums())
    monkeypatch.setattr(checking, "watched", lambda: {"case"})
    assert [finding.code for finding in checking.check_sums()] == ["sums.unwatched"]


def test_sums_of_what_nobody_marks_are_not_built(book: dict[str, Figure], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sums, "watched", lambda: {"case"})
    sums.sums_build()
    assert set(SumSeries.objects.values_list("record_type", flat=True)) == {"case"}


@pytest.mark.parametrize(
    "definition",
    [
        {"of": "case", "where": {"has": {"of": "compound", "on": "place"}}},
        {"of": "case", "where": {"any": [{"place.name": "x"}]}},
        {"of": "case", "where": {"grid": {"within": "1"}}},
        {"of": "case", "where": {"source": []}},
        {"of": "case", "measure": {"median": "helped"}},
        {"of": "case", "measure": {"distinct": "place"}},
        {"of": "case", "measure": {"sum": "handling"}},
        {"of": "rating", "where": {"kind": "problem"}},
        {"of": "statistic"},
        {"of": "post"},
    ],
)
def test_what_looks_beyond_the_row_or_is_no_sum_is_left_to_the_rows(
    book: dict[str, Figure], definition: dict[str, Any]
) -> None:
    figure = Figure.model_validate(definition | {"id": "t", "period": "cumulative"})
    check_one(figure, {})
    assert leaf_of(figure, {}) is None
    assert leaf_of(book["t.year"], {"place": {"within": "1"}}) is not None


@given(st.lists(st.tuples(st.integers(-9, 400), st.integers(1, 50)), min_size=1, max_size=12))
def test_what_days_come_to_is_what_each_of_them_comes_to(met: list[tuple[int, int]]) -> None:
    days, times = zip(*met, strict=True)
    each = np.repeat(days, times)
    expected = {
        **{"average": np.mean(each), "sum": np.sum(each), "min": np.min(each), "max": np.max(each)},
        **{"median": np.percentile(each, 50), "p90": np.percentile(each, 90)},
    }
    for how, value in expected.items():
        assert float(spanned(how, days, times) or 0) == pytest.approx(float(value), abs=1e-9), how


def bring_up_to_date() -> None:
    while sums.sums_refresh():
        pass


def test_a_row_that_goes_before_its_place_does_is_taken_from_the_old_community(
    book: dict[str, Figure],
) -> None:
    town = Town(1)
    house = town.houses[0]
    matters = [
        Case.objects.create(number=f"L{n}", received_on=AT, place=house, source="hotline", extra={}) for n in range(2)
    ]
    sums.sums_build()
    bring_up_to_date()
    Case.objects.filter(pk=matters[0].pk).delete()
    Case.objects.filter(pk=matters[1].pk).update(place=town.places[-1])
    Case.objects.filter(place=house).delete()
    to = next(item for item in town.communities if item.pk != house.community_id)
    path = f"{to.path}{house.pk}/"
    Place.objects.filter(pk=house.pk).update(community=to, street=to.street, parent=to, path=path)
    agree(book, town)
    bring_up_to_date()
    assert checking.first_difference() is None


def test_marks_of_a_transaction_that_ends_late_are_met_later(own_database: OwnDatabase) -> None:
    book, town = open_book(), Town(1)
    sums.sums_build()
    bring_up_to_date()
    with psycopg.connect(own_database.url) as late:
        late.execute("UPDATE cases_case SET received_on = received_on - 2, outcome = 'resolved'")
        bring_up_to_date()
    agree(book, town)
    assert SumTouch.objects.exists()
    bring_up_to_date()
    assert checking.first_difference() is None


def test_no_mark_is_taken_while_a_place_changes_its_community(own_database: OwnDatabase) -> None:
    book, town = open_book(), Town(1)
    sums.sums_build()
    bring_up_to_date()
    house = town.houses[0]
    to = next(item for item in town.communities if item.pk != house.community_id)
    with psycopg.connect(own_database.url) as late:
        late.execute(
            "UPDATE territory_place SET community_id = %s, street_id = %s, path = %s WHERE id = %s",
            [to.pk, to.street_id, f"{to.path}{house.pk}/", house.pk],
        )
        Case.objects.create(number="L1", received_on=AT, place=house, source="hotline", extra={})
        assert sums.sums_refresh() == 0
    agree(book, town)
    bring_up_to_date()
    agree(book, town)
    assert checking.first_difference() is None


def test_a_rating_waits_for_a_matter_that_moves(own_database: OwnDatabase) -> None:
    open_book()
    town = Town(1)
    case = Case.objects.all()[0]
    with psycopg.connect(own_database.url) as late:
        late.execute("UPDATE cases_case SET place_id = %s WHERE id = %s", [town.houses[1].pk, case.pk])
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '300ms'")
        with pytest.raises(OperationalError):
            Rating.objects.create(case=case, channel="call", asked=clock.now())
    Rating.objects.create(case=case, channel="call", asked=clock.now())


class Busy:
    """Two who write at random, a worker and a reader, at the same time; all look whether somebody still writes."""

    def __init__(self) -> None:
        self.book, self.town = open_book(), Town(0)
        self.writing = 2

    def write(self, seed: int) -> int:
        own, done = Town(seed), 0
        try:
            for _n in range(25):
                # Two who change the same matters the other way round: one of them is refused, as it should be.
                with suppress(OperationalError), transaction.atomic():
                    for _k in range(own.draw.randint(1, 4)):
                        own.write()
                    done += 1
        finally:
            self.writing -= 1
        return done

    def work(self) -> int:
        met = 0
        while self.writing:
            met += sums.sums_refresh(batch=50)
        return met

    def read(self) -> int:
        looks = 0
        while self.writing:
            with transaction.atomic():
                connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                agree(self.book, self.town)
            looks += 1
        return looks


def test_values_are_exact_at_every_moment_while_many_write(own_database: OwnDatabase) -> None:
    busy = Busy()
    sums.sums_build()
    answers = own_database.together(lambda: busy.write(1), lambda: busy.write(2), busy.work, busy.read)
    assert all(isinstance(answer, int) and answer > 0 for answer in answers), answers
    agree(busy.book, busy.town)
    bring_up_to_date()
    agree(busy.book, busy.town)
    assert checking.first_difference() is None
