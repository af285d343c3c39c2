"""The pages: what they show, to whom, in how many queries, and what they refuse."""

import json
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from linli.accounts import middleware
from linli.core.actors import SYSTEM, VISITOR, Actor
from linli.records.operations.profiles import content_apply
from linli.territory import locating, maps, policies, trials
from linli.territory.maps import Load, register_loads
from linli.territory.models import Boundary, Place
from linli.territory.operations import places
from linli.territory.operations.places import Sketch
from linli.territory.operations.recording import compound_record_many, facility_record_many, grid_record_many
from linli.territory.tests.county import PROFILE, SIDE, SOUTH, WEST, County, again, collection, feature, square

ON = date(2026, 3, 1)


class Browser(Client):
    """A client whose requests come from an actor; who turns sessions into actors is tested elsewhere."""

    actor: Actor = VISITOR

    def shown(self, url: str, **data: Any) -> str:
        """A page that must be there."""
        answer = self.get(url, data)
        assert answer.status_code == 200, (url, answer.status_code)
        return str(answer.content.decode())


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Browser:
    """A browser in which a visitor sits until the test says otherwise."""
    held = Browser(raise_request_exception=True)

    def call(self: Any, request: Any) -> Any:
        request.actor = held.actor
        return self.get_response(request)

    monkeypatch.setattr(middleware.ActorMiddleware, "__call__", call)
    return held


PAGES = ("/territory/", "/territory/map/", "/territory/coverage/", "/territory/coverage.json")


@pytest.mark.parametrize("url", PAGES)
def test_visitors_find_no_pages_and_viewers_do(county: County, browser: Browser, url: str) -> None:
    assert browser.get(url).status_code == 404
    browser.actor = county.viewer()
    browser.shown(url)


def test_a_hidden_place_looks_like_a_missing_one(county: County, browser: Browser) -> None:
    as_json = {"accept": "application/json"}
    hidden = browser.get(f"/territory/{county.one.pk}/", headers=as_json)
    missing = browser.get("/territory/999999/", headers=as_json)
    assert hidden.status_code == missing.status_code == 404
    assert hidden.content == missing.content


def test_one_policy_for_list_detail_export_and_api_rows(county: County, browser: Browser) -> None:
    for actor, sees in ((VISITOR, False), (county.viewer(), True), (county.outsider(), True)):
        browser.actor = actor
        assert (browser.get("/territory/").status_code == 200) is sees
        assert (browser.get(f"/territory/{county.one_a.pk}/").status_code == 200) is sees
        answer = browser.get("/records/grid.csv")
        exported = b"".join(answer.streaming_content).decode() if sees else ""  # type: ignore[attr-defined]
        assert (answer.status_code == 200) is (county.one_a.code in exported) is sees


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_grid_posts_take_no_lists_along(county: County, browser: Browser, form: str) -> None:
    browser.actor = county.grid_worker()
    assert browser.get(f"/records/grid.{form}", headers={"accept": "application/json"}).status_code == 403
    assert f"grid.{form}" not in browser.shown("/records/grid/")
    browser.actor = county.viewer()
    assert f"grid.{form}" in browser.shown("/records/grid/")


def test_the_list_finds_by_parts_of_names_and_codes(county: County, browser: Browser) -> None:
    browser.actor = county.viewer()
    by_name = browser.shown("/territory/", q="一里社区")
    assert by_name.count("一里社区居民委员会</a>") == 2
    by_code = browser.shown("/territory/", q="41019900100100", type="grid")
    assert [grid.code in by_code for grid in (county.one_a, county.two_a, county.three_a)] == [True, False, False]
    within = browser.shown("/territory/", within=str(county.west.pk), type="grid")
    assert (county.three_a.code in within, county.one_a.code in within) == (True, False)
    assert browser.get("/territory/", {"after": "x"}).status_code == 400


def test_every_page_of_the_list_is_reached_by_its_key(county: County, browser: Browser) -> None:
    codes = [f"P{number:03d}" for number in range(120)]
    rows = [{"code": code, "name": f"页{code}", "place": county.two.pk} for code in codes]
    grid_record_many(actor=SYSTEM, rows=rows)
    browser.actor = county.viewer()
    seen: list[str] = []
    url = "/territory/?type=grid"
    while url:
        text = browser.shown(url)
        seen += [code for code in codes if f"<td>{code}</td>" in text]
        tail = text.partition('class="btn" href="?')[2].partition('"')[0].replace("&amp;", "&")
        url = f"/territory/?{tail}" if "after=" in tail else ""
    assert seen == codes


