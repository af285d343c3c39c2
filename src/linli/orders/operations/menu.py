"""The only writers of the menu: an item is drafted, changed, published, taken off again (VOL-09)."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken, Stale
from linli.core.words import at_most, said
from linli.orders import policies
from linli.orders.models import ServiceMenuItem
from linli.orders.sections import category_names, section
from linli.orders.workflow import PERIODS
from linli.organizations.models import Organization
from linli.territory.models import Place

LABEL: Final = 60
TEXT: Final = 300
NEEDS: Final = 200
PROVIDER: Final = 160
MOST: Final = 10_000
SUBJECT: Final = "service_menu_item"


@dataclass(frozen=True, slots=True)
class Dish:
    """What stands on a menu. `organization_id` provides it, or `provider` in words; `capacity` orders a day or week."""

    place_id: int
    label: str
    category: str
    text: str = ""
    organization_id: int | None = None
    provider: str = ""
    needs: str = ""
    minutes: int | None = None
    for_credit: bool = False
    capacity: int | None = None
    per: str = "week"
    since: date | None = None
    until: date | None = None


@transaction.atomic
def item_draft(*, actor: Actor, dish: Dish) -> ServiceMenuItem:
    """Write down what could be ordered; nobody sees it until it is published.

    Raises: not_found, order.not_yours, menu.label, menu.category, menu.capacity, menu.days, menu.twice, menu.too_long
    """
    place = Place.objects.filter(policies.keeping_places(actor), pk=dish.place_id).first()
    if place is None:
        raise NotFound
    policies.require_keep(actor, place)
    row = ServiceMenuItem(place=place, recorded=clock.now(), recorder=actor.key)
    return _filled(actor, "draft", row, dish)


@transaction.atomic
def item_change(*, actor: Actor, item_id: int, dish: Dish, version: int) -> ServiceMenuItem:
    """Change an item, also one on the menu. Orders that were asked for stay as they are.

    Raises: not_found, menu.stale, and what item_draft raises
    """
    row = _locked(actor, item_id)
    if row.version != version:
        raise Stale("menu.stale", _("Somebody else changed this in the meantime."))
    row.version += 1
    return _filled(actor, "change", row, dish)


@transaction.atomic
def item_publish(*, actor: Actor, item_id: int) -> ServiceMenuItem:
    """Put an item on the menu. Raises: not_found, order.not_yours, menu.state"""
    return _to(actor, "publish", item_id, ("draft", "withdrawn"), "published")


@transaction.atomic
def item_withdraw(*, actor: Actor, item_id: int) -> ServiceMenuItem:
    """Take an item off the menu; what was ordered goes on. Raises: not_found, order.not_yours, menu.state"""
    return _to(actor, "withdraw", item_id, ("published",), "withdrawn")


def _to(actor: Actor, verb: str, item_id: int, sources: tuple[str, ...], state: str) -> ServiceMenuItem:
    row = _locked(actor, item_id)
    if row.state not in sources:
        raise RuleBroken("menu.state", _("This is so already."))
    row.state = state
    row.version += 1
    row.save()
    _write(actor, verb, row)
    return row


def _locked(actor: Actor, item_id: int) -> ServiceMenuItem:
    rows = ServiceMenuItem.objects.select_for_update(of=("self",)).select_related("place")
    row = rows.filter(policies.menu_visible_to(actor), pk=item_id).first()
    if row is None:
        raise NotFound
    policies.require_keep(actor, row.place)
    return row


def _filled(actor: Actor, verb: str, row: ServiceMenuItem, dish: Dish) -> ServiceMenuItem:
    if dish.category not in category_names():
        raise InvalidInput("menu.category", _("Choose a category."))
    if dish.per not in dict(PERIODS) or not 0 < (dish.capacity or 1) <= MOST or not 0 < (dish.minutes or 1) <= MOST:
        raise InvalidInput("menu.capacity", _("Capacity and minutes are numbers from 1 to %(most)s."), most=MOST)
    if dish.since and dish.until and dish.until < dish.since:
        raise InvalidInput("menu.days", _("The last day is before the first."))
    row.label, row.category = said(dish.label, LABEL, "menu.label"), dish.category
    row.text, row.needs = at_most(dish.text, TEXT, "menu.too_long"), at_most(dish.needs, NEEDS, "menu.too_long")
    row.provider = at_most(dish.provider, PROVIDER, "menu.too_long")
    row.organization = _body(row.place, dish.organization_id)
    row.minutes = dish.minutes
    # Where the place has no service for service, the form does not ask, and what was said before stays.
    row.for_credit = dish.for_credit if section().service_for_service else row.for_credit
    row.capacity, row.per, row.since, row.until = dish.capacity, dish.per, dish.since, dish.until
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if "service_menu_item_once" not in str(error):
            raise
        raise RuleBroken("menu.twice", _("The menu has an item of this name already.")) from error
    _write(actor, verb, row)
    return row


def _body(place: Place, organization_id: int | None) -> Organization | None:
    """The body that provides something: of this community or of what is above it. Raises: menu.provider"""
    if organization_id is None:
        return None
    found = Organization.objects.filter(policies.providing(place), pk=organization_id).first()
    if found is None:
        raise InvalidInput("menu.provider", _("Choose a body of this place."))
    return found


def _write(actor: Actor, verb: str, row: ServiceMenuItem) -> None:
    facts = {"label": row.label, "state": row.state, "capacity": row.capacity, "per": row.per}
    journal.write(actor, f"service_menu.{verb}", (SUBJECT, row.pk), place_id=row.place_id, facts=facts)
