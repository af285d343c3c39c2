"""The page of a model of working: its components in order, what bears them, and figures by component (ORG-22)."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from linli.accounts.models import Look
from linli.accounts.testing import Cast
from linli.core.actors import SYSTEM
from linli.records.operations.profiles import content_apply
from linli.records.tests.test_import_pages import signed_in
from linli.records.tests.test_models import DIMENSIONS, MODELS, hall
from linli.territory.models import Facility

pytestmark = pytest.mark.django_db
FIGURES = [
    {"id": "halls", "label": "阵地", "of": "facility"},
    {"id": "halls.unsorted", "label": "未分类占比", "share": {"of": "halls", "where": {"kind": "none"}}},
    {"id": "halls.area", "label": "面积", "of": "facility", "measure": {"sum": "area_m2"}},
    {"id": "halls.mean", "label": "均面积", "ratio": {"of": "halls.area", "over": "halls"}, "decimals": 1},
    {"id": "posts", "label": "岗位", "of": "post"},
]
SHOWN = ["halls", "halls.mean"]


@pytest.fixture(autouse=True)
def place(cast: Cast, settings: Settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    named = {**MODELS, "models": [{**MODELS["models"][0], "figures": SHOWN}, *MODELS["models"][1:]]}
    extra = {"models": named, "dimensions": DIMENSIONS, "figures": {"figures": [FIGURES[0], *FIGURES[2:]]}}
    content_apply(actor=SYSTEM, content=lambda held: {**held, **extra})
    for component, area, where in (
        ("venues", 10, "community"),
        ("volunteers", 20, "community"),
        ("culture", 40, "far_community"),
        ("networks", 50, "community"),
        ("", 5, "community"),
    ):
        row = hall(cast, f"{component}厅", where)
        row.extra, row.area_m2 = {"doorstep": component} if component else {}, area
        row.save()


def lines(client: Client, **asked: str) -> dict[str, Any]:
    page = client.get(reverse("accountability:model", args=["doorstep"]), {"at": "2026-06-30", **asked})
    return {
        line.code: ({kind.code: n for kind, n in line.counts}["facility"], line.figures)
        for line in page.context["page"].lines
    }


def test_components_stand_in_order_with_what_bears_them_and_their_parts(cast: Cast, client: Client) -> None:
    signed_in(cast, client, "leader")
    found = lines(client)
    assert list(found) == ["networks", "volunteers", "culture", "venues", "none"]
    assert {code: count for code, (count, _figures) in found.items()} == {
        "networks": 3,
        "volunteers": 1,
        "culture": 1,
        "venues": 1,
        "none": 1,
    }
    # A mean over what holds others is that of all their rows, never a sum of means.
    assert [float(found[code][1][1] or 0) for code in ("networks", "volunteers", "none")] == [36.7, 20, 5]


def test_a_place_and_a_day_are_asked_for(cast: Cast, client: Client) -> None:
    signed_in(cast, client, "leader")
    assert lines(client, scope=cast.places["community"].code)["culture"][0] == 0
    Facility.objects.filter(name="venues厅").update(until="2026-06-01")
    assert (lines(client)["venues"][0], lines(client, at="2026-05-31")["venues"][0]) == (0, 1)


@pytest.mark.parametrize(("component", "count"), [("networks", 3), ("culture", 1), ("none", 1)])
def test_a_count_opens_to_its_rows_and_their_file(cast: Cast, client: Client, component: str, count: int) -> None:
    signed_in(cast, client, "leader")
    address = reverse("accountability:model_rows", args=["doorstep", component, "facility"])
    page = client.get(address, {"at": "2026-06-30"})
    assert (page.context["opened"].visible, page.context["opened"].total, len(page.context["table"])) == (count,) * 3
    file = client.get(f"{address}rows.csv", {"at": "2026-06-30"})
    assert len(file.getvalue().decode("utf-8-sig").strip().splitlines()) == count + 1
    look = Look.objects.get(subject_type="export")
    assert (look.rows, look.field) == (count, f"doorstep.{component}.facility.csv")


def test_rows_are_opened_under_their_own_policy(cast: Cast, client: Client) -> None:
    signed_in(cast, client, "leader")
    address = reverse("accountability:model_rows", args=["doorstep", "none", "case"])
    opened = client.get(address).context["opened"]
    signed_in(cast, client, "outsider")
    other = client.get(address).context["opened"]
    assert other.total == opened.total
    assert other.visible <= opened.visible


@pytest.mark.parametrize(
    "address",
    [
        "/figures/models/nothing/",
        "/figures/models/doorstep/nothing/facility/",
        "/figures/models/doorstep/venues/post/",
        "/figures/models/doorstep/venues/nothing/",
        "/figures/models/named/none/facility/",
    ],
)
def test_what_does_not_exist_is_missing(cast: Cast, client: Client, address: str) -> None:
    signed_in(cast, client, "leader")
    assert client.get(address).status_code == 404


def test_a_label_only_says_so_and_counts_nothing(cast: Cast, client: Client) -> None:
    signed_in(cast, client, "leader")
    assert client.get(reverse("accountability:models")).context["models"][1][2] == 0
    page = client.get(reverse("accountability:model", args=["named"]))
    assert (page.status_code, page.context["page"].lines, page.context["page"].kinds) == (200, (), ())


def test_where_no_figures_are_named_those_that_fit_are_shown(cast: Cast, client: Client) -> None:
    content_apply(actor=SYSTEM, content=lambda held: {**held, "models": MODELS, "figures": {"figures": FIGURES}})
    signed_in(cast, client, "leader")
    page = client.get(reverse("accountability:model", args=["doorstep"])).context["page"]
    assert [value.figure.id for value in page.figures] == ["halls", "halls.unsorted", "halls.area", "halls.mean"]


def test_only_who_sees_figures_sees_models_and_finds_them(cast: Cast, client: Client) -> None:
    for role, status in (("leader", 200), ("community_worker", 200), ("grid_worker", 404), ("resident", 404)):
        signed_in(cast, client, role)
        assert client.get(reverse("accountability:models")).status_code == status
        assert client.get(reverse("accountability:model", args=["doorstep"])).status_code == status
    signed_in(cast, client, "leader")
    way = reverse("accountability:model", args=["doorstep"])
    assert way in client.get(reverse("territory:place", args=[cast.places["community"].pk])).content.decode()
    assert reverse("accountability:models") in client.get(reverse("accountability:figures")).content.decode()


def test_the_page_asks_as_many_questions_whatever_is_tagged(
    cast: Cast, client: Client, django_assert_max_num_queries: Any
) -> None:
    signed_in(cast, client, "leader")
    address = reverse("accountability:model", args=["doorstep"])
    client.get(address)
    Facility.objects.bulk_create(
        [Facility(name=f"厅{n}", place=cast.places["community"], extra={"doorstep": "venues"}) for n in range(60)]
    )
    with django_assert_max_num_queries(20):
        client.get(address)


def test_rest_and_the_command_line_give_the_same(cast: Cast, client: Client) -> None:
    signed_in(cast, client, "leader")
    assert [item["components"] for item in client.get("/api/v1/models").json()] == [4, 0]
    document = client.get("/api/v1/models/doorstep", {"at": "2026-06-30"}).json()
    counts = {item["code"]: item["counts"]["facility"] for item in document["components"]}
    assert counts == {"networks": 3, "volunteers": 1, "culture": 1, "venues": 1, "none": 1}
    assert document["components"][0]["figures"] == {"halls": 3, "halls.mean": 36.7}
    assert client.get("/api/v1/models/nothing").status_code == 404
    out = StringIO()
    call_command("models", "doorstep", "--at", "2026-06-30", "--json", stdout=out)
    told = json.loads(out.getvalue())
    assert [item["counts"] for item in told["components"]] == [item["counts"] for item in document["components"]]
    out = StringIO()
    call_command("models", stdout=out)
    assert out.getvalue().splitlines() == ["doorstep\t家门口党建\t4", "named\t1+1+3\t0"]
    signed_in(cast, client, "grid_worker")
    assert client.get("/api/v1/models").status_code == client.get("/api/v1/models/doorstep").status_code == 404
