"""The only writers of credentials: entered by the worker, verified or refused by somebody else, withdrawn."""

from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.operations.clocks import Holder, after, calendar_of, post_at
from linli.cases.operations.intake import file_row
from linli.cases.operations.owing import owe, settle
from linli.cases.sections import Period
from linli.core import clock, files, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.core.words import said
from linli.organizations.models import Post
from linli.territory.models import Place
from linli.workforce import policies
from linli.workforce.models import Credential
from linli.workforce.queries.training import home_of
from linli.workforce.sections import section
from linli.workforce.workflow import CREDENTIAL, CREDENTIAL_KIND, VERIFY, VERIFY_OWED


@dataclass(frozen=True, slots=True)
class Shown:
    """What the worker says of a credential."""

    kind: str
    number: str
    issued: date
    expires: date | None = None


@transaction.atomic
def credential_enter(*, actor: Actor, shown: Shown) -> Credential:
    """Enter one's own credential; whoever verifies credentials where one works owes a decision (PPL-13).

    Raises: not_found, credential.kind, credential.number, credential.days, credential.number_taken
    """
    place = home_of(actor.person_id, clock.today()) if actor.person_id else None
    if place is None:
        raise NotFound
    kinds = {item.code: item for item in section().credentials if not item.retired}
    if shown.kind not in kinds:
        raise InvalidInput("credential.kind", _("The place does not know this kind of credential."))
    if shown.issued > clock.today() or (shown.expires and shown.expires < shown.issued):
        raise InvalidInput("credential.days", _("It was issued by today, and does not expire before that."))
    number = said(shown.number, 64, "credential.number")
    row = Credential(person_id=actor.person_id or 0, place=place, kind=shown.kind, number=number, issued=shown.issued)
    row.expires, row.entered, row.entered_by = shown.expires, clock.now(), actor.key
    _save_once(row)
    days = calendar_of(place)
    due = after(days, clock.now(), Period(amount=section().verify_days))
    title = f"{row.person.name} {kinds[shown.kind].label}"
    owe(VERIFY_OWED, (CREDENTIAL_KIND, row.pk), title, place.pk, _holder(place, row.person_id), due, days)
    _done(actor, "enter", row)
    return row


def credential_scan(*, actor: Actor, credential_id: int, stream: BinaryIO, name: str) -> Credential:
    """Add a picture of one's certificate, for whoever verifies it; another takes its place.

    Raises: not_found, credential.not_yours, credential.state, file.type, file.too_large, file.broken
    """
    stored = files.store(stream, allowed=files.PHOTOS)
    with transaction.atomic():
        row = _locked(actor, credential_id)
        policies.require_own(actor, row)
        CREDENTIAL.step(row.state, "scan")
        row.scan = file_row(stored, name or "scan")
        row.version += 1
        row.save()
        _done(actor, "scan", row)
    return row


@transaction.atomic
def credential_verify(*, actor: Actor, credential_id: int) -> Credential:
    """Say that a credential is genuine; it counts from now on.

    Raises: not_found, credential.own, credential.not_yours, credential.state
    """
    row = _locked(actor, credential_id)
    policies.require_verify(actor, row)
    return _step(actor, row, "verify")


@transaction.atomic
def credential_refuse(*, actor: Actor, credential_id: int, reason: str) -> Credential:
    """Refuse a credential with a reason, also one that was verified before.

    Raises: not_found, credential.own, credential.not_yours, credential.state, credential.reason
    """
    row = _locked(actor, credential_id)
    policies.require_verify(actor, row)
    row.reason = said(reason, 200, "credential.reason")
    return _step(actor, row, "refuse")


@transaction.atomic
def credential_withdraw(*, actor: Actor, credential_id: int) -> Credential:
    """Take back what one has entered. Raises: not_found, credential.not_yours, credential.state"""
    row = _locked(actor, credential_id)
    policies.require_own(actor, row)
    return _step(actor, row, "withdraw")


def _save_once(row: Credential) -> None:
    """Save a new credential; its number is kept single by the database. Raises: credential.number_taken"""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        if "credential_number_once" not in str(error):
            raise
        message = _("A credential with this number is here already; check what you typed.")
        raise RuleBroken("credential.number_taken", message) from error


def _step(actor: Actor, row: Credential, verb: str) -> Credential:
    row.state = CREDENTIAL.step(row.state, verb)
    row.version += 1
    row.scan = None
    if verb != "withdraw":
        row.decided, row.decided_by = clock.now(), actor.key
    row.save()
    settle(VERIFY_OWED, (CREDENTIAL_KIND, row.pk))
    _done(actor, verb, row)
    return row


def _locked(actor: Actor, credential_id: int) -> Credential:
    rows = Credential.objects.select_for_update(of=("self",)).select_related("place")
    row = rows.filter(policies.credentials_visible_to(actor), pk=credential_id).first()
    if row is None:
        raise NotFound
    return row


def _holder(place: Place, person_id: int) -> Holder:
    """The nearest post that verifies and is not the worker's own."""
    path = place.path
    while path.count("/") > 1:
        found = post_at(path, VERIFY)
        post = Post.objects.filter(pk=found.post_id or 0).select_related("place").first()
        if post is None or post.person_id != person_id:
            return found
        path = post.place.path.rstrip("/").rpartition("/")[0] + "/"
    return Holder()


def _done(actor: Actor, verb: str, row: Credential, **facts: Any) -> None:
    journal.write(actor, f"{CREDENTIAL_KIND}.{verb}", (CREDENTIAL_KIND, row.pk), place_id=row.place_id, facts=facts)
