"""Outlines for the map as GeoJSON: what lies in a place, simplified for its size, kept until the territory changes.

Which colour a place has (open matters, alarms) a higher floor may say; it is laid over the kept outlines.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import shapely
from shapely.geometry import mapping, shape

from linli.records.ledgers.names import place_keys
from linli.territory import networks
from linli.territory.models import Boundary, Place, Revision

KEPT: Final = 60
MOST: Final = 20_000
# Degrees by which an outline may be off where many are shown at once: about one, three and eight metres.
TOLERANCES: Final = ((300, 0.0), (1500, 1e-5), (5000, 3e-5), (MOST, 8e-5))


@dataclass(frozen=True, slots=True)
class Load:
    """How a place is coloured and what is said of it: `tone` is green, yellow, orange or red."""

    place_id: int
    tone: str
    words: str = ""


Loads = Callable[[Sequence[int]], Iterable[Load]]
_loads: list[Loads] = []
_kept: OrderedDict[tuple[int, str, str], list[dict[str, Any]]] = OrderedDict()
_lock = threading.Lock()


def register_loads(provider: Loads) -> None:
    """Let a higher floor colour places; called when its app is ready."""
    if provider not in _loads:
        _loads.append(provider)


def stamp() -> int:
    """Which state of the territory this is."""
    return Revision.objects.values_list("stamp", flat=True).first() or 0


def outlines(within: Place, level: str = "") -> list[dict[str, Any]]:
    """The outlines of what lies in a place, as features with id, code, name, type and level.

    `level` is `community`, `grid` (the leaves), `overlay`, `compound`, `building` or a level of grids by its code;
    without one, the next thing that is drawn below the place: communities, else grids, else the place itself.
    """
    key = (stamp(), within.path, level)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    found = _features(within, level)
    with _lock:
        _kept[key] = found
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return found


def loads(place_ids: Sequence[int]) -> Mapping[int, Load]:
    """How these places are coloured now; the last provider that speaks of a place decides."""
    return {load.place_id: load for provider in _loads for load in provider(place_ids)}


def document(features: list[dict[str, Any]], urls: Callable[[int], str] | None) -> dict[str, Any]:
    """The features as one GeoJSON document, with colours, and addresses where the viewer may follow them."""
    coloured = loads([feature["id"] for feature in features]) if urls else {}
    return {
        "type": "FeatureCollection",
        "features": [
            {**feature, "properties": {**feature["properties"], **_more(feature["id"], coloured, urls)}}
            for feature in features
        ],
    }


def _more(pk: int, coloured: Mapping[int, Load], urls: Callable[[int], str] | None) -> dict[str, str]:
    if urls is None:
        return {}
    load = coloured.get(pk)
    return {"url": urls(pk), **({"tone": load.tone, "load": load.words} if load else {})}


def _features(within: Place, level: str) -> list[dict[str, Any]]:
    rows = Boundary.objects.filter(until=None, place__until=None, place__path__startswith=within.path).select_related(
        "place"
    )
    drawn = list(rows.order_by("place_id")[:MOST])
    chosen = _of_level(drawn, within, level)
    forms = [shape(row.geometry) for row in chosen]
    off = next((tolerance for most, tolerance in TOLERANCES if len(forms) <= most), TOLERANCES[-1][1])
    return [
        {
            "type": "Feature",
            "id": row.place_id,
            "geometry": mapping(shapely.set_precision(shapely.simplify(form, off) if off else form, 1e-6)),
            "properties": {
                "id": row.place_id,
                "code": row.place.code,
                "name": short_name(row.place.name),
                "type": row.place.type,
                "level": row.place.level,
                "kind": row.place.kind,
            },
        }
        for row, form in zip(chosen, forms, strict=True)
    ]


def _of_level(drawn: list[Boundary], within: Place, level: str) -> list[Boundary]:
    overlays = networks.overlay_kinds()
    uppers = {row.place.upper_id for row in drawn}
    groups: dict[str, list[Boundary]] = {}
    for row in drawn:
        place = row.place
        groups.setdefault(_group(place, overlays, place.pk in uppers), []).append(row)
        if place.type == Place.Type.GRID:
            groups.setdefault(f"level {place.level}", []).append(row)
    if level:
        return groups.get(level) or groups.get(f"level {level}", [])
    return _next(drawn, within, groups)


def _next(drawn: list[Boundary], within: Place, groups: Mapping[str, list[Boundary]]) -> list[Boundary]:
    """The next thing that is drawn below a place."""
    lower = [row for row in drawn if row.place.upper_id == within.pk]
    communities = [row for row in groups.get("community", []) if row.place_id != within.pk]
    ids = {row.place_id for row in drawn}
    base = groups.get("grid_upper", []) + groups.get("grid", [])
    widest = [row for row in base if row.place_id != within.pk and row.place.upper_id not in ids]
    inner = lower or communities or widest or groups.get("compound", []) + groups.get("building", [])
    return inner or [row for row in drawn if row.place_id == within.pk]


def short_name(name: str) -> str:
    """A community's name as people say it, without the committee that runs it; a map has little room."""
    keys = place_keys(name)
    return keys[1] if len(keys) > 1 and len(keys[1]) < len(name) and keys[1].endswith(("社区", "村")) else name


def _group(place: Place, overlays: frozenset[str], has_lower: bool) -> str:
    if place.type == Place.Type.DIVISION:
        return "community" if place.community_id == place.pk else "division"
    if place.type != Place.Type.GRID:
        return place.type
    if networks.network_of(place.kind, place.extra, overlays) == "overlay":
        return "overlay" if place.upper_id is None else "overlay_lower"
    return "grid_upper" if has_lower else "grid"
