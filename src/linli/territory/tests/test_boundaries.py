"""Files of boundaries: what lands, what is refused and why, wrong coordinate systems, history."""

import json
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
import shapely
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from linli.core.actors import SYSTEM
from linli.core.errors import InvalidInput
from linli.records.importing.report import FileReport
from linli.records.models import Batch
from linli.records.operations.imports import files_import
from linli.territory import coverage
from linli.territory.geometry import crs, topology
from linli.territory.models import Boundary
from linli.territory.operations import places
from linli.territory.operations.boundaries import boundaries_import
from linli.territory.operations.places import Sketch
from linli.territory.tests.county import County, collection, feature, square

ON = date(2026, 3, 1)


@pytest.fixture
def land(tmp_path: Path) -> Any:
    """Write a document to a file and bring it in."""

    def bring(document: Any, on: date = ON, dry: bool = False) -> FileReport:
        path = tmp_path / "map.geojson"
        text = document if isinstance(document, bytes) else json.dumps(document, ensure_ascii=False).encode()
        path.write_bytes(text)
        return boundaries_import(actor=SYSTEM, path=path, as_of=on, dry=dry)

    return bring


def shifted(form: BaseGeometry, system: str) -> dict[str, Any]:
    """The outline as a published map carries it."""

    def move(points: Any) -> Any:
        lng, lat = crs.wgs84_to_gcj02(points[:, 0].copy(), points[:, 1].copy())
        if system == "bd09":
            lng, lat = crs.gcj02_to_bd09(lng, lat)
        return shapely.get_coordinates(shapely.points(lng, lat))

    found: dict[str, Any] = mapping(shapely.transform(form, move))
    return found


def same(one: BaseGeometry, other: BaseGeometry) -> bool:
    """Whether two outlines are the same to within a few square metres."""
    return topology.area_m2(shapely.symmetric_difference(one, other)) < 50


def drawn(place: int) -> BaseGeometry:
    """The current outline."""
    return shape(Boundary.objects.get(place_id=place, until=None).geometry)


def test_an_outline_lands_once_and_history_stays(county: County, land: Any) -> None:
    document = collection(feature(square(0, 0, 0.5), code=county.one_a.code))
    first, second = land(document), land(document)
    assert (first.updated, first.created, second.unchanged, second.updated) == (1, 0, 1, 0)
    spans = Boundary.objects.filter(place=county.one_a).order_by("id").values_list("since", "until")
    assert list(spans) == [(date(2026, 1, 1), ON), (ON, None)]


def test_a_dry_run_writes_nothing_but_says_the_same(county: County, land: Any) -> None:
    document = collection(feature(square(0, 0, 1.5), code=county.one_a.code))
    dry = land(document, dry=True)
    assert same(drawn(county.one_a.pk), square(0, 0))
    wet = land(document)
    assert [item.code for item in dry.warnings] == [item.code for item in wet.warnings] == ["coverage.overlap"]


@pytest.mark.parametrize("dry", [True, False])
def test_files_imported_together_are_checked_once_when_all_are_there(
    county: County, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dry: bool
) -> None:
    files = {
        "a": collection(feature(square(0, 0, 1.5), code=county.one_a.code)),
        "b": collection(feature(square(1.5, 0, 0.5), code=county.one_b.code)),
        "c": collection(feature(square(2, 0, 0.5), code=county.two_a.code)),
        "d": {"type": "Nothing"},
    }
    for name, document in files.items():
        (tmp_path / f"{name}.geojson").write_text(json.dumps(document), "utf-8")
    looking = Mock(side_effect=coverage.findings)
    monkeypatch.setattr(coverage, "findings", looking)
    reports = files_import(actor=SYSTEM, paths=[tmp_path], as_of=ON, dry=dry)
    assert [[item.code for item in report.warnings] for report in reports] == [[], [], ["coverage.gap"], []]
    assert [report.unreadable for report in reports] == [False, False, False, True]
    assert looking.call_count == 1
    batches = Batch.objects.order_by("file")
    assert [len(batch.report["warnings"]) for batch in batches] == ([] if dry else [0, 0, 1, 0])
    assert {batch.state for batch in batches} == (set() if dry else {"done", "failed"})


@pytest.mark.parametrize("system", ["gcj02", "bd09"])
@pytest.mark.parametrize("told", [True, False])
def test_a_file_in_another_system_is_moved_whether_or_not_it_says_so(
    county: County, land: Any, system: str, told: bool
) -> None:
    features = [
        {"type": "Feature", "properties": {"code": grid.code}, "geometry": shifted(form, system)}
        for grid, form in ((county.one_a, square(0, 0, 0.95)), (county.one_b, square(1, 0, 0.95)))
    ]
    report = land(collection(*features, **({"crs_hint": system.upper()} if told else {})))
    assert [item.code for item in report.warnings if item.code[:4] == "crs."] == ([] if told else ["crs.mismatch"])
    for grid, form in ((county.one_a, square(0, 0, 0.95)), (county.one_b, square(1, 0, 0.95))):
        assert same(drawn(grid.pk), form)
    assert set(Boundary.objects.filter(since=ON).values_list("source_crs", flat=True)) == {system}


def test_a_file_that_names_the_wrong_system_is_noticed(county: County, land: Any) -> None:
    features = [feature(square(0, 0), code=county.one_a.code), feature(square(1, 0), code=county.one_b.code)]
    report = land(collection(*features, crs_hint="BD-09"))
    assert [item.code for item in report.warnings] == ["crs.mismatch"]
    assert (report.unchanged, report.updated) == (2, 0)


