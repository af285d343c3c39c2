"""Which polygon holds a point: a raster of cells over a search tree, for one point or millions. No database here.

Most cells lie wholly within one polygon or within none, and answer by themselves; only cells that an outline
crosses ask the tree. Coordinates are WGS84 degrees.
"""

import math
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

Floats = NDArray[np.float64]
Whole = NDArray[np.int32]
NOWHERE: Final = -1
CROSSED: Final = -2
CELLS: Final = 6_000_000
ACROSS: Final = 14


class Layer:
    """Polygons of one kind that should not overlap; where they do, the smallest answers.

    `locate` gives the position of the polygon in the sequence it was built from, or -1.
    """

    def __init__(self, shapes: Sequence[BaseGeometry]) -> None:
        forms = np.array(shapes, dtype=object)
        self.size = len(forms)
        order = np.argsort(shapely.area(forms), kind="stable") if self.size else np.array([], dtype=int)
        self._order: list[int] = [int(position) for position in order]
        self._position = np.append(order, NOWHERE).astype(np.int32)
        self._forms = forms[order] if self.size else forms
        shapely.prepare(self._forms)
        self._tree = shapely.STRtree(self._forms)
        self._lay()

    def locate(self, lng: float, lat: float) -> int:
        """The polygon that holds one point, or -1."""
        column, row = (lng - self._west) * self._per_degree, (lat - self._south) * self._per_degree
        if not (0 <= column < self._columns and 0 <= row < self._rows):
            return NOWHERE
        cell: int = self._flat[int(row) * self._columns + int(column)]
        if cell != CROSSED:
            return cell
        point = shapely.Point(lng, lat)
        hits = self._tree.query(point, predicate="intersects")
        return self._order[int(hits.min())] if hits.size else NOWHERE

    def locate_many(self, lng: Floats, lat: Floats) -> Whole:
        """The polygon that holds each point, or -1."""
        with np.errstate(invalid="ignore"):
            column, row = (lng - self._west) * self._per_degree, (lat - self._south) * self._per_degree
            inside = (column >= 0) & (column < self._columns) & (row >= 0) & (row < self._rows)
        found = np.full(lng.shape, NOWHERE, dtype=np.int32)
        found[inside] = self._raster[row[inside].astype(np.int64), column[inside].astype(np.int64)]
        crossed = np.flatnonzero(found == CROSSED)
        if crossed.size:
            found[crossed] = self._by_tree(lng[crossed], lat[crossed])
        return found

    def _by_tree(self, lng: Floats, lat: Floats) -> Whole:
        points, forms = self._tree.query(shapely.points(lng, lat))
        held = shapely.intersects_xy(self._forms[forms], lng[points], lat[points])
        points, forms = points[held], forms[held]
        best = np.full(lng.shape, self.size, dtype=np.int32)
        np.minimum.at(best, points, forms)
        return self._position[best]

    def _lay(self) -> None:
        """Lay the cells over the polygons: mark those that an outline crosses, and ask once per patch between."""
        self._west = self._south = 0.0
        self._columns = self._rows = 0
        self._per_degree = 1.0
        if self.size:
            west, south, east, north = shapely.total_bounds(self._forms)
            step = _step(self._forms, float(east - west), float(north - south))
            self._west, self._south, self._per_degree = float(west), float(south), 1.0 / step
            self._columns = int((east - west) / step) + 1
            self._rows = int((north - south) / step) + 1
        from scipy import ndimage  # slow to load, and needed only where polygons are laid out

        crossed = self._crossed()
        patches, count = ndimage.label(~crossed)
        answers = np.full(count + 1, CROSSED, dtype=np.int32)
        if count:
            seen, first = np.unique(patches.ravel(), return_index=True)
            first = first[seen > 0]
            column, row = (first % self._columns).astype(np.float64), (first // self._columns).astype(np.float64)
            x = self._west + (column + 0.5) / self._per_degree
            y = self._south + (row + 0.5) / self._per_degree
            answers[1:] = self._by_tree(x, y)
        self._raster: Whole = np.ascontiguousarray(answers[patches])
        # Reading one cell of a memory view costs half of what reading it of an array does.
        self._flat: Any = self._raster.reshape(-1).data

    def _crossed(self) -> NDArray[np.bool_]:
        """The cells that an outline touches: points along it, half a cell apart, and what lies next to them."""
        cells = np.zeros((self._rows, self._columns), dtype=bool)
        if not self.size:
            return cells
        x, y = _along(self._forms, 0.5 / self._per_degree)
        column, row = (x - self._west) * self._per_degree, (y - self._south) * self._per_degree
        for across in (-0.26, 0.26):
            for up in (-0.26, 0.26):
                i = np.clip((row + up).astype(np.int64), 0, self._rows - 1)
                j = np.clip((column + across).astype(np.int64), 0, self._columns - 1)
                cells[i, j] = True
        return cells


def _step(forms: NDArray[np.object_], width: float, height: float) -> float:
    """How wide a cell is, in degrees: a fraction of a usual polygon, within what memory allows."""
    usual = math.sqrt(float(np.median(shapely.area(forms)))) / ACROSS
    least = math.sqrt(max(width * height, 1e-12) / CELLS)
    thin = max(width, height) / CELLS * 4
    return max(usual, least, thin, 1e-7)


def _along(forms: NDArray[np.object_], apart: float) -> tuple[Floats, Floats]:
    """Points along every outline, at most `apart` degrees from one another."""
    rings = shapely.get_rings(shapely.get_parts(forms))
    points, ring = shapely.get_coordinates(rings, return_index=True)
    same = ring[1:] == ring[:-1]
    start, end = points[:-1][same], points[1:][same]
    pieces = np.maximum(1, np.ceil(np.hypot(*(end - start).T) / apart)).astype(np.int64)
    edge = np.repeat(np.arange(len(start)), pieces)
    ordinal = np.arange(pieces.sum()) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    share = (ordinal / pieces[edge])[:, None]
    along = start[edge] + share * (end[edge] - start[edge])
    along = np.vstack([along, end[-1:]]) if len(end) else along
    return along[:, 0], along[:, 1]
