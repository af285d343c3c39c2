"""The network of streets as arrays: junctions, the stretches between them, and the points beside them that are tied.

A point lies beside the stretch nearest to it. Tying cuts that stretch in two, so that all walking is from node to node.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
RADIUS_M: Final = 6_371_008.8
# Points nearer to one another than this are one junction, in degrees and in metres.
DECIMALS: Final = 7
TOUCH_M: Final = 0.01


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file: its points (longitude, latitude), and whether it is walked in their order only."""

    points: Sequence[tuple[float, float]]
    oneway: bool = False


@dataclass(frozen=True, slots=True)
class Network:
    """Junctions in degrees; each stretch leads from one to another, is so many metres long, and may be one-way."""

    points: Floats
    starts: Ints
    ends: Ints
    metres: Floats
    oneway: Flags

    @property
    def size(self) -> int:
        """How many junctions there are."""
        return len(self.points)


@dataclass(frozen=True, slots=True)
class Tied:
    """Where points lie beside the network: the stretch, how far along it, and how far from it; NaN where too far."""

    stretch: Ints
    along: Floats
    gap: Floats

    @property
    def near(self) -> Flags:
        """Which points are near enough to a street."""
        return np.isfinite(self.gap)


@dataclass(frozen=True, slots=True)
class Paths:
    """All that can be walked, from node to node: junctions first, then the points at which homes and facilities lie."""

    points: Floats
    starts: Ints
    ends: Ints
    metres: Floats
    nodes: Ints
    gaps: Floats


def joined(lines: Sequence[Line]) -> Network:
    """The network of lines: they meet where they share a point."""
    counts = np.array([len(line.points) for line in lines], dtype=np.int64)
    if not counts.sum():
        return Network(np.empty((0, 2)), *(np.empty(0, dtype=np.int64),) * 2, np.empty(0), np.empty(0, dtype=bool))
    raw = np.round(np.array([point for line in lines for point in line.points], dtype=np.float64), DECIMALS)
    points, where = np.unique(raw, axis=0, return_inverse=True)
    where = where.reshape(-1).astype(np.int64)
    line = np.repeat(np.arange(len(lines)), counts)
    within = line[1:] == line[:-1]
    starts, ends = where[:-1][within], where[1:][within]
    oneway = np.array([item.oneway for item in lines], dtype=bool)[line[:-1][within]]
    real = starts != ends
    starts, ends, oneway = starts[real], ends[real], oneway[real]
    # What is walked both ways has its junctions in one order, so that it is found twice only once.
    turned = ~oneway & (starts > ends)
    starts, ends = np.where(turned, ends, starts), np.where(turned, starts, ends)
    kept = np.unique(np.column_stack([starts, ends, oneway]), axis=0)
    starts, ends = kept[:, 0].astype(np.int64), kept[:, 1].astype(np.int64)
    used, where = np.unique(np.concatenate([starts, ends]), return_inverse=True)
    where = where.reshape(-1).astype(np.int64)
    points, starts, ends = points[used], where[: len(starts)], where[len(starts) :]
    metres = np.maximum(apart(points[starts], points[ends]), TOUCH_M)
    return Network(points, starts, ends, metres, kept[:, 2].astype(bool))


def apart(one: Floats, other: Floats) -> Floats:
    """Metres between points, in a straight line over the ground."""
    a, b = np.radians(one), np.radians(other)
    half = np.sin((b - a) / 2) ** 2
    found: Floats = 2 * RADIUS_M * np.arcsin(np.sqrt(half[:, 1] + np.cos(a[:, 1]) * np.cos(b[:, 1]) * half[:, 0]))
    return found


def tie(network: Network, points: Floats, most_m: float) -> Tied:
    """The stretch nearest to each point, unless it is further away than `most_m`."""
    if not len(points) or not len(network.starts):
        nothing = np.zeros(len(points), dtype=np.int64)
        return Tied(nothing, np.zeros(len(points)), np.full(len(points), np.nan))
    middle = network.points.mean(axis=0)
    flat, beside = _flat(network.points, middle), _flat(points, middle)
    forms = shapely.linestrings(np.stack([flat[network.starts], flat[network.ends]], axis=1))
    marks = shapely.points(beside)
    stretch = shapely.STRtree(forms).nearest(marks).astype(np.int64)
    nearest = forms[stretch]
    gap = shapely.distance(marks, nearest)
    share = shapely.line_locate_point(nearest, marks, normalized=True)
    return Tied(stretch, share * network.metres[stretch], np.where(gap <= most_m, gap, np.nan))


