"""Circles as they are read: a division with its kinds, what lies in it, the best sites; the map; the streets."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

import shapely
from django.db.models import Avg, F, Max, QuerySet, Sum
from shapely.geometry import mapping, shape

from linli.circles import policies
from linli.circles.models import Circle, Reach, StreetNetwork
from linli.circles.queries.inputs import Point
from linli.circles.sections import ServiceKind, section
from linli.circles.workflow import KEEP, VIEW
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.territory.models import Boundary, Facility, Place
from linli.territory.queries import root_place

# Metres in a degree of latitude.
DEGREE_M: Final = 111_195
TONES: Final = (("green", "circle-check"), ("yellow", "alert-triangle"), ("red", "circle-x"))


@dataclass(frozen=True, slots=True)
class Site:
    """A place where one more would serve so many more households: beside a compound, or what stands idle."""

    gain: int
    beside: Place | None
    lng: float
    lat: float
    idle: Facility | None = None
    idle_gain: int = 0


@dataclass(frozen=True, slots=True)
class KindLine:
    """A kind of service in a division: how many households have it near, the longest walk, the best new site."""

    kind: ServiceKind
    households: int
    near: int
    longest: Decimal | None
    site: Site | None = None

    @property
    def lacking(self) -> int:
        """How many households have none near."""
        return self.households - self.near

    @property
    def tone(self) -> tuple[str, str]:
        """Colour and icon: all have it near, some, nobody."""
        return TONES[0 if self.near == self.households else 1 if self.near else 2]

    @property
    def share(self) -> float | None:
        """Of a hundred households those that have it near; none where there are no households."""
        return 100 * self.near / self.households if self.households else None


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A community, or a compound, with the kinds that some of its households lack; of a compound by how much."""

    place: Place
    households: int
    kinds: int
    missing: list[tuple[ServiceKind, int, Decimal | None]]

    @property
    def tone(self) -> tuple[str, str]:
        """Colour and icon: nothing is missing, nothing basic, something basic."""
        return TONES[2 if self.basic else 1 if self.missing else 0]

    @property
    def basic(self) -> int:
        """How many basic kinds are among those that are missing."""
        return sum(kind.group == "basic" for kind, _lacking, _minutes in self.missing)


@dataclass(frozen=True, slots=True)
class DivisionPage:
    """Everything the page of one division shows; where only parts of it have streets, no one computation."""

    place: Place
    network: StreetNetwork | None
    circle: Circle | None
    kinds: list[KindLine] = field(default_factory=list)
    inside: list[PlaceLine] = field(default_factory=list)


def own_division(actor: Actor) -> Place:
    """The widest division that the actor's posts are about. Raises: not_found"""
    if actor.key == "system":
        root = root_place()
        if root is None:
            raise NotFound
        return root
    paths = {scope.path for scope in actor.scopes if scope.path and {VIEW, KEEP} & scope.abilities}
    rows = Place.objects.filter(policies.divisions_visible_to(actor))
    found = rows.filter(path__in=paths).order_by("path").first() or rows.order_by("path").first()
    if found is None:
        raise NotFound
    return found


def division_for(actor: Actor, pk: int) -> Place:
    """One division whose circles the actor sees. Raises: not_found"""
    found = Place.objects.filter(policies.divisions_visible_to(actor), pk=pk).first()
    if found is None:
        raise NotFound
    return found


def page_of(place: Place) -> DivisionPage:
    """What is within a walk in a division, in a number of queries that does not grow."""
    network = network_of(place)
    circle = network.circles.order_by("-pk").first() if network else None
    return DivisionPage(place, network, circle, kind_lines(place, circle), _inside(place))


def network_of(place: Place) -> StreetNetwork | None:
    """The streets in force of the place, or of the one in which it lies."""
    steps = [int(step) for step in place.path.split("/") if step]
    rows = StreetNetwork.objects.filter(ended=None, place_id__in=steps)
    return rows.defer("graph").select_related("place").first()


def kind_lines(place: Place, circle: Circle | None) -> list[KindLine]:
    """Each kind of service in a division, as the place's rules order them; a circle brings the sites."""
    rows = _now(place).values("kind").annotate(all=Sum("households"), some=Sum("near"), longest=Max("minutes"))
    sums = {row["kind"]: row for row in rows}
    sites = _sites(place, circle) if circle else {}
    return [
        KindLine(kind, row["all"], row["some"], row["longest"], sites.get(kind.code))
        for kind in section().in_force
        if (row := sums.get(kind.code))
    ]


def _now(place: Place) -> QuerySet[Reach]:
    return Reach.objects.filter(until=None, place__path__startswith=place.path)


def _sites(place: Place, circle: Circle) -> dict[str, Site]:
    found = {row["kind"]: row for row in circle.sites if row["division"] == place.pk and row["gain"]}
    beside = Place.objects.in_bulk({row["beside"] for row in found.values()})
    idle = Facility.objects.in_bulk({row["idle"] for row in found.values() if "idle" in row})
    return {
        kind: Site(
            row["gain"],
            beside.get(row["beside"]),
            row["lng"],
            row["lat"],
            idle.get(row.get("idle", 0)),
            row.get("idle_gain", 0),
        )
        for kind, row in found.items()
    }


