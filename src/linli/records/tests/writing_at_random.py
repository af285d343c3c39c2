"""Figures of events and a place whose records are written at random, for the tests of their sums."""

import random
from datetime import date, timedelta
from itertools import product
from typing import Any

from django.db.models import F, Value
from django.db.models.functions import Concat

from linli.cases.models import Case, Rating, Whistle
from linli.core import clock
from linli.records.figures import compute
from linli.records.figures.answering import Need
from linli.records.figures.compile import EVERYWHERE, Scope
from linli.records.figures.definitions import Figure
from linli.records.models import FigureDefinition
from linli.records.tests.sampling import open_place
from linli.territory.models import Place

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
    "t.days": {"of": "case", "measure": {"median": "handling_days"}, "period": "year_to_date"},
    "t.mean_days": {"of": "case", "measure": {"average": "handling_days"}, "period": "year_to_date"},
    "t.most_days": {"of": "case", "measure": {"p90": "handling_days"}, "period": "year_to_date"},
    "t.last_days": {"of": "case", "by": "closed", "measure": {"sum": "handling_days"}, "period": "last_month"},
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
    "t.minutes": {"of": "case", "measure": {"median": "handling"}, "period": "year_to_date"},
    "t.named": {"of": "case", "where": {"place.name": "秋实社区居民委员会"}, "period": "year_to_date"},
    "t.grids": {"of": "grid"},
}
BY = ("", "month", "county", "street", "community")


def open_book() -> dict[str, Figure]:
    """The sample place with these figures in its book."""
    open_place()
    for code, definition in (FIGURES | COMBINED | DIRECT).items():
        FigureDefinition.objects.create(
            code=code, definition=definition | {"id": code}, actor="system", changed=clock.now()
        )
    return {code: figure for code, figure in compute.book().items() if code.startswith("t.")}


class Town:
    """Writes at random, as operations, imports and hands in the database would."""

    def __init__(self, seed: int) -> None:
        self.seed, self.draw = seed, random.Random(seed)
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
            number=f"T{self.seed}.{self.count}",
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
        ids = list(model.objects.order_by("pk").values_list("pk", flat=True))
        return model.objects.filter(pk__in=self.draw.sample(ids, min(len(ids), self.draw.randint(0, 3))))

    def _house(self, number: int) -> Place:
        home = self.draw.choice(self.communities)
        house = Place.objects.create(
            type="building",
            name=f"{self.seed}.{number}号楼",
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