def paths(network: Network, tied: Tied) -> Paths:
    """Cut the stretches where points are tied to them. Of a point that is tied to nothing the node is -1."""
    near = np.flatnonzero(tied.near)
    stretch, along = tied.stretch[near], np.round(tied.along[near], 3)
    length = network.metres[stretch]
    nodes = np.full(len(tied.gap), -1, dtype=np.int64)
    first, last = along <= TOUCH_M, along >= length - TOUCH_M
    nodes[near[first]] = network.starts[stretch[first]]
    nodes[near[last & ~first]] = network.ends[stretch[last & ~first]]
    inner = near[~first & ~last]
    cuts, which = np.unique(
        np.column_stack([tied.stretch[inner], np.round(tied.along[inner], 3)]), axis=0, return_inverse=True
    )
    nodes[inner] = network.size + which.reshape(-1)
    edge, at = cuts[:, 0].astype(np.int64), cuts[:, 1]
    cut = np.unique(edge)
    whole = np.setdiff1d(np.arange(len(network.starts)), cut, assume_unique=True)
    # The beginning, the cuts and the end of each stretch that is cut, in the order in which one comes by them.
    marks = np.concatenate([edge, cut, cut])
    places = np.concatenate([at, np.zeros(len(cut)), network.metres[cut]])
    ids = np.concatenate([network.size + np.arange(len(edge)), network.starts[cut], network.ends[cut]])
    order = np.lexsort((places, marks))
    marks, places, ids = marks[order], places[order], ids[order]
    same = marks[1:] == marks[:-1]
    starts = np.concatenate([network.starts[whole], ids[:-1][same]])
    ends = np.concatenate([network.ends[whole], ids[1:][same]])
    metres = np.concatenate([network.metres[whole], np.diff(places)[same]])
    back = np.concatenate([~network.oneway[whole], ~network.oneway[marks[:-1][same]]])
    share = (at / network.metres[edge])[:, None] if len(edge) else np.empty((0, 1))
    between = network.points[network.starts[edge]] * (1 - share) + network.points[network.ends[edge]] * share
    return Paths(
        np.concatenate([network.points, between]),
        np.concatenate([starts, ends[back]]),
        np.concatenate([ends, starts[back]]),
        np.concatenate([metres, metres[back]]),
        nodes,
        tied.gap,
    )


def parts(network: Network) -> Ints:
    """To which connected part each junction belongs, the part with most junctions being 0."""
    from scipy.sparse import csgraph  # slow to load, and needed only where streets are looked at

    count, labels = csgraph.connected_components(
        matrix(network.starts, network.ends, network.metres, network.size), directed=False
    )
    rank = np.empty(count, dtype=np.int64)
    rank[np.argsort(-np.bincount(labels, minlength=count), kind="stable")] = np.arange(count)
    return rank[labels] if network.size else np.empty(0, dtype=np.int64)


def matrix(starts: Ints, ends: Ints, metres: Floats, size: int) -> Any:
    """Stretches as a sparse matrix; of two between the same nodes the shorter, which adding would lose."""
    from scipy.sparse import csr_array

    order = np.lexsort((metres, ends, starts))
    starts, ends, metres = starts[order], ends[order], metres[order]
    new = np.ones(len(starts), dtype=bool)
    new[1:] = (starts[1:] != starts[:-1]) | (ends[1:] != ends[:-1])
    return csr_array((metres[new], (starts[new], ends[new])), shape=(size, size))


def packed(network: Network) -> bytes:
    """The network as it is kept in one field."""
    held = io.BytesIO()
    values = {name: getattr(network, name) for name in ("starts", "ends", "metres", "oneway")}
    np.savez_compressed(held, points=network.points, **values)
    return held.getvalue()


def unpacked(content: bytes) -> Network:
    """The network that was kept."""
    with np.load(io.BytesIO(content), allow_pickle=False) as held:
        return Network(*(held[name] for name in ("points", "starts", "ends", "metres", "oneway")))


def _flat(points: Floats, middle: Floats) -> Floats:
    """Degrees as metres on a plane around the middle: near enough to find the nearest street."""
    scale = np.radians(1.0) * RADIUS_M
    found: Floats = (points - middle) * np.array([scale * np.cos(np.radians(middle[1])), scale])
    return found
