"""Who answers for what, as it is read: the list, one contact, the chain of a place with its visits."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Q, QuerySet

from linli.contacts import policies
from linli.contacts.models import Contact, ContactMatter
from linli.contacts.queries.visits import Came, VisitLine, Wanted, came, listed, seen_by
from linli.contacts.sections import section, tier_names
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.organizations.policies import held_on
from linli.territory.models import Place

PAGE: Final = 50
LINKS: Final = 300


@dataclass(frozen=True, slots=True)
class Answers:
    """A contact in a list: who answers, by tier, for which place."""

    row: Contact
    who: str
    tier: str


@dataclass(frozen=True, slots=True)
class Link:
    """One place of a chain of responsibility, with those who answer for it."""

    place: Place
    answers: list[Answers]


@dataclass(frozen=True, slots=True)
class PlacePage:
    """Who answers for a place and the places above and below it, and what their visits brought."""

    place: Place
    chain: list[Link]
    below: list[Link]
    visits: list[VisitLine]
    matters: list[Came]


def contacts_seen(actor: Actor) -> QuerySet[Contact]:
    """The contacts that somebody sees."""
    rows = Contact.objects.filter(policies.contacts_visible_to(actor))
    return rows.select_related("person", "organization", "place__street", "place__community")


def listed_contacts(actor: Actor, wanted: Wanted, level: str = "") -> tuple[list[Answers], str]:
    """A page of the contacts of today, in the order of places, and the id after which the next begins."""
    rows = contacts_seen(actor).filter(held_on(clock.today()))
    for field, value in (("tier", wanted.tier), ("level", level)):
        if value:
            rows = rows.filter(**{field: value})
    if wanted.words:
        named = Q(place__name__icontains=wanted.words) | Q(person__name=wanted.words)
        rows = rows.filter(named | Q(organization__name__icontains=wanted.words))
    if wanted.before:
        rows = rows.filter(pk__lt=wanted.before[1])
    page = list(rows.order_by("-pk")[: PAGE + 1])
    more = page[PAGE - 1] if len(page) > PAGE else None
    return answers(page[:PAGE]), f"{more.since}.{more.pk}" if more else ""


def answers(rows: list[Contact]) -> list[Answers]:
    """Contacts as lines."""
    names = tier_names()
    return [Answers(row, str(row.person or row.organization), names.get(row.tier, row.tier)) for row in rows]


def contact_seen(actor: Actor, pk: int) -> Answers:
    """One contact. Raises: not_found"""
    row = contacts_seen(actor).filter(pk=pk).first()
    if row is None:
        raise NotFound
    return answers([row])[0]


def own_contacts(actor: Actor) -> list[Answers]:
    """The places that the actor answers for, and the bodies for which the actor visits."""
    rows = Contact.objects.filter(policies.own(actor), held_on(clock.today()))
    rows = rows.select_related("person", "organization", "place__street", "place__community")
    return answers(list(rows.order_by("place__path", "pk")))


def place_page(actor: Actor, pk: int) -> PlacePage:
    """One place with its chain. Raises: not_found"""
    place = Place.objects.filter(policies.places_seen(actor), pk=pk, until=None).first()
    if place is None:
        raise NotFound
    above = [int(step) for step in place.path.split("/") if step]
    current = Contact.objects.filter(held_on(clock.today())).select_related("person", "organization", "place")
    up = _links(current.filter(place_id__in=above))
    inside = Q(place__path__startswith=place.path) & ~Q(place_id=pk)
    down = _links(current.filter(inside))
    here = Q(place__path__startswith=place.path)
    visits, _more = listed(seen_by(actor).filter(here, together=None), Wanted())
    seen = ContactMatter.objects.filter(here)
    return PlacePage(place, up, down, visits, came(actor, seen))


def _links(rows: QuerySet[Contact]) -> list[Link]:
    found: dict[int, Link] = {}
    for item in answers(list(rows.order_by("place__path", "tier", "pk")[:LINKS])):
        found.setdefault(item.row.place_id, Link(item.row.place, [])).answers.append(item)
    return list(found.values())


def places_kept(actor: Actor) -> QuerySet[Place]:
    """The places for which the actor says who answers."""
    kinds = Q(street_id__isnull=False) & (Q(type="grid") | Q(type="building") | Q(type="division"))
    return Place.objects.filter(policies.keeping(actor), kinds, until=None, placeholder=False).order_by("path")


def tier_choices() -> list[tuple[str, str]]:
    """The tiers of the profile."""
    return [(item.code, item.named) for item in section().tiers if not item.retired]
