"""Boundaries from GeoJSON: stored in WGS84 with the system they came in, one current outline per place.

Reading and checking write nothing, so that the upload page can show what would happen first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from linli.core import journal
from linli.core.actors import Actor
from linli.core.bulk import change
from linli.core.errors import InvalidInput
from linli.records.importing.report import FileReport, Remark
from linli.territory import coverage
from linli.territory.geometry import outlines
from linli.territory.geometry.crs import NAMES
from linli.territory.geometry.detection import detect
from linli.territory.models import Boundary, Place
from linli.territory.naming import FeatureIndex
from linli.territory.operations.revisions import revision_mark
from linli.territory.policies import require_import

SENTENCES: dict[str, Any] = {
    "geometry.broken": _(
        "“%(value)s” has no outline that can be used: it is empty, has too few points, or no numbers where they belong."
    ),
    "geometry.not_an_area": _("“%(value)s” is not drawn as an area but as a point or a line."),
    "geometry.outside": _("The outline of “%(value)s” lies outside China; write degrees, longitude first."),
    "geometry.too_long": _("The outline of “%(value)s” has too many points."),
    "geometry.mended": _("The outline of “%(value)s” crosses itself; it was mended. Look at it on the map."),
    "crs.mismatch": _(
        "The file says %(said)s, but its outlines lie where they belong only as %(taken)s; taken as %(taken)s."
    ),
}
# Where the file itself says nothing of its system.
UNSAID: Any = _(
    "The file names no system of coordinates; its outlines lie where they belong only as %(taken)s; taken as %(taken)s."
)


@dataclass(slots=True)
class Reading:
    """What a file of boundaries holds: outlines by place, and what is wrong with the others."""

    report: FileReport
    system: str = "wgs84"
    wanted: dict[int, tuple[Place, BaseGeometry]] = field(default_factory=dict)


def boundaries_import(*, actor: Actor, path: Path, as_of: date, dry: bool = False, name: str = "") -> FileReport:
    """Bring in the outlines of places that exist; gaps and overlaps afterwards are warnings.

    A feature names its place by `code`, else by `name` within its `parent`. `name` is what the office called the file,
    where it is kept under another name.
    Raises: file.not_geojson, crs.unknown, place.not_yours.
    """
    report = boundaries_land(actor=actor, path=path, as_of=as_of, dry=dry, name=name)
    boundaries_check([report], dry)
    return report


def boundaries_land(*, actor: Actor, path: Path, as_of: date, dry: bool, name: str = "") -> FileReport:
    """Bring in one file of several, whose coverage is checked when all are there."""
    reading = boundaries_read(name or path.name, path.read_bytes())
    require_import(actor, (place for place, _form in reading.wanted.values()))
    reading.report.brought = {pk: form for pk, (_place, form) in reading.wanted.items()}
    if not dry:
        boundaries_store(actor=actor, reading=reading, as_of=as_of)
    return reading.report


def boundaries_check(reports: Sequence[FileReport], dry: bool) -> None:
    """Look at the coverage once, with what all files have brought; each is told the faults at its own places."""
    drawn = {pk: form for report in reports for pk, form in report.brought.items()}
    found = coverage.findings(drawn=drawn if dry else None) if drawn else []
    for report in reports:
        report.warnings += coverage.remarks(report.brought, found)


def boundaries_read(name: str, content: bytes) -> Reading:
    """Match the features of a file to places and move them to WGS84; writes nothing."""
    document, features = outlines.features_of(name, content)
    reading = Reading(FileReport(name, ["boundary"], rows=len(features)))
    said = outlines.said_system(document, features)
    found = _matched(reading.report, features)
    reading.system = _system(reading.report, found, said)
    for number, (place, raw) in found.items():
        try:
            made = outlines.outline(raw, reading.system)
        except InvalidInput as error:
            _refuse(reading.report, number, error.code, place.name)
            continue
        if made.mended:
            _warn(reading.report, number, "geometry.mended", value=place.name)
        reading.wanted[place.pk] = (place, made.form)
    return reading


def _matched(report: FileReport, features: list[dict[str, Any]]) -> dict[int, tuple[Place, BaseGeometry]]:
    """The place and the outline as it stands in the file, by the feature's number; the others are refused."""
    index = FeatureIndex()
    found: dict[int, tuple[Place, BaseGeometry]] = {}
    first: dict[int, int] = {}
    for number, feature in enumerate(features, start=1):
        properties = outlines.properties_of(feature)
        called = str(properties.get("name") or properties.get("code") or "")[:120]
        place = index.place_of(properties)
        if isinstance(place, str):
            facts = {"value": called, "nearest": "-"}
            report.rejected.append(Remark("", number, "code", place, facts))
        elif place.pk in first:
            again = {"earlier": first[place.pk], "value": called}
            report.rejected.append(Remark("", number, "code", "duplicate.record", again))
        else:
            try:
                found[number] = (place, outlines.raw_outline(feature))
                first[place.pk] = number
            except InvalidInput as error:
                _refuse(report, number, error.code, place.name)
    return found