def test_lists_and_pages_take_few_queries_whatever_their_size(
    county: County, browser: Browser, django_assert_max_num_queries: Any
) -> None:
    rows = [{"code": f"Q{number}", "name": f"格{number}", "place": county.one.pk} for number in range(300)]
    grid_record_many(actor=SYSTEM, rows=rows)
    compound_record_many(actor=SYSTEM, rows=[{"name": f"{n}院", "place": county.one.pk} for n in range(80)])
    facility_record_many(actor=SYSTEM, rows=[{"name": f"站{n}", "place": county.one.pk} for n in range(30)])
    browser.actor = county.viewer()
    browser.shown("/territory/")
    with django_assert_max_num_queries(8):
        browser.shown("/territory/")
    with django_assert_max_num_queries(18):
        browser.shown(f"/territory/{county.one.pk}/")


def test_the_page_of_a_place_says_what_it_is_and_where_it_lies(county: County, browser: Browser) -> None:
    facility_record_many(actor=SYSTEM, rows=[{"name": "一里会堂", "place": county.one.pk}])
    places.place_change(actor=SYSTEM, place=county.one.pk, version=1, on=ON, households=1234)
    browser.actor = county.keeper()
    text = browser.shown(f"/territory/{county.one.pk}/")
    for words in ("东街街道", "1234", "一里会堂", county.one_a.name, f"/territory/{county.one.pk}/change/"):
        assert words in text
    browser.actor = county.viewer()
    assert f"/territory/{county.one.pk}/change/" not in browser.shown(f"/territory/{county.one.pk}/")


def outlines(browser: Browser, **data: Any) -> dict[int, dict[str, Any]]:
    """The outlines that the map gets, by place."""
    document = json.loads(browser.shown("/territory/boundaries.json", **data))
    return {item["id"]: item for item in document["features"]}


def test_the_map_goes_down_from_communities_to_grids(county: County, browser: Browser) -> None:
    browser.actor = county.viewer()
    assert set(outlines(browser)) == {county.one.pk, county.two.pk, county.three.pk}
    assert set(outlines(browser, within=county.one.pk)) == {county.one_a.pk, county.one_b.pk}
    assert set(outlines(browser, within=county.one_a.pk)) == {county.one_a.pk}
    assert set(outlines(browser, within=county.east.pk, level="grid")) == {
        county.one_a.pk,
        county.one_b.pk,
        county.two_a.pk,
    }
    assert browser.get("/territory/boundaries.json", {"within": "999999"}).status_code == 404


