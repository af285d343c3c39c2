"""A town of twenty thousand junctions and three thousand buildings: what is within a walk, and the best new sites.

Streets are a lattice of sixty to eighty metres with gaps, homes and facilities lie at random beside them, the same each
time. Nothing of it is in the database.
"""

import random
import time
from collections.abc import Callable
from statistics import median
from typing import Final

import numpy as np

from linli.circles.streets.covering import Asked, cover, suggested
from linli.circles.streets.network import Line, Network, joined, unpacked
from linli.circles.streets.network import packed as kept

SIDE: Final = 143
HOMES: Final = 3_000
KINDS: Final = 25
EACH: Final = 12
COMMUNITIES: Final = 150
WEST, SOUTH = 117.3, 40.9
EAST_STEP, NORTH_STEP = 0.0009, 0.0006
WALK_M: Final = 1_125.0


def town() -> tuple[bytes, Asked]:
    """The streets as they are kept, and what is asked about them."""
    dice = random.Random(7)
    lng = [WEST + EAST_STEP * number for number in range(SIDE)]
    lat = [SOUTH + NORTH_STEP * number for number in range(SIDE)]
    lines = [Line([(lng[n], lat[m]), (lng[n + 1], lat[m])]) for n in range(SIDE - 1) for m in range(SIDE)]
    lines += [Line([(lng[n], lat[m]), (lng[n], lat[m + 1])]) for n in range(SIDE) for m in range(SIDE - 1)]
    network = joined([line for line in lines if dice.random() > 0.1])

    def beside(count: int) -> list[tuple[float, float]]:
        return [(dice.uniform(lng[0], lng[-1]), dice.uniform(lat[0], lat[-1])) for _point in range(count)]

    households = np.array([dice.randint(20, 120) for _home in range(HOMES)])
    kinds = [np.arange(EACH) + EACH * kind for kind in range(KINDS)]
    homes, facilities, idle = (np.array(beside(count)) for count in (HOMES, KINDS * EACH, 40))
    return kept(network), Asked(homes, households, facilities, kinds, idle, WALK_M, 300.0)


def seconds() -> dict[str, float]:
    """The middle of five: all kinds and the best site of one of them; and the best of all kinds in all divisions."""
    content, asked = town()
    return {
        "one site": median(_timed(lambda: _one(content, asked)) for _time in range(5)),
        "all sites": _timed(lambda: _all(content, asked)),
    }


def junctions() -> int:
    """How many junctions the town has."""
    network: Network = unpacked(town()[0])
    return network.size


def _one(content: bytes, asked: Asked) -> object:
    covered = cover(unpacked(content), asked)
    return list(suggested(covered, [np.zeros(HOMES, dtype=np.int64)], [0]))


def _all(content: bytes, asked: Asked) -> object:
    covered = cover(unpacked(content), asked)
    whole, community = np.zeros(HOMES, dtype=np.int64), np.arange(HOMES) % COMMUNITIES
    return list(suggested(covered, [whole, community // 10, community], range(KINDS)))


def _timed(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


if __name__ == "__main__":
    print(f"{junctions()} junctions, {HOMES} buildings, {KINDS} kinds of {EACH} facilities")
    print(", ".join(f"{name} {value:.2f} s" for name, value in seconds().items()))
