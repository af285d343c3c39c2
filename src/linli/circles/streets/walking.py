"""How far it is from homes to facilities, and where one more would serve most who have none within a walk.

Distances are exact along the paths. Walking to a place and back may differ where paths are one-way: what counts is the
way from home.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from linli.circles.streets.network import RADIUS_M, Flags, Floats, Ints, Paths, matrix

# How many homes are walked from at a time: their distances to the nodes around them are held at once.
CHUNK: Final = 128
# Nothing is nearer along the streets than in a straight line, but for the rounding of positions.
MARGIN: Final = 1.01
NEVER: Final = np.inf
# Positions are known to the centimetre: so much more does not make a walk too long.
SLACK_M: Final = 0.02
# A stretch of no length would be taken for none.
LEAST_M: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Site:
    """A node at which one more facility would serve so many; -1 where it would serve nobody."""

    node: int
    gain: int


@dataclass(frozen=True, slots=True)
class Around:
    """The nodes within a walk of homes, home after home, with the metres that are left over there.

    Those of a home begin at its start and are so many; `size` is how many nodes there are in all.
    """

    starts: Ints
    counts: Ints
    nodes: Ints
    left: Floats
    size: int

    def best(self, homes: Ints, weights: Ints) -> Site:
        """The node within a walk of the most who live in these homes; of several that to which they walk least."""
        counts = self.counts[homes]
        if not counts.sum():
            return Site(-1, 0)
        first = np.repeat(self.starts[homes] - (np.cumsum(counts) - counts), counts)
        where = first + np.arange(len(first))
        nodes, living = self.nodes[where], np.repeat(np.asarray(weights, dtype=np.float64), counts)
        gains = np.bincount(nodes, weights=living, minlength=self.size)
        best = np.flatnonzero(gains == gains.max())
        left = np.bincount(nodes, weights=living * self.left[where], minlength=self.size)
        node = int(best[np.argmax(left[best])])
        return Site(node, round(float(gains[node]))) if gains[node] > 0 else Site(-1, 0)


def to_nearest(paths: Paths, homes: Ints, kinds: Sequence[Ints], most_m: float = NEVER) -> Floats:
    """Metres from each home to the nearest facility of each kind, row by kind; infinite where none is within
    `most_m` or a little more.

    Homes and facilities are positions among the tied points.
    """
    from scipy.sparse import csgraph

    size = len(paths.points)
    found = np.full((len(kinds), len(homes)), NEVER)
    tied = [kind[paths.nodes[kind] >= 0] for kind in kinds]
    if not any(len(kind) for kind in tied):
        return found
    # From a node of its own each kind walks backwards to all homes at once.
    origin = np.concatenate([np.full(len(kind), size + number) for number, kind in enumerate(tied)])
    facility = np.concatenate(tied).astype(np.int64)
    gaps = np.maximum(paths.gaps[facility], LEAST_M)
    graph = matrix(
        np.concatenate([paths.ends, origin]),
        np.concatenate([paths.starts, paths.nodes[facility]]),
        np.concatenate([paths.metres, gaps]),
        size + len(kinds),
    )
    metres = csgraph.dijkstra(graph, indices=np.arange(size, size + len(kinds)), limit=most_m + SLACK_M)
    near = paths.nodes[homes] >= 0
    found[:, near] = metres[:, paths.nodes[homes[near]]] + paths.gaps[homes[near]]
    return found


def around(paths: Paths, homes: Ints, most_m: float) -> Around:
    """Which nodes lie within a walk of each home.

    Homes near to one another are walked from together, over the part of the town that any of them could reach.
    """
    from scipy.sparse import csgraph

    graph = matrix(paths.starts, paths.ends, paths.metres, len(paths.points))
    starts, counts = np.zeros(len(homes), dtype=np.int64), np.zeros(len(homes), dtype=np.int64)
    nodes: list[Ints] = [np.empty(0, dtype=np.int64)]
    over: list[Floats] = [np.empty(0)]
    total = 0
    for chunk in _together(paths, homes, most_m):
        own = paths.nodes[homes[chunk]]
        part = _reachable(paths.points, own, most_m)
        metres = csgraph.dijkstra(graph[part][:, part], indices=np.searchsorted(part, own), limit=most_m + SLACK_M)
        left = (most_m - paths.gaps[homes[chunk]])[:, None] - metres
        row, column = np.nonzero(left >= -SLACK_M)
        counts[chunk] = np.bincount(row, minlength=len(chunk))
        starts[chunk] = total + np.cumsum(counts[chunk]) - counts[chunk]
        total += len(row)
        nodes.append(part[column])
        over.append(left[row, column])
    return Around(starts, counts, np.concatenate(nodes), np.concatenate(over), len(paths.points))


def _together(paths: Paths, homes: Ints, most_m: float) -> Iterator[Ints]:
    """The homes that lie beside a street, a few neighbours at a time."""
    near = np.flatnonzero(paths.nodes[homes] >= 0)
    if not len(near):
        return
    points = paths.points[paths.nodes[homes[near]]]
    cells = np.floor((points - points.min(axis=0)) / _degrees(points, max(most_m, 1.0))).astype(np.int64)
    order = np.lexsort((cells[:, 1], cells[:, 0]))
    cells = cells[order]
    for group in np.split(near[order], np.flatnonzero((cells[1:] != cells[:-1]).any(axis=1)) + 1):
        yield from (group[first : first + CHUNK] for first in range(0, len(group), CHUNK))


def _reachable(points: Floats, own: Ints, most_m: float) -> Ints:
    """The nodes that lie no further than a walk from a frame around these, in their order."""
    wide = _degrees(points[own], most_m * MARGIN + 1)
    low, high = points[own].min(axis=0) - wide, points[own].max(axis=0) + wide
    found: Ints = np.flatnonzero(((points >= low) & (points <= high)).all(axis=1))
    return found


def _degrees(points: Floats, metres: float) -> Floats:
    """How many degrees of longitude and latitude so many metres are around these points, at least."""
    high = np.radians(np.abs(points[:, 1]).max())
    degrees = np.degrees(metres / RADIUS_M)
    return np.array([degrees / max(np.cos(high), 0.01), degrees])


def within(metres: Floats, most_m: float) -> Flags:
    """Whether each of these distances is within a walk."""
    found: Flags = metres <= most_m + SLACK_M
    return found
