"""Where a point lies: the chain of grids, community, street and county, from an index in the memory of the process.

The index is read anew within a second of any change, whichever process made it. Shapes are in geometry/.
"""

import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import numpy as np
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray
from shapely.geometry import shape

from linli.core.errors import InvalidInput
from linli.territory import networks
from linli.territory.geometry import crs as systems
from linli.territory.geometry.layers import Layer
from linli.territory.models import Boundary, Place, Revision

Crs = Literal["wgs84", "gcj02", "bd09"]
CHECK_EVERY: Final = 1.0
REMEMBERED: Final = 200_000
GROUPS: Final = {6: "county", 9: "street", 12: "community"}
LAYERS: Final = (
    "base",
    "base_upper",
    "overlay",
    "overlay_upper",
    "compound",
    "building",
    "community",
    "street",
    "county",
)


@dataclass(frozen=True, slots=True)
class Step:
    """One place of a chain."""

    id: int
    type: str
    level: str
    code: str
    name: str

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {"id": self.id, "type": self.type, "level": self.level, "code": self.code, "name": self.name}


@dataclass(frozen=True, slots=True)
class Chain:
    """Every place that holds a point. `grids` and `overlays` go from the widest grid down to the leaf."""

    grids: tuple[Step, ...] = ()
    overlays: tuple[Step, ...] = ()
    building: Step | None = None
    compound: Step | None = None
    community: Step | None = None
    street: Step | None = None
    county: Step | None = None

    @property
    def leaf(self) -> Step | None:
        """The smallest grid of the base network, else of the one that lies over it."""
        grids = self.grids or self.overlays
        return grids[-1] if grids else None

    @property
    def steps(self) -> tuple[Step, ...]:
        """All of them, the smallest first."""
        single = (self.community, self.street, self.county)
        inner = (self.building, self.compound)
        grids = (*reversed(self.overlays), *reversed(self.grids))
        return tuple(step for step in (*inner, *grids, *single) if step is not None)

    @property
    def place_id(self) -> int | None:
        """The place a record at this point belongs to: the leaf grid, else the smallest place there is."""
        leaf = self.leaf
        return leaf.id if leaf else next((step.id for step in self.steps), None)


@dataclass(frozen=True, slots=True)
class Node:
    """What the index keeps of a place."""

    step: Step
    upper: int | None
    above: dict[str, int | None]
    network: str


@dataclass(slots=True)
class Atlas:
    """The index of one revision of the territory."""

    stamp: int
    nodes: dict[int, Node]
    layers: dict[str, tuple[Layer, list[int]]]
    ids: dict[str, NDArray[np.int64]]
    chains: dict[tuple[int, ...], Chain] = field(default_factory=dict)

    def chain(self, lng: float, lat: float) -> Chain:
        """The chain at a point in WGS84."""
        key: tuple[int, ...] = (
            self._first(lng, lat, "base", "base_upper"),
            self._first(lng, lat, "overlay", "overlay_upper"),
            self._first(lng, lat, "compound"),
            self._first(lng, lat, "building"),
        )
        if not key[0]:
            key = (*key, self._first(lng, lat, "community", "street", "county"))
        found = self.chains.get(key)
        if found is None:
            if len(self.chains) > REMEMBERED:
                self.chains.clear()
            found = self.chains[key] = self._made(*key)
        return found

    def leaves(self, lng: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.int64]:
        """The id of the leaf grid that holds each point in WGS84, 0 where there is none."""
        found = np.zeros(lng.shape, dtype=np.int64)
        for name in ("base", "base_upper", "overlay", "overlay_upper"):
            layer, ids = self.layers[name][0], self.ids[name]
            rest = np.flatnonzero(found == 0) if found.any() else slice(None)
            if layer.size and found[rest].size:
                found[rest] = ids[layer.locate_many(lng[rest], lat[rest])]
        return found

    def _first(self, lng: float, lat: float, *names: str) -> int:
        """The place of the first layer that holds the point, 0 where none does."""
        for name in names:
            layer, ids = self.layers[name]
            position = layer.locate(lng, lat)
            if position >= 0:
                return ids[position]
        return 0

    def _made(self, base: int, overlay: int, compound: int, building: int, division: int = 0) -> Chain:
        held = self.nodes.get(base or division or building or compound or overlay)
        above = held.above if held else {}
        lies_in = self.nodes.get(building or base)
        return Chain(
            grids=self._upwards(base),
            overlays=self._upwards(overlay),
            building=self._step(building),
            compound=self._step(compound or (lies_in.above["compound"] if lies_in else None)),
            community=self._step(above.get("community")),
            street=self._step(above.get("street")),
            county=self._step(above.get("county")),
        )

    def _step(self, place_id: int | None) -> Step | None:
        node = self.nodes.get(place_id or 0)
        return node.step if node else None

    def _upwards(self, place_id: int) -> tuple[Step, ...]:
        steps: list[Step] = []
        node = self.nodes.get(place_id)
        # A profile may have any number of levels; a ring in the data must not hang us.
        while node is not None and len(steps) < 20:
            steps.insert(0, node.step)
            node = self.nodes.get(node.upper or 0)
        return tuple(steps)


