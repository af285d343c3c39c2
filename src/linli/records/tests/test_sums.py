"""Sums of figures: always what the rows come to, whatever is written, brought up to date or not."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import F, Value
from django.db.models.functions import Concat

from linli.cases.models import Case, Rating, Whistle
from linli.core import clock
from linli.records.figures import answering, compute
from linli.records.figures.answering import Need
from linli.records.figures.compile import EVERYWHERE, Scope
from linli.records.figures.definitions import Figure, check_one
from linli.records.figures.sums import checking, reading
from linli.records.figures.sums.leaves import leaf_of
from linli.records.models import FigureDefinition, SumCell, SumSeries, SumTouch
from linli.records.operations import sums
from linli.records.tests.sampling import open_place
from linli.territory.models import Place

pytestmark = pytest.mark.django_db
AT = date(2026, 6, 20)
FIGURES: dict[str, dict[str, Any]] = {
    "t.all": {"of": "case", "period": "cumulative"},
    "t.year": {"of": "case", "period": "year_to_date"},
    "t.closed": {"of": "case", "by": "closed", "where": {"outcome": "resolved"}, "period": "quarter"},
    "t.either": {"of": "case", "where": {"any": [{"returns": {"from": 1}}, {"outcome": "none"}]}, "period": "month"},
    "t.odd": {
        "of": "case",
        "where": {"source": {"not": "hotline"}},
        "period": {"from": "2026-01-17", "to": "2026-05-03"},
    },
    "t.helped": {"of": "case", "measure": {"sum": "helped"}, "period": "last_month"},
    "t.mean": {"of": "case", "measure": {"average": "helped"}, "period": "year_to_date"},
    "t.east": {"of": "case", "where": {"place": {"within": "990901001"}}, "period": "year_to_date"},
    "t.ratings": {"of": "rating", "where": {"reached": True}, "period": "year_to_date"},
    "t.answered": {"of": "rating", "by": "answered", "measure": {"average": "satisfied"}, "period": "cumulative"},
    "t.whistles": {"of": "whistle", "by": "reported", "period": "cumulative"},
}
COMBINED: dict[str, dict[str, Any]] = {
    "t.share": {"share": {"of": "t.year", "where": {"outcome": "resolved", "in_scope": True}}},
    "t.rate": {"ratio": {"of": "t.closed", "over": "t.year", "times": 100}},
    "t.change": {"change": {"of": "t.share", "in": "points"}},
    "t.highest": {"highest": {"of": "t.year", "each": "month"}},
    "t.lowest": {"lowest": {"of": "t.year", "each": "community"}},
}
DIRECT: dict[str, dict[str, Any]] = {
    "t.places": {"of": "case", "measure": {"distinct": "place"}, "period": "year_to_date"},
    "t.days": {"of": "case", "measure": {"median": "handling_days"}, "period": "year_to_date"},
    "t.named": {"of": "case", "where": {"place.name": "秋实社区居民委员会"}, "period": "year_to_date"},
    "t.grids": {"of": "grid"},
}
BY = ("", "month", "county", "street", "community")


@pytest.fixture
def book() -> dict[str, Figure]:
    """A place with matters in communities, streets and buildings, and figures of them."""
    open_place()
    for code, definition in (FIGURES | COMBINED | DIRECT).items():
        FigureDefinition.objects.create(
            code=code, definition=definition | {"id": code}, actor="system", changed=clock.now()
        )
    return {code: figure for code, figure in compute.book().items() if code.startswith("t.")}


class Town:
    """Writes at random, as operations, imports and hands in the database would."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.communities = list(Place.objects.filter(level="community"))
        self.houses = [self._house(n) for n in range(4)]
        self.places = [*self.communities, *self.houses, Place.objects.get(code="990901002")]
        self.count = 0
        for _n in range(40):
            self.insert()

    def write(self) -> None:
        """Do one thing."""
        self.draw.choice(
            [
                self.insert,
                self.insert,
                self.change,
                self.move,
                self.close,
                self.rate,
                self.answer,
                self.delete,
                self.resettle,
                self.whistle,
            ]
        )()

    def insert(self) -> None:
        self.count += 1
        Case.objects.create(
            number=f"T{self.count}",
            received_on=self._day(),
            place=self._place(),
            extra={},
            source=self.draw.choice(["hotline", "resident"]),
            helped=self.draw.choice([None, 3, 40]),
        )

    def change(self) -> None:
        self._some(Case).update(returns=F("returns") + 1, in_scope=self.draw.random() < 0.7)

    def move(self) -> None:
        self._some(Case).update(place=self._place())

    def close(self) -> None:
        self._some(Case).update(closed_on=Value(AT), outcome="resolved", helped=self.draw.randint(0, 9))

    def delete(self) -> None:
        self._some(Case).filter(ratings=None).delete()

    def rate(self) -> None:
        case = self._some(Case).first()
        if case and not case.ratings.exists():
            at = clock.day_start(self._day()) + timedelta(hours=self.draw.choice([0, 7, 23]))
            Rating.objects.create(case=case, channel="call", asked=at, reached=True, answered=at)

    def answer(self) -> None:
        self._some(Rating).update(satisfied=self.draw.randint(1, 5), answered=clock.day_start(self._day()))

    def whistle(self) -> None:
        Whistle.objects.create(
            place=self._place(), received=self._day(), reported=self.draw.choice([None, self._day()])
        )

    def resettle(self) -> None:
        """A house goes to another community."""
        house, to = self.draw.choice(self.houses), self.draw.choice(self.communities)
        path = Concat(Value(to.path), Value(f"{house.pk}/"))
        Place.objects.filter(pk=house.pk).update(community=to, street=to.street, parent=to, path=path)

    def _some(self, model: Any) -> Any:
        ids = list(model.objects.values_list("pk", flat=True))
        return model.objects.filter(pk__in=self.draw.sample(ids, min(len(ids), self.draw.randint(0, 3))))

    def _house(self, number: int) -> Place:
        home = self.draw.choice(self.communities)
        house = Place.objects.create(
            type="building",
            name=f"{number}号楼",
            parent=home,
            county=home.county,
            street=home.street,
            community=home,
            path="/",
        )
        house.path = f"{home.path}{house.pk}/"
        house.save()
        return house

    def _place(self) -> Place:
        return self.draw.choice(self.places)

    def _day(self) -> date:
        return AT - timedelta(days=self.draw.choice([0, 1, 4, 19, 20, 50, 51, 140, 169, 170, 400]))


