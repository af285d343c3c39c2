"""Ledgers are held to the places of whoever imports them: what lies elsewhere is refused row by row."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from linli.accounts.testing import Cast
from linli.cases.models import Case
from linli.core.actors import SYSTEM, Actor
from linli.organizations.models import Organization, Post
from linli.records.importing.previews import preview
from linli.records.importing.report import FileReport
from linli.records.operations.imports import files_import
from linli.records.operations.profiles import content_apply
from linli.records.tests.sampling import AS_OF, HERE, MATTERS, compounds, table
from linli.territory.models import Boundary, Place

HERS = ["X1", "桃园小区", "东风街道", "春晓社区", 120, "是", "2001.5.6"]
NEXT_DOOR = ["X2", "李园小区", "东风街道", "秋实社区", 80, "否", "2010-01-02"]
FAR = ["X3", "杏园小区", "西园街道", "梧桐社区", 60, "否", "2010-01-02"]
REFUSED = "place.not_yours"


@pytest.fixture(autouse=True)
def maps(cast: Cast) -> None:
    maps = yaml.safe_load((HERE / "profile" / "imports.yaml").read_text("utf-8"))["maps"]
    dimensions = yaml.safe_load((HERE / "profile" / "dimensions.yaml").read_text("utf-8"))
    people = {
        "id": "people",
        "signature": {"headers": ["姓名", "岗位", "到任"]},
        "required": ["姓名"],
        "key": ["姓名"],
        "records": [
            {
                "type": "post",
                "constants": {"kind": "grid_worker"},
                "columns": {"name": "姓名", "place.community": "社区", "since": "到任"},
            }
        ],
    }
    offers = {
        "id": "offers",
        "signature": {"headers": ["资源", "起于"]},
        "key": ["资源"],
        "records": [{"type": "resource_offer", "columns": {"title": "资源", "since": "起于"}}],
    }
    place = {"name": "清河县邻里", "name_en": "Qinghe", "root": "990901"}
    content = {"place": place, "imports": {"maps": [*maps, people, offers]}, "dimensions": dimensions}
    content_apply(actor=SYSTEM, content=content)


def take(actor: Actor, path: Path, dry: bool = False) -> FileReport:
    (report,) = files_import(actor=actor, paths=[path], as_of=AS_OF, dry=dry)
    return report


def codes(report: FileReport) -> list[tuple[int | None, str]]:
    return [(remark.row, remark.code) for remark in report.rejected]


def yards() -> set[str]:
    return set(
        Place.objects.filter(type="compound", code__startswith="X", code__lt="XA").values_list("code", flat=True)
    )


def matters(folder: Path, *rows: Sequence[Any]) -> Path:
    return table(folder / "诉求.csv", MATTERS, rows)


@pytest.mark.parametrize(
    ("role", "landed", "refused"),
    [
        ("community_worker", {"X1"}, [4, 5]),
        ("street_officer", {"X1", "X2"}, [5]),
        ("outsider", {"X3"}, [3, 4]),
        ("system_administrator", {"X1", "X2", "X3"}, []),
    ],
)
def test_what_lies_elsewhere_is_refused_and_the_rest_lands(
    cast: Cast, tmp_path: Path, role: str, landed: set[str], refused: list[int]
) -> None:
    path = compounds(tmp_path, [HERS, NEXT_DOOR, FAR])
    actor = cast.actors[role]
    expected = [(row, REFUSED) for row in refused]
    checked = take(actor, path, dry=True)
    assert (checked.created, codes(checked), yards()) == (len(landed), expected, set()), "the check says it beforehand"
    shown = preview(actor, 0, path, AS_OF).tables[0].first
    assert [row.number for row in shown if row.faults] == refused, "and so do the first rows on the page"
    report = take(actor, path)
    assert (report.created, codes(report), yards()) == (len(landed), expected, landed)
    again = take(actor, path)
    assert (again.created, again.updated, again.unchanged, codes(again)) == (0, 0, len(landed), expected)
    assert yards() == landed


def test_matters_land_only_at_home_and_no_body_is_made_for_a_refused_one(cast: Cast, tmp_path: Path) -> None:
    path = matters(
        tmp_path,
        ["S1", "2026-01-05", "", "热线", "停车", "堵门", "东风街道", "春晓社区", "春晓停车办", "在办"],
        ["S2", "2026-01-05", "", "热线", "停车", "堵门", "西园街道", "梧桐社区", "梧桐停车办", "在办"],
    )
    report = take(cast.community_worker, path)
    assert (report.created, codes(report)) == (1, [(3, REFUSED)])
    assert list(Case.objects.values_list("register_number", "place")) == [("S1", cast.places["community"].pk)]
    assert set(Organization.objects.filter(name__endswith="停车办").values_list("name", flat=True)) == {"春晓停车办"}


def test_what_a_row_makes_within_its_own_grid_is_refused_once(cast: Cast, tmp_path: Path) -> None:
    headers = ["网格编码", "网格名称", "级别", "上级编码", "街道", "社区", "网格长", "电话"]
    rows = [
        ["G1", "甲网格", 2, "", "东风街道", "春晓社区", "郑甲", "10000009001"],
        ["G2", "乙网格", 2, "", "西园街道", "梧桐社区", "郑乙", "10000009002"],
    ]
    report = take(cast.community_worker, table(tmp_path / "网格.csv", headers, rows))
    assert (report.created, codes(report), report.rejected[0].also) == (1, [(3, REFUSED)], [])
    assert Post.objects.filter(person__name="郑甲", place__code="G1").exists()
    assert not Post.objects.filter(person__name="郑乙").exists()


def test_rows_without_a_place_are_for_those_who_import_for_the_whole_place(cast: Cast, tmp_path: Path) -> None:
    blank = table(tmp_path / "人员.csv", ["姓名", "岗位", "到任", "社区"], [["郑丙", "网格员", "2026-01-05", ""]])
    unmapped = table(tmp_path / "资源.csv", ["资源", "起于"], [["会议室", "2026-01-05"]])
    for path in (blank, unmapped):
        assert codes(take(cast.community_worker, path)) == [(2, REFUSED)]
        assert take(cast.system_administrator, path).created == 1


def test_a_record_elsewhere_is_not_drawn_over_by_its_number(cast: Cast, tmp_path: Path) -> None:
    take(cast.system_administrator, compounds(tmp_path, [FAR]))
    stolen = ["X3", "杏园小区", "东风街道", "春晓社区", 60, "否", "2010-01-02"]
    path = compounds(tmp_path, [stolen])
    assert codes(take(cast.community_worker, path, dry=True)) == [(3, REFUSED)]
    report = take(cast.community_worker, path)
    assert (report.updated, codes(report)) == (0, [(3, REFUSED)])
    assert Place.objects.get(code="X3").community == cast.places["far_community"]
    moved = take(cast.system_administrator, path)
    assert (moved.updated, codes(moved)) == (1, [])


def test_being_held_to_places_costs_no_question_a_row(
    cast: Cast, tmp_path: Path, django_assert_max_num_queries: Any
) -> None:
    take(cast.system_administrator, compounds(tmp_path, [_yard(n, "秋实社区") for n in range(10, 40)]))
    # Half of them refused as read, the other half because the record that they would change lies elsewhere.
    rows = [_yard(n, "秋实社区" if n % 2 else "春晓社区", households=2) for n in range(10, 40)]
    path = compounds(tmp_path, rows)
    with django_assert_max_num_queries(16):
        report = take(cast.community_worker, path, dry=True)
    assert len(report.rejected) == len(rows)


def _yard(number: int, community: str, households: int = 1) -> list[Any]:
    return [f"X{number}", f"第{number}小区", "东风街道", community, households, "否", ""]


def test_division_codes_and_outlines_are_held_to_places_too(cast: Cast, tmp_path: Path) -> None:
    codes_file = tmp_path / "divisions.csv"
    far = Place.objects.get(name="梧桐社区")
    codes_file.write_text(f"code,name,level,parent\n{far.code},改名社区,community,{far.code[:9]}\n", "utf-8")
    corner = [[116.0, 39.0], [116.01, 39.0], [116.01, 39.01], [116.0, 39.0]]
    outline = {"type": "Polygon", "coordinates": [corner]}
    feature = {"type": "Feature", "geometry": outline, "properties": {"code": far.code}}
    outlines_file = tmp_path / "map.geojson"
    outlines_file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), "utf-8")
    for path in (codes_file, outlines_file):
        report = take(cast.community_worker, path)
        assert [remark.code for remark in report.rejected] == [REFUSED]
    far.refresh_from_db()
    assert far.name == "梧桐社区"
    assert not Boundary.objects.filter(place=far).exists()
    assert take(cast.actors["system_administrator"], codes_file).rejected == []
    far.refresh_from_db()
    assert far.name == "改名社区"
