"""The map on a matter's page: its point, the nearest outline, nothing where neither is known, nobody else's."""

from linli.cases.models import Case
from linli.cases.tests.test_pages import Enter, enter, queries
from linli.cases.tests.town import Town, report
from linli.core import clock
from linli.territory.models import Boundary

__all__ = ["enter"]
SQUARE = {"type": "Polygon", "coordinates": [[[104, 26], [104.01, 26], [104.01, 26.01], [104, 26.01], [104, 26]]]}


def test_a_matter_without_point_or_outline_has_no_map(town: Town, enter: Enter) -> None:
    pk = report(town).case_id
    page = enter("community_worker", town.community, town.office).get(f"/cases/{pk}/")
    assert page.context["has_map"] is False
    assert "data-map" not in page.content.decode()


def test_the_nearest_outline_and_the_point_are_drawn(town: Town, enter: Enter) -> None:
    desk = enter("community_worker", town.community, town.office)
    pk = report(town).case_id
    Boundary.objects.create(place=town.grid, geometry=SQUARE, since=clock.today())
    assert [item["properties"]["name"] for item in desk.get(f"/cases/{pk}/map.json").json()["features"]] == ["第一网格"]
    Boundary.objects.create(place=town.compound, geometry=SQUARE, since=clock.today())
    Case.objects.filter(pk=pk).update(lng=104.005, lat=26.004, address="3号楼前")
    outline, point = desk.get(f"/cases/{pk}/map.json").json()["features"]
    assert outline["properties"]["name"] == "幸福小区"
    assert (point["geometry"]["coordinates"], point["properties"]["name"]) == ([104.005, 26.004], "3号楼前")
    assert f'data-url="/cases/{pk}/map.json"' in desk.get(f"/cases/{pk}/").content.decode()
    assert queries(desk, f"/cases/{pk}/map.json") <= 6


def test_a_former_outline_is_not_drawn_and_strangers_find_nothing(town: Town, enter: Enter) -> None:
    pk = report(town).case_id
    Boundary.objects.create(place=town.grid, geometry=SQUARE, since=clock.today(), until=clock.today())
    desk = enter("community_worker", town.community, town.office)
    assert desk.get(f"/cases/{pk}/map.json").json()["features"] == []
    assert enter("community_worker", town.elsewhere).get(f"/cases/{pk}/map.json").status_code == 404
