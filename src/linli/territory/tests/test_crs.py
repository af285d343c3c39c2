"""Coordinate systems: known points, and there and back for every point in China."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.core.errors import InvalidInput
from linli.territory.geometry import crs

LNG = st.floats(74, 135, allow_nan=False)
LAT = st.floats(4, 53, allow_nan=False)


def test_known_points_are_shifted_as_published_converters_do() -> None:
    lng, lat = np.array([116.404]), np.array([39.915])
    shifted = crs.wgs84_to_gcj02(lng, lat)
    assert (shifted[0][0], shifted[1][0]) == pytest.approx((116.41024449916938, 39.91640428150164), abs=1e-9)
    further = crs.gcj02_to_bd09(lng, lat)
    assert (further[0][0], further[1][0]) == pytest.approx((116.41036949371029, 39.92133699351022), abs=1e-9)


@pytest.mark.parametrize(
    ("system", "lng", "lat", "true"),
    [
        ("gcj02", 121.531541859215, 31.17530398364597, (121.5272106, 31.1774276)),
        ("gcj02", 113.9171764808363, 22.540796131694766, (113.912316, 22.543847)),
        ("wgs84", 116.391186, 39.907827, (116.391186, 39.907827)),
    ],
)
def test_known_points_are_moved_to_where_they_are(
    system: str, lng: float, lat: float, true: tuple[float, float]
) -> None:
    x, y = crs.to_wgs84(system, [lng], [lat])
    assert (x[0], y[0]) == pytest.approx(true, abs=1e-7)


@given(LNG, LAT)
def test_gcj02_goes_there_and_back_to_a_tenth_of_a_millimetre(lng: float, lat: float) -> None:
    x, y = np.array([lng]), np.array([lat])
    back = crs.to_wgs84("gcj02", *crs.wgs84_to_gcj02(x, y))
    assert abs(back[0][0] - lng) < 1e-9
    assert abs(back[1][0] - lat) < 1e-9


@given(LNG, LAT)
def test_bd09_goes_there_and_back(lng: float, lat: float) -> None:
    shifted = crs.gcj02_to_bd09(*crs.wgs84_to_gcj02(np.array([lng]), np.array([lat])))
    back = crs.to_wgs84("bd09", *shifted)
    assert abs(back[0][0] - lng) < 1e-9
    assert abs(back[1][0] - lat) < 1e-9


@given(LNG, LAT)
def test_the_shift_is_some_hundred_metres_everywhere(lng: float, lat: float) -> None:
    x, y = crs.wgs84_to_gcj02(np.array([lng]), np.array([lat]))
    metres = np.hypot((x[0] - lng) * 111_320 * np.cos(np.radians(lat)), (y[0] - lat) * 110_600)
    assert 1 < metres < 1500


def test_many_points_are_moved_as_one_is() -> None:
    lng, lat = np.linspace(80, 130, 1000), np.linspace(20, 50, 1000)
    many = crs.to_wgs84("bd09", lng, lat)
    one = [crs.to_wgs84("bd09", [x], [y]) for x, y in zip(lng[::97], lat[::97], strict=True)]
    assert many[0][::97] == pytest.approx([float(x[0]) for x, _y in one], abs=1e-12)


@pytest.mark.parametrize(
    ("hint", "system"),
    [
        ("GCJ-02", "gcj02"),
        ("gcj02坐标", "gcj02"),
        ("BD09LL", "bd09"),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", "wgs84"),
        ("EPSG:4490", "wgs84"),
    ],
)
def test_offices_name_the_systems_in_many_ways(hint: str, system: str) -> None:
    assert crs.named(hint) == system


def test_other_systems_are_refused() -> None:
    with pytest.raises(InvalidInput) as caught:
        crs.named("Xian 1980")
    assert caught.value.code == "crs.unknown"
    with pytest.raises(InvalidInput):
        crs.to_wgs84("xian80", [113.0], [34.0])
