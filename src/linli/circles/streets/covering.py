"""Which homes have which kinds of services within a walk, and where one more would serve most, division by division.

All of it is numbers: homes and facilities are points, divisions are numbers that each home carries.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from linli.circles.streets.network import Flags, Floats, Ints, Network, Paths, Tied, paths, tie
from linli.circles.streets.walking import Site, around, to_nearest, within

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
    limit, start = covered.asked.most_m, len(covered.asked.homes) + len(covered.asked.facilities)
    walk = around(covered.paths, some, limit)
    idle = [np.array([start + number]) for number in range(len(covered.asked.idle))]
    usable = within(to_nearest(covered.paths, some, idle, limit), limit)
    for level in divisions:
        own = level[some]
        order = np.argsort(own, kind="stable")
        numbers, starts = np.unique(own[order], return_index=True)
        for number, rows in zip(numbers, np.split(order, starts[1:]), strict=True):
            for kind in kinds if number >= 0 else ():
                chosen = rows[lacking[kind, some[rows]]]
                if len(chosen):
                    weights = covered.asked.households[some[chosen]]
                    site = walk.best(chosen, weights)
                    yield Suggested(int(number), kind, int(weights.sum()), site, _most(usable[:, chosen] @ weights))


def _most(gains: Ints) -> Site:
    """The first of those that serve most."""
    best = int(np.argmax(gains)) if len(gains) else 0
    return Site(best, int(gains[best])) if len(gains) and gains[best] else NOBODY