def test_without_anything_to_hold_it_against_the_file_is_believed(county: County, land: Any) -> None:
    for grid in (county.one_a, county.one_b, county.one):
        Boundary.objects.filter(place=grid).delete()
    report = land(collection(feature(square(0, 0, 2), code=county.one.code), crs_hint="GCJ-02"))
    assert (report.created, [item.code for item in report.warnings]) == (1, ["coverage.gap"])
    assert not same(drawn(county.one.pk), square(0, 0, 2))


def test_names_are_enough_where_they_are_clear(county: County, land: Any) -> None:
    clear = land(collection(feature(square(1, 0), name="2号网格")))
    assert (clear.unchanged, clear.rejected) == (1, [])
    within = land(collection(feature(square(2, 0), name="1号网格", parent=county.two.code)))
    assert within.unchanged == 1
    by_name = land(collection(feature(square(2, 0), name="1号网格", parent=county.two.name)))
    assert by_name.unchanged == 1
    unclear = land(collection(feature(square(2, 0), name="1号网格")))
    assert [item.code for item in unclear.rejected] == ["reference.ambiguous_place"]


def test_a_community_and_a_grid_may_have_the_same_code(county: County, land: Any) -> None:
    grid = places.place_create(
        actor=SYSTEM,
        sketch=Sketch(type="grid", name="一里二级网格", code=county.one.code, level="3"),
        parent=county.one.pk,
    )
    report = land(
        collection(
            feature(square(0, 0, 2), code=county.one.code, level="grid3"),
            feature(square(0, 0, 2), code=county.one.code, level="community"),
        )
    )
    assert (report.created, report.unchanged, report.rejected) == (1, 1, [])
    assert same(drawn(grid.pk), square(0, 0, 2))


BOWTIE = {
    "type": "Polygon",
    "coordinates": [[[113.6, 34.6], [113.61, 34.61], [113.61, 34.6], [113.6, 34.61], [113.6, 34.6]]],
}
BAD: list[tuple[Any, str]] = [
    (None, "geometry.broken"),
    ({"type": "Polygon"}, "geometry.broken"),
    ({"type": "Polygon", "coordinates": [[[1, 2], [3, 4]]]}, "geometry.broken"),
    ({"type": "Polygon", "coordinates": "x"}, "geometry.broken"),
    ({"type": "Sphere", "coordinates": []}, "geometry.broken"),
    ({"type": "Point", "coordinates": [113.6, 34.6]}, "geometry.not_an_area"),
    ({"type": "Polygon", "coordinates": []}, "geometry.not_an_area"),
    ({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}, "geometry.outside"),
    (
        {
            "type": "Polygon",
            "coordinates": [
                [[38461000.0, 3830000.0], [38462000.0, 3830000.0], [38462000.0, 3831000.0], [38461000.0, 3830000.0]]
            ],
        },
        "geometry.outside",
    ),
    (
        {"type": "Polygon", "coordinates": [[[113.6, 34.6], [113.61, 34.6], [113.6, 34.6], [113.6, 34.6]]]},
        "geometry.broken",
    ),
]


@pytest.mark.parametrize(("geometry", "code"), BAD)
def test_a_broken_outline_is_refused_and_the_others_land(county: County, land: Any, geometry: Any, code: str) -> None:
    broken = {"type": "Feature", "properties": {"code": county.one_b.code}, "geometry": geometry}
    report = land(collection(broken, feature(square(0, 0, 0.5), code=county.one_a.code)))
    assert [(item.row, item.code) for item in report.rejected] == [(1, code)]
    assert report.updated == 1
    assert same(drawn(county.one_b.pk), square(1, 0))


def test_an_outline_with_no_number_in_it_is_refused(county: County, land: Any) -> None:
    text = json.dumps(collection(feature(square(0, 0), code=county.one_a.code))).replace("113.6,", "NaN,")
    report = land(text.encode())
    assert [item.code for item in report.rejected] == ["geometry.broken"]


def test_a_ring_that_crosses_itself_is_mended_with_a_warning(county: County, land: Any) -> None:
    crossed = {"type": "Feature", "properties": {"code": county.one_a.code}, "geometry": BOWTIE}
    report = land(collection(crossed))
    assert "geometry.mended" in [item.code for item in report.warnings]
    assert drawn(county.one_a.pk).is_valid


@pytest.mark.parametrize("height", [True, False])
def test_unknown_places_and_repeated_ones_are_refused(county: County, land: Any, height: bool) -> None:
    report = land(
        collection(
            feature(square(5, 5), code="999", name="没有的网格"),
            feature(square(0, 0), code=county.one_a.code),
            feature(square(1, 0), code=county.one_a.code),
            "nonsense",  # type: ignore[arg-type]
        )
    )
    assert [(item.row, item.code) for item in report.rejected] == [
        (1, "reference.unknown_place"),
        (3, "duplicate.record"),
        (4, "reference.unknown_place"),
    ]


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"[1]", b'{"type":"Feature', b'{"type":"Topology"}', b"[" * 100_000]
)
def test_what_is_no_geojson_is_refused_as_a_whole(county: County, land: Any, content: bytes) -> None:
    with pytest.raises(InvalidInput) as caught:
        land(content)
    assert caught.value.code == "file.not_geojson"


def test_an_unknown_system_is_refused_as_a_whole(county: County, land: Any) -> None:
    with pytest.raises(InvalidInput) as caught:
        land(collection(feature(square(0, 0), code=county.one_a.code), crs_hint="Beijing 1954"))
    assert caught.value.code == "crs.unknown"


def test_a_file_older_than_the_map_never_turns_history_around(county: County, land: Any) -> None:
    land(collection(feature(square(0, 0, 0.5), code=county.one_a.code)), on=date(2020, 1, 1))
    rows = Boundary.objects.filter(place=county.one_a).values_list("since", "until")
    assert all(until is None or until >= since for since, until in rows)
