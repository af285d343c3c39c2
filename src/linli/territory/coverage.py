"""How well the grids cover the communities: gaps, overlaps and grids outside, from the current boundaries."""

from collections.abc import Iterable

from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from linli.records.importing.report import Remark
from linli.territory.geometry import topology
from linli.territory.geometry.topology import Finding
from linli.territory.models import Boundary, Place


def findings(within: str = "/") -> list[Finding]:
    """Every gap, overlap and grid outside its community, below a path.

    Grids of one network and level are held against one another; overlays lie over the base network on purpose.
    """
    rows = Boundary.objects.filter(
        until=None, place__until=None, place__path__startswith=within
    ).select_related("place")
    forms = [(row.place, shape(row.geometry)) for row in rows]
    communities = {p.pk: f for p, f in forms if p.type == Place.Type.DIVISION and len(p.code) == 12}
    found: list[Finding] = []
    networks: dict[tuple[str, str], dict[int, BaseGeometry]] = {}
    for place, form in forms:
        if place.type == Place.Type.GRID:
            networks.setdefault((place.level, _network(place)), {})[place.pk] = form
    by_id = {place.pk: place for place, _form in forms}
    for (_level, network), grids in networks.items():
        found += topology.overlaps(grids)
        if network == "base":
            inner: dict[int, list[BaseGeometry]] = {}
            for pk, form in grids.items():
                community = by_id[pk].community_id
                if community:
                    inner.setdefault(community, []).append(form)
            found += topology.gaps(communities, inner)
            above = {pk: (by_id[pk].community_id or 0, form) for pk, form in grids.items()}
            found += topology.outside(communities, above)
    return found


def _network(place: Place) -> str:
    return "overlay" if place.kind == "overlay" or place.extra.get("tree") else "base"


def remarks(places: Iterable[int]) -> list[Remark]:
    """The findings that touch these places, as warnings of an import."""
    touched = set(places)
    names = dict(Place.objects.filter(type__in=("grid", "division")).values_list("id", "name"))
    codes = dict(Place.objects.filter(type__in=("grid", "division")).values_list("id", "code"))
    grids = set(
        Place.objects.filter(pk__in=touched, type=Place.Type.GRID).values_list("community_id", flat=True)
    )
    result = []
    for finding in findings():
        if touched & set(finding.places) or (finding.code == "coverage.gap" and finding.places[0] in grids):
            who = "、".join(f"{codes.get(pk, '')} {names.get(pk, '')}" for pk in finding.places)
            facts = {"value": who, "area": finding.area_m2, "lng": finding.lng, "lat": finding.lat}
            result.append(Remark("", None, "geometry", finding.code, facts))
    return result
