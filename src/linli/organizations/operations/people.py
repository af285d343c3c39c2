"""People: found by staff number, else by name and phone; corrected, and forgotten where the law says so.

Many at once, as ledgers bring them, are in recording.py.
"""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.core import clock, journal, secrets
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotAllowed, NotFound, RuleBroken, Stale
from linli.organizations import policies
from linli.organizations.models import Person
from linli.records.operations.imports import kept_forget

LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Named:
    """What is known of a person who may be new."""

    name: str
    phone: str = ""
    staff_number: str = ""


def person_found(named: Named) -> Person:
    """The person meant, or a new one, in the caller's transaction.

    A name without number or phone is always somebody new: namesakes are common.
    Raises: person.bad_name, person.bad_phone, person.number_of_another
    """
    name, number = " ".join(named.name.split()), named.staff_number.strip()
    if not name or len(name) > LONGEST_NAME:
        raise InvalidInput("person.bad_name", _("A name has between 1 and %(most)s characters."), most=LONGEST_NAME)
    phone = normal_phone(named.phone) if named.phone.strip() else ""
    digest = secrets.match_hash(phone, "phone") if phone else None
    if number:
        known = Person.objects.filter(staff_number=number).first()
        if known is not None and known.name != name:
            message = _("The staff number belongs to somebody of another name.")
            raise RuleBroken("person.number_of_another", message, staff_number=number)
        if known is not None:
            return known
    if digest:
        same = Person.objects.filter(phone_hash=digest, name=name).order_by("pk").first()
        if same is not None and (not number or not same.staff_number):
            return same
    return Person.objects.create(
        name=name,
        staff_number=number,
        phone=phone or None,
        phone_hash=digest,
        created=clock.now(),
    )


def normal_phone(phone: str) -> str:
    """A phone number as digits. Raises: person.bad_phone."""
    digits = secrets.normal_phone(phone)
    if not digits.isdecimal() or not 7 <= len(digits) <= 13:
        raise InvalidInput("person.bad_phone", _("“%(phone)s” is not a phone number."), phone=phone[:30])
    return digits


@transaction.atomic
def person_correct(*, actor: Actor, person_id: int, version: int, name: str = "", phone: str = "") -> Person:
    """Correct a name or phone: one's own, or that of somebody in a post that the actor manages.

    Raises: not_found, person.not_yours, person.stale, person.bad_name, person.bad_phone
    """
    person = Person.objects.select_for_update().filter(pk=person_id).first()
    if person is None or not policies.can_see_person(actor, person):
        raise NotFound
    if person.pk != actor.person_id and not _manages(actor, person):
        raise NotAllowed("person.not_yours", _("Your posts do not let you change this person."))
    if person.version != version:
        raise Stale("person.stale", _("Somebody changed this person since you read it."), version=person.version)
    changed: dict[str, Any] = {}
    if name.strip():
        if len(name.strip()) > LONGEST_NAME:
            message = _("A name has between 1 and %(most)s characters.")
            raise InvalidInput("person.bad_name", message, most=LONGEST_NAME)
        changed["name"] = " ".join(name.split())
    if phone.strip():
        changed["phone"] = normal_phone(phone)
        changed["phone_hash"] = secrets.match_hash(changed["phone"], "phone")
    for field, value in changed.items():
        setattr(person, field, value)
    person.version += 1
    person.save(update_fields=[*changed, "version"])
    journal.write(actor, "person.correct", ("person", person.pk), facts={"changed": sorted(changed)})
    return person


@transaction.atomic
def person_forget(*, actor: Actor, person_id: int) -> None:
    """Destroy what is personal about somebody who holds no post any more: name, phone, number and key.

    The row stays, because history refers to it. One may ask for oneself; others need to manage accounts.
    Raises: not_found, person.not_yours, person.in_post
    """
    person = Person.objects.select_for_update().filter(pk=person_id).first()
    if person is None or not policies.can_see_person(actor, person):
        raise NotFound
    if person.pk != actor.person_id and not (actor.key == "system" or actor.can(policies.SECURITY)):
        raise NotAllowed("person.not_yours", _("Your posts do not let you change this person."))
    if person.posts.filter(policies.held_on(clock.today())).exists():
        raise RuleBroken("person.in_post", _("Whoever holds a post cannot be forgotten; end the post first."))
    person.name, person.staff_number = "—", ""
    person.phone = person.phone_hash = person.key = None
    person.version += 1
    person.save(update_fields=["name", "staff_number", "phone", "phone_hash", "key", "version"])
    kept_forget(relation="person", subject_id=person.pk)
    journal.write(actor, "person.forget", ("person", person.pk))


def _manages(actor: Actor, person: Person) -> bool:
    return any(policies.may_manage(actor, post.place) for post in person.posts.select_related("place"))
