"""Whether streets lie where they belong: within the place, and not shifted as published maps are."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely

from linli.circles.streets.network import Floats, Network
from linli.territory.geometry import crs

SAMPLE: Final = 4_000
# Of streets that are where they belong at least so much lies within the place; surroundings may come along.
LEAST: Final = 0.5
# By how much more must lie where it belongs in another system, for a file to be taken for one of it.
CLEAR: Final = 0.04
# Fewer houses prove nothing.
HOUSES: Final = 20


@dataclass(frozen=True, slots=True)
class Fit:
    """Which share of the middles of stretches lies within the place, and which runs through houses."""

    inside: float
    through: float

    @property
    def score(self) -> float:
        """How well it fits."""
        return self.inside - self.through


def fits(network: Network, place: Any | None, houses: list[Any]) -> dict[str, Fit]:
    """How well the streets lie in each system of coordinates; empty where nothing is drawn to hold them against."""
    houses = houses if len(houses) >= HOUSES else []
    if place is None and not houses:
        return {}
    step = max(1, len(network.starts) // SAMPLE)
    middles = (network.points[network.starts[::step]] + network.points[network.ends[::step]]) / 2
    tree = shapely.STRtree(houses)
    return {system: _fit(middles, system, place, tree) for system in crs.KNOWN}


def suspected(found: dict[str, Fit]) -> str:
    """The system that the streets are really in, where that is clearly another than WGS84; else empty."""
    if not found:
        return ""
    best = max(found, key=lambda system: (found[system].score, system == "wgs84"))
    return best if found[best].score - found["wgs84"].score >= CLEAR else ""


def _fit(middles: Floats, system: str, place: Any | None, houses: Any) -> Fit:
    marks = shapely.points(np.column_stack(crs.to_wgs84(system, middles[:, 0], middles[:, 1])))
    inside = 1.0
    if place is not None:
        shapely.prepare(place)
        inside = float(shapely.intersects(place, marks).mean())
    hit = np.unique(houses.query(marks, predicate="intersects")[0])
    return Fit(inside, len(hit) / max(1, len(marks)))
