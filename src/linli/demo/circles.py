"""The streets of the demo place: a plain lattice, and a path along the river that leads nowhere."""

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

from linli.circles.operations.networks import Brought, network_bring
from linli.core import clock
from linli.core.actors import Actor
from linli.territory.queries import root_place

EAST: Final = (117.3285, 117.3325, 117.3372, 117.3411, 117.3454, 117.3497, 117.3539)
NORTH: Final = (40.9292, 40.9312, 40.9343, 40.9371)
PATH: Final = ((117.3372, 40.9285), (117.3411, 40.9284), (117.3454, 40.9283))


def circles_begin(actors: Mapping[str, Actor]) -> None:
    """The county has brought in its streets."""
    lines = [[(lng, lat) for lng in EAST] for lat in NORTH] + [[(lng, lat) for lat in NORTH] for lng in EAST]
    day = clock.today() - timedelta(days=120)
    brought = Brought("演示道路.geojson", streets([*lines, list(PATH)]), "演示测绘单位（示意路网）", day)
    root = root_place()
    assert root is not None
    network_bring(actor=actors["xitong"], place_id=root.pk, brought=brought)


def streets(lines: Sequence[Sequence[tuple[float, float]]]) -> bytes:
    """Lines as a file of GeoJSON."""
    features = [
        {"type": "Feature", "properties": {}, "geometry": {"type": "LineString", "coordinates": line}} for line in lines
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()
