"""Which homes have which kinds of services within a walk, and where one more would serve most, division by division.

All of it is numbers: homes and facilities are points, divisions are numbers that each home carries.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from linli.circles.streets.network import Flags, Floats, Ints, Network, Paths, Tied, paths, tie
from linli.circles.streets.walking import Around, Site, around, to_nearest, within

NOBODY: Final = Site(-1, 0)


@dataclass(frozen=True, slots=True)
class Asked:
    """Homes with their households, facilities with the kinds (by position) for which they count, idle ones, limits."""

    homes: Floats
    households: Ints
    facilities: Floats
    kinds: Sequence[Ints]
    idle: Floats
    most_m: float
    nearest_m: float


@dataclass(frozen=True, slots=True)
class Covered:
    """The metres from each home to the nearest facility of each kind, row by kind, and whether that is near enough."""

    asked: Asked
    tied: Tied
    paths: Paths
    metres: Floats
    near: Flags

    @property
    def tied_homes(self) -> Flags:
        """Which homes lie beside a street."""
        return self.tied.near[: len(self.asked.homes)]

    @property
    def tied_facilities(self) -> Flags:
        """Which facilities lie beside a street."""
        start = len(self.asked.homes)
        return self.tied.near[start : start + len(self.asked.facilities)]


@dataclass(frozen=True, slots=True)
class Suggested:
    """Where one more facility of a kind would serve most households of a division that have none near enough.

    `idle` is the same among what stands idle, by its position.
    """

    division: int
    kind: int
    lacking: int
    site: Site
    idle: Site


def cover(network: Network, asked: Asked) -> Covered:
    """Walk from all homes to all kinds of services."""
    first = len(asked.homes)
    points = np.concatenate([part.reshape(-1, 2) for part in (asked.homes, asked.facilities, asked.idle)])
    tied = tie(network, points, asked.nearest_m)
    walked = paths(network, tied)
    kinds = [first + kind for kind in asked.kinds]
    metres = to_nearest(walked, np.arange(first), kinds)
    return Covered(asked, tied, walked, metres, within(metres, asked.most_m))


def suggested(covered: Covered, divisions: Sequence[Ints], kinds: Sequence[int]) -> Iterator[Suggested]:
    """The best site in each division for each of these kinds, where somebody lacks it.

    `divisions` are several numbers for each home, one list for each level; -1 is none.
    """
    lacking = ~covered.near
    some = np.flatnonzero(lacking[list(kinds)].any(axis=0))
    if not len(some):
        return
    walk = around(covered.paths, some, covered.asked.most_m)
    for level in divisions:
        own = level[some]
        order = np.argsort(own, kind="stable")
        numbers, starts = np.unique(own[order], return_index=True)
        for number, rows in zip(numbers, np.split(order, starts[1:]), strict=True):
            if number < 0:
                continue
            for kind in kinds:
                chosen = rows[lacking[kind, some[rows]]]
                if len(chosen):
                    yield _best(covered, walk, some, np.sort(chosen), int(number), kind)


def _best(covered: Covered, walk: Around, some: Ints, rows: Ints, division: int, kind: int) -> Suggested:
    weights = covered.asked.households[some[rows]]
    site = walk.best(rows, weights)
    start = len(covered.asked.homes) + len(covered.asked.facilities)
    nodes = covered.paths.nodes[start:]
    usable = np.flatnonzero(nodes >= 0)
    best = walk.best_of(rows, weights, nodes[usable], covered.paths.gaps[start:][usable])
    idle = Site(int(usable[best.node]), best.gain) if best.gain else NOBODY
    return Suggested(division, kind, int(weights.sum()), site, idle)
