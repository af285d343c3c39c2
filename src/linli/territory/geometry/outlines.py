"""Outlines from GeoJSON: read, moved to WGS84, mended where a ring crosses itself. No database here.

Which place an outline belongs to is decided by the operation that stores it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely
from django.utils.translation import gettext_lazy as _
from shapely.errors import ShapelyError
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from linli.core.errors import InvalidInput
from linli.territory.geometry import crs
from linli.territory.geometry.topology import area_m2

# The frame around China in which an outline must lie, in degrees: west, south, east, north.
CHINA: Final = (73.0, 3.0, 136.0, 54.0)
POINTS: Final = 200_000
PRECISION: Final = 1e-7


@dataclass(frozen=True, slots=True)
class Outline:
    """A polygon in WGS84, and the share of its area that mending changed (0 where it was sound)."""

    form: BaseGeometry
    mended: float = 0.0


def features_of(name: str, content: bytes) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The document and its features. Raises: file.not_geojson."""
    try:
        document = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise _not_geojson(name, str(error)) from error
    if isinstance(document, dict) and document.get("type") == "Feature":
        document = {"type": "FeatureCollection", "features": [document]}
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or document.get("type") != "FeatureCollection":
        raise _not_geojson(name, "type: FeatureCollection?")
    return document, [item if isinstance(item, dict) else {} for item in features]


def _not_geojson(name: str, reason: str) -> InvalidInput:
    text = _("%(name)s is no GeoJSON (%(reason)s); export the boundaries as GeoJSON and hand that file in.")
    return InvalidInput("file.not_geojson", text, name=name, reason=reason[:200])


def properties_of(feature: Mapping[str, Any]) -> Mapping[str, Any]:
    """The properties of a feature, whatever is written there."""
    found = feature.get("properties")
    return found if isinstance(found, dict) else {}


def said_system(document: Mapping[str, Any], features: list[dict[str, Any]]) -> str:
    """The coordinate system that the file names; empty where it names none. Raises: crs.unknown."""
    first = properties_of(features[0]) if features else {}
    named = document.get("crs")
    if isinstance(named, dict):
        inner = named.get("properties")
        named = inner.get("name") if isinstance(inner, dict) else None
    hints = (document.get("crs_hint"), properties_of(document).get("crs_hint"), first.get("crs_hint"))
    found = next((hint for hint in (*hints, first.get("crs"), named) if hint), None)
    return crs.named(str(found)) if found else ""


def raw_outline(feature: Mapping[str, Any]) -> BaseGeometry:
    """The polygon as it stands in the file. Raises: geometry.broken, geometry.not_an_area, geometry.too_long."""
    try:
        with np.errstate(invalid="ignore"):
            form = shape(feature["geometry"])
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, ShapelyError) as error:
        raise InvalidInput("geometry.broken") from error
    if form.geom_type not in ("Polygon", "MultiPolygon") or form.is_empty:
        raise InvalidInput("geometry.not_an_area")
    points = shapely.get_coordinates(form)
    if len(points) > POINTS:
        raise InvalidInput("geometry.too_long")
    if not np.isfinite(points).all():
        raise InvalidInput("geometry.broken")
    return shapely.force_2d(form)


def outline(form: BaseGeometry, system: str) -> Outline:
    """The polygon in WGS84, mended where its ring crosses itself. Raises: geometry.outside, geometry.broken."""
    west, south, east, north = form.bounds
    if not (CHINA[0] < west and CHINA[1] < south and east < CHINA[2] and north < CHINA[3]):
        raise InvalidInput("geometry.outside")
    if system != "wgs84":
        form = moved(form, system)
    form = shapely.set_precision(form, PRECISION, mode="pointwise")
    if form.is_valid and area_m2(form) > 0:
        return Outline(form)
    sound = _areas(shapely.make_valid(form))
    size = area_m2(sound)
    if size <= 0:
        raise InvalidInput("geometry.broken")
    lost = abs(area_m2(shapely.convex_hull(form)) - size) / size
    return Outline(sound, mended=max(lost, 1e-9))


def moved(form: BaseGeometry, system: str) -> BaseGeometry:
    """The shape with its points moved from this system to WGS84."""

    def to_true(points: Any) -> Any:
        lng, lat = crs.to_wgs84(system, points[:, 0], points[:, 1])
        return np.column_stack([lng, lat])

    return shapely.transform(form, to_true)


def _areas(form: BaseGeometry) -> BaseGeometry:
    """Only the polygons of what mending left; lines and points are its waste."""
    parts = [part for part in shapely.get_parts(form) if part.geom_type in ("Polygon", "MultiPolygon")]
    return shapely.union_all(np.array(parts, dtype=object)) if parts else shapely.Polygon()


def as_geojson(form: BaseGeometry) -> dict[str, Any]:
    """The geometry as JSON keeps it."""
    found: dict[str, Any] = json.loads(json.dumps(mapping(form)))
    return found
