"""Faults of the coverage as they are listed, and the two commands."""

import json
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from linli.core.actors import SYSTEM
from linli.core.errors import NotFound
from linli.territory import coverage, locating
from linli.territory.models import Place
from linli.territory.operations import places
from linli.territory.operations.recording import building_record_many, grid_record_many
from linli.territory.tests.county import SIDE, SOUTH, WEST, County, square

ON = date(2026, 3, 1)


def codes(within: str = "/") -> list[tuple[str, tuple[int, ...]]]:
    """The findings by kind and places."""
    return [(item.code, item.places) for item in coverage.findings(within)]


def redraw(place: Place, *frame: float) -> None:
    """Give a place another square."""
    places.boundary_redraw(actor=SYSTEM, place=place.pk, form=square(*frame), on=ON)


def printed(*words: str) -> Any:
    """What a command prints as JSON."""
    out = StringIO()
    call_command(*words, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_a_sound_county_has_no_faults(county: County) -> None:
    assert codes() == []


def test_each_kind_of_fault_is_found_where_it_is(county: County) -> None:
    redraw(county.one_a, 0, 0, 0.5)
    redraw(county.two_a, 1.5, 0, 1.5)
    found = codes()
    assert found == [
        ("coverage.gap", (county.one.pk,)),
        ("coverage.outside", (county.two_a.pk, county.two.pk)),
        ("coverage.overlap", (county.one_b.pk, county.two_a.pk)),
    ]
    assert codes(county.west.path) == []


def test_a_community_without_any_grid_is_a_gap_as_a_whole(county: County) -> None:
    places.place_end(actor=SYSTEM, place=county.two_a.pk, version=1, on=ON)
    assert codes() == [("coverage.gap", (county.two.pk,))]


def test_grids_of_two_levels_and_overlays_are_no_overlaps(county: County) -> None:
    small, over = grid_record_many(
        actor=SYSTEM,
        rows=[
            {"code": "m1", "name": "微", "level": "micro", "place": county.one.pk, "upper": county.one_a.pk},
            {"code": "z1", "name": "商圈", "level": "2", "kind": "overlay", "place": county.county.pk},
        ],
    )
    redraw(Place(pk=small), 0, 0, 1)
    redraw(Place(pk=over), 0.5, 0, 2)
    assert codes() == [("coverage.gap", (county.one.pk,))], "only the missing micro grids of the other half"
    redraw(Place(pk=small), 0, 0, 1.5)
    assert ("coverage.beyond_upper", (small, county.one_a.pk)) in codes()


def test_households_in_no_grid_are_counted(county: County) -> None:
    inside, outside = building_record_many(
        actor=SYSTEM,
        rows=[{"name": f"{number}号楼", "place": county.one.pk, "households": 60} for number in (1, 2)],
    )
    middle = SOUTH + SIDE / 2
    Place.objects.filter(pk=inside).update(lng=WEST + SIDE / 2, lat=middle)
    Place.objects.filter(pk=outside).update(lng=WEST - SIDE / 2, lat=middle)
    found = printed("coverage")
    assert found["counts"]["coverage.building_outside"] == 1
    (only,) = found["findings"]
    assert (only["households"], [place["id"] for place in only["places"]]) == (60, [outside])


def test_coverage_lists_codes_area_and_centre(county: County) -> None:
    redraw(county.one_a, 0, 0, 0.5)
    (gap,) = printed("coverage", "--scope", county.east.code)["findings"]
    assert [place["code"] for place in gap["places"]] == [county.one.code]
    assert gap["area_m2"] == pytest.approx(0.5 * 917 * 1109, rel=0.02)
    assert square(0.5, 0, 0.5).covers(square((gap["lng"] - WEST) / SIDE, (gap["lat"] - SOUTH) / SIDE, 0.001, 0.001))
    with pytest.raises(NotFound):
        printed("coverage", "--scope", "nowhere")


def test_locate_prints_the_chain_and_fails_where_there_is_none(county: County) -> None:
    locating.refresh()
    lng, lat = str(WEST + SIDE / 2), str(SOUTH + SIDE / 2)
    assert printed("locate", "--lng", lng, "--lat", lat)["grids"][-1]["code"] == county.one_a.code
    with pytest.raises(SystemExit):
        call_command("locate", "--lng", "0", "--lat", "0", stdout=StringIO(), stderr=StringIO())


def test_findings_are_drawn_on_the_map(county: County) -> None:
    redraw(county.one_a, 0, 0, 0.5)
    document = coverage.as_features(coverage.findings())
    (only,) = document["features"]
    assert (only["properties"]["code"], only["geometry"]["type"]) == ("coverage.gap", "Polygon")
