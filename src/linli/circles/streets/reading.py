"""Streets from a file: GeoJSON lines, or the XML of OpenStreetMap. What is no street for walkers is left out.

People walk both ways along a street that is one-way for cars. One-way for walkers is what says `oneway:foot`, and
footways and steps that say `oneway`.
"""

import io
import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from lxml import etree

from linli.circles.streets.network import Line
from linli.core.errors import InvalidInput
from linli.territory.geometry.outlines import properties_of, said_system

LIMIT_MB: Final = 60
POINTS: Final = 400_000
SHOWN: Final = 5
YES: Final = ("yes", "true", "1")
NO: Final = ("no", "false", "0", "private")
FOR_WALKERS: Final = ("footway", "path", "steps", "pedestrian", "corridor", "elevator")
# Nobody walks along these, unless the map says that one may.
FOR_CARS: Final = ("motorway", "motorway_link", "trunk_link", "construction", "proposed", "raceway", "razed")


def lines_of(name: str, content: bytes) -> tuple[list[Line], str]:
    """The lines of a file along which one may walk, and the system of coordinates that it names, if any.

    Raises: file.too_large, streets.not_a_file, streets.not_lines, streets.bad_point, streets.too_many, streets.empty,
    crs.unknown
    """
    if len(content) > LIMIT_MB << 20:
        text = _("%(name)s is larger than %(limit)s MB: cut it down to the place and its surroundings.")
        raise InvalidInput("file.too_large", text, name=name, limit=LIMIT_MB)
    if content.lstrip()[:1] == b"<":
        lines, said = list(_osm(name, content)), ""
    else:
        document = _document(name, content)
        lines, said = list(_geojson(name, document["features"])), said_system(document, document["features"])
    points = sum(len(line.points) for line in lines)
    if points > POINTS:
        text = _("%(name)s has %(points)s points, more than %(limit)s: cut it down to the place and its surroundings.")
        raise InvalidInput("streets.too_many", text, name=name, points=points, limit=POINTS)
    if not lines:
        raise InvalidInput("streets.empty", _("There is no street in %(name)s along which one may walk."), name=name)
    return lines, said


def walked(tags: Mapping[str, Any]) -> bool:
    """Whether people walk along what has these tags."""
    foot, highway = _word(tags, "foot"), _word(tags, "highway")
    if foot in NO:
        return False
    return bool(foot) or (highway not in FOR_CARS and _word(tags, "access") not in NO)


def oneway(tags: Mapping[str, Any]) -> int:
    """1 where walkers go forward only, -1 where backward only, else 0."""
    said = _word(tags, "oneway:foot") or _word(tags, "oneway_foot")
    if not said and _word(tags, "highway") in FOR_WALKERS:
        said = _word(tags, "oneway")
    return 1 if said in YES else -1 if said == "-1" else 0


def _word(tags: Mapping[str, Any], name: str) -> str:
    return str(tags.get(name) if tags.get(name) is not None else "").strip().lower()


def _line(points: list[tuple[float, float]], tags: Mapping[str, Any]) -> Line:
    way = oneway(tags)
    return Line(points[::-1] if way < 0 else points, oneway=way != 0)


def _geojson(name: str, features: list[Any]) -> Iterator[Line]:
    others: list[str] = []
    for number, feature in enumerate(features, 1):
        geometry = feature.get("geometry")
        geometry = geometry if isinstance(geometry, dict) else {}
        kind, given, tags = geometry.get("type"), geometry.get("coordinates"), properties_of(feature)
        if kind not in ("LineString", "MultiLineString"):
            others.append(f"{number} ({kind or '?'})")
            continue
        for stretch in [given] if kind == "LineString" else given if isinstance(given, list) else [None]:
            points = _points(name, number, stretch)
            if walked(tags):
                yield _line(points, tags)
    if others:
        text = _("Only lines are streets; in %(name)s these are none: %(others)s. Take them out and hand it in again.")
        raise InvalidInput("streets.not_lines", text, name=name, others=_few(others), count=len(others))


def _few(items: list[str]) -> str:
    return "、".join(items[:SHOWN]) + (" …" if len(items) > SHOWN else "")


def _document(name: str, content: bytes) -> dict[str, Any]:
    try:
        document = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise _not_a_file(name, str(error)) from error
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or document.get("type") != "FeatureCollection":
        raise _not_a_file(name, "type: FeatureCollection?")
    return {**document, "features": [item if isinstance(item, dict) else {} for item in features]}


def _points(name: str, number: int, given: Any) -> list[tuple[float, float]]:
    try:
        points = [(float(point[0]), float(point[1])) for point in given]
    except (TypeError, ValueError, IndexError, KeyError) as error:
        raise _bad_point(name, f"{number}") from error
    if len(points) < 2 or not all(-180 <= lng <= 180 and -90 <= lat <= 90 for lng, lat in points):
        raise _bad_point(name, f"{number}")
    return points


def _osm(name: str, content: bytes) -> Iterator[Line]:
    """The ways of an extract that have a kind of street; entities and everything from elsewhere are not read."""
    nodes: dict[str, tuple[float, float]] = {}
    try:
        for _event, item in etree.iterparse(
            io.BytesIO(content), tag=("node", "way"), resolve_entities=False, no_network=True, load_dtd=False
        ):
            if item.tag == "node":
                nodes[item.get("id", "")] = _place(name, item)
            else:
                yield from _way(name, item, nodes)
            item.clear()
    except etree.XMLSyntaxError as error:
        raise _not_a_file(name, str(error)) from error


def _place(name: str, item: Any) -> tuple[float, float]:
    try:
        lng, lat = float(item.get("lon")), float(item.get("lat"))
    except (TypeError, ValueError) as error:
        raise _bad_point(name, item.get("id", "?")) from error
    if not (-180 <= lng <= 180 and -90 <= lat <= 90):
        raise _bad_point(name, item.get("id", "?"))
    return lng, lat


def _way(name: str, item: Any, nodes: Mapping[str, tuple[float, float]]) -> Iterator[Line]:
    tags = {tag.get("k"): tag.get("v") for tag in item.iterfind("tag")}
    if "highway" not in tags or not walked(tags):
        return
    # An extract may end in the middle of a way: what lies outside of it has no place in the file.
    run: list[tuple[float, float]] = []
    for ref in (node.get("ref") for node in item.iterfind("nd")):
        if ref in nodes:
            run.append(nodes[ref])
            continue
        if len(run) > 1:
            yield _line(run, tags)
        run = []
    if len(run) > 1:
        yield _line(run, tags)


def _not_a_file(name: str, reason: str) -> InvalidInput:
    text = _("%(name)s is neither GeoJSON nor an extract of OpenStreetMap as XML (%(reason)s).")
    return InvalidInput("streets.not_a_file", text, name=name, reason=reason[:200])


def _bad_point(name: str, number: str) -> InvalidInput:
    text = _(
        "Line %(number)s of %(name)s has a point without degrees of longitude and latitude, or fewer than two points:"
        " save the file as WGS84 (EPSG:4326), longitude first."
    )
    return InvalidInput("streets.bad_point", text, name=name, number=number)
