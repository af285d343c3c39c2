"""The only writers of members: joining by free choice, at the desk on paper, an alias, leaving."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.accounts.operations.owning import person_own
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.bulk import next_ids
from linli.core.errors import InvalidInput, NotFound, RuleBroken, Stale
from linli.organizations.operations.people import Named, person_found
from linli.points import policies
from linli.points.models import Account, Member
from linli.points.operations.accounts import member_account
from linli.points.workflow import CREDIT, HOURS, POINTS, SUBJECT
from linli.territory.models import Place

LONGEST_ALIAS = 30


@transaction.atomic
def member_join(*, actor: Actor, place_id: int, name: str, agrees: bool, alias: str = "") -> Member:
    """Join the points of a community oneself, or again after leaving.

    Raises: not_found, points.consent, points.place, points.alias, points.joined, person.bad_name
    """
    if actor.user_id is None:
        raise NotFound
    place = _community(place_id)
    _agreed(agrees)
    person = person_own(actor=actor, name=name)
    return _joined(actor, person.pk, place, "self", _alias(alias))


@transaction.atomic
def member_enrol(*, actor: Actor, place_id: int, name: str, phone: str, agrees: bool, alias: str = "") -> Member:
    """Enrol somebody without an account, whose signed paper the desk keeps.

    Raises: points.not_yours, points.consent, points.place, points.alias, points.joined, person.bad_name,
    person.bad_phone
    """
    place = _community(place_id)
    policies.require_keep(actor, place)
    _agreed(agrees)
    person = person_found(Named(name, phone))
    return _joined(actor, person.pk, place, "paper", _alias(alias))


def member_registered(person_id: int, place_id: int) -> Member:
    """The member of the book of hours: who registered as a volunteer consented to their hours being written down."""
    held = Member.objects.filter(book=HOURS, person_id=person_id).first()
    if held is not None:
        return held
    row = _new(HOURS, place_id, person_id, "registration", clock.today())
    Member.objects.bulk_create([row], ignore_conflicts=True)
    return Member.objects.get(book=HOURS, person_id=person_id)


def credit_account(person_id: int, place_id: int) -> Account:
    """The right to ask that somebody earned by service (VOL-11), beside their hours, which it never lowers."""
    return member_account(member_registered(person_id, place_id), CREDIT)


@transaction.atomic
def member_leave(*, actor: Actor, member_id: int, version: int) -> Member:
    """Leave, oneself or at the desk: nothing is posted any more; what is there may be spent until it expires.

    Raises: not_found, points.left, points.stale
    """
    row = _locked(actor, member_id, version)
    if row.left_on is not None or row.book != POINTS:
        raise RuleBroken("points.left", _("This membership has ended."))
    row.left_on = clock.today()
    return _saved(actor, "leave", row)


@transaction.atomic
def member_name(*, actor: Actor, member_id: int, version: int, alias: str) -> Member:
    """Choose the name by which others see one, or none. Raises: not_found, points.alias, points.stale"""
    row = _locked(actor, member_id, version)
    row.alias = _alias(alias)
    return _saved(actor, "name", row)


def _joined(actor: Actor, person_id: int, place: Place, consent: str, alias: str) -> Member:
    held = Member.objects.select_for_update().filter(book=POINTS, person_id=person_id).first()
    if held is None:
        row = _new(POINTS, place.pk, person_id, consent, clock.today(), alias=alias)
        Member.objects.bulk_create([row], ignore_conflicts=True)
        held = Member.objects.select_for_update().get(book=POINTS, person_id=person_id)
        if held.pk != row.pk:
            raise _twice()
        member_account(held)
        journal.write(actor, "points.join", (SUBJECT, held.pk), place_id=place.pk, facts={"consent": consent})
        return held
    if held.left_on is None:
        raise _twice()
    held.left_on, held.joined_on, held.consent, held.place, held.alias = None, clock.today(), consent, place, alias
    return _saved(actor, "join", held)


def _twice() -> RuleBroken:
    return RuleBroken("points.joined", _("You are a member already."))


def _new(book: str, place_id: int, person_id: int | None, consent: str, day: date, **more: Any) -> Member:
    pk = next_ids(Member, 1)[0]
    given = {"number": f"M{day:%Y}{pk:07d}", **more}
    return Member(id=pk, book=book, place_id=place_id, person_id=person_id, consent=consent, joined_on=day, **given)


def _community(place_id: int) -> Place:
    place = Place.objects.filter(policies.joinable_places(), pk=place_id).first()
    if place is None:
        raise InvalidInput("points.place", _("Choose the community in which you live."))
    return place


def _agreed(agrees: bool) -> None:
    if not agrees:
        raise InvalidInput("points.consent", _("Nobody joins without their consent."))


def _alias(alias: str) -> str:
    said = " ".join(alias.split())
    if len(said) > LONGEST_ALIAS or not (said.isprintable() or not said):
        raise InvalidInput("points.alias", _("An alias has at most %(most)s characters."), most=LONGEST_ALIAS)
    return said


def _locked(actor: Actor, member_id: int, version: int) -> Member:
    rows = Member.objects.select_for_update(of=("self",)).select_related("place")
    row = rows.filter(policies.members_visible_to(actor) | policies.own_members(actor), pk=member_id).first()
    if row is None:
        raise NotFound
    if row.version != version:
        raise Stale("points.stale", _("Somebody changed this since you read it. Look at it again."))
    return row


def _saved(actor: Actor, verb: str, row: Member) -> Member:
    row.version += 1
    row.save()
    journal.write(actor, f"points.{verb}", (SUBJECT, row.pk), place_id=row.place_id)
    return row
