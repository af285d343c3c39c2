"""The only writers of registrations: a member where they live, a unit where it stands; ended, and forgotten."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.accounts.models import User
from linli.accounts.operations.owning import person_own
from linli.core import clock, journal
from linli.core.actors import SYSTEM, Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.core.words import said
from linli.members import policies
from linli.members.models import NAME, NUMBER, TEXT, UNIT_NAME, DualRegistration, Member, Pairing
from linli.members.operations.turning_out import settle_told
from linli.members.sections import section
from linli.members.workflow import MEMBER, REGISTRATION
from linli.organizations.models import Organization
from linli.organizations.operations.people import Named, person_found
from linli.territory.models import Place
from linli.volunteering.sections import skill_names

FORGOTTEN: Final = "—"


@dataclass(frozen=True, slots=True)
class Joining:
    """What is said of a member: the community in which they live, the unit they work for, what they are good at."""

    name: str
    place_id: int
    phone: str = ""
    number: str = ""
    unit: str = ""
    organization_id: int | None = None
    skills: Sequence[str] = field(default_factory=tuple)
    consent: bool = False


@transaction.atomic
def member_register(*, actor: Actor, form: Joining, on_paper: bool = False) -> DualRegistration:
    """Register a member with the community where they live: oneself, or `on_paper` somebody who came to the desk.

    Raises: not_found, members.not_yours, members.consent, members.place, members.unit, members.number, members.skills,
    members.twice, person.bad_name, person.bad_phone
    """
    place = Place.objects.filter(policies.living_places(), pk=form.place_id).first()
    if place is None:
        raise InvalidInput("members.place", _("Choose the community in which you live."))
    if on_paper:
        policies.require_keep(actor, place)
    elif actor.user_id is None:
        raise NotFound
    if not form.consent:
        raise InvalidInput("members.consent", _("Nobody is registered without their consent."))
    member = _member(actor, form, place, on_paper=on_paper)
    row = DualRegistration(kind="member", member=member, place=place, since=clock.today())
    row.organization_id, row.unit = member.organization_id, member.unit
    _put(row, "dual_registration_once", _("This member is registered already; end that registration first."))
    _done(actor, "register", row, on_paper=on_paper)
    return row


def _member(actor: Actor, form: Joining, place: Place, *, on_paper: bool) -> Member:
    """The member meant, known by their account or number, moved to where they live now."""
    if on_paper:
        person = person_found(Named(form.name, form.phone)) if form.phone.strip() else None
    else:
        person = person_own(actor=actor, name=form.name, phone=form.phone)
    number = form.number.strip()
    if len(number) > NUMBER:
        raise InvalidInput("members.number", _("The number is too long."))
    known = Member.objects.select_for_update().filter(person=person) if person else Member.objects.none()
    member = known.first() or Member(person=person, since=clock.today(), recorded=clock.now(), recorder=actor.key)
    if number and Member.objects.filter(number=number).exclude(pk=member.pk).exists():
        raise RuleBroken("members.number", _("Somebody else has this number. Look them up in the list."))
    member.name = person.name if person else said(form.name, NAME, "person.bad_name")
    member.number, member.place = number or member.number, place
    member.organization, member.unit = _unit(form)
    chosen = set(form.skills)
    if not chosen <= set(skill_names()):
        raise InvalidInput("members.skills", _("Choose from the list."))
    member.skills = [code for code in skill_names() if code in chosen]
    member.save()
    return member


def _unit(form: Joining) -> tuple[Organization | None, str]:
    """The employer of a member: a body that is here, or its name. Raises: members.unit"""
    body = Organization.objects.filter(pk=form.organization_id, until=None).first() if form.organization_id else None
    name = body.name if body else " ".join(form.unit.split())
    if len(name) > UNIT_NAME or (section().two_bodies and not name):
        raise InvalidInput("members.unit", _("Say for which unit the member works; both guide what they do."))
    return body, name


@transaction.atomic
def unit_register(*, actor: Actor, organization_id: int, place_id: int, offers: str = "") -> DualRegistration:
    """Register a unit with the community where it stands: its own people do, or the desk.

    Raises: not_found, members.not_yours, members.place, members.offers, members.twice
    """
    body = Organization.objects.filter(pk=organization_id, until=None).first()
    place = Place.objects.filter(policies.living_places(), pk=place_id).first()
    if body is None:
        raise NotFound
    if place is None:
        raise InvalidInput("members.place", _("Choose the community in which the unit stands."))
    if body.pk not in policies.units_of(actor):
        policies.require_keep(actor, place)
    row = DualRegistration(kind="unit", organization=body, unit=body.name, place=place, since=clock.today())
    row.offers = said(offers, TEXT, "members.offers") if offers.strip() else ""
    _put(row, "dual_registration_unit_once", _("This unit is registered with the community already."))
    _done(actor, "register", row)
    return row


@transaction.atomic
def registration_end(*, actor: Actor, registration_id: int) -> DualRegistration:
    """End a registration. With that of a member end the pairings, and with them every code of a household.

    Raises: not_found, members.not_yours, members.ended
    """
    rows = DualRegistration.objects.select_for_update(of=("self",)).select_related("place", "member")
    row = rows.filter(policies.registrations_visible_to(actor), pk=registration_id).first()
    if row is None:
        raise NotFound
    if not policies.may_end(actor, row):
        policies.require_keep(actor, row.place)
    if row.until is not None:
        raise RuleBroken("members.ended", _("This registration has ended already."))
    _end(row)
    _done(actor, "end", row)
    return row


@transaction.atomic
def member_forget(*, actor: Actor, member_id: int) -> None:
    """Delete what is personal of a member who leaves; numbers stay. Raises: not_found, members.not_yours"""
    row = Member.objects.select_for_update(of=("self",)).select_related("place")
    member = row.filter(policies.members_visible_to(actor), pk=member_id).first()
    if member is None:
        raise NotFound
    policies.require_self_or_keep(actor, member)
    _forget(actor, member)


def members_forget(*, user_id: int) -> int:
    """Forget the member behind an account that was closed, part of that operation; returns how many."""
    person_id = User.objects.filter(pk=user_id).values_list("person_id", flat=True).first()
    rows = Member.objects.select_for_update(of=("self",)).select_related("place").filter(person_id=person_id or 0)
    for member in rows:
        _forget(SYSTEM, member)
    _pairings_end(Q(person_id=person_id or 0))
    return len(rows)


def _forget(actor: Actor, member: Member) -> None:
    for row in member.registrations.select_for_update().filter(until=None):
        _end(row)
    _pairings_end(Q(member=member))
    member.turn_outs.filter(state="told").delete()
    settle_told(member.place)
    member.turn_outs.update(note="", reason="")
    member.name, member.number, member.unit = FORGOTTEN, "", ""
    member.person = member.organization = None
    member.left = clock.today()
    member.skills, member.extra = [], {}
    member.version += 1
    member.save()
    member.registrations.update(unit="", organization=None, extra={})
    journal.write(actor, f"{MEMBER}.forget", (MEMBER, member.pk), place_id=member.place_id)


def _end(row: DualRegistration) -> None:
    row.until = clock.today()
    row.version += 1
    row.save()
    if row.member_id:
        _pairings_end(Q(member_id=row.member_id))


def _pairings_end(whose: Q) -> None:
    for pairing in Pairing.objects.select_for_update().filter(whose, until=None):
        pairing_close(pairing, clock.today())


def pairing_close(pairing: Pairing, day: date) -> None:
    """End a pairing in the caller's transaction: which household it was goes with it."""
    pairing.until, pairing.household, pairing.extra = max(day, pairing.since), "", {}
    pairing.version += 1
    pairing.save()


def _put(row: DualRegistration, constraint: str, message: Any) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        if constraint not in str(error):
            raise
        raise RuleBroken("members.twice", message) from error


def _done(actor: Actor, verb: str, row: DualRegistration, **facts: Any) -> None:
    subject = (REGISTRATION, row.pk)
    journal.write(actor, f"{REGISTRATION}.{verb}", subject, place_id=row.place_id, facts={"kind": row.kind, **facts})
