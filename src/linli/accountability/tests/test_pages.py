"""The pages of the figure book: a figure defined by clicking, previewed, broken down, opened, kept from others."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from linli.accountability.forms import figures as forms
from linli.accounts.testing import Cast
from linli.core.actors import SYSTEM
from linli.core.models import Entry
from linli.records.figures import compute
from linli.records.figures.compile import EVERYWHERE
from linli.records.models import FigureDefinition
from linli.records.operations.figures import figure_define
from linli.records.tests.sampling import AS_OF, MATTERS, open_place, table, take_in
from linli.records.tests.test_import_pages import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def matters(cast: Cast, tmp_path: Path, settings: Settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    open_place()
    rows = [
        ["S1", "2026-01-05", "2026-01-09", "热线", "停车", "a", "东风街道", "春晓社区", "", "办结"],
        ["S2", "2026-02-05", "2026-02-07", "热线", "停车", "b", "东风街道", "春晓社区", "", "办结"],
        ["S3", "2026-02-06", "", "巡查", "路灯", "c", "东风街道", "秋实社区", "", "在办"],
    ]
    take_in(table(tmp_path / "诉求.csv", MATTERS, rows))


FORM = {
    "id": "night.parking",
    "label": "停车诉求",
    "shape": "simple",
    "of": "case",
    "how": "count",
    "period": "cumulative",
}
CONDITION = {"where-0": "source", "is-0": "hotline"}


def test_a_figure_is_previewed_then_kept(matters: None, cast: Cast, client: Client) -> None:
    signed_in(cast, client)
    address = reverse("accountability:new")
    assert client.get(address).status_code == 200
    shown = client.post(address, FORM | CONDITION, headers={"HX-Request": "true"})
    assert (shown.context["preview"].value, bool(shown.context["words"])) == (2, True)
    assert not FigureDefinition.objects.exists()
    assert client.post(address, FORM | CONDITION | {"keep": ""}).status_code == 302
    assert compute.compute("night.parking", AS_OF).value == 2
    assert Entry.objects.filter(operation="figure.define").count() == 1
    page = client.get(reverse("accountability:figure", args=["night.parking"]), {"at": "2026-06-30", "by": "month"})
    assert page.context["groups"] == [("2026-01", 1), ("2026-02", 1)]


@pytest.mark.parametrize(
    ("form", "value"),
    [
        ({"shape": "ratio", "base": "matters.solved", "over": "matters", "times": "100", "decimals": "1"}, "66.7"),
        ({"shape": "share", "base": "matters", "where-0": "source", "is-0": "hotline", "decimals": "0"}, "67"),
        ({"shape": "change", "base": "matters", "against": "last_year", "in": "amount"}, "3"),
        ({**FORM, "where-0": "source", "is-0": "hotline|grid_patrol"}, "3"),
        ({**FORM, "how": "median", "name": "handling_days"}, "3"),
        ({**FORM, "how": "distinct", "name": "place"}, "2"),
    ],
)
def test_every_shape_of_the_form_is_a_definition(matters: None, form: dict[str, str], value: str) -> None:
    found = compute.preview({"id": "x", **forms.definition_of(form)}, AS_OF)
    assert str(found.value) == value


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"id": "Üb"}, "figure.malformed"),
        ({"id": "matters"}, "figure.in_profile"),
        ({"how": "sum", "name": "nothing"}, "figure.unknown_measure"),
        ({"where-0": "nothing", "is-0": "1"}, "figure.unknown_dimension"),
        ({"shape": "ratio", "base": "matters", "over": "nothing"}, "figure.unknown_part"),
        ({"shape": "ratio", "base": "matters", "over": "matters", "times": "many"}, "figure.malformed"),
    ],
)
def test_a_faulty_figure_is_not_kept(
    matters: None, cast: Cast, client: Client, changes: dict[str, str], code: str
) -> None:
    signed_in(cast, client)
    answer = client.post(reverse("accountability:new"), FORM | changes | {"keep": ""})
    assert answer.context["fault"].code == code
    assert not FigureDefinition.objects.exists()


@pytest.mark.parametrize("by", ["month", "street", "community", "source", "state", "nonsense"])
@pytest.mark.parametrize(
    "figure", ["matters", "matters.rate", "matters.days", "matters.places", "compounds", "volunteers"]
)
def test_every_figure_opens_broken_down_by_anything(
    matters: None, cast: Cast, client: Client, figure: str, by: str
) -> None:
    signed_in(cast, client)
    page = client.get(reverse("accountability:figure", args=[figure]), {"by": by, "at": "2026-06-30"})
    assert page.status_code == 200
    assert page.context["opened"].visible <= page.context["opened"].total


def test_durations_by_month_are_those_of_the_month(matters: None) -> None:
    figure = compute.figure_of("matters.days")
    groups = compute.grouped(figure, AS_OF, EVERYWHERE, "month")
    assert [(f"{key:%m}", compute.number(value)) for key, value in groups] == [("01", 4), ("02", 2)]


def test_both_languages_say_what_a_figure_counts(matters: None, cast: Cast, client: Client) -> None:
    figure_define(actor=SYSTEM, definition=forms.definition_of(FORM | CONDITION | {"label_en": "by phone"}))
    signed_in(cast, client)
    address = reverse("accountability:figure", args=["night.parking"])
    chinese = client.get(address, headers={"Accept-Language": "zh-hans"}).context
    english = client.get(address, headers={"Accept-Language": "en"}).context
    assert (chinese["label"], english["label"]) == ("停车诉求", "by phone")
    told = chinese["both"]
    assert told == english["both"]
    assert told["zh-hans"][1] != told["en"][1]


def test_who_may_not_define_finds_nothing(matters: None, cast: Cast, client: Client) -> None:
    signed_in(cast, client, "community_worker")
    assert client.get(reverse("accountability:new")).status_code == 404
    assert client.post(reverse("accountability:new"), FORM | {"keep": ""}).status_code == 404
    assert client.get(reverse("accountability:figures")).status_code == 200


def test_the_figure_page_asks_few_questions(
    matters: None, cast: Cast, client: Client, django_assert_max_num_queries: Any
) -> None:
    signed_in(cast, client)
    address = reverse("accountability:figure", args=["matters"])
    client.get(address)
    with django_assert_max_num_queries(24):
        client.get(address)


@pytest.mark.parametrize(
    ("asked", "value", "place"),
    [
        ({}, 3, ""),
        ({"q": "秋实"}, 1, "990901001002"),  # one place of that name: it is meant
        ({"q": "社区"}, 3, ""),  # several: to be chosen
        ({"scope": "990901001001"}, 2, "990901001001"),
        ({"from": "2026-02-06"}, 1, ""),
        ({"period": "month", "at": "2026-02-28"}, 2, ""),
        ({"period": "last_month", "at": "2026-02-28"}, 1, ""),
        ({"period": "month", "at": "2026-02-28", "scope": "990901001001"}, 1, "990901001001"),
    ],
)
def test_a_figure_is_asked_for_a_place_by_name_and_a_period(
    matters: None, cast: Cast, client: Client, asked: dict[str, str], value: int, place: str
) -> None:
    signed_in(cast, client, "street_officer")
    page = client.get(reverse("accountability:figure", args=["matters"]), {"at": "2026-06-30"} | asked)
    assert (page.context["value"].value, page.context["asked"].scope.code) == (value, place)
    assert page.context["opened"].total == value
    again = client.get(f"{reverse('accountability:figure', args=['matters'])}?{page.context['asked'].query}")
    assert again.context["value"].value == value
    book = client.get(f"{reverse('accountability:figures')}?{page.context['asked'].query}")
    assert {line.value.figure.id: line.value.value for line in book.context["lines"]}["matters"] == value
    rows = client.get(f"{reverse('accountability:rows', args=['matters', 'csv'])}?{page.context['asked'].query}")
    assert len(b"".join(rows.streaming_content).decode().strip().splitlines()) == value + 1  # type: ignore[attr-defined]


def test_a_state_counts_on_its_day_whatever_period_is_asked_for(matters: None, cast: Cast, client: Client) -> None:
    signed_in(cast, client)
    address = reverse("accountability:figure", args=["compounds"])
    plain = client.get(address, {"at": "2026-06-30"}).context["value"].value
    assert client.get(address, {"at": "2026-06-30", "period": "month"}).context["value"].value == plain


@pytest.mark.parametrize("asked", [{"period": "as_of"}, {"period": "x"}, {"from": "2026-07-01"}, {"from": "x"}])
def test_what_is_no_period_is_refused(matters: None, cast: Cast, client: Client, asked: dict[str, str]) -> None:
    signed_in(cast, client)
    page = client.get(reverse("accountability:figures"), {"at": "2026-06-30"} | asked)
    assert page.status_code == 400


def test_places_are_offered_by_name_own_ones_first(matters: None, cast: Cast, client: Client) -> None:
    signed_in(cast, client)
    address = reverse("accountability:places")
    codes = [place.code for place in client.get(address, {"q": "社区"}).context["places"]]
    assert {"990901001001", "990901001002", "990901002001"} <= set(codes)
    signed_in(cast, client, "community_worker")
    mine = [place.code for place in client.get(address, {"q": "社区"}).context["places"]]
    assert mine[0] == "990901001001"
    client.logout()
    assert client.get(address, {"q": "社区"}).status_code == 404
