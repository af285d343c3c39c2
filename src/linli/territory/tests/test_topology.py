"""Gaps, overlaps and overreach: whatever is cut out of a tiling is found, and nothing else."""

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from linli.territory.geometry import topology

SIDE = 0.004


def tiles(across: int) -> list[BaseGeometry]:
    """Squares side by side that cover the outer square."""
    return [
        box(113 + x * SIDE, 34 + y * SIDE, 113 + (x + 1) * SIDE, 34 + (y + 1) * SIDE)
        for x in range(across)
        for y in range(across)
    ]


@given(st.integers(2, 5), st.data())
@settings(max_examples=40, deadline=None)
def test_a_sound_tiling_has_no_faults_and_one_that_is_changed_has_just_that(across: int, data: st.DataObject) -> None:
    forms = dict(enumerate(tiles(across), start=1))
    whole = {100: box(113, 34, 113 + across * SIDE, 34 + across * SIDE)}
    assert topology.overlaps(forms) == []
    assert topology.gaps(whole, {100: list(forms.values())}) == []
    chosen = data.draw(st.sampled_from(sorted(forms)))
    left = {pk: form for pk, form in forms.items() if pk != chosen}
    gaps = topology.gaps(whole, {100: list(left.values())})
    assert [gap.places for gap in gaps] == [(100,)]
    assert gaps[0].area_m2 == pytest.approx(topology.area_m2(forms[chosen]), rel=0.01)
    assert forms[chosen].intersects(shapely.Point(gaps[0].lng, gaps[0].lat))
    wider = {**forms, chosen: shapely.buffer(forms[chosen], SIDE / 4)}
    hit = {pk for finding in topology.overlaps(wider) for pk in finding.places}
    assert hit == {pk for pk, form in forms.items() if pk == chosen or form.intersects(wider[chosen])}


def test_a_grid_beyond_its_community_is_found_with_its_area() -> None:
    outer = {1: box(113, 34, 113.01, 34.01)}
    found = topology.outside(outer, {2: (1, box(113.005, 34, 113.015, 34.01)), 3: (9, box(0, 0, 1, 1))})
    assert [(item.code, item.places) for item in found] == [("coverage.outside", (2, 1))]
    assert found[0].area_m2 == pytest.approx(topology.area_m2(box(113.01, 34, 113.015, 34.01)), rel=0.01)


def test_slivers_along_a_digitised_border_are_no_faults() -> None:
    forms = {1: box(113, 34, 113.01, 34.01), 2: box(113.0099999, 34, 113.02, 34.01)}
    assert topology.overlaps(forms) == []


def test_two_holes_are_two_findings() -> None:
    outer = box(113, 34, 113.03, 34.01)
    rest = outer.difference(box(113.002, 34.002, 113.006, 34.006)).difference(box(113.02, 34.002, 113.024, 34.006))
    assert len(topology.gaps({1: outer}, {1: [rest]})) == 2


def test_the_area_is_in_square_metres() -> None:
    assert topology.area_m2(box(113, 34, 113.001, 34.001)) == pytest.approx(92.4 * 110.9, rel=0.01)
