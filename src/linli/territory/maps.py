"""The one map: outlines as GeoJSON, simplified for their size and kept until the territory changes; the same as rows.

How much is open at a place a higher floor says; it is laid over the kept outlines.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import shapely
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from shapely.geometry import mapping, shape

from linli.core.actors import Actor
from linli.records.ledgers.names import place_keys
from linli.territory import networks, queries
from linli.territory.models import Boundary, Place, Revision
from linli.territory.queries import Answerer

KEPT: Final = 60
MOST: Final = 20_000
# Degrees by which an outline may be off where many are shown at once: about one, three and eight metres.
TOLERANCES: Final = ((300, 0.0), (1500, 1e-5), (5000, 3e-5), (MOST, 8e-5))


# From how many overdue matters on a place has a colour, and what the legend says of it.
LEGEND: Final = (
    ("red", 10, _("10 or more overdue")),
    ("orange", 3, _("3 to 9 overdue")),
    ("yellow", 1, _("1 or 2 overdue")),
    ("green", 0, _("nothing overdue")),
)
ROWS: Final = 100


@dataclass(frozen=True, slots=True)
class Load:
    """How much is open at a place and how much of it is overdue; `url` leads to it."""

    place_id: int
    open: int
    overdue: int = 0
    url: str = ""

    @property
    def tone(self) -> str:
        """The colour: green, yellow, orange or red."""
        return next(tone for tone, least, _words in LEGEND if self.overdue >= least)

    @property
    def words(self) -> str:
        """What stands under the name, so that nothing is said by colour alone."""
        if not self.open:
            return ""
        facts = {"open": self.open, "overdue": self.overdue}
        return (gettext("%(open)s open, %(overdue)s overdue") if self.overdue else gettext("%(open)s open")) % facts


@dataclass(frozen=True, slots=True)
class Area:
    """One area of the map as a row: for the keyboard, screen readers and small screens."""

    place: Place
    load: Load | None
    answerers: list[Answerer]


@dataclass(frozen=True, slots=True)
class MapPage:
    """What stands beside the map: what lies above, the areas drawn, the load, and who answers, the nearest first.

    `elsewhere` is how many open matters here lie in none of the areas, so that the rows add up.
    """

    ancestors: list[Place]
    areas: list[Area]
    more: int
    load: Load | None
    answering: list[tuple[Place, list[Answerer]]]
    elsewhere: int = 0


Loads = Callable[[Sequence[int]], Iterable[Load]]
_loads: list[Loads] = []
_openers: set[str] = set()
_kept: OrderedDict[tuple[int, str, str], list[dict[str, Any]]] = OrderedDict()
_lock = threading.Lock()


def register_loads(provider: Loads, openers: Iterable[str] = ()) -> None:
    """Let a higher floor colour places; called when its app is ready. `openers` are abilities that open its lists."""
    if provider not in _loads:
        _loads.append(provider)
    _openers.update(openers)


def opens_loads(viewer: Actor) -> bool:
    """Whether the viewer may follow the numbers to what is counted; everybody who sees the map sees them."""
    return any(viewer.can(ability) for ability in _openers)


def has_loads() -> bool:
    """Whether anybody says how much is open, so that a legend makes sense."""
    return bool(_loads)


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
    """How much is open at these places now; the last provider that speaks of a place decides."""
    return {load.place_id: load for provider in _loads for load in provider(place_ids)}


def map_page(within: Place, level: str = "") -> MapPage:
    """The rows beside the map, most overdue first; a number of queries that does not grow with the areas."""
    ids = [feature["id"] for feature in outlines(within, level)]
    known = loads([*ids, within.pk])
    ids.sort(key=lambda pk: (-known[pk].overdue, -known[pk].open) if pk in known else (0, 0))
    shown = Place.objects.select_related("community").in_bulk(ids[:ROWS])
    ancestors = queries.on_the_way(within.path, within.pk)
    uppers = queries.on_the_way(within.grid_path, within.pk)
    near = [within, *reversed(uppers), *reversed(ancestors)]
    answers = queries.who_answers([*shown, *(place.pk for place in near)])
    inside = sum(known[pk].open for pk in ids if pk in known and pk != within.pk)
    own = known.get(within.pk)
    return MapPage(
        ancestors=ancestors,
        areas=[Area(shown[pk], known.get(pk), answers.get(pk, [])) for pk in ids[:ROWS] if pk in shown],
        more=max(0, len(ids) - ROWS),
        load=own,
        elsewhere=max(0, own.open - inside) if own and within.pk not in ids else 0,
        answering=[(place, answers[place.pk]) for place in near if answers.get(place.pk)][:3],
    )


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
