"""What a grid dealt with this year, by duty, on its public card: a number of the grid, withheld while it is small."""

import pytest
from django.test import Client
from django.urls import reverse

from linli.cases.models import Case
from linli.cases.tests.town import Town, report
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.organizations.queries.answering import posting_card
from linli.records.operations.profiles import content_apply
from linli.records.profiles import content_in_force
from linli.territory.models import Place


@pytest.fixture
def posted(town: Town) -> Town:
    """The town, whose grid has a card with two duties."""
    Place.objects.filter(pk=town.grid.pk).update(code="G1")
    posts = {"duty_categories": {"矛盾调解": ["noise", "parking"], "安全检查": ["fire"]}}
    content_apply(actor=SYSTEM, content=content_in_force() | {"posts": posts})
    return town


def matters(town: Town, category: str, count: int, **fields: object) -> None:
    """So many matters of a category in the grid."""
    for _number in range(count):
        pk = report(town).case_id
        Case.objects.filter(pk=pk).update(category=category, grid=town.grid, **fields)


def told() -> dict[str, int | None]:
    return {tally.duty: tally.count for tally in posting_card("G1").tallies}


def test_matters_of_this_year_count_under_their_duty(posted: Town) -> None:
    matters(posted, "noise", 3)
    matters(posted, "parking", 3)
    matters(posted, "fire", 5)
    assert told() == {"矛盾调解": 6, "安全检查": 5}
    with clock.frozen("2027-01-02T09:00"):
        assert told() == {"矛盾调解": None, "安全检查": None}


@pytest.mark.parametrize("fields", [{"state": "void"}, {"state": "merged"}, {"category": "other"}, {"grid": None}])
def test_what_was_no_work_of_the_grid_does_not_count(posted: Town, fields: dict[str, object]) -> None:
    matters(posted, "fire", 5)
    assert told()["安全检查"] == 5
    Case.objects.filter(pk=Case.objects.latest("pk").pk).update(**fields)
    assert told()["安全检查"] is None


def test_a_small_number_is_not_told_in_public(posted: Town) -> None:
    matters(posted, "fire", 4)
    page = Client().get(reverse("public_organizations:grid", args=["G1"]))
    assert (page.context["card"].tallies[1].count, "少于5" in page.content.decode()) == (None, True)


def test_without_duties_in_the_profile_the_card_says_nothing(town: Town) -> None:
    Place.objects.filter(pk=town.grid.pk).update(code="G1")
    assert posting_card("G1").tallies == ()