def _system(report: FileReport, found: Mapping[int, tuple[Place, BaseGeometry]], said: str) -> str:
    """The system the outlines are in: what the file says, unless they fit clearly better in another."""
    held = _held_by([place for place, _raw in found.values()])
    pairs = [(raw, held[place.pk]) for place, raw in found.values() if place.pk in held]
    evidence = detect(pairs, said)
    if evidence is None or evidence.system == (said or "wgs84"):
        return said or "wgs84"
    facts = {"said": NAMES[said or "wgs84"], "taken": NAMES[evidence.system]}
    reason = str((SENTENCES["crs.mismatch"] if said else UNSAID) % facts)
    report.warnings.append(Remark("", None, "geometry", "crs.mismatch", {**facts, "reason": reason}))
    return evidence.system


def _held_by(places: list[Place]) -> dict[int, BaseGeometry]:
    """For each place the current outline of what holds it, else its own outline until now."""
    wanted = {pk for place in places for pk in _holders(place)}
    drawn = {row.place_id: shape(row.geometry) for row in Boundary.objects.filter(until=None, place_id__in=wanted)}
    found = {place.pk: [drawn[pk] for pk in _holders(place) if pk in drawn] for place in places}
    return {pk: forms[0] for pk, forms in found.items() if forms}


def _holders(place: Place) -> list[int]:
    above = (place.upper_id, place.compound_id, place.community_id, place.street_id, place.county_id)
    return [pk for pk in above if pk and pk != place.pk] + [place.pk]


def _refuse(report: FileReport, number: int | None, code: str, value: str) -> None:
    reason = str(SENTENCES[code]) % {"value": value}
    report.rejected.append(Remark("", number, "geometry", code, {"value": value, "reason": reason}))


def _warn(report: FileReport, number: int | None, code: str, **facts: str) -> None:
    reason = str(SENTENCES[code]) % facts
    report.warnings.append(Remark("", number, "geometry", code, {**facts, "reason": reason}))


@transaction.atomic
def boundaries_store(*, actor: Actor, reading: Reading, as_of: date) -> None:
    """Keep what was read from this day on; an outline that is no more true ends on it and stays as history."""
    report, wanted = reading.report, reading.wanted
    held = Boundary.objects.select_for_update().filter(place_id__in=wanted, until=None)
    current = {item.place_id: item for item in held}
    made: list[Boundary] = []
    ended: list[Boundary] = []
    for pk, (place, form) in wanted.items():
        geometry, before, since = outlines.as_geojson(form), current.get(pk), as_of
        if before is not None and before.geometry == geometry:
            report.unchanged += 1
            continue
        if before is not None:
            # A file may be older than what is drawn; history never runs backwards.
            since = before.until = max(as_of, before.since)
            ended.append(before)
            report.updated += 1
        else:
            report.created += 1
        made.append(Boundary(place=place, geometry=geometry, source_crs=reading.system, since=since))
        point = form.representative_point()
        place.lng, place.lat = round(point.x, 6), round(point.y, 6)
    change(Boundary, ended, ["until"])
    Boundary.objects.bulk_create(made, batch_size=1000)
    change(Place, [wanted[item.place_id][0] for item in made], ["lng", "lat"])
    if made:
        facts = {"file": report.file, "crs": reading.system}
        journal.write(actor, "boundary.import", None, facts=facts, count=len(made))
        revision_mark()
