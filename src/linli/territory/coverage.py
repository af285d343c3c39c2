"""How well the grids cover the communities: gaps, overlaps, grids and buildings where they should not be.

Computed from the current outlines; nothing is written. The geometry itself is in geometry/topology.py.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext
from shapely.geometry import Point, mapping, shape
from shapely.geometry.base import BaseGeometry

from linli.records.importing.report import Remark
from linli.territory import networks
from linli.territory.geometry import topology
from linli.territory.geometry.layers import Layer
from linli.territory.geometry.topology import Finding
from linli.territory.models import Boundary, Place

Drawn = Mapping[int, BaseGeometry]
CODES: Final = (
    "coverage.gap",
    "coverage.overlap",
    "coverage.outside",
    "coverage.beyond_upper",
    "coverage.building_outside",
)
TONES: Final = {
    "coverage.gap": "red",
    "coverage.overlap": "orange",
    "coverage.outside": "yellow",
    "coverage.beyond_upper": "yellow",
    "coverage.building_outside": "red",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """The places that are drawn, with their outlines, and the network of each grid."""

    places: dict[int, Place]
    forms: dict[int, BaseGeometry]
    networks: dict[int, str]

    def grids(self) -> dict[tuple[str, str], dict[int, BaseGeometry]]:
        """The outlines of grids by level and network: those of one pair are held against one another."""
        found: dict[tuple[str, str], dict[int, BaseGeometry]] = {}
        for pk, network in self.networks.items():
            found.setdefault((self.places[pk].level, network), {})[pk] = self.forms[pk]
        return found

    def communities(self) -> dict[int, BaseGeometry]:
        """The outlines of the communities."""
        return {
            pk: form
            for pk, form in self.forms.items()
            if self.places[pk].type == Place.Type.DIVISION and self.places[pk].community_id == pk
        }


def sheet(within: str = "/", drawn: Drawn | None = None) -> Sheet:
    """What is drawn below a path; `drawn` holds outlines that are not stored yet and count instead."""
    drawn = drawn or {}
    rows = Boundary.objects.filter(until=None, place__until=None, place__path__startswith=within)
    forms = {
        pk: shape(geometry) for pk, geometry in rows.values_list("place_id", "geometry") if pk not in drawn
    } | dict(drawn)
    places = Place.objects.defer("address", "extra").in_bulk(list(forms))
    extra = dict(Place.objects.filter(pk__in=places, type=Place.Type.GRID).values_list("pk", "extra"))
    overlays = networks.overlay_kinds()
    network: dict[int, str] = {pk: networks.network_of(places[pk].kind, extra[pk], overlays) for pk in extra}
    return Sheet(places, {pk: form for pk, form in forms.items() if pk in places}, network)


def findings(within: str = "/", drawn: Drawn | None = None) -> list[Finding]:
    """Every fault of the coverage below a path, the largest first within its kind.

    `coverage.gap`: part of a community in no grid; `coverage.overlap`: two grids of one level over one another;
    `coverage.outside`: a grid beyond its community; `coverage.beyond_upper`: beyond the grid above;
    `coverage.building_outside`: a building that no grid holds, with its households. Grids of one network and
    level are held against one another; overlays lie over the base network on purpose.
    """
    held = sheet(within, drawn)
    found: list[Finding] = []
    for (_level, network), grids in held.grids().items():
        found += topology.overlaps(grids)
        if network == "base":
            found += _against_communities(held, grids)
        found += _against_upper(held, grids)
    found += _without_grids(held) + _buildings_outside(held, within)
    return sorted(found, key=lambda item: (item.code, -item.area_m2))


def _against_communities(held: Sheet, grids: Drawn) -> list[Finding]:
    communities = held.communities()
    inner: dict[int, list[BaseGeometry]] = {}
    for pk, form in grids.items():
        community = held.places[pk].community_id
        if community:
            inner.setdefault(community, []).append(form)
    above = {pk: (held.places[pk].community_id or 0, form) for pk, form in grids.items()}
    return topology.gaps(communities, inner) + topology.outside(communities, above)


def _against_upper(held: Sheet, grids: Drawn) -> list[Finding]:
    """A lower grid lies in exactly one upper grid (TER-04)."""
    above = {pk: (held.places[pk].upper_id or 0, form) for pk, form in grids.items()}
    outer = {upper: held.forms[upper] for upper, _form in above.values() if upper in held.forms}
    return topology.outside(outer, above, code="coverage.beyond_upper")


def _without_grids(held: Sheet) -> list[Finding]:
    """Communities in which no grid at all is drawn, where others of the same county have theirs."""
    drawn = [held.places[pk] for pk in held.networks]
    covered = {place.community_id for place in drawn}
    counties = {place.county_id for place in drawn}
    bare = {
        pk: form
        for pk, form in held.communities().items()
        if pk not in covered and held.places[pk].county_id in counties
    }
    return topology.whole("coverage.gap", bare)


def _buildings_outside(held: Sheet, within: str) -> list[Finding]:
    """Buildings whose point or outline lies in no grid, where grids are drawn at all."""
    layer = Layer([held.forms[pk] for pk in held.networks])
    if not layer.size:
        return []
    rows = Place.objects.filter(type=Place.Type.BUILDING, until=None, path__startswith=within, lng__isnull=False)
    return [
        Finding("coverage.building_outside", (pk,), 0.0, lng, lat, households or 0, Point(lng, lat))
        for pk, lng, lat, households in rows.values_list("pk", "lng", "lat", "households")
        if lng is not None and lat is not None and layer.locate(lng, lat) < 0
    ]


def named(found: Iterable[Finding]) -> list[dict[str, Any]]:
    """The findings with codes and names of their places, as JSON prints them."""
    held = list(found)
    places = Place.objects.only("id", "code", "name", "type").in_bulk({pk for item in held for pk in item.places})
    return [
        {
            "code": item.code,
            "places": [
                {"id": pk, "code": places[pk].code, "name": places[pk].name, "type": places[pk].type}
                for pk in item.places
            ],
            "area_m2": item.area_m2,
            "households": item.households,
            "lng": item.lng,
            "lat": item.lat,
        }
        for item in held
    ]


def as_features(found: Iterable[Finding]) -> dict[str, Any]:
    """The findings as GeoJSON, for the map."""
    held = list(found)
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": number,
                "properties": {
                    "code": item.code,
                    "tone": TONES[item.code],
                    "name": "、".join(place["name"] for place in described["places"]),
                    "area_m2": item.area_m2,
                },
                "geometry": mapping(item.form),
            }
            for number, (item, described) in enumerate(zip(held, named(held), strict=True))
        ],
    }


def remarks(touched: Iterable[int], found: Iterable[Finding]) -> list[Remark]:
    """Those of the findings that touch these places, as warnings of an import."""
    ids = set(touched)
    of_grids = set(Place.objects.filter(pk__in=ids, type=Place.Type.GRID).values_list("community_id", flat=True))
    relevant = [
        item for item in found if ids & set(item.places) or (item.code == "coverage.gap" and item.places[0] in of_grids)
    ]
    result = []
    for item, words in zip(relevant, named(relevant), strict=True):
        who = "、".join(f"{place['code']} {place['name']}".strip() for place in words["places"])
        facts = {"value": who, "area": item.area_m2, "lng": item.lng, "lat": item.lat}
        result.append(Remark("", None, "geometry", item.code, facts))
    return result


def summed(described: list[dict[str, Any]]) -> dict[str, Any]:
    """The findings with how many there are of each kind, none left out."""
    counts = dict.fromkeys(CODES, 0)
    for item in described:
        counts[item["code"]] += 1
    return {"counts": counts, "findings": described}


def labels() -> dict[str, str]:
    """What the kinds of faults are called."""
    return {
        "coverage.gap": gettext("Ground in no grid"),
        "coverage.overlap": gettext("Grids over one another"),
        "coverage.outside": gettext("Grid beyond its community"),
        "coverage.beyond_upper": gettext("Grid beyond the grid above"),
        "coverage.building_outside": gettext("Building in no grid"),
    }


def preview(wanted: Iterable[tuple[Place, BaseGeometry]], drawn: Drawn) -> dict[str, Any]:
    """Outlines that are not stored yet, and over them the faults that they would make."""
    features = [
        {"type": "Feature", "id": place.pk, "properties": {"name": place.name}, "geometry": mapping(form)}
        for place, form in wanted
    ]
    touching = [item for item in findings(drawn=drawn) if drawn.keys() & set(item.places)]
    return {"type": "FeatureCollection", "features": [*features, *as_features(touching)["features"]]}
