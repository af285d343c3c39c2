"""The only writers of the talent pool (PPL-05, PPL-06): by consent only, and whoever leaves is gone."""

from dataclasses import dataclass
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.accounts.models import User
from linli.accounts.operations.owning import person_own
from linli.careers import policies
from linli.careers.models import TalentEntry
from linli.careers.queries.talents import pool_places
from linli.careers.sections import names, section
from linli.core import clock, journal
from linli.core.actors import SYSTEM, Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.organizations.models import Person
from linli.organizations.operations.people import Named, normal_phone, person_forget, person_found
from linli.territory.models import Place

TALENT: Final = "talent"
SKILLS: Final = 200


@dataclass(frozen=True, slots=True)
class Talent:
    """What somebody lets be known: who and where they are, which category, what they can do, and that they consent."""

    name: str
    phone: str
    place_id: int
    category: str
    skills: str = ""
    consent: bool = False


@transaction.atomic
def talent_enter(*, actor: Actor, form: Talent, on_paper: bool = False) -> TalentEntry:
    """Enter the pool: oneself, or `on_paper` somebody whose consent the desk noted.

    Raises: not_found, careers.not_yours, talent.consent, talent.category, talent.skills, talent.twice,
    person.bad_name, person.bad_phone
    """
    place = _place(actor, form, on_paper=on_paper)
    _require(form)
    row = TalentEntry(place=place, category=form.category, skills=form.skills.strip(), consent_on=clock.today())
    row.person, row.recorded_by = _person(actor, form, on_paper=on_paper), actor.key
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        if "talent_entry_once" not in str(error):
            raise
        raise RuleBroken("talent.twice", _("This person is in the pool under this category already.")) from error
    journal.write(actor, "talent.enter", (TALENT, row.pk), place_id=place.pk, facts={"on_paper": on_paper})
    return row


@transaction.atomic
def talent_leave(*, actor: Actor, talent_id: int) -> None:
    """Leave the pool, oneself or through the desk: the entry is deleted, and with it whom nothing else here knows.

    Raises: not_found
    """
    rows = TalentEntry.objects.select_for_update(of=("self",)).select_related("place", "person")
    row = rows.filter(policies.talents_visible_to(actor), pk=talent_id).first()
    if row is None or not policies.may_leave(actor, row):
        raise NotFound
    _delete(actor, row)


@transaction.atomic
def talents_forget(*, user_id: int) -> None:
    """Delete the entries of whoever closed their account."""
    person_id = User.objects.filter(pk=user_id).values_list("person_id", flat=True).first()
    for row in TalentEntry.objects.select_for_update().filter(person_id=person_id or 0):
        _delete(SYSTEM, row)


def _delete(actor: Actor, row: TalentEntry) -> None:
    pk, place_id, person = row.pk, row.place_id, row.person
    row.delete()
    journal.write(actor, "talent.leave", (TALENT, pk), place_id=place_id)
    if not _known_elsewhere(person):
        person_forget(actor=SYSTEM, person_id=person.pk)


def _known_elsewhere(person: Person) -> bool:
    """Whether any other record here is about this person: a post, an account, a registration."""
    return any(
        item.related_model._base_manager.filter(**{item.field.name: person.pk}).exists()
        for item in Person._meta.related_objects
    )


def _place(actor: Actor, form: Talent, *, on_paper: bool) -> Place:
    place = pool_places().filter(pk=form.place_id).first()
    if place is None or (not on_paper and actor.user_id is None):
        raise NotFound
    if on_paper:
        policies.require_nominate(actor, place)
    return place


def _require(form: Talent) -> None:
    """Refuse what is not consented to or not said. Raises: talent.consent, talent.category, talent.skills"""
    if not form.consent:
        raise InvalidInput("talent.consent", _("Nobody is entered without their consent."))
    if form.category not in names(section().talents):
        raise InvalidInput("talent.category", _("Choose from the list."))
    if len(form.skills.strip()) > SKILLS:
        raise InvalidInput("talent.skills", _("Write something, at most %(most)s characters."), most=SKILLS)


def _person(actor: Actor, form: Talent, *, on_paper: bool) -> Person:
    if on_paper:
        return person_found(Named(form.name, form.phone))
    phone = normal_phone(form.phone) if form.phone.strip() else ""
    return person_own(actor=actor, name=form.name, phone=phone)
