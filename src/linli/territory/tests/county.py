"""A small county for tests: two streets, three communities, their grids drawn as squares, and who acts there."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from shapely.geometry import box, mapping
from shapely.geometry.base import BaseGeometry

from linli.core.actors import SYSTEM, Actor, Scope
from linli.records.operations.profiles import content_apply
from linli.territory.models import Place
from linli.territory.operations.divisions import divisions_import
from linli.territory.operations.places import boundary_redraw
from linli.territory.operations.recording import grid_record_many

DAY = date(2026, 1, 1)
WEST, SOUTH, SIDE = 113.60, 34.60, 0.01
ROWS = [
    {"code": "41", "name": "河南省", "level": "province", "parent": ""},
    {"code": "4101", "name": "郑州市", "level": "city", "parent": "41"},
    {"code": "410199", "name": "邻安区", "level": "county", "parent": "4101"},
    {"code": "410199001", "name": "东街街道", "level": "street", "parent": "410199"},
    {"code": "410199002", "name": "西街街道", "level": "street", "parent": "410199"},
    {"code": "410199001001", "name": "一里社区居民委员会", "level": "community", "parent": "410199001"},
    {"code": "410199001002", "name": "二里社区居民委员会", "level": "community", "parent": "410199001"},
    {"code": "410199002001", "name": "一里社区居民委员会", "level": "community", "parent": "410199002"},
]
PROFILE: dict[str, Any] = {
    "place": {"name": "邻安", "root": "410199"},
    "grids": {
        "kinds": [{"code": "overlay", "label": "专属网格", "overlay": True}],
        "codes": [{"level": "2", "length": 15, "pattern": "[0-9]+", "within": True, "label": "15位数字"}],
    },
}


def square(column: float, row: float, wide: float = 1.0, high: float = 1.0) -> BaseGeometry:
    """A rectangle, counted in sides from the county's corner."""
    west, south = WEST + column * SIDE, SOUTH + row * SIDE
    return box(west, south, west + wide * SIDE, south + high * SIDE)


@dataclass(frozen=True)
class County:
    """The places of the tests. Community one is drawn as two grids side by side, two as one, three as one."""

    county: Place
    east: Place
    west: Place
    one: Place
    two: Place
    three: Place
    one_a: Place
    one_b: Place
    two_a: Place
    three_a: Place

    def keeper(self) -> Actor:
        """Somebody who may change the street in the east."""
        return _actor("keeper", self.east, "territory.view territory.manage")

    def outsider(self) -> Actor:
        """Somebody with the same rights over the street in the west."""
        return _actor("outsider", self.west, "territory.view territory.manage figures.view")

    def viewer(self) -> Actor:
        """Somebody who only sees."""
        return _actor("viewer", self.one, "territory.view figures.view")

    def grid_worker(self) -> Actor:
        """Somebody who only works in a grid."""
        return _actor("grid_worker", self.one_a, "territory.view")


def _actor(key: str, place: Place, abilities: str) -> Actor:
    held = frozenset(abilities.split())
    return Actor(key=f"user:{key}", label=key, user_id=1, scopes=(Scope(held, path=place.path),), abilities=held)


def again(place: Place) -> Place:
    """The place as it stands in the database now."""
    return Place.objects.get(pk=place.pk)


def feature(form: BaseGeometry, **properties: Any) -> dict[str, Any]:
    """A feature of a GeoJSON file."""
    return {"type": "Feature", "properties": properties, "geometry": mapping(form)}


def collection(*features: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A GeoJSON file."""
    return {"type": "FeatureCollection", "features": list(features), **more}


def build() -> County:
    """The county, made by operations."""
    content_apply(actor=SYSTEM, content=PROFILE)
    divisions_import(actor=SYSTEM, rows=ROWS)
    places = {place.code: place for place in Place.objects.all()}
    one, two, three = (places[code] for code in ("410199001001", "410199001002", "410199002001"))
    rows = [
        {"code": f"{community.code}{number:03d}", "name": f"{number}号网格", "level": "2", "place": community.pk}
        for community, number in ((one, 1), (one, 2), (two, 1), (three, 1))
    ]
    grids = Place.objects.in_bulk(grid_record_many(actor=SYSTEM, rows=rows))
    one_a, one_b, two_a, three_a = (grids[pk] for pk in sorted(grids))
    drawn = [
        (one, square(0, 0, 2)),
        (two, square(2, 0)),
        (three, square(0, 1)),
        (one_a, square(0, 0)),
        (one_b, square(1, 0)),
        (two_a, square(2, 0)),
        (three_a, square(0, 1)),
    ]
    for place, form in drawn:
        boundary_redraw(actor=SYSTEM, place=place.pk, form=form, on=DAY)
    return County(
        places["410199"], places["410199001"], places["410199002"], one, two, three, one_a, one_b, two_a, three_a
    )
