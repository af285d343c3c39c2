"""Who answers for a place: said by the office that keeps the list, ended with a day."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.contacts import policies
from linli.contacts.models import Contact
from linli.contacts.operations.owed import of, year_follow
from linli.contacts.queries.levels import level_of
from linli.contacts.sections import section
from linli.contacts.workflow import CONTACT
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.core.words import at_most
from linli.organizations.models import Organization
from linli.organizations.operations.people import Named, person_found
from linli.territory.models import Place

LONGEST_TITLE: Final = 80
LONGEST_DUTIES: Final = 300
LONGEST_NAME: Final = 60


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who is to answer for which place: a person or a body, of a tier, from a day on."""

    place_id: int
    tier: str
    named: Named | None = None
    organization_id: int | None = None
    title: str = ""
    duties: str = ""
    liaison: str = ""
    since: date | None = None


@transaction.atomic
def contact_assign(*, actor: Actor, assignment: Assignment) -> Contact:
    """Say who answers for a place (RSP-01 to RSP-05).

    Raises: not_found, contact.not_yours, contact.tier, contact.level, contact.who, contact.since, contact.twice,
    contact.too_long, person.bad_name, person.bad_phone, person.number_of_another
    """
    place = Place.objects.select_for_update().filter(pk=assignment.place_id, until=None).first()
    if place is None:
        raise NotFound
    policies.require_keep(actor, place)
    tier = next((item for item in section().tiers if item.code == assignment.tier and not item.retired), None)
    if tier is None:
        raise InvalidInput("contact.tier", _("There is no such tier of contacts."))
    level = level_of(place)
    if level is None:
        raise InvalidInput("contact.level", _("One answers for a street, a community, a grid or a building."))
    row = Contact(place=place, level=level, tier=tier.code, since=assignment.since or clock.today())
    if row.since > clock.today():
        raise InvalidInput("contact.since", _("It begins today or began before."))
    row.title = at_most(assignment.title, LONGEST_TITLE, "contact.too_long")
    row.duties = at_most(assignment.duties, LONGEST_DUTIES, "contact.too_long")
    row.liaison = at_most(assignment.liaison, LONGEST_NAME, "contact.too_long")
    _who(row, tier.who, assignment)
    held = Contact.objects.filter(place=place, person=row.person, organization=row.organization)
    if held.filter(until=None).exists() or held.filter(until__gt=row.since).exists():
        raise RuleBroken("contact.twice", _("They answer for this place in that time already."))
    row.save(force_insert=True)
    year_follow(of(row))
    _done(actor, "assign", row, tier=row.tier)
    return row


@transaction.atomic
def contact_end(*, actor: Actor, contact_id: int, version: int, on: date | None = None) -> Contact:
    """End that somebody answers for a place, from a day on (today if none is given).

    Raises: not_found, contact.not_yours, contact.ended, contact.until, contact.stale
    """
    row = (
        Contact.objects.select_for_update(of=("self",))
        .select_related("place")
        .filter(policies.contacts_visible_to(actor), pk=contact_id)
        .first()
    )
    if row is None:
        raise NotFound
    policies.require_keep(actor, row.place)
    if row.until is not None:
        raise RuleBroken("contact.ended", _("It has ended already."))
    if row.version != version:
        raise RuleBroken("contact.stale", _("Somebody changed this since you read it."))
    until = on or clock.today()
    if not row.since <= until <= clock.today():
        raise InvalidInput("contact.until", _("It ends on a day since it began, at the latest today."))
    row.until = until
    row.version += 1
    row.save()
    year_follow(of(row))
    _done(actor, "end", row)
    return row


def _who(row: Contact, kind: str, assignment: Assignment) -> None:
    """Put in who answers. Raises: contact.who, and what people's names raise"""
    if kind == "person" and assignment.named is not None and assignment.named.name.strip():
        row.person = person_found(assignment.named)
        return
    body = Organization.objects.filter(pk=assignment.organization_id or 0, until=None).first()
    if kind == "body" and body is not None:
        row.organization = body
        return
    raise InvalidInput("contact.who", _("Say who answers: a person of a tier of persons, a body of a tier of bodies."))


def _done(actor: Actor, verb: str, row: Contact, **facts: Any) -> None:
    facts |= {"person": row.person_id, "organization": row.organization_id}
    journal.write(actor, f"{CONTACT}.{verb}", (CONTACT, row.pk), place_id=row.place_id, facts=facts)
