"""The raster over the tree answers as plain geometry does, for one point and for many."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Point, Polygon, box

from linli.territory.geometry.layers import Layer

CORNER = st.floats(0, 1).map(lambda value: round(value, 4))
BOXES = st.lists(
    st.tuples(CORNER, CORNER, CORNER, CORNER).filter(
        lambda item: abs(item[0] - item[2]) > 0.01 and abs(item[1] - item[3]) > 0.01
    ),
    min_size=1,
    max_size=8,
)


@given(BOXES, st.lists(st.tuples(st.floats(-0.2, 1.2), st.floats(-0.2, 1.2)), min_size=1, max_size=60))
@settings(max_examples=60, deadline=None)
def test_it_answers_as_geometry_does_and_the_smallest_wins(
    corners: list[tuple[float, ...]], points: list[tuple[float, float]]
) -> None:
    forms = [box(110 + min(a, c), 30 + min(b, d), 110 + max(a, c), 30 + max(b, d)) for a, b, c, d in corners]
    layer = Layer(forms)
    lng, lat = np.array([110 + x for x, _y in points]), np.array([30 + y for _x, y in points])
    many = layer.locate_many(lng, lat)
    for x, y, found in zip(lng, lat, many, strict=True):
        holding = [form for form in forms if form.intersects(Point(x, y))]
        assert layer.locate(float(x), float(y)) == found
        if holding:
            assert forms[found].area == min(form.area for form in holding)
        else:
            assert found == -1


def test_a_hole_and_a_thin_spike_are_not_lost_between_cells() -> None:
    ring = Polygon([(0, 0), (1, 0), (1, 1), (0, 1)], [[(0.4, 0.4), (0.6, 0.4), (0.6, 0.6), (0.4, 0.6)]])
    spike = Polygon([(2, 0), (2.9, 0.5), (2, 0.001)])
    layer = Layer([ring, spike])
    generator = np.random.default_rng(5)
    lng, lat = generator.uniform(-0.1, 3.1, 40_000), generator.uniform(-0.1, 1.1, 40_000)
    points = shapely.points(lng, lat)
    expected = np.where(shapely.intersects(ring, points), 0, np.where(shapely.intersects(spike, points), 1, -1))
    assert (layer.locate_many(lng, lat) == expected).all()


@pytest.mark.parametrize(("lng", "lat"), [(float("nan"), 30.0), (1e300, 1e300), (-500.0, 0.0)])
def test_points_that_are_nowhere_lie_nowhere(lng: float, lat: float) -> None:
    layer = Layer([box(110, 30, 111, 31)])
    assert layer.locate_many(np.array([lng]), np.array([lat])).tolist() == [-1]


def test_a_layer_of_nothing_holds_nothing() -> None:
    layer = Layer([])
    assert layer.locate(110.0, 30.0) == -1
    assert layer.locate_many(np.array([110.0]), np.array([30.0])).tolist() == [-1]
