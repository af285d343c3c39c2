"""Gaps and overlaps between grids, and grids outside their community. Areas in square metres."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

GEOD = Geod(ellps="WGS84")
LEAST = 500.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of the coverage: which places, how large, and where it lies."""

    code: str
    places: tuple[int, ...]
    area_m2: float
    lng: float
    lat: float


def area_m2(shape: BaseGeometry) -> float:
    """The area of a shape on the ellipsoid."""
    return abs(float(GEOD.geometry_area_perimeter(shape)[0])) if not shape.is_empty else 0.0


def overlaps(shapes: Mapping[int, BaseGeometry], least: float = LEAST) -> list[Finding]:
    """Pairs of shapes that lie over one another."""
    ids, forms = list(shapes), list(shapes.values())
    if not forms:
        return []
    tree = shapely.STRtree(forms)
    left, right = tree.query(forms, predicate="intersects")
    pairs = left < right
    found = []
    for a, b in zip(left[pairs], right[pairs], strict=True):
        shared = shapely.intersection(forms[a], forms[b])
        size = area_m2(shared)
        if size > least:
            found.append(_finding("coverage.overlap", (ids[a], ids[b]), size, shared))
    return found


def gaps(
    outer: Mapping[int, BaseGeometry], inner: Mapping[int, list[BaseGeometry]], least: float = LEAST
) -> list[Finding]:
    """Parts of each outer shape that none of its inner shapes covers."""
    found = []
    for place, shape in outer.items():
        parts = inner.get(place)
        if parts:
            rest = shapely.difference(shape, shapely.union_all(np.array(parts, dtype=object)))
            size = area_m2(rest)
            if size > least:
                found.append(_finding("coverage.gap", (place,), size, rest))
    return found


def outside(
    outer: Mapping[int, BaseGeometry], inner: Mapping[int, tuple[int, BaseGeometry]], least: float = LEAST
) -> list[Finding]:
    """Inner shapes (place -> its outer place and shape) that reach beyond their outer shape."""
    found = []
    for place, (above, shape) in inner.items():
        if above in outer:
            beyond = shapely.difference(shape, outer[above])
            size = area_m2(beyond)
            if size > least:
                found.append(_finding("coverage.outside", (place, above), size, beyond))
    return found


def _finding(code: str, places: tuple[int, ...], size: float, shape: BaseGeometry) -> Finding:
    point = shape.representative_point()
    return Finding(code, places, round(size, 1), round(point.x, 6), round(point.y, 6))
