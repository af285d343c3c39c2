"""What goes into a computation: homes with their households, facilities with their kinds, as far as they are drawn."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from linli.circles.models import StreetNetwork
from linli.circles.sections import CirclesSection
from linli.territory.models import Facility, Place

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Home:
    """Where households live: a building, or a compound whose buildings are not drawn or not counted.

    `unit` is the place for which it is told: its compound, or itself.
    """

    unit: int
    point: Point
    households: int
    community: int
    street: int


@dataclass(frozen=True, slots=True)
class Service:
    """A facility of a kind that counts; one that stands idle serves nobody."""

    id: int
    point: Point
    kinds: tuple[int, ...]
    idle: bool


@dataclass(slots=True)
class Inputs:
    """Homes and facilities, and what could not be taken: how many, and how many households they have."""

    homes: list[Home] = field(default_factory=list)
    services: list[Service] = field(default_factory=list)
    undrawn_homes: int = 0
    undrawn_households: int = 0
    uncounted_homes: int = 0
    undrawn_facilities: int = 0

    def stamp(self, network: StreetNetwork, section: CirclesSection) -> str:
        """The same for the same streets, homes, facilities and rules."""
        given = [
            network.pk,
            section.model_dump(mode="json"),
            [[home.unit, *home.point, home.households, home.community, home.street] for home in self.homes],
            [[service.id, *service.point, service.kinds, service.idle] for service in self.services],
        ]
        return hashlib.sha256(json.dumps(given).encode()).hexdigest()


def inputs_of(network: StreetNetwork, section: CirclesSection) -> Inputs:
    """What lives and serves in the place of the streets; facilities beyond its border serve as well."""
    found = Inputs()
    _homes(network.place, found)
    _services(network.place, section, found)
    return found


def _homes(place: Place, found: Inputs) -> None:
    rows = Place.objects.filter(
        type__in=(Place.Type.COMPOUND, Place.Type.BUILDING),
        path__startswith=place.path,
        until=None,
        placeholder=False,
    )
    names = ("pk", "type", "compound_id", "households", "lng", "lat", "community_id", "street_id")
    compounds: dict[int, dict[str, Any]] = {}
    buildings: list[dict[str, Any]] = []
    for row in rows.order_by("pk").values(*names):
        if row["type"] == Place.Type.COMPOUND:
            compounds[row["pk"]] = row
        else:
            buildings.append(row)
    told: set[int] = set()
    silent: dict[int, int] = {}
    for row in buildings:
        compound = compounds.get(row["compound_id"] or 0)
        if row["households"]:
            told.add(compound["pk"] if compound else 0)
            _add(found, row, compound)
        else:
            unit = compound["pk"] if compound else 0
            silent[unit] = silent.get(unit, 0) + 1
    for pk, row in compounds.items():
        if pk not in told and row["households"]:
            silent.pop(pk, None)
            _add(found, row, None)
        elif pk not in told and pk not in silent:
            found.uncounted_homes += 1
    found.uncounted_homes += sum(silent.values())


def _add(found: Inputs, row: dict[str, Any], compound: dict[str, Any] | None) -> None:
    point = _point(row) or (_point(compound) if compound else None)
    if point is None:
        found.undrawn_homes += 1
        found.undrawn_households += row["households"]
        return
    unit = compound["pk"] if compound else row["pk"]
    found.homes.append(Home(unit, point, row["households"], row["community_id"] or 0, row["street_id"] or 0))


def _services(place: Place, section: CirclesSection, found: Inputs) -> None:
    kinds: dict[str, list[int]] = {}
    for number, kind in enumerate(section.in_force):
        for name in kind.names:
            kinds.setdefault(name, []).append(number)
    rows = Facility.objects.filter(Q(kind__in=kinds) | Q(state__in=section.idle), until=None)
    for row in rows.order_by("pk").values(
        "pk", "kind", "state", "lng", "lat", "place__type", "place__path", "place__lng", "place__lat"
    ):
        # A facility whose own position nobody wrote lies where its compound or building does, never in the middle of
        # a community.
        small = row["place__type"] in (Place.Type.COMPOUND, Place.Type.BUILDING)
        point = _point(row) or (_point(row, "place__") if small else None)
        idle = row["state"] in section.idle
        if point is not None:
            found.services.append(Service(row["pk"], point, tuple(kinds.get(row["kind"], ())), idle))
        elif row["place__path"].startswith(place.path):
            found.undrawn_facilities += 1


def _point(row: Mapping[str, Any], prefix: str = "") -> Point | None:
    lng, lat = row[f"{prefix}lng"], row[f"{prefix}lat"]
    return (lng, lat) if lng is not None and lat is not None else None
