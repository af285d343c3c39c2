"""Agreements on care: written down with whose word it is, changed by agreeing anew, ended; then the names go.

The journal never says who is cared for.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.accounts.operations.looking import look_record
from linli.care import policies
from linli.care.models import CareClient
from linli.care.sections import help_names
from linli.care.workflow import AGREED_BY, AGREEMENT, ASKED, CHILD, CLIENT, GROUPS, MEANS, SERVICE, WANTED
from linli.cases.operations.owing import settle
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.core.words import at_most, said
from linli.territory.models import Place

NAME: Final = 60
LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Agreement:
    """What was agreed to: by whom, on which day and by what means, and the kinds of help. A child has a guardian."""

    name: str
    helps: tuple[str, ...]
    agreed_on: date
    agreed_by: str = "self"
    means: str = "in_person"
    guardian: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """Who somebody is, for this one look, and how whoever asked by account is reached."""

    name: str
    guardian: str
    contact: str


@transaction.atomic
def client_register(*, actor: Actor, place_id: int, group: str, agreement: Agreement) -> CareClient:
    """Write down who asked for care and agreed to which kinds of help (SVC-03, SVC-04).

    Raises: not_found, care.group, care.name, care.helps, care.day, care.means, care.guardian
    """
    place = Place.objects.filter(policies.keeping_places(actor), pk=place_id).first()
    if place is None:
        raise NotFound
    row = client_made(place, group, agreement)
    row.save(force_insert=True)
    _done(actor, "register", row, helps=row.helps)
    return row


def client_made(place: Place, group: str, agreement: Agreement) -> CareClient:
    """Somebody who agrees to care at a place, not saved yet."""
    if group not in dict(GROUPS):
        raise InvalidInput("care.group", _("Say whether it is an old person or a child."))
    row = CareClient(place=place, group=group, since=agreement.agreed_on)
    agree(row, agreement)
    return row


@transaction.atomic
def client_agree(*, actor: Actor, client_id: int, agreement: Agreement) -> CareClient:
    """Write down to which kinds of help somebody agrees now; one known by number only is named with it.

    Raises: not_found, care_client.state, care.name, care.helps, care.day, care.means, care.guardian
    """
    row = client_locked(actor, client_id)
    row.state = AGREEMENT.step(row.state, "agree")
    agree(row, agreement)
    settle(WANTED, (CLIENT, row.pk))
    saved(actor, "agree", row, helps=row.helps)
    return row


@transaction.atomic
def client_end(*, actor: Actor, client_id: int, reason: str) -> CareClient:
    """End the care of somebody who no longer wants it or moved away: the names go, and what was asked for with it.

    Raises: not_found, care_client.state, care.reason
    """
    return ended(actor, client_locked(actor, client_id), reason)


def ended(actor: Actor, row: CareClient, reason: str) -> CareClient:
    """End it, in the transaction of whoever says so."""
    row.state = AGREEMENT.step(row.state, "end")
    row.reason = said(reason, LONGEST, "care.reason")
    row.until, row.name, row.guardian = max(clock.today(), row.since), None, None
    row.contact, row.user_id = None, None
    settle(WANTED, (CLIENT, row.pk))
    for pk in row.services.filter(state="asked").values_list("pk", flat=True):
        settle(ASKED, (SERVICE, pk))
    row.services.filter(state="asked").update(state="cancelled", reason=str(_("the care ended")))
    saved(actor, "end", row)
    return row


@transaction.atomic
def client_look(*, actor: Actor, client_id: int, reason: str) -> Named:
    """Show whoever keeps the care who it is, with a reason that the access log keeps.

    Raises: not_found, look.reason_missing
    """
    return looked(actor, client_locked(actor, client_id), reason)


def looked(actor: Actor, row: CareClient, reason: str) -> Named:
    """Who it is, which the access log keeps."""
    look_record(actor=actor, subject=(CLIENT, row.pk), field="name, guardian, contact", reason=reason)
    _done(actor, "look", row)
    return Named(row.name or "", row.guardian or "", row.contact or "")


def client_locked(actor: Actor, client_id: int) -> CareClient:
    """Somebody whose care the actor keeps, locked. Raises: not_found"""
    rows = CareClient.objects.select_for_update(of=("self",)).select_related("place")
    row = rows.filter(policies.clients_visible_to(actor), pk=client_id).first()
    if row is None or not policies.may_keep(actor, row):
        raise NotFound
    return row


def agree(row: CareClient, agreement: Agreement) -> None:
    """Put down what somebody agrees to."""
    known = help_names()
    helps = sorted({kind for kind in agreement.helps if kind in known}, key=[*known].index)
    if not helps:
        raise InvalidInput("care.helps", _("Choose at least one kind of help."))
    if agreement.agreed_on > clock.today():
        raise InvalidInput("care.day", _("This day is still to come."))
    if agreement.agreed_by not in dict(AGREED_BY) or agreement.means not in dict(MEANS):
        raise InvalidInput("care.means", _("Say whose word it is, and how it was given."))
    guardian = at_most(agreement.guardian, NAME, "care.guardian") if agreement.agreed_by == "guardian" else ""
    if not guardian and (row.group == CHILD or agreement.agreed_by == "guardian"):
        message = _("A child is cared for with the word of its guardian: write the guardian's name.")
        raise RuleBroken("care.guardian", message)
    row.name, row.helps, row.guardian = said(agreement.name, NAME, "care.name"), helps, guardian
    row.agreed_on, row.agreed_by, row.means = agreement.agreed_on, agreement.agreed_by, agreement.means
    row.contact = at_most(agreement.contact, NAME, "care.contact") or row.contact


def saved(actor: Actor, verb: str, row: CareClient, **facts: Any) -> None:
    """Save a change of somebody's care."""
    row.version += 1
    row.save()
    _done(actor, verb, row, **facts)


def _done(actor: Actor, verb: str, row: CareClient, **facts: Any) -> None:
    journal.write(actor, f"{CLIENT}.{verb}", (CLIENT, row.pk), place_id=row.place_id, facts=facts)
