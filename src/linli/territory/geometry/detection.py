"""Which coordinate system outlines are really in: the one in which they lie where they belong. No database here.

GCJ-02 is off by some 300 to 700 metres and BD-09 by a kilometre more, so outlines taken for what they are not
stick out of the places that hold them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from linli.territory.geometry import crs
from linli.territory.geometry.outlines import moved

SAMPLE: Final = 120
CLEAR: Final = 0.25
GOOD: Final = 0.8


@dataclass(frozen=True, slots=True)
class Evidence:
    """How much of the outlines lies within what holds them, by system, and the system that this shows."""

    shares: dict[str, float]
    system: str


def detect(pairs: Sequence[tuple[BaseGeometry, BaseGeometry]], said: str) -> Evidence | None:
    """The system that outlines are in, from pairs of (outline as in the file, what should hold it, in WGS84).

    None where there is nothing to hold them against. What the file says counts unless another system fits
    clearly better.
    """
    pairs = [(inner, outer) for inner, outer in pairs if inner.is_valid and outer.is_valid]
    if not pairs:
        return None
    step = max(1, len(pairs) // SAMPLE)
    chosen = pairs[::step]
    shares = {system: _share(chosen, system) for system in crs.KNOWN}
    best = max(shares, key=lambda system: (shares[system], system == said))
    clear = shares[best] >= GOOD and shares[best] - shares.get(said or "wgs84", 0.0) >= CLEAR
    return Evidence(shares, best if clear else said or "wgs84")


def _share(pairs: Sequence[tuple[BaseGeometry, BaseGeometry]], system: str) -> float:
    inner = np.array([pair[0] if system == "wgs84" else moved(pair[0], system) for pair in pairs], dtype=object)
    outer = np.array([pair[1] for pair in pairs], dtype=object)
    total = float(shapely.area(inner).sum())
    return float(shapely.area(shapely.intersection(inner, outer)).sum()) / total if total else 0.0
