"""How far it is from homes to facilities, and where one more would serve most who have none within a walk.

Distances are exact along the paths. Walking to a place and back may differ where paths are one-way: what counts is the
way from home.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from linli.circles.streets.network import Flags, Floats, Ints, Paths, matrix

# How many homes are walked from at a time: their distances to all nodes are held at once.
CHUNK: Final = 128
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
    """What lies within a walk of homes: row by home, column by node; `left` are the metres left there, plus one."""

    rows: Any
    left: Any

    def best(self, homes: Ints, weights: Ints) -> Site:
        """The node within a walk of the most who live in these homes; of several that to which they walk least."""
        if not len(homes) or not self.rows.nnz:
            return Site(-1, 0)
        living = np.asarray(weights, dtype=np.float64)
        gains = self.rows[homes].T @ living
        best = np.flatnonzero(gains == gains.max())
        if not gains[best[0]] > 0:
            return Site(-1, 0)
        left = self.left[homes].T @ living
        node = int(best[np.argmax(left[best])])
        return Site(node, round(float(gains[node])))

    def best_of(self, homes: Ints, weights: Ints, nodes: Ints, gaps: Floats) -> Site:
        """The same of places that are there already: each at its node, and so far from it. The site is its position."""
        best = Site(-1, 0)
        if not len(homes) or not len(nodes):
            return best
        left = self.left[homes].tocsc()[:, nodes]
        for number in range(len(nodes)):
            column = slice(left.indptr[number], left.indptr[number + 1])
            near = left.data[column] >= gaps[number] + 1 - SLACK_M
            gain = int(np.asarray(weights)[left.indices[column][near]].sum())
            best = Site(number, gain) if gain > best.gain else best
        return best


def to_nearest(paths: Paths, homes: Ints, kinds: Sequence[Ints]) -> Floats:
    """Metres from each home to the nearest facility of each kind, row by kind; infinite where there is none.

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
    metres = csgraph.dijkstra(graph, indices=np.arange(size, size + len(kinds)))
    near = paths.nodes[homes] >= 0
    found[:, near] = metres[:, paths.nodes[homes[near]]] + paths.gaps[homes[near]]
    return found


def around(paths: Paths, homes: Ints, most_m: float) -> Around:
    """Which nodes lie within a walk of each home."""
    from scipy.sparse import csgraph, csr_array

    size = len(paths.points)
    graph = matrix(paths.starts, paths.ends, paths.metres, size)
    counts = np.zeros(len(homes) + 1, dtype=np.int64)
    columns: list[Any] = []
    over: list[Any] = []
    near = np.flatnonzero(paths.nodes[homes] >= 0)
    for first in range(0, len(near), CHUNK):
        chunk = near[first : first + CHUNK]
        metres = csgraph.dijkstra(graph, indices=paths.nodes[homes[chunk]], limit=most_m)
        left = (most_m - paths.gaps[homes[chunk]])[:, None] - metres
        row, column = np.nonzero(left >= -SLACK_M)
        counts[chunk + 1] = np.bincount(row, minlength=len(chunk))
        columns.append(column.astype(np.int32))
        over.append(left[row, column] + 1)
    found = np.concatenate(columns) if columns else np.empty(0, dtype=np.int32)
    layout, shape = (found, np.cumsum(counts)), (len(homes), size)
    return Around(
        csr_array((np.ones(len(found), dtype=np.float32), *layout), shape=shape),
        csr_array((np.concatenate(over) if over else np.empty(0), *layout), shape=shape),
    )


def within(metres: Floats, most_m: float) -> Flags:
    """Whether each of these distances is within a walk."""
    found: Flags = metres <= most_m + SLACK_M
    return found
