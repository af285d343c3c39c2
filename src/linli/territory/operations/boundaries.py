"""Boundaries from GeoJSON: stored in WGS84 with the system they came in, one current outline per place."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import shapely
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from linli.core import journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput
from linli.records.importing.report import FileReport, Remark
from linli.territory import coverage
from linli.territory.geometry import crs
from linli.territory.models import Boundary, Place


def boundaries_import(*, actor: Actor, path: Path, as_of: date, dry: bool = False) -> FileReport:
    """Bring in the outlines of places that exist; gaps and overlaps afterwards are warnings.

    A feature names its place by `code`, else by `name`. Raises: file.not_geojson, crs.unknown.
    """
    document = _document(path)
    features = document.get("features", [])
    report = FileReport(path.name, ["boundary"], rows=len(features))
    system = _system(document)
    places = _places()
    wanted: dict[int, tuple[Place, BaseGeometry]] = {}
    for number, feature in enumerate(features, start=1):
        place = _place_of(feature, places)
        if place is None:
            name = str((feature.get("properties") or {}).get("name", ""))
            report.rejected.append(Remark("", number, "code", "reference.unknown_place", {"value": name}))
            continue
        try:
            wanted[place.pk] = (place, _outline(feature, system))
        except (ValueError, shapely.errors.ShapelyError, TypeError, IndexError):
            report.rejected.append(Remark("", number, "geometry", "geometry.broken", {"value": place.name}))
    if not dry:
        _store(actor, report, wanted, as_of, system)
        report.warnings += coverage.remarks({pk for pk in wanted})
    return report


def _document(path: Path) -> dict[str, Any]:
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise InvalidInput(
            "file.not_geojson", _("%(name)s is not GeoJSON: %(reason)s"), name=path.name, reason=str(error)
        ) from error
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection":
        raise InvalidInput(
            "file.not_geojson", _("%(name)s holds no collection of features."), name=path.name, reason=""
        )
    return document


def _system(document: Mapping[str, Any]) -> str:
    """The coordinate system: what the file or its features say, else WGS84 as GeoJSON requires."""
    first = next(iter(document.get("features", [])), {}) or {}
    hints = [
        document.get("crs_hint"),
        (document.get("properties") or {}).get("crs_hint"),
        (first.get("properties") or {}).get("crs_hint"),
        (first.get("properties") or {}).get("crs"),
    ]
    named = (
        (document.get("crs") or {}).get("properties", {}).get("name")
        if isinstance(document.get("crs"), dict)
        else document.get("crs")
    )
    return next((crs.named(str(hint)) for hint in [*hints, named] if hint), "wgs84")


def _places() -> dict[str, Place]:
    found: dict[str, Place] = {}
    for place in Place.objects.filter(until=None).select_related("compound").order_by("-id"):
        for key in (*_spoken(place), place.name, place.code):
            if key:
                found[key] = place
    return found


def _spoken(place: Place) -> tuple[str, ...]:
    """A building as maps name it: with its compound, and without the compound's letter before the number."""
    if place.type != Place.Type.BUILDING or place.compound is None:
        return ()
    bare = place.name.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return (f"{place.compound.name}{place.name}", f"{place.compound.name}{bare}")


def _place_of(feature: Mapping[str, Any], places: Mapping[str, Place]) -> Place | None:
    properties = feature.get("properties") or {}
    keys = [str(properties[key]) for key in ("code", "name") if properties.get(key)]
    return next((places[key] for key in keys if key in places), None)


def _outline(feature: Mapping[str, Any], system: str) -> BaseGeometry:
    """The feature's polygon in WGS84, mended where its ring crosses itself."""
    form = shape(feature["geometry"])
    if form.geom_type not in ("Polygon", "MultiPolygon") or form.is_empty:
        raise ValueError("not a polygon")
    if system != "wgs84":
        form = shapely.transform(form, lambda points: _moved(points, system))
    if not form.is_valid:
        form = shapely.make_valid(form)
    west, south, east, north = form.bounds
    if not (70 < west and east < 140 and 3 < south and north < 55):
        raise ValueError("outside China")
    return form


def _moved(points: Any, system: str) -> Any:
    lng, lat = crs.to_wgs84(system, points[:, 0], points[:, 1])
    points = points.copy()
    points[:, 0], points[:, 1] = lng, lat
    return points


@transaction.atomic
def _store(
    actor: Actor,
    report: FileReport,
    wanted: Mapping[int, tuple[Place, BaseGeometry]],
    as_of: date,
    system: str,
) -> None:
    current = {item.place_id: item for item in Boundary.objects.filter(place_id__in=wanted, until=None)}
    made, ended = [], []
    for pk, (place, form) in wanted.items():
        geometry = json.loads(json.dumps(mapping(shapely.set_precision(form, 1e-7))))
        held = current.get(pk)
        if held is not None and held.geometry == geometry:
            report.unchanged += 1
            continue
        if held is not None:
            held.until = as_of
            ended.append(held)
            report.updated += 1
        else:
            report.created += 1
        made.append(Boundary(place=place, geometry=geometry, source_crs=system, since=as_of))
        point = form.representative_point()
        place.lng, place.lat = round(point.x, 6), round(point.y, 6)
    Boundary.objects.bulk_update(ended, ["until"], batch_size=1000)
    Boundary.objects.bulk_create(made, batch_size=1000)
    Place.objects.bulk_update([wanted[item.place_id][0] for item in made], ["lng", "lat"], batch_size=1000)
    if made:
        journal.write(
            actor, "boundary.import", None, facts={"file": report.file, "crs": system}, count=len(made)
        )