def counting_rows(monkeypatch: pytest.MonkeyPatch) -> list[Need]:
    """What is computed from the rows from now on."""
    counted: list[Need] = []

    def count(need: Need) -> list[Any]:
        counted.append(need)
        return []

    monkeypatch.setattr(answering, "_from_rows", count)
    return counted


def needs(book: dict[str, Figure], scopes: list[Scope]) -> list[Need]:
    """Every simple figure of which sums are kept, and the part of a share, in every scope and by everything."""
    part = book["t.share"].share
    assert part
    simple: list[tuple[Figure, Any]] = [(book[code], {}) for code in FIGURES]
    asked = [*simple, (book["t.year"], part.where)]
    return [Need(figure, AT, scope, by, more) for (figure, more), scope, by in product(asked, scopes, BY)]


def scopes_of(town: Town) -> list[Scope]:
    """Everything, a street, a community and a house."""
    street = Place.objects.get(code="990901001")
    return [EVERYWHERE, *(Scope(item.code, item.path) for item in (street, town.communities[0], town.houses[0]))]


@pytest.mark.parametrize("seed", range(4))
def test_sums_are_what_the_rows_come_to_whatever_is_written(book: dict[str, Figure], seed: int) -> None:
    town = Town(seed)
    # What differs only in period, place or between sum and average shares its sums; one more is in the profile.
    assert sums.sums_build() == SumSeries.objects.count() == len(FIGURES) - 3 + len(["the part"]) + 1
    for _round in range(6):
        for _n in range(town.draw.randint(1, 12)):
            town.write()
        if town.draw.random() < 0.7:
            sums.sums_refresh(batch=town.draw.choice([1, 7, 1000]))
        asked = needs(book, scopes_of(town))
        for need, found in zip(asked, answering.answered(asked), strict=True):
            assert found == answering._from_rows(need), (need.figure.id, need.scope, need.by)
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
    Town(2)
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
    call_command("sums", "rebuild")
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
        {"of": "case", "measure": {"sum": "handling_days"}},
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
