"""Published figures: small counts of persons are withheld, and so is whatever they could be worked out from."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from linli.accountability.queries.public import public_place
from linli.accounts.testing import Cast
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.organizations.models import Organization
from linli.records.figures.publishing import Withheld, suppressed
from linli.records.operations.profiles import content_apply
from linli.records.profiles import content_in_force
from linli.territory.models import Place

pytestmark = pytest.mark.django_db
NO, SMALL, REST = Withheld.NO, Withheld.SMALL, Withheld.COMPLEMENT
SINCE = date(2020, 1, 1)
PARTY = {"of": "party_organization"}
FIGURES: list[dict[str, Any]] = [
    {"id": "members", **PARTY, "measure": {"sum": "members"}, "unit": "人", "public": True},
    {"id": "bodies", **PARTY, "measure": "count", "public": True},
    {"id": "workers", "of": "post", "measure": {"distinct": "person"}, "period": {}, "public": True},
    {"id": "workers.share", "share": {"of": "posts", "where": {"kind": "grid_worker"}}, "public": True},
    {"id": "members.per_body", "ratio": {"of": "members", "over": "bodies"}, "public": True},
    {"id": "members.change", "change": {"of": "members", "in": "amount"}, "public": True},
    {"id": "posts", "of": "post", "measure": "count"},
]


@pytest.mark.parametrize(
    ("counts", "least", "withheld"),
    [
        ({}, 5, {}),
        ({"a": 5, "b": 9}, 5, {}),
        ({"a": 4, "b": 9, "c": 20}, 5, {"a": SMALL, "b": REST}),
        ({"a": 4, "b": 9, "c": 20}, 4, {}),
        ({"a": 0, "b": 9}, 5, {"a": SMALL, "b": REST}),
        ({"a": 1, "b": 2, "c": 9, "d": 30}, 5, {"a": SMALL, "b": SMALL, "c": REST}),
        ({"a": 3, "b": 2, "c": 9, "d": 30}, 5, {"a": SMALL, "b": SMALL}),
        ({"a": 3}, 5, {"a": SMALL}),
        ({"a": 3, "b": 9, "c": 9}, 10, {"a": SMALL, "b": SMALL, "c": SMALL}),
    ],
)
def test_cells_are_withheld_with_what_they_could_be_worked_out_from(
    counts: Mapping[str, int], least: int, withheld: Mapping[str, Withheld]
) -> None:
    assert suppressed({key: Decimal(count) for key, count in counts.items()}, least) == withheld


@pytest.fixture
def figures(cast: Cast) -> Cast:
    content_apply(actor=SYSTEM, content=content_in_force() | {"figures": {"figures": FIGURES}})
    return cast


def party(place: Place, members: int, since: date = SINCE) -> None:
    """A Party organisation with so many members at a place."""
    body = Organization.objects.create(
        type="party_organization", name=f"{place} {members}", place=place, members=members, since=since, path="/"
    )
    Organization.objects.filter(pk=body.pk).update(path=f"/{body.pk}/")


def shown(code: str = "") -> dict[str, Withheld]:
    """What is withheld at a place, by figure."""
    return {item.value.figure.id: item.withheld for item in public_place(code).figures}


@pytest.mark.parametrize(
    ("here", "elsewhere", "expected"),
    [
        (3, 60, (NO, SMALL, REST)),  # the other is what the total lacks
        (30, 60, (NO, NO, NO)),
        (2, 1, (SMALL, SMALL, SMALL)),
    ],
)
def test_a_place_is_withheld_with_its_sibling(
    figures: Cast, here: int, elsewhere: int, expected: tuple[Withheld, ...]
) -> None:
    places = figures.places
    party(places["community"], here)
    party(places["second_community"], elsewhere)
    street = places["community"].street
    assert street is not None
    codes = (street.code, places["community"].code, places["second_community"].code)
    assert tuple(shown(code)["members"] for code in codes) == expected
    # Bodies are no persons: never withheld, however few.
    assert {shown(code)["bodies"] for code in codes} == {NO}
    # A ratio of persons tells their number.
    assert tuple(shown(code)["members.per_body"] for code in codes) == expected
    assert places["second_community"].street_id == street.pk


def test_what_lies_in_a_withheld_place_is_withheld_too(figures: Cast) -> None:
    """Otherwise the communities of a street would add up to what the street does not print."""
    street, other = figures.places["community"].street, figures.places["far_street"]
    assert street is not None
    party(other, 3)
    party(figures.places["community"], 40)
    party(figures.places["second_community"], 50)
    assert shown()["members"] == NO
    assert shown(other.code)["members"] == SMALL
    assert shown(street.code)["members"] == REST
    assert shown(figures.places["community"].code)["members"] == REST


def test_the_rest_of_a_share_and_an_earlier_count_are_counted_too(figures: Cast) -> None:
    party(figures.places["community"], 60, since=clock.today() - timedelta(days=200))
    party(figures.places["community"], 3)
    found = shown()
    assert (found["members"], found["members.change"]) == (NO, SMALL)
    assert found["workers.share"] == SMALL  # nearly all posts of the cast are of other kinds


def test_neither_the_page_nor_its_json_prints_what_is_withheld(figures: Cast, client: Client) -> None:
    code = figures.places["community"].code
    party(figures.places["community"], 4)
    party(figures.places["second_community"], 77)
    document = {
        item["id"]: item for item in client.get(reverse("public_figures:place_json", args=[code])).json()["figures"]
    }
    assert (document["members"]["value"], document["members"]["withheld"]) == (None, "small")
    assert (document["members"]["numerator"], document["members.per_body"]["numerator"]) == (None, None)
    assert document["bodies"]["value"] == 2
    assert "posts" not in document  # not published
    page = client.get(reverse("public_figures:place", args=[code])).content.decode()
    assert "少于5" in page
    assert "4人" not in page


@pytest.mark.parametrize("name", ["grid", "compound", "building"])
def test_nothing_smaller_than_a_community_is_published(figures: Cast, client: Client, name: str) -> None:
    code = figures.places[name].code or "none"
    assert client.get(reverse("public_figures:place", args=[code])).status_code == 404


def test_the_page_of_the_whole_asks_few_questions(
    figures: Cast, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(reverse("public_figures:root"))
    with django_assert_max_num_queries(40):
        client.get(reverse("public_figures:root"))
