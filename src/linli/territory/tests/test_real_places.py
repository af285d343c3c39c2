"""Boundaries of real size and their planted faults; needs the folder of acceptance places in LINLI_PLACES."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import shapely
from shapely.geometry import shape

from linli.core.actors import SYSTEM
from linli.core.testing.plugin import PLACES, needs_places
from linli.records import profiles
from linli.records.importing.report import FileReport
from linli.records.operations.imports import files_import
from linli.records.operations.profiles import content_apply
from linli.territory import coverage, locating
from linli.territory.geometry import crs
from linli.territory.models import Boundary, Place
from linli.territory.operations.boundaries import boundaries_import

PROFILES = Path(__file__).resolve().parents[4] / "profiles"
DAY = date(2025, 11, 30)

pytestmark = [pytest.mark.slow, needs_places]


@pytest.fixture
def bring(db: None, tmp_path: Path) -> Iterator[Any]:
    """Apply a place's profile and bring in some of its files."""
    locating.refresh()

    def land(place: str, *patterns: str) -> dict[str, FileReport]:
        content, faults = profiles.read_folder(PROFILES / place)
        assert faults == []
        content_apply(actor=SYSTEM, content=content)
        paths = [path for pattern in patterns for path in sorted((PLACES / place).glob(pattern))]
        reports = files_import(actor=SYSTEM, paths=paths, as_of=DAY, dry=False)
        return {Path(report.file).name: report for report in reports}

    yield land
    locating.refresh()


def planted(place: str, fault: str) -> set[str]:
    """The codes of the grids in which a fault was planted."""
    rows = json.loads((PLACES / place / "planted.json").read_text("utf-8"))
    notes = [row["note"] for row in rows if row["file"] == "map/grids.geojson" and row["fault"] == fault]
    return {note.split()[1] for note in notes}


def test_the_gaps_and_overlaps_of_a_city_are_found_and_no_others(bring: Any) -> None:
    reports = bring("liupanshui", "divisions.csv", "ledgers/02-*.xlsx", "map/*.geojson")
    named = coverage.named(coverage.findings())
    gaps = {place["code"] for item in named if item["code"] == "coverage.gap" for place in item["places"]}
    assert gaps == {code[:12] for code in planted("liupanshui", "gap")}
    wide = planted("liupanshui", "overlap")
    pairs = [{place["code"] for place in item["places"]} for item in named if item["code"] == "coverage.overlap"]
    assert len(wide) == 3
    assert all(pair & wide for pair in pairs)
    assert wide == set.union(*pairs) & wide
    warned = {item.code for item in reports["grids.geojson"].warnings}
    assert {"coverage.gap", "coverage.overlap"} <= warned


def test_grids_in_gcj02_that_do_not_say_so_are_noticed(bring: Any, tmp_path: Path) -> None:
    bring("liupanshui", "divisions.csv", "ledgers/02-*.xlsx", "map/*.geojson")
    document = json.loads((PLACES / "liupanshui" / "map" / "grids.geojson").read_text("utf-8"))
    for feature in document["features"]:
        ring = feature["geometry"]["coordinates"][0]
        lng, lat = crs.wgs84_to_gcj02(*shapely.get_coordinates(shapely.LineString(ring)).T)
        feature["geometry"]["coordinates"] = [list(zip(lng.tolist(), lat.tolist(), strict=True))]
    path = tmp_path / "grids.geojson"
    path.write_text(json.dumps(document), "utf-8")
    report = boundaries_import(actor=SYSTEM, path=path, as_of=DAY)
    assert "crs.mismatch" in {item.code for item in report.warnings}
    grid = Place.objects.get(code="520201011001001")
    here = shape(Boundary.objects.get(place=grid, until=None).geometry).representative_point()
    assert (here.x, here.y) == pytest.approx((grid.lng, grid.lat), abs=1e-6)
    found = locating.locate(here.x, here.y)
    assert found.community is not None
    assert found.community.code == "520201011001"


def test_a_network_over_three_streets_in_gcj02_lies_over_them(bring: Any) -> None:
    reports = bring(
        "erqi",
        "divisions.csv",
        "ledgers/12-*.xlsx",
        "ledgers/13-*.xlsx",
        "map/dedicated*",
        "map/grids-level3*",
        "map/communities*",
    )
    report = reports["dedicated-gcj02.geojson"]
    assert (report.rows, report.created, report.rejected) == (204, 204, [])
    assert not [item for item in report.warnings if item.code.startswith("crs.")]
    top = Place.objects.get(code="ZS1")
    boundary = Boundary.objects.get(place=top, until=None)
    assert boundary.source_crs == "gcj02"
    lng, lat = 113.699, 34.658
    chain = locating.locate(lng, lat, "gcj02")
    assert chain.overlays[0].id == top.pk
    assert len(chain.overlays) == 4
    assert chain.street is not None
    crossed = set(top.crosses.values_list("name", flat=True))
    assert len(crossed) == 3
    assert chain.street.name in crossed
    inside = shape(boundary.geometry)
    streets = {
        grid.street.name
        for grid in Place.objects.filter(type="grid", level="3", lng__isnull=False)
        .exclude(path__startswith=top.path)
        .exclude(kind="overlay")
        .select_related("street")
        if grid.street and inside.contains(shapely.Point(grid.lng, grid.lat))
    }
    assert streets == crossed, "moved to true positions, it covers the three streets that it names"
