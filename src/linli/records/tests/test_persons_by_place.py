"""Persons by place: whoever holds several posts in one place counts there once, in several places in each."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from linli.core import clock
from linli.organizations.models import Person, Post
from linli.records.figures import compute
from linli.records.figures.answering import Need, answered
from linli.records.figures.compile import EVERYWHERE, Scope
from linli.records.figures.definitions import Figure
from linli.records.tests.sampling import AS_OF, open_place
from linli.territory.models import Place

pytestmark = pytest.mark.django_db
PEOPLE = Figure.model_validate({"id": "people", "of": "person"})
HOLDERS = Figure.model_validate({"id": "holders", "of": "post", "measure": {"distinct": "person"}})


@pytest.fixture
def held() -> list[tuple[int, Place]]:
    """Who holds posts where: at random, many of them several in one place."""
    open_place()
    draw = Random(8)
    places = [*Place.objects.filter(level="community").order_by("code"), Place.objects.get(code="990901001")]
    people = [Person.objects.create(name=f"人{number}", created=clock.now()) for number in range(6)]
    found = [(draw.choice(people).pk, draw.choice(places)) for _post in range(30)]
    for person_id, place in found:
        Post.objects.create(
            kind="grid_worker", person_id=person_id, place=place, since=date(2026, 1, 1), confirmed=True
        )
    return found


@pytest.mark.parametrize("figure", [PEOPLE, HOLDERS], ids=["person", "post"])
@pytest.mark.parametrize("level", ["community", "street"])
def test_a_person_counts_once_in_each_place(held: list[tuple[int, Place]], figure: Figure, level: str) -> None:
    street = Place.objects.get(code="990901001")
    for scope in (EVERYWHERE, Scope(street.code, street.path)):
        expected: dict[Any, set[int]] = defaultdict(set)
        for person_id, place in held:
            if place.path.startswith(scope.path):
                expected[getattr(place, f"{level}_id")].add(person_id)
        (groups, whole) = answered([Need(figure, AS_OF, scope, level, ids=True), Need(figure, AS_OF, scope)])
        assert {key: int(value or 0) for key, value in groups} == {key: len(who) for key, who in expected.items()}
        assert whole == [(None, Decimal(len(set().union(*expected.values()))))]
    assert len(held) > sum(len(who) for who in expected.values())


def test_what_is_measured_together_is_what_each_is_alone(held: list[tuple[int, Place]]) -> None:
    crossing = Figure.model_validate({"id": "c", "of": "grid", "measure": {"distinct": "crosses"}})
    grids = Figure.model_validate({"id": "g", "of": "grid"})
    root = Place.objects.get(code="990901")
    streets = Place.objects.filter(level="street")
    for number in range(3):
        grid = Place.objects.create(
            type="grid", name=f"格{number}", parent=root, path=f"{root.path}{number}/", county=root
        )
        grid.crosses.set(streets)
    together = answered([Need(crossing, AS_OF, EVERYWHERE, "county"), Need(grids, AS_OF, EVERYWHERE, "county")])
    assert together == [[(root.name, Decimal(streets.count()))], [(root.name, Decimal(3))]]
    assert compute.measured(grids, AS_OF, EVERYWHERE) == 3
