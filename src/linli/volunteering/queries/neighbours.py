"""Good neighbours as everybody sees them, in a list and on a map, and what the desk may write down."""

from dataclasses import dataclass
from typing import Any, Final

from linli.publishing.queries.divisions import PublicDivision, public_division
from linli.territory.models import Boundary, Facility, Place
from linli.volunteering.honours_section import kind_names, section
from linli.volunteering.models import Honour, NeighbourOffer
from linli.volunteering.policies import neighbours as policies
from linli.volunteering.queries.honours import published_name

SHOWN: Final = 300


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One good neighbour: the name as the public sees it, what for, what is offered, and what is shown of where."""

    row: NeighbourOffer
    name: str
    kind: str

    @property
    def where(self) -> str:
        """A merchant's address, or a household's grid."""
        return self.row.address or (self.row.grid.name if self.row.grid else "")


@dataclass(frozen=True, slots=True)
class NeighbourPage:
    """The good neighbours of a division, and for which honours neighbours may be nominated there."""

    division: PublicDivision
    neighbours: list[Neighbour]
    kinds: list[tuple[str, str]]


def neighbours_of(code: str) -> NeighbourPage:
    """The good neighbours of a community, a street or the whole. Raises: not_found"""
    division = public_division(code)
    names = kind_names()
    rows = [Neighbour(row, published_name(row.honour), names.get(row.honour.kind, "")) for row in _shown(division)]
    return NeighbourPage(division, rows, proposable() if division.level == "community" else [])


def proposable() -> list[tuple[str, str]]:
    """The honours of households and merchants, for which neighbours nominate."""
    return [(kind.code, kind.named) for kind in section().kinds if kind.recipient in policies.OFFERING]


def on_the_map(code: str) -> list[dict[str, Any]]:
    """The same as features: shops where they lie, and grids with how many households there offer something."""
    rows = _shown(public_division(code))
    features = []
    counted: dict[int, list[NeighbourOffer]] = {}
    for row in rows:
        if row.grid_id:
            counted.setdefault(row.grid_id, []).append(row)
        elif row.facility and row.facility.lng is not None:
            point = {"type": "Point", "coordinates": [row.facility.lng, row.facility.lat]}
            features.append(_feature(point, published_name(row.honour)))
    outlines = Boundary.objects.filter(place_id__in=counted, until=None).values_list("place_id", "geometry")
    names = {row.grid_id: row.grid.name for row in rows if row.grid}
    features += [_feature(geometry, f"{names[pk]} {len(counted[pk])}") for pk, geometry in outlines]
    return features


def offer_of(honour: Honour) -> NeighbourOffer | None:
    """What an honoured household or merchant offers now."""
    return honour.offers.filter(until=None).select_related("grid", "facility").first()


def grids_for(honour: Honour) -> list[tuple[int, str]]:
    """The grids in which a household may live."""
    rows = Place.objects.filter(type=Place.Type.GRID, until=None, path__startswith=honour.place.path)
    return list(rows.order_by("code").values_list("pk", "name")[:SHOWN])


def shops_for(honour: Honour) -> list[tuple[int, str]]:
    """The facilities at which a merchant's shop may lie."""
    rows = Facility.objects.filter(place__path__startswith=honour.place.path, until=None)
    return list(rows.order_by("name").values_list("pk", "name")[:SHOWN])


def _shown(division: PublicDivision) -> list[NeighbourOffer]:
    rows = NeighbourOffer.objects.filter(policies.public_offers(), place__path__startswith=division.place.path)
    return list(rows.select_related("honour", "grid", "facility", "place").order_by("place__path", "-pk")[:SHOWN])


def _feature(geometry: Any, name: str) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": {"name": name, "tone": "green"}}
