"""The only writers of pairings: what a household answered, visits as a number, and the end.

The journal never says which household, and what declined is never written down.
"""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.core.words import said
from linli.members import policies
from linli.members.models import NUMBER, Member, Pairing
from linli.members.operations.registering import pairing_close
from linli.members.workflow import PAIRING
from linli.organizations.models import Person, Post
from linli.territory.models import Place


@dataclass(frozen=True, slots=True)
class Answered:
    """What a household answered when it was asked, and on which day. Its code is kept only if it consented."""

    consents: bool
    on: date
    household: str = ""


@transaction.atomic
def pairing_record(*, actor: Actor, member_id: int, answered: Answered) -> Pairing:
    """Write down that a household consented to a member's help, or that it was asked and declined (RSP-03, VOL-07).

    Raises: not_found, members.not_yours, members.not_registered, pairing.day, pairing.household, pairing.twice
    """
    rows = Member.objects.select_for_update(of=("self",)).select_related("place")
    member = rows.filter(policies.members_visible_to(actor), pk=member_id).first()
    if member is None:
        raise NotFound
    registered = member.registrations.filter(until=None).select_related("place").first()
    if registered is None:
        raise RuleBroken("members.not_registered", _("Register with the community first."))
    return _record(actor, Pairing(member=member, place=registered.place), answered)


@transaction.atomic
def contact_record(*, actor: Actor, place_id: int, person_id: int, answered: Answered) -> Pairing:
    """Write down that a household consented to a fixed contact among those who work there, or declined (RSP-03).

    Raises: not_found, members.not_yours, pairing.own, pairing.person, pairing.day, pairing.household, pairing.twice
    """
    place = Place.objects.filter(policies.supervised_places(actor), pk=place_id).first()
    if place is None:
        raise NotFound
    person = Person.objects.filter(posts__in=Post.objects.filter(policies.helpers_at([place])), pk=person_id).first()
    if person is None:
        raise InvalidInput("pairing.person", _("Choose somebody who works at this community or its street."))
    if person.pk == actor.person_id:
        raise RuleBroken("pairing.own", _("Nobody supervises their own pairing; ask the street for somebody else."))
    return _record(actor, Pairing(kind="staff", person=person, place=place), answered)


def _record(actor: Actor, row: Pairing, answered: Answered) -> Pairing:
    policies.require_supervise(actor, row.place)
    _require_day(answered.on)
    row.since = answered.on
    _answer(row, answered)
    _put(row)
    _done(actor, "record", row)
    return row


@transaction.atomic
def pairing_answer(*, actor: Actor, pairing_id: int, consents: bool, on: date) -> Pairing:
    """Write down what a household of an old ledger answered; of one that declines the code goes.

    Raises: not_found, members.not_yours, pairing.day, pairing.answered, pairing.ended
    """
    row = _locked(actor, pairing_id)
    policies.require_supervise(actor, row.place)
    _require_day(on)
    if row.consented_on or row.declined_on:
        raise RuleBroken("pairing.answered", _("The household has answered already."))
    _answer(row, Answered(consents, on, row.household))
    return _saved(actor, "answer", row)


@transaction.atomic
def pairing_visit(*, actor: Actor, pairing_id: int, on: date) -> Pairing:
    """Count a visit to one's paired household; only whoever helps it does.

    Raises: not_found, pairing.not_yours, pairing.no_consent, pairing.day, pairing.ended
    """
    row = _locked(actor, pairing_id)
    if not policies.is_pair(actor, row):
        raise NotFound
    if row.consented_on is None:
        raise RuleBroken("pairing.no_consent", _("Nobody is visited whose consent is not written down."))
    if not row.since <= on <= clock.today():
        raise InvalidInput("pairing.day", _("The day lies between the pairing and today."))
    row.visits += 1
    row.last_visit = max(on, row.last_visit or on)
    return _saved(actor, "visit", row)


@transaction.atomic
def pairing_end(*, actor: Actor, pairing_id: int) -> Pairing:
    """End a pairing: whoever helps, or the supervisor for the household. Its code goes.

    Raises: not_found, pairing.ended
    """
    row = _locked(actor, pairing_id)
    pairing_close(row, clock.today())
    _done(actor, "end", row)
    return row


def no_day() -> InvalidInput:
    """What is said where no day was given."""
    return InvalidInput("pairing.day", _("Say on which day."))


def _answer(row: Pairing, answered: Answered) -> None:
    if answered.consents:
        row.consented_on = answered.on
        row.household = said(answered.household, NUMBER, "pairing.household")
    else:
        row.declined_on, row.household, row.visits, row.last_visit = answered.on, "", 0, None


def _require_day(on: date) -> None:
    if on > clock.today():
        raise InvalidInput("pairing.day", _("This day is still to come."))


def _put(row: Pairing) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        if "pairing_once" not in str(error):
            raise
        raise RuleBroken("pairing.twice", _("This pairing is written down already.")) from error


def _locked(actor: Actor, pairing_id: int) -> Pairing:
    rows = Pairing.objects.select_for_update(of=("self",)).select_related("member", "place")
    row = rows.filter(policies.pairings_visible_to(actor), pk=pairing_id).first()
    if row is None:
        raise NotFound
    if row.until is not None:
        raise RuleBroken("pairing.ended", _("This pairing has ended."))
    return row


def _saved(actor: Actor, verb: str, row: Pairing) -> Pairing:
    row.version += 1
    row.save()
    _done(actor, verb, row)
    return row


def _done(actor: Actor, verb: str, row: Pairing) -> None:
    journal.write(actor, f"{PAIRING}.{verb}", (PAIRING, row.pk), place_id=row.place_id)
