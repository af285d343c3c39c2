"""How the space of venues is divided, and how much of it there is: who falls short of the rules, and by how much."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from django.db.models import Count, F, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan, LessThan

from linli.core.actors import Actor
from linli.territory.models import Facility, Place
from linli.venues import policies
from linli.venues.models import Room
from linli.venues.sections import VenuesSection, section
from linli.venues.workflow import SEES

PAGE: Final = 50
ZERO: Final = Decimal(0)
TENTH: Final = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Division:
    """How the area of one venue is divided, held against what the place asks for."""

    service: Decimal
    office: Decimal
    idle: Decimal
    rules: VenuesSection

    @property
    def total(self) -> Decimal:
        """The area of all rooms."""
        return self.service + self.office + self.idle

    @property
    def service_share(self) -> Decimal | None:
        """The part that serves residents, in percent; none where no room is known."""
        return _percent(self.service, self.total)

    @property
    def office_share(self) -> Decimal | None:
        """The part that is offices, in percent."""
        return _percent(self.office, self.total)

    @property
    def service_short(self) -> Decimal:
        """How many square metres more should serve residents."""
        return max(ZERO, self.total * self.rules.service_least / 100 - self.service)

    @property
    def office_over(self) -> Decimal:
        """How many square metres of offices are too many."""
        return max(ZERO, self.office - self.total * self.rules.office_most / 100)

    @property
    def short(self) -> bool:
        """Whether it falls short of either rule."""
        return self.service_short > 0 or self.office_over > 0


@dataclass(frozen=True, slots=True)
class Line:
    """A venue in a list."""

    row: Facility
    rooms: int
    division: Division


@dataclass(frozen=True, slots=True)
class Supply:
    """How much area of venues a community has for those who live there."""

    place: Place
    area: Decimal
    households: int
    residents: int
    wanted: Decimal

    @property
    def per_100(self) -> Decimal | None:
        """Square metres for 100 households; none where their number is not known."""
        return (self.area * 100 / self.households).quantize(TENTH, ROUND_HALF_UP) if self.households else None

    @property
    def per_10000(self) -> Decimal | None:
        """Square metres for 10,000 residents."""
        return (self.area * 10000 / self.residents).quantize(TENTH, ROUND_HALF_UP) if self.residents else None

    @property
    def short(self) -> Decimal:
        """How many square metres are missing."""
        return max(ZERO, self.wanted * self.households / 100 - self.area)


def divided(rows: QuerySet[Facility]) -> QuerySet[Any]:
    """Facilities with the areas of their rooms by use; parts of rooms count within the whole."""
    whole = Q(rooms__until=None, rooms__part_of=None)
    areas = {use: Sum("rooms__area_m2", filter=whole & Q(rooms__use=use)) for use in ("service", "office", "idle")}
    return rows.annotate(**areas, room_count=Count("rooms", filter=Q(rooms__until=None)))


def venues(actor: Actor, words: str = "", *, short: bool = False) -> QuerySet[Any]:
    """The venues that somebody sees: all, or those that fall short of how space is to be divided.

    Facilities of other kinds, shops above all, are venues where rooms are known of them.
    """
    rows = Facility.objects.filter(policies.venues_visible_to(actor), policies.held_now())
    if section().kinds:
        with_rooms = Room.objects.filter(until=None).values("facility")
        rows = rows.filter(Q(kind__in=section().kinds) | Q(pk__in=with_rooms))
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(place__name__icontains=words))
    found = divided(rows.select_related("place"))
    if short:
        found = found.filter(_short(section()))
    return found.order_by("place__path", "name", "pk")


def lines(rows: Any) -> list[Line]:
    """Venues of `venues` with their shares."""
    return [Line(row, row.room_count, division_of(row)) for row in rows]


def division_of(row: Any) -> Division:
    """How a venue of `divided` is divided."""
    return Division(row.service or ZERO, row.office or ZERO, row.idle or ZERO, section())


def supplies(actor: Actor) -> list[Supply]:
    """The area that communities have, those first that are missing most; only venues in use are counted."""
    seen = Q() if actor.key == "system" else Q(pk__in=[])
    for ability in SEES:
        seen |= actor.places(ability, prefix="")
    places = list(Place.objects.filter(policies.communities(), seen).select_related("street").order_by("path"))
    chosen = section()
    kinds = Q(kind__in=chosen.kinds) if chosen.kinds else Q()
    counted = Facility.objects.filter(policies.held_now(), kinds, area_m2__isnull=False)
    areas = dict(
        counted.order_by()
        .values(community=F("place__community_id"))
        .annotate(total=Sum("area_m2"))
        .values_list("community", "total")
    )
    lived = _lived([place.pk for place in places if not place.households or not place.residents])
    found = []
    for place in places:
        households, residents = lived.get(place.pk, (0, 0))
        living = (place.households or households, place.residents or residents)
        found.append(Supply(place, areas.get(place.pk, ZERO), *living, chosen.area_per_100))
    return sorted(found, key=lambda item: -item.short)


def _lived(communities: list[int]) -> dict[int, tuple[int, int]]:
    """Households and residents of the compounds of communities whose own numbers are not known."""
    rows = Place.objects.filter(type=Place.Type.COMPOUND, until=None, community_id__in=communities).order_by()
    summed = rows.values("community_id").annotate(homes=Sum("households"), people=Sum("residents"))
    return {row["community_id"]: (row["homes"] or 0, row["people"] or 0) for row in summed}


def _short(rules: VenuesSection) -> Q:
    """The venues of `divided` that do not keep both rules."""
    service, office, idle = (Coalesce(F(use), Value(ZERO)) for use in ("service", "office", "idle"))
    total = service + office + idle
    few = LessThan(service * 100, total * rules.service_least)
    many = GreaterThan(office * 100, total * rules.office_most)
    return Q(few) | Q(many)


def _percent(part: Decimal, whole: Decimal) -> Decimal | None:
    return (part * 100 / whole).quantize(TENTH, ROUND_HALF_UP) if whole else None
