"""Files brought in through a browser: a ledger with faults, mended and taken back; outlines that overlap."""

import csv
import json
import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import numpy as np
import pytest
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook
from shapely import transform, union_all
from shapely.geometry import mapping, shape
from tests.journeys.walking import Check, Open

from linli import demo
from linli.core import clock
from linli.territory.geometry.crs import wgs84_to_gcj02

pytestmark = [pytest.mark.journey, pytest.mark.slow]
OUTLINES: Final = Path(demo.__file__).parent / "sample" / "boundaries.geojson"
COLUMNS: Final = ("编号", "登记日期", "来源", "类别", "内容", "小区", "承办单位", "办结日期", "办理状态")
TO_COME: Final = (clock.today() + timedelta(days=30)).isoformat()
GRID, NEIGHBOUR = "130824001001041", "130824001001042"
IMPORT = re.compile(r"/imports/\d+/$")


def row(number: str, text: str, *, on: str = "2026-03-02", compound: str = "演示一小区") -> tuple[str, ...]:
    """One row of the ledger of matters, being handled."""
    return (number, on, "窗口", "环境卫生", text, compound, "县城市管理综合执法局", "", "办理中")


def ledger(path: Path, *rows: tuple[str, ...]) -> Path:
    """The ledger as the office keeps it: a title, the columns, the rows; the first row stands on line 3."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows([("居民诉求办理台账",), COLUMNS, *rows])
    return path


def hand_in(page: Page, check: Check, path: Path) -> None:
    """Hand one file in and come to its preview."""
    page.goto("/imports/")
    check(page)
    page.set_input_files("#files", path)
    page.locator("form[action$='/imports/upload/'] button").click()
    page.wait_for_url("**/imports/uploads/*/")
    check(page)


def bring_in(page: Page, check: Check) -> str:
    """Import what was handed in, wait for the worker, and open the result; returns its address."""
    page.locator("button[value=import]").click()
    result = page.locator("main a.list-group-item")
    expect(result).to_have_count(1, timeout=120_000)
    check(page)
    result.click()
    page.wait_for_url(IMPORT)
    check(page)
    return page.url


def refused(page: Page) -> dict[float, str]:
    """The rows that the workbook of the refused holds, with their reasons."""
    answer = page.request.get(page.locator("a[href$='refused.xlsx']").get_attribute("href") or "")
    book = CalamineWorkbook.from_filelike(BytesIO(answer.body()))
    head, *rows = book.get_sheet_by_index(0).to_python()
    return {float(str(line[head.index("行")])): str(line[head.index("原因")]) for line in rows}


def matters(page: Page, words: str) -> int:
    """How many matters the list finds by these words."""
    page.goto(f"/cases/?state=all&q={words}")
    return page.locator("main a[href^='/cases/']").filter(has_text=words).count()


def test_a_ledger_with_faults_is_mended_and_taken_back(visit: Open, accessible: Check, tmp_path: Path) -> None:
    desk = visit("shequ")
    good = row("JY0001", "楼道堆物第一处"), row("JY0002", "楼道堆物第二处")
    faulty = (
        row("JY0003", "楼道堆物第三处", on=TO_COME),
        row("JY0001", "楼道堆物第四处"),
        row("JY0005", "楼道堆物第五处", compound="没有的小区"),
    )
    hand_in(desk, accessible, ledger(tmp_path / "诉求台账.csv", *good, *faulty))
    expect(desk.locator("main tr.table-warning").first).to_be_visible()
    assert matters(desk, "楼道堆物") == 0
    desk.go_back()

    first = bring_in(desk, accessible)
    reasons = refused(desk)
    assert set(reasons) == {5, 6, 7}
    for reason in reasons.values():
        expect(desk.locator("main tbody")).to_contain_text(reason)
    assert matters(desk, "楼道堆物") == 2

    mended = row("JY0003", "楼道堆物第三处"), row("JY0004", "楼道堆物第四处"), row("JY0005", "楼道堆物第五处")
    hand_in(desk, accessible, ledger(tmp_path / "诉求台账(改).csv", *mended))
    bring_in(desk, accessible)
    expect(desk.locator("a[href$='refused.xlsx']")).to_have_count(0)
    assert matters(desk, "楼道堆物") == 5

    desk.goto(first)
    back = desk.locator("form[action$='/take-back/'] button")
    back.click()
    expect(back).to_have_count(0)
    accessible(desk)
    assert matters(desk, "楼道堆物") == 3
    assert matters(desk, "楼道堆物第一处") == 0


def drawn(path: Path, forms: dict[str, Any]) -> Path:
    """A file of the outlines of grids, by their codes."""
    features = [{"type": "Feature", "properties": {"code": code}, "geometry": form} for code, form in forms.items()]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def look(page: Page, check: Check, path: Path) -> list[str]:
    """Hand outlines in and look at the preview with its map; returns the codes of the faults drawn on it."""
    page.goto("/territory/boundaries/")
    check(page)
    page.set_input_files("main input[type=file]", path)
    with page.expect_response("**/preview.json") as asked:
        page.locator("main form button[type=submit]").click()
    expect(page.locator("[data-map] canvas")).to_be_visible()
    check(page)
    features = asked.value.json()["features"]
    return [item["properties"]["code"] for item in features if "code" in item["properties"]]


def in_force(page: Page) -> dict[str, Any]:
    """The outlines of the grids in force by their codes, as the map asks for them."""
    told = page.request.get("/territory/boundaries.json?level=grid").json()["features"]
    return {item["properties"]["code"]: item["geometry"] for item in told}


def test_outlines_that_overlap_are_left_and_right_ones_kept(visit: Open, accessible: Check, tmp_path: Path) -> None:
    office = visit("xitong")
    features = json.loads(OUTLINES.read_text(encoding="utf-8"))["features"]
    forms = {item["properties"].get("code"): item["geometry"] for item in features}
    before = in_force(office)
    assert {GRID, NEIGHBOUR} < set(before)

    both = mapping(union_all([shape(forms[GRID]), shape(forms[NEIGHBOUR])]))
    assert look(office, accessible, drawn(tmp_path / "over.geojson", {GRID: both})) == ["coverage.overlap"]
    faults = office.locator("main tbody tr").filter(has_text=NEIGHBOUR)
    expect(faults).to_have_count(1)
    expect(faults).to_contain_text(GRID)
    office.locator("main a[href$='/territory/boundaries/']").click()
    expect(office.locator("[data-map]")).to_have_count(0)
    assert in_force(office) == before

    # The two grids change places: every foot of ground is still in exactly one of them.
    changed = {GRID: forms[NEIGHBOUR], NEIGHBOUR: forms[GRID]}
    assert look(office, accessible, drawn(tmp_path / "right.geojson", changed)) == []
    office.locator("form[action$='/import/'] button").click()
    office.wait_for_url("**/import/")
    accessible(office)
    assert in_force(office) == {**before, GRID: before[NEIGHBOUR], NEIGHBOUR: before[GRID]}
    office.goto("/territory/coverage/?code=coverage.overlap")
    accessible(office)
    expect(office.locator("main tbody tr")).to_have_count(0)


def refusal(page: Page, check: Check, path: Path) -> str:
    """Hand outlines in of which none can be brought in, and come back to the form; what the page says."""
    page.goto("/territory/boundaries/")
    page.set_input_files("main input[type=file]", path)
    page.locator("main form button[type=submit]").click()
    expect(page.locator("main [role=alert]")).to_be_visible()
    expect(page.locator("[data-map]")).to_have_count(0)
    expect(page.locator("main form[action$='/import/']")).to_have_count(0)
    expect(page.locator("main input[type=file]")).to_be_visible()
    check(page)
    return page.locator("main").inner_text()


def test_outlines_that_are_broken_or_in_another_system(visit: Open, accessible: Check, tmp_path: Path) -> None:
    office = visit("xitong")
    features = json.loads(OUTLINES.read_text(encoding="utf-8"))["features"]
    forms = {item["properties"].get("code"): shape(item["geometry"]) for item in features}
    sound, other = forms[GRID], forms[NEIGHBOUR]
    before = in_force(office)

    projected = drawn(tmp_path / "metres.geojson", {GRID: mapping(transform(sound, lambda points: points * 111_320))})
    assert "经度在前" in refusal(office, accessible, projected)
    named = json.loads(projected.read_text(encoding="utf-8")) | {"crs_hint": "EPSG:3857"}
    (tmp_path / "named.geojson").write_text(json.dumps(named), encoding="utf-8")
    assert "EPSG:4326" in refusal(office, accessible, tmp_path / "named.geojson")
    (tmp_path / "网格.geojson").write_text("不是边界", encoding="utf-8")
    assert "网格.geojson" in refusal(office, accessible, tmp_path / "网格.geojson")

    # One outline is a line, the other is drawn in the system of public maps, of which the file says nothing.
    shifted = transform(other, lambda points: np.column_stack(wgs84_to_gcj02(points[:, 0], points[:, 1])))
    half = drawn(tmp_path / "half.geojson", {GRID: mapping(sound.exterior), NEIGHBOUR: mapping(shifted)})
    look(office, accessible, half)
    expect(office.locator("main")).to_contain_text("GCJ-02")
    expect(office.locator("#faults tbody tr").first).to_contain_text("拒绝")
    office.locator("form[action$='/import/'] button").click()
    office.wait_for_url("**/import/")
    accessible(office)
    after = in_force(office)
    assert after[GRID] == before[GRID]
    assert shape(after[NEIGHBOUR]).symmetric_difference(other).area < other.area / 1000