def _inside(place: Place) -> list[PlaceLine]:
    """The compounds of a community, else the communities of a division; who lacks most basic kinds comes first."""
    small = place.pk == place.community_id
    by = "place_id" if small else "place__community_id"
    kinds = {kind.code: kind for kind in section().in_force}
    rows = _now(place).filter(kind__in=kinds).values(by, "kind")
    sums = rows.annotate(all=Sum("households"), some=Sum("near"), longest=Max("minutes")).order_by(by)
    order = {code: number for number, code in enumerate(kinds)}
    lines: dict[int, list[dict[str, Any]]] = {}
    for row in sums:
        lines.setdefault(row[by] or place.pk, []).append(row)
    places = Place.objects.in_bulk(lines)
    found = [
        PlaceLine(
            places[pk],
            max(row["all"] for row in own),
            len(own),
            [
                (kinds[row["kind"]], row["all"] - row["some"], row["longest"])
                for row in sorted(own, key=lambda row: order[row["kind"]])
                if row["some"] < row["all"]
            ],
        )
        for pk, own in lines.items()
    ]
    return sorted(found, key=lambda line: (-line.basic, -len(line.missing), line.place.path))


def networks_of(actor: Actor) -> QuerySet[StreetNetwork]:
    """The streets that the actor sees, those in force first."""
    rows = StreetNetwork.objects.filter(policies.networks_visible_to(actor)).defer("graph").select_related("place")
    return rows.order_by(F("ended").desc(nulls_first=True), "-brought")


def keepable(actor: Actor) -> list[Place]:
    """The places for which the actor may bring in streets: counties and streets of the root."""
    root = root_place()
    rows = Place.objects.filter(policies.kept_by(actor))
    return list(rows.filter(path__startswith=root.path if root else "/").order_by("path")[:300])


def on_the_map(place: Place, code: str) -> list[dict[str, Any]]:
    """Compounds coloured by whether they have a kind near, its facilities around, and the best site, as features."""
    kind = next((kind for kind in section().in_force if kind.code == code), None)
    if kind is None:
        return []
    reaches = _now(place).filter(kind=code).select_related("place").order_by("pk")
    held = {row.place_id: row for row in reaches}
    drawn = dict(Boundary.objects.filter(until=None, place_id__in=held).values_list("place_id", "geometry"))
    middles = _middles(held.values())
    compounds = [_compound(row, drawn.get(pk), middles.get(pk)) for pk, row in held.items()]
    shown = [feature for feature in compounds if feature]
    return [*shown, *_facilities(kind, list(middles.values())), *_best(place, code)]


def _middles(rows: Iterable[Reach]) -> dict[int, Point]:
    """Where each compound lies: itself where it is drawn, else in the middle of its buildings."""
    own = {row.place_id: (row.place.lng, row.place.lat) for row in rows}
    missing = [pk for pk, (lng, _lat) in own.items() if lng is None]
    buildings = Place.objects.filter(type=Place.Type.BUILDING, compound_id__in=missing, until=None)
    found = buildings.values("compound_id").annotate(x=Avg("lng"), y=Avg("lat")).values_list("compound_id", "x", "y")
    both = [(pk, lng, lat) for pk, (lng, lat) in own.items()] + list(found)
    return {pk: (lng, lat) for pk, lng, lat in both if lng is not None and lat is not None}


def _compound(row: Reach, drawn: dict[str, Any] | None, middle: Point | None) -> dict[str, Any] | None:
    tone = "green" if row.reached else "red" if row.near == 0 else "yellow"
    said = {"name": row.place.name, "tone": tone, "load": f"{row.near}/{row.households}"}
    if drawn:
        return _feature(mapping(shapely.simplify(shape(drawn), 1e-5)), **said)
    return _feature({"type": "Point", "coordinates": middle}, **said) if middle else None


def _facilities(kind: ServiceKind, points: list[Point]) -> Iterable[dict[str, Any]]:
    """What lies within a walk of these compounds in a straight line, or a little further."""
    if not points:
        return
    wide = section().metres / DEGREE_M * 1.5
    west, south, east, north = shapely.MultiPoint(points).bounds
    rows = Facility.objects.filter(kind__in=kind.names, until=None).exclude(state__in=section().idle)
    for row in rows.select_related("place").order_by("pk"):
        own = row.place if row.place.type in (Place.Type.COMPOUND, Place.Type.BUILDING) else None
        lng, lat = (row.lng, row.lat) if row.lng is not None else (own.lng, own.lat) if own else (None, None)
        if lng and lat and west - wide <= lng <= east + wide and south - wide <= lat <= north + wide:
            yield _feature({"type": "Point", "coordinates": [lng, lat]}, name=row.name, tone="green")


def _best(place: Place, code: str) -> Iterable[dict[str, Any]]:
    network = network_of(place)
    circle = network.circles.order_by("-pk").first() if network else None
    site = _sites(place, circle).get(code) if circle else None
    if site:
        point = {"type": "Point", "coordinates": [site.lng, site.lat]}
        yield _feature(point, name=f"+{site.gain}", tone="red")


def _feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}
