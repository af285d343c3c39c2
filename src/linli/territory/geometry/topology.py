"""Gaps and overlaps between grids, and grids outside their community. Areas in square metres."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import shapely
from pyproj import Geod
from shapely.geometry import Polygon
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
    households: int = 0
    form: BaseGeometry = field(default_factory=Polygon, compare=False, repr=False)


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
            found += _pieces("coverage.gap", (place,), rest, least)
    return found


def outside(
    outer: Mapping[int, BaseGeometry],
    inner: Mapping[int, tuple[int, BaseGeometry]],
    least: float = LEAST,
    code: str = "coverage.outside",
) -> list[Finding]:
    """Inner shapes (place -> its outer place and shape) that reach beyond their outer shape."""
    found = []
    for place, (above, shape) in inner.items():
        if above in outer:
            found += _pieces(code, (place, above), shapely.difference(shape, outer[above]), least)
    return found


def whole(code: str, shapes: Mapping[int, BaseGeometry]) -> list[Finding]:
    """Each whole shape as one finding."""
    return [_finding(code, (place,), area_m2(shape), shape) for place, shape in shapes.items()]


def _pieces(code: str, places: tuple[int, ...], form: BaseGeometry, least: float) -> list[Finding]:
    """One finding for each piece that is large enough; slivers along digitised borders are not."""
    sized = [(piece, area_m2(piece)) for piece in shapely.get_parts(form)]
    return [_finding(code, places, size, piece) for piece, size in sized if size > least]


def _finding(code: str, places: tuple[int, ...], size: float, shape: BaseGeometry) -> Finding:
    point = shape.representative_point()
    return Finding(code, places, round(size, 1), round(point.x, 6), round(point.y, 6), form=shape)
