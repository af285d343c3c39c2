"""A place by months at once: each cell and total is what the figure alone says there, from sums or from the rows."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from linli.records.figures import compute
from linli.records.figures.answering import Need
from linli.records.figures.compile import EVERYWHERE, Scope
from linli.records.figures.crossing import Crossed, crossed
from linli.records.figures.definitions import Figure, Span
from linli.records.figures.sums.reading import next_month
from linli.records.operations import sums
from linli.records.tests.test_sums import counting_rows
from linli.records.tests.writing_at_random import AT, Town, open_book
from linli.territory.models import Place

TOLD = ("t.all", "t.year", "t.helped", "t.mean", "t.east", "t.ratings", "t.share", "t.rate", "t.places", "t.days")


@pytest.fixture
def book(db: None) -> dict[str, Figure]:
    """A place with matters at random in communities, streets and buildings, and figures of them."""
    return open_book()


def months(crossing: Crossed) -> list[date]:
    return [month for month in crossing.months if month]


def alone(figure: Figure, book: dict[str, Figure], place: Place, month: date) -> Any:
    """The figure of a place over the days of one month that its own period has."""
    last = min(next_month(month) - timedelta(days=1), AT)
    span = Span.model_validate({"from": month, "to": last})
    over = {code: item.model_copy(update={"period": span}) if item.of else item for code, item in book.items()}
    return compute.value_of(over[figure.id], AT, Scope(place.code, place.path), over)


@pytest.mark.parametrize("seed", range(2))
def test_every_cell_is_the_figure_of_that_place_and_month(book: dict[str, Figure], seed: int) -> None:
    town = Town(seed)
    for _n in range(40):
        town.write()
    street = Place.objects.get(code="990901001")
    met = 0
    for code in ("t.year", "t.share", "t.mean", "t.places", "t.days"):
        for scope in (EVERYWHERE, Scope(street.code, street.path)):
            found = crossed(book[code], AT, scope, "community", book)
            for month in months(found):
                for place in town.communities:
                    if not place.path.startswith(scope.path):
                        continue
                    value = alone(book[code], book, place, month)
                    cell = found.cell(place.pk, month)
                    assert (cell.value, cell.denominator) == (value.exact, value.denominator), (code, place, month)
                    met += bool(cell.value)
    assert met > 20


@pytest.mark.parametrize("seed", range(2))
def test_totals_are_the_single_figure_and_sums_say_what_rows_say(book: dict[str, Figure], seed: int) -> None:
    town = Town(seed)
    street = Place.objects.get(code="990901001")
    scopes = [EVERYWHERE, Scope(street.code, street.path)]
    asked = [(code, scope, by) for code in TOLD for scope in scopes for by in ("street", "community")]
    direct = [crossed(book[code], AT, scope, by, book) for code, scope, by in asked]
    for (code, scope, by), found in zip(asked, direct, strict=True):
        value = compute.value_of(book[code], AT, scope, book)
        assert (found.total.value, found.total.denominator) == (value.exact, value.denominator), (code, by)
        if code in ("t.year", "t.share"):
            for half in (found.groups, found.months):
                assert sum(cell.numerator or 0 for cell in half.values()) == found.total.numerator
            cells = [cell for key, cell in found.cells.items() if key[1] == months(found)[0]]
            assert sum(cell.numerator or 0 for cell in cells) == found.months[months(found)[0]].numerator
    sums.sums_build()
    for _n in range(3):
        assert [crossed(book[code], AT, scope, by, book) for code, scope, by in asked] == direct
        town.write()
        direct = _from_rows(asked, book)


def _from_rows(asked: list[Any], book: dict[str, Figure]) -> list[Crossed]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("linli.records.figures.answering.leaf_of", lambda figure, more: None)
        return [crossed(book[code], AT, scope, by, book) for code, scope, by in asked]


def test_a_table_of_a_share_reads_the_sums_once(
    book: dict[str, Figure], django_assert_max_num_queries: Callable[[int], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    town = Town(3)
    sums.sums_build()
    town.write()
    counted: list[Need] = counting_rows(monkeypatch)
    with django_assert_max_num_queries(3):
        assert crossed(book["t.share"], AT, EVERYWHERE, "street", book).cells
    assert not counted


def test_any_dimension_is_crossed_with_months_from_the_rows(
    book: dict[str, Figure], django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    Town(4)
    with django_assert_max_num_queries(6):
        found = crossed(book["t.year"], AT, EVERYWHERE, "source", book)
    assert set(found.groups) == {"hotline", "resident"}
    assert found.total.value == sum(cell.value for cell in found.cells.values() if cell.value)
