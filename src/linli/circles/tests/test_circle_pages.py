"""The pages of circles: brought in and looked at in the browser, missing for others, few queries."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from linli.accounts.testing import Cast
from linli.circles.models import Circle, StreetNetwork
from linli.circles.tests.walked import compound, shop, straight, walked, walked_made
from linli.organizations.tests.test_pages import enter

pytestmark = pytest.mark.django_db


def handed_in(cast: Cast, **more: Any) -> dict[str, Any]:
    """The form of streets, filled in."""
    file = SimpleUploadedFile("街道.geojson", straight())
    return {
        "place": cast.places["street"].pk,
        "file": file,
        "source": "测绘",
        "day": "2026-01-01",
        "system": "",
        **more,
    }


def test_a_street_brings_in_its_streets_and_a_community_reads_what_it_lacks(cast: Cast) -> None:
    compound(cast, "步行小区", (1, 30), (20, 50))
    shop(cast, 2)
    street, desk = enter(cast, "street_officer"), enter(cast, "community_worker")
    community = f"/circles/{cast.places['community'].pk}/"
    assert desk.get("/circles/").context["page"].network is None
    refused = street.post("/circles/streets/", handed_in(cast, file=SimpleUploadedFile("a.geojson", b"{}")))
    assert (refused.status_code, "测绘" in refused.content.decode()) == (400, True)
    assert street.post("/circles/streets/", handed_in(cast)).status_code == 302
    row = StreetNetwork.objects.get()
    computed = street.post(f"/circles/streets/{row.pk}/compute/", {"place": cast.places["community"].pk})
    assert computed.headers["Location"] == community
    assert Circle.objects.count() == 2
    page = desk.get(community)
    line = next(line for line in page.context["page"].kinds if line.kind.code == "market")
    assert (line.near, line.lacking, page.context["computes"]) == (30, 50, False)
    assert desk.get("/circles/").context["place"] == cast.places["community"]
    features = desk.get(f"{community}map.json?kind=market").json()["features"]
    assert [item["properties"]["name"] for item in features] == ["步行小区", "菜市场2", "+50"]
    assert features[0]["properties"]["load"] == "30/80"
    assert Client().get("/public/circles/990901001001/").context["kinds"][2].near == 30
    assert Client().get("/public/circles/990901001/").context["kinds"] == []


def test_others_find_nothing(cast: Cast) -> None:
    walked_made(cast)
    row, community = StreetNetwork.objects.get(), cast.places["community"].pk
    for role in ("resident", "grid_worker", "building_head", "property_handler", "auditor", "outsider"):
        assert enter(cast, role).get(f"/circles/{community}/").status_code == 404
        assert enter(cast, role).get(f"/circles/{community}/map.json?kind=market").status_code == 404
        assert enter(cast, role).post(f"/circles/streets/{row.pk}/compute/").status_code == 404
    desk = enter(cast, "community_worker")
    assert desk.get(f"/circles/{cast.places['street'].pk}/").status_code == 404
    assert desk.get("/circles/streets/").status_code == 404
    assert enter(cast, "leader").get(f"/circles/{cast.places['county'].pk}/").status_code == 200


def test_pages_cost_the_same_for_many(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(12):
        compound(cast, f"{number}号院", (number * 4, 30))
    shop(cast, 2)
    walked(cast)
    street, desk = enter(cast, "street_officer"), enter(cast, "community_worker")
    for client, address in ((street, "/circles/"), (street, "/circles/streets/"), (desk, "/circles/")):
        client.get(address)
        with django_assert_max_num_queries(16):
            assert client.get(address).status_code == 200