class _Shared:
    """The atlas of this process, and when somebody last looked whether it is still right."""

    atlas: Atlas | None = None
    looked: float = 0.0
    lock = threading.Lock()


def atlas() -> Atlas:
    """The index, read anew when the territory has changed since; asked at most once a second."""
    held = _Shared.atlas
    now = time.monotonic()
    if held is not None and now - _Shared.looked < CHECK_EVERY:
        return held
    stamp = Revision.objects.values_list("stamp", flat=True).first() or 0
    if held is not None and held.stamp == stamp:
        _Shared.looked = now
        return held
    # While one thread reads anew, the others go on with what they have.
    if not _Shared.lock.acquire(blocking=held is None):
        assert held is not None
        return held
    try:
        _Shared.atlas = fresh = _read(stamp)
        _Shared.looked = now
    finally:
        _Shared.lock.release()
    return fresh


def refresh() -> None:
    """Forget the index, so that the next question reads it anew at once."""
    _Shared.atlas = None


def locate(lng: float, lat: float, crs: str = "wgs84") -> Chain:
    """The chain of places at a point. Raises: crs.unknown, point.impossible."""
    if not (-180.0 <= lng <= 180.0 and -90.0 <= lat <= 90.0):
        raise InvalidInput("point.impossible", _("There is no point at %(lng)s, %(lat)s."), lng=lng, lat=lat)
    if crs != "wgs84":
        east, north = systems.to_wgs84(crs, [lng], [lat])
        lng, lat = float(east[0]), float(north[0])
    return atlas().chain(lng, lat)


def locate_many(lngs: Any, lats: Any, crs: str = "wgs84") -> NDArray[np.int64]:
    """The id of the leaf grid at each point, 0 where there is none. Raises: crs.unknown."""
    east, north = systems.to_wgs84(crs, lngs, lats)
    return atlas().leaves(east, north)


def _read(stamp: int) -> Atlas:
    nodes = _nodes()
    shapes: dict[str, list[tuple[int, Any]]] = {name: [] for name in LAYERS}
    drawn = [
        (place_id, geometry)
        for place_id, geometry in Boundary.objects.filter(until=None)
        .order_by("place_id")
        .values_list("place_id", "geometry")
        .iterator(2000)
        if place_id in nodes
    ]
    uppers = {nodes[place_id].upper for place_id, _geometry in drawn}
    for place_id, geometry in drawn:
        name = _layer_of(nodes[place_id], place_id in uppers)
        if name in shapes:
            shapes[name].append((place_id, shape(geometry)))
    layers = {name: _layer(pairs) for name, pairs in shapes.items()}
    # The last place answers for position -1: nowhere.
    ids = {name: np.array([*held, 0], dtype=np.int64) for name, (_layer_, held) in layers.items()}
    return Atlas(stamp, nodes, layers, ids)


def _layer(pairs: Iterable[tuple[int, Any]]) -> tuple[Layer, list[int]]:
    held = list(pairs)
    return Layer([form for _place_id, form in held]), [place_id for place_id, _form in held]


def _layer_of(node: Node, has_lower: bool) -> str:
    if node.step.type == Place.Type.GRID:
        return f"{node.network}_upper" if has_lower else node.network
    if node.step.type == Place.Type.DIVISION:
        return GROUPS.get(len(node.step.code), "")
    return node.step.type


def _nodes() -> dict[int, Node]:
    overlays = networks.overlay_kinds()
    above = ("county_id", "street_id", "community_id", "compound_id")
    rows = Place.objects.filter(until=None, placeholder=False).values_list(
        "id", "type", "level", "code", "name", "upper_id", "kind", "extra", *above
    )
    return {
        pk: Node(
            Step(pk, kind, level, code, name),
            upper,
            dict(zip(("county", "street", "community", "compound"), ancestors, strict=True)),
            networks.network_of(word, extra, overlays),
        )
        for pk, kind, level, code, name, upper, word, extra, *ancestors in rows.iterator(5000)
    }
