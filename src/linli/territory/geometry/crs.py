"""WGS84, GCJ-02 and BD-09: the two Chinese offsets and back, vectorised. Longitudes and latitudes in degrees.

GCJ-02 is the shift that maps published in China carry (GB 20263-2006 requires it); BD-09 adds Baidu's own.
The inverse is iterated to below a tenth of a millimetre.
"""

from collections.abc import Callable
from typing import Any, Final

import numpy as np
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray

from linli.core.errors import InvalidInput

Array = NDArray[np.float64]
Pair = tuple[Array, Array]
AXIS = 6378245.0
ECCENTRICITY = 0.00669342162296594323
BAIDU = np.pi * 3000.0 / 180.0
KNOWN = ("wgs84", "gcj02", "bd09")


def _shift(lng: Array, lat: Array) -> Pair:
    """How far GCJ-02 moves a point, in degrees."""
    x, y = lng - 105.0, lat - 35.0
    root = np.sqrt(np.abs(x))
    common = (20.0 * np.sin(6.0 * x * np.pi) + 20.0 * np.sin(2.0 * x * np.pi)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + common
    north += (20.0 * np.sin(y * np.pi) + 40.0 * np.sin(y / 3.0 * np.pi)) * 2.0 / 3.0
    north += (160.0 * np.sin(y / 12.0 * np.pi) + 320.0 * np.sin(y * np.pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + common
    east += (20.0 * np.sin(x * np.pi) + 40.0 * np.sin(x / 3.0 * np.pi)) * 2.0 / 3.0
    east += (150.0 * np.sin(x / 12.0 * np.pi) + 300.0 * np.sin(x / 30.0 * np.pi)) * 2.0 / 3.0
    radians = lat / 180.0 * np.pi
    magic = 1 - ECCENTRICITY * np.sin(radians) ** 2
    north = north * 180.0 / ((AXIS * (1 - ECCENTRICITY)) / (magic * np.sqrt(magic)) * np.pi)
    east = east * 180.0 / (AXIS / np.sqrt(magic) * np.cos(radians) * np.pi)
    return east, north


def wgs84_to_gcj02(lng: Array, lat: Array) -> Pair:
    """Shift true positions as published maps do."""
    east, north = _shift(lng, lat)
    return lng + east, lat + north


def gcj02_to_bd09(lng: Array, lat: Array) -> Pair:
    """Baidu's further shift."""
    radius = np.sqrt(lng * lng + lat * lat) + 0.00002 * np.sin(lat * BAIDU)
    angle = np.arctan2(lat, lng) + 0.000003 * np.cos(lng * BAIDU)
    return radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006


def _invert(forward: Callable[[Array, Array], Pair], lng: Array, lat: Array) -> Pair:
    x, y = lng.copy(), lat.copy()
    for _round in range(6):
        east, north = forward(x, y)
        x, y = x + (lng - east), y + (lat - north)
    return x, y


def to_wgs84(crs: str, lng: Any, lat: Any) -> Pair:
    """True positions of points in any of the three systems. Raises: crs.unknown."""
    x, y = np.asarray(lng, dtype=np.float64), np.asarray(lat, dtype=np.float64)
    if crs == "wgs84":
        return x, y
    if crs == "bd09":
        x, y = _invert(gcj02_to_bd09, x, y)
    elif crs != "gcj02":
        raise InvalidInput("crs.unknown", _("“%(crs)s” is none of wgs84, gcj02, bd09."), crs=crs)
    return _invert(wgs84_to_gcj02, x, y)


# How the systems are written for people.
NAMES: Final = {"wgs84": "WGS84", "gcj02": "GCJ-02", "bd09": "BD-09"}


def named(hint: str) -> str:
    """The system that a file's own words mean. Raises: crs.unknown."""
    bare = "".join(char for char in hint.lower() if char.isalnum())
    spoken = {
        "wgs84": "wgs84",
        "epsg4326": "wgs84",
        "crs84": "wgs84",
        "cgcs2000": "wgs84",
        "epsg4490": "wgs84",
        "gcj02": "gcj02",
        "bd09": "bd09",
        "bd09ll": "bd09",
    }
    found = next((crs for word, crs in spoken.items() if word in bare), None)
    if found is None:
        text = _("“%(crs)s” is none of WGS84, GCJ-02, BD-09; save the file again as WGS84 (EPSG:4326), in degrees.")
        raise InvalidInput("crs.unknown", text, crs=hint[:80])
    return found
