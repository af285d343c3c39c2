"""Menus of services as they are read: the desk's, the public one of a community, and what is still to be had."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count, Q, QuerySet

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.orders import policies
from linli.orders.models import ServiceMenuItem
from linli.orders.queries.capacity import week_of
from linli.orders.queries.credit import cost_of
from linli.orders.sections import category_names
from linli.orders.workflow import DONE, OPEN
from linli.organizations.models import Organization
from linli.territory.models import Place

MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Dish:
    """An item of a menu. `left` is how many may still be ordered today or this week; None is any number.

    `cost` is how many minutes of the time that one gave it takes; 0 is none.
    """

    row: ServiceMenuItem
    category: str
    left: int | None
    cost: int = 0

    @property
    def by(self) -> str:
        """Who provides it."""
        return self.row.organization.name if self.row.organization else self.row.provider


@dataclass(frozen=True, slots=True)
class Course:
    """The items of one category."""

    label: str
    dishes: list[Dish]


def kept_by(actor: Actor) -> QuerySet[ServiceMenuItem]:
    """The items that somebody keeps."""
    return ServiceMenuItem.objects.filter(policies.menu_visible_to(actor))


def menu_of(actor: Actor) -> list[Dish]:
    """Every item that somebody keeps: those on the menu first."""
    rows = kept_by(actor).select_related("place", "organization").order_by("place__path", "state", "category", "label")
    return _dishes(rows, clock.today())


def item_of(actor: Actor, pk: int) -> ServiceMenuItem:
    """One item that somebody keeps. Raises: not_found"""
    row = kept_by(actor).select_related("place", "organization").filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row


def community_with(code: str) -> Place:
    """The community with this code. Raises: not_found"""
    rows = Place.objects.filter(policies.ordering_places(), type=Place.Type.DIVISION, code=code)
    place = rows.select_related("street").first()
    if place is None or place.community_id != place.pk:
        raise NotFound
    return place


def on_menu(place: Place, pk: int) -> ServiceMenuItem:
    """One item that residents of a community may order now. Raises: not_found"""
    rows = ServiceMenuItem.objects.filter(policies.on_menu(), place=place, pk=pk)
    row = rows.select_related("organization").first()
    if row is None:
        raise NotFound
    return row


def on_menus(places: list[Place]) -> list[ServiceMenuItem]:
    """What may be ordered now in some communities."""
    rows = ServiceMenuItem.objects.filter(policies.on_menu(), place__in=places)
    return list(rows.order_by("place__path", "category", "label")[:MOST])


def public_menu(place: Place) -> list[Course]:
    """What residents of a community may order now, by category."""
    rows = ServiceMenuItem.objects.filter(policies.on_menu(), place=place).select_related("organization")
    names = category_names()
    order = {code: at for at, code in enumerate(names)}
    found: dict[str, list[Dish]] = {}
    for dish in sorted(
        _dishes(rows.order_by("label"), clock.today()), key=lambda item: order.get(item.row.category, len(order))
    ):
        found.setdefault(dish.category, []).append(dish)
    return [Course(label, dishes) for label, dishes in found.items()]


def _dishes(rows: QuerySet[ServiceMenuItem], today: date) -> list[Dish]:
    first, last = week_of(today)
    counted = Q(orders__state__in=(*OPEN, *DONE))
    taken = rows.annotate(
        today=Count("orders", filter=counted & Q(orders__wanted_on=today)),
        week=Count("orders", filter=counted & Q(orders__wanted_on__range=(first, last))),
    )
    names = category_names()
    return [
        Dish(
            row,
            names.get(row.category, row.category),
            None if row.capacity is None else max(0, row.capacity - (row.today if row.per == "day" else row.week)),
            cost_of(row),
        )
        for row in taken[:MOST]
    ]


def ordering_places(community: Place) -> list[Place]:
    """The parts of a community that an order may name: itself and its compounds."""
    rows = Place.objects.filter(policies.ordering_places(), path__startswith=community.path)
    return list(rows.filter(Q(pk=community.pk) | Q(type=Place.Type.COMPOUND)).order_by("type", "path")[:MOST])


def bodies_for(place: Place) -> list[Organization]:
    """The bodies that may provide services at a place, its own first."""
    rows = Organization.objects.filter(policies.providing(place)).order_by("-place__path", "name")
    return list(rows[:MOST])


def communities() -> list[Place]:
    """Communities that have something on their menu."""
    rows = ServiceMenuItem.objects.filter(policies.on_menu()).values("place_id")
    return list(Place.objects.filter(pk__in=rows).order_by("path")[:MOST])
