"""What a new division of grids would mean before it counts (TER-03): buildings, households and posts per outline.

Compares outlines that are not stored with those in force; writes nothing. Faults are in coverage.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from linli.records import profiles
from linli.territory import queries
from linli.territory.geometry.layers import Layer
from linli.territory.models import Boundary, Place
from linli.territory.sections import GridsSection


@dataclass(frozen=True, slots=True)
class Inside:
    """How many drawn buildings lie in an outline, with how many households."""

    buildings: int = 0
    households: int = 0


@dataclass(frozen=True, slots=True)
class Compared:
    """One place of a new division: what lies in its outline now and then, its posts, and whether its size is usual."""

    place: Place
    before: Inside | None
    after: Inside
    posts: int
    outside_band: bool


def compare(drawn: Mapping[int, tuple[Place, BaseGeometry]]) -> list[Compared]:
    """Each place of a new division beside what it is now, in a number of queries that does not grow."""
    held = {row.place_id: shape(row.geometry) for row in Boundary.objects.filter(until=None, place_id__in=drawn)}
    then, now = _inside({pk: form for pk, (_place, form) in drawn.items()}), _inside(held)
    answers = queries.who_answers(list(drawn))
    return [
        Compared(
            place=place,
            before=now.get(pk, Inside()) if pk in held else None,
            after=then.get(pk, Inside()),
            posts=len(answers.get(pk, [])),
            outside_band=_outside_band(place, then.get(pk, Inside()).households),
        )
        for pk, (place, _form) in drawn.items()
    ]


def _inside(forms: Mapping[int, BaseGeometry]) -> dict[int, Inside]:
    ids = list(forms)
    if not ids:
        return {}
    layer = Layer([forms[pk] for pk in ids])
    found: dict[int, Inside] = {}
    buildings = Place.objects.filter(type=Place.Type.BUILDING, until=None, lng__isnull=False, lat__isnull=False)
    for lng, lat, households in buildings.values_list("lng", "lat", "households"):
        index = layer.locate(lng or 0.0, lat or 0.0)
        if index >= 0:
            was = found.get(ids[index], Inside())
            found[ids[index]] = Inside(was.buildings + 1, was.households + (households or 0))
    return found


def _outside_band(place: Place, households: int) -> bool:
    """Whether a grid would be smaller or larger than its level usually is, where buildings say how large it is."""
    levels = {item.code: item for item in profiles.current().section(GridsSection).levels}
    level = levels.get(place.level)
    if level is None or not households or place.type != Place.Type.GRID:
        return False
    return households < level.households_from or bool(level.households_to and households > level.households_to)
