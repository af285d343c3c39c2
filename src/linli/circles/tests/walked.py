"""A straight street for the tests: a hundred metres between its junctions, homes and shops beside it."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from shapely.geometry import box

from linli.accounts.testing import Cast
from linli.circles.models import StreetNetwork
from linli.circles.operations.networks import Brought, network_bring
from linli.core.actors import SYSTEM
from linli.territory.models import Facility, Place
from linli.territory.operations.places import boundary_redraw
from linli.territory.operations.recording import building_record_many, compound_record_many, facility_record_many

LNG, LAT = 117.33, 40.93
# A hundred metres towards the north, in degrees.
STEP: Final = 100 / 111_195.0801
DAY: Final = date(2026, 1, 1)
NEAR: Final = 0.00002


def at(hundreds: float, aside: float = 0.0) -> tuple[float, float]:
    """A point along the street, so many hundreds of metres from its beginning."""
    return round(LNG + aside, 9), round(LAT + hundreds * STEP, 9)


def line(*points: Sequence[float], **tags: Any) -> dict[str, Any]:
    """A line of a file."""
    return {"type": "Feature", "properties": tags, "geometry": {"type": "LineString", "coordinates": list(points)}}


def file(*features: dict[str, Any], **more: Any) -> bytes:
    """A file of GeoJSON."""
    return json.dumps({"type": "FeatureCollection", "features": list(features), **more}).encode()


def straight(hundreds: int = 60) -> bytes:
    """A file with one street of so many hundreds of metres."""
    return file(line(*(at(number) for number in range(hundreds + 1))))


def brought(content: bytes | None = None, **more: Any) -> Brought:
    """Such a file as somebody hands it in."""
    given: dict[str, Any] = {"name": "街道.geojson", "source": "县自然资源局", "day": DAY, **more}
    return Brought(content=content if content is not None else straight(), **given)


def compound(cast: Cast, name: str, *homes: tuple[float, int], where: str = "community") -> Place:
    """A compound with buildings, each so many hundreds of metres along the street and with so many households."""
    rows = [{"name": name, "code": name, "place": cast.places[where].pk}]
    (pk,) = compound_record_many(actor=SYSTEM, rows=rows)
    houses = [{"name": f"{n}号楼", "households": living, "place": pk} for n, (_at, living) in enumerate(homes, 1)]
    for house, (along, _living) in zip(building_record_many(actor=SYSTEM, rows=houses), homes, strict=True):
        lng, lat = at(along)
        form = box(lng - NEAR, lat - NEAR, lng + NEAR, lat + NEAR)
        boundary_redraw(actor=SYSTEM, place=house, form=form, on=DAY)
    return Place.objects.get(pk=pk)


def shop(cast: Cast, along: float | None, kind: str = "菜市场", where: str = "community", **more: Any) -> Facility:
    """A facility beside the street; None for one of which nobody wrote where it lies."""
    row: dict[str, Any] = {"name": f"{kind}{along}", "kind": kind, "place": cast.places[where].pk, **more}
    if along is not None:
        row["lng"], row["lat"] = at(along)
    (pk,) = facility_record_many(actor=SYSTEM, rows=[row])
    return Facility.objects.get(pk=pk)


def walked(cast: Cast, role: str = "system_administrator", where: str = "county", **more: Any) -> StreetNetwork:
    """The street, brought in."""
    return network_bring(actor=cast.actors[role], place_id=cast.places[where].pk, brought=brought(**more))


def walked_made(cast: Cast) -> None:
    """Homes, a market and the street that leads to it, for the tests over every route."""
    # A community that is split in other tests has no more in it than they say.
    compound(cast, "步行小区", (1, 30), (20, 50), where="second_community")
    compound(cast, "远处小区", (3, 40), where="far_community")
    shop(cast, 2)
    walked(cast)