def test_outlines_are_public_but_addresses_and_loads_are_not(
    county: County, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(maps, "_loads", [])
    register_loads(lambda ids: [Load(pk, 30, 12) for pk in ids if pk == county.one.pk])
    public = outlines(browser)[county.one.pk]["properties"]
    assert public["name"] == "一里社区"
    assert not {"url", "tone", "load", "households"} & set(public)
    browser.actor = county.viewer()
    known = outlines(browser)[county.one.pk]["properties"]
    assert (known["tone"], known["url"]) == ("red", f"/territory/map/?within={county.one.pk}")


def test_the_map_as_a_list_puts_what_is_overdue_first(
    county: County, browser: Browser, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any
) -> None:
    monkeypatch.setattr(maps, "_loads", [])
    monkeypatch.setattr(maps, "_openers", set())
    register_loads(lambda ids: [Load(pk, 5, 2 if pk == county.two.pk else 0, "/x/") for pk in ids])
    browser.actor = county.viewer()
    assert 'href="/x/' not in browser.shown("/territory/map/"), "who may not open the list is shown the numbers alone"
    monkeypatch.setattr(maps, "_openers", {policies.VIEW})
    assert 'href="/x/' in browser.shown("/territory/map/")
    with django_assert_max_num_queries(14):
        page = browser.get("/territory/map/", {"within": county.county.pk}).context["page"]
    assert next(area.place.pk for area in page.areas) == county.two.pk
    assert {area.place.pk for area in page.areas} == {county.one.pk, county.two.pk, county.three.pk}
    assert [(area.load.tone, area.load.overdue) for area in page.areas] == [("yellow", 2), ("green", 0), ("green", 0)]
    assert (page.load.open, page.elsewhere) == (5, 0)
    assert browser.get("/territory/map/").context["place"].pk == county.one.pk


@pytest.mark.parametrize(("overdue", "tone"), [(0, "green"), (1, "yellow"), (3, "orange"), (9, "orange"), (10, "red")])
def test_colours_of_the_map(overdue: int, tone: str) -> None:
    assert Load(1, 20, overdue).tone == tone


def test_the_only_place_found_opens_at_once(county: County, browser: Browser) -> None:
    browser.actor = county.viewer()
    answer = browser.get("/territory/map/", {"q": county.two_a.code})
    assert (answer.status_code, answer["Location"]) == (302, f"/territory/map/?within={county.two_a.pk}")
    for words in ("一里", "区", "街道"):
        assert len(browser.get("/territory/map/", {"q": words}).context["found"]) > 1


def test_kept_outlines_follow_a_change(county: County, browser: Browser) -> None:
    before = outlines(browser, within=county.one.pk)[county.one_a.pk]["geometry"]
    places.boundary_redraw(actor=SYSTEM, place=county.one_a.pk, form=square(0, 0, 0.5), on=ON)
    assert outlines(browser, within=county.one.pk)[county.one_a.pk]["geometry"] != before


def test_anyone_may_ask_where_a_point_lies(county: County, browser: Browser) -> None:
    locating.refresh()
    found = json.loads(browser.shown("/territory/locate.json", lng=WEST + SIDE / 2, lat=SOUTH + SIDE / 2))
    assert found["chain"][0]["code"] == county.one_a.code
    bad: list[dict[str, str]] = [{}, {"lng": "x", "lat": "1"}, {"lng": "nan", "lat": "34"}]
    for data in (*bad, {"lng": "113", "lat": "34", "crs": "moon"}):
        assert browser.get("/territory/locate.json", data).status_code == 400


def test_faults_are_listed_counted_and_drawn(county: County, browser: Browser) -> None:
    places.boundary_redraw(actor=SYSTEM, place=county.one_a.pk, form=square(0, 0, 0.5), on=ON)
    browser.actor = county.viewer()
    assert county.one.code in browser.shown("/territory/coverage/", code="coverage.gap")
    assert county.one.code not in browser.shown("/territory/coverage/", code="coverage.overlap")
    drawn = json.loads(browser.shown("/territory/coverage.json"))
    assert [item["properties"]["tone"] for item in drawn["features"]] == ["red"]


def upload(document: Any) -> dict[str, Any]:
    """A form with a file of boundaries."""
    return {"file": SimpleUploadedFile("grids.geojson", json.dumps(document).encode()), "as_of": "2026-03-01"}


def test_an_upload_is_looked_at_before_it_counts(county: County, browser: Browser) -> None:
    browser.actor = SYSTEM
    answer = browser.post(
        "/territory/boundaries/", upload(collection(feature(square(0, 0, 1.5), code=county.one_a.code)))
    )
    key = answer.context["key"]
    assert [item.code for item in answer.context["report"].warnings] == ["coverage.overlap"]
    assert Boundary.objects.filter(place=county.one_a).count() == 1
    drawn = json.loads(browser.shown(f"/territory/boundaries/{key}/preview.json"))
    assert len(drawn["features"]) == 2
    done = browser.post(f"/territory/boundaries/{key}/import/", {"as_of": "2026-03-01"})
    assert (done.status_code, done.context["report"].updated) == (200, 1)
    assert Boundary.objects.filter(place=county.one_a).count() == 2
    assert browser.post(f"/territory/boundaries/{key}/import/").status_code == 404


@pytest.mark.parametrize("key", ["0" * 64, "..%2F..%2Fkeys", "x"])
def test_keys_that_are_none_lead_nowhere(county: County, browser: Browser, key: str) -> None:
    browser.actor = SYSTEM
    assert browser.post(f"/territory/boundaries/{key}/import/").status_code == 404


def test_a_file_that_is_no_map_is_refused_on_the_form(county: County, browser: Browser) -> None:
    browser.actor = SYSTEM
    assert 'href="/territory/boundaries/"' in browser.shown("/territory/")
    answer = browser.post("/territory/boundaries/", upload(["not", "a", "map"]))
    assert (answer.status_code, bool(answer.context["form"].non_field_errors())) == (400, True)


def test_only_who_keeps_the_whole_brings_in_boundaries(county: County, browser: Browser) -> None:
    browser.actor = county.keeper()
    assert browser.get("/territory/boundaries/").status_code == 403
    assert 'href="/territory/boundaries/"' not in browser.shown("/territory/")
    browser.actor = county.viewer()
    assert browser.get("/territory/boundaries/").status_code == 403


def test_a_place_is_added_changed_and_ended_by_forms(county: County, browser: Browser) -> None:
    browser.actor = county.keeper()
    new = {"type": "grid", "name": "3号网格", "code": f"{county.one.code}003", "level": "2"}
    browser.shown(f"/territory/{county.one.pk}/new/")
    answer = browser.post(f"/territory/{county.one.pk}/new/", new)
    made = Place.objects.get(code=new["code"])
    assert (answer.status_code, answer["Location"]) == (302, f"/territory/{made.pk}/")
    assert browser.post(f"/territory/{county.one.pk}/new/", new).status_code == 409
    browser.shown(f"/territory/{made.pk}/change/")
    change = {"version": 1, "name": "三号网格", "level": "2", "households": 80, "on": "2026-03-01"}
    assert browser.post(f"/territory/{made.pk}/change/", change).status_code == 302
    assert browser.post(f"/territory/{made.pk}/change/", change | {"name": "x"}).status_code == 409
    browser.shown(f"/territory/{made.pk}/end/")
    end = {"version": 2, "on": "2026-03-02", "successor": county.one_a.code}
    assert browser.post(f"/territory/{made.pk}/end/", end).status_code == 302
    assert again(made).successor_id == county.one_a.pk


def test_forms_of_places_of_others_are_refused(county: County, browser: Browser) -> None:
    browser.actor = county.outsider()
    for verb in ("new", "change", "end"):
        assert browser.get(f"/territory/{county.one.pk}/{verb}/").status_code == 403
        assert browser.post(f"/territory/{county.one.pk}/{verb}/", {"name": "x"}).status_code == 403


def test_communities_merge_and_split_by_forms(county: County, browser: Browser) -> None:
    browser.actor = county.keeper()
    assert county.two.code in browser.shown(f"/territory/{county.one.pk}/merge/")
    url = f"/territory/{county.one.pk}/merge/"
    assert browser.post(url, {"on": "2026-03-01"}).status_code == 400
    assert browser.post(url, {"places": [county.three.pk], "on": "2026-03-01"}).status_code == 400
    assert browser.post(url, {"places": [county.two.pk], "on": "2026-03-01"}).status_code == 302
    assert again(county.two).successor_id == county.one.pk
    children = {f"child_{pk}": "first" for pk in (county.one_a.pk, county.one_b.pk)}
    data = {"first_name": "新一", "first_code": "410199001011", "second_name": "新二", "second_code": "410199001012"}
    whole = {**data, **children, f"child_{county.two_a.pk}": "second", "on": "2026-03-02"}
    split = f"/territory/{county.one.pk}/split/"
    browser.shown(split)
    assert browser.post(split, {**whole, f"child_{county.two_a.pk}": ""}).status_code == 400
    assert browser.post(split, whole).status_code == 302
    second = Place.objects.get(code="410199001012")
    assert (again(county.two_a).community_id, again(county.one_a).community_id == second.pk) == (second.pk, False)
    assert browser.get(split).status_code == 404


def test_nobody_merges_or_splits_the_places_of_others(county: County, browser: Browser) -> None:
    browser.actor = county.outsider()
    for verb in ("merge", "split"):
        assert browser.post(f"/territory/{county.one.pk}/{verb}/", {"places": [county.two.pk]}).status_code == 403
    assert again(county.two).until is None


def test_a_new_division_is_tried_out_with_what_would_lie_in_each_grid(county: County, browser: Browser) -> None:
    content_apply(
        actor=SYSTEM,
        content={**PROFILE, "grids": {"levels": [{"code": "2", "label": "二级", "households_from": 50}]}},
    )
    at = [(0.5, 0.5, 30), (1.2, 0.5, 40), (1.8, 0.5, 60)]
    for number, (column, row, households) in enumerate(at):
        building = places.place_create(
            actor=SYSTEM,
            sketch=Sketch(type="building", name=f"{number}号楼", households=households),
            parent=county.one.pk,
        )
        point = square(column, row).exterior.coords[3]
        Place.objects.filter(pk=building.pk).update(lng=point[0], lat=point[1] + 1e-4)
    wider = feature(square(0, 0, 1.5), code=county.one_a.code)
    narrower = feature(square(1.5, 0, 0.5), code=county.one_b.code)
    browser.actor = SYSTEM
    answer = browser.post("/territory/boundaries/", upload(collection(wider, narrower)))
    found = {row.place.pk: row for row in answer.context["compared"]}
    first, second = found[county.one_a.pk], found[county.one_b.pk]
    assert [(row.before.buildings, row.after.buildings) for row in (first, second)] == [(1, 2), (2, 1)]
    assert [(row.before.households, row.after.households) for row in (first, second)] == [(30, 70), (100, 60)]
    assert Boundary.objects.filter(place=county.one_a).count() == 1


def test_sizes_outside_the_band_of_the_level_are_pointed_out(county: County) -> None:
    content_apply(
        actor=SYSTEM,
        content={
            **PROFILE,
            "grids": {"levels": [{"code": "2", "label": "二级", "households_from": 50, "households_to": 80}]},
        },
    )
    building = places.place_create(
        actor=SYSTEM, sketch=Sketch(type="building", name="楼", households=81), parent=county.one.pk
    )
    for households, odd in ((49, True), (50, False), (80, False), (81, True)):
        Place.objects.filter(pk=building.pk).update(lng=WEST + SIDE / 2, lat=SOUTH + SIDE / 2, households=households)
        assert trials.compare({county.one_a.pk: (county.one_a, square(0, 0))})[0].outside_band is odd
