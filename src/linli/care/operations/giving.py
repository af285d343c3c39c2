"""Help that is given: noted by whoever keeps the care, or asked of a body that gives it or says that it cannot."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.care import policies
from linli.care.models import CareClient, CareService
from linli.care.operations.agreeing import LONGEST, Named, client_locked, looked
from linli.care.sections import section
from linli.care.workflow import ASKED, CLIENT, GIVING, MODES, SERVICE, WANTED
from linli.cases.operations.clocks import Holder, calendar_of
from linli.cases.operations.owing import owe, settle
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotAllowed, NotFound, RuleBroken
from linli.core.words import said
from linli.organizations.models import Organization

WITHIN: Final = 90


@dataclass(frozen=True, slots=True)
class Help:
    """One time of help: its kind, how, the day, and the body that gives it where it is not the community itself."""

    kind: str
    mode: str
    on: date
    provider_id: int | None = None


@transaction.atomic
def service_give(*, actor: Actor, client_id: int, given: Help) -> CareService:
    """Note that help was given today or before.

    Raises: not_found, care.not_agreed, care.kind, care.mode, care.day, care.provider
    """
    client = client_locked(actor, client_id)
    if given.on > clock.today():
        raise InvalidInput("care.day", _("This day is still to come."))
    row = _made(actor, client, given, "done")
    _done(actor, "give", row)
    return row


@transaction.atomic
def service_ask(*, actor: Actor, client_id: int, wanted: Help) -> CareService:
    """Ask a body for help on a day; it owes an answer until it is given or cannot be (JNT-09).

    Raises: not_found, care.not_agreed, care.kind, care.mode, care.day, care.provider
    """
    client = client_locked(actor, client_id)
    if not 0 <= (wanted.on - clock.today()).days <= WITHIN:
        raise InvalidInput("care.day", _("Choose a day from today on, within three months."))
    if wanted.provider_id is None:
        raise InvalidInput("care.provider", _("Choose the body that gives this help."))
    row = _made(actor, client, wanted, "asked")
    days = calendar_of(client.place)
    due = days.add_working(max(clock.now(), days.close_of(wanted.on)), section().serve_days * days.day_minutes)
    title = f"{_('Care')} {wanted.on} {client}"
    owe(ASKED, (SERVICE, row.pk), title, row.place_id, Holder(organization_id=row.provider_id), due, days)
    _done(actor, "ask", row)
    return row


@transaction.atomic
def service_answer(*, actor: Actor, service_id: int, given: bool, reason: str = "") -> CareService:
    """Say that what was asked for was given, on its day or since, or that it cannot be, with the reason.

    Raises: not_found, care.not_yours, care_service.state, care.early, care.reason
    """
    row = _answered(actor, service_id)
    row.state = GIVING.step(row.state, "give" if given else "cancel")
    if given and row.on > clock.today():
        raise RuleBroken("care.early", _("It is for a later day: say so when it was given."))
    if not given:
        row.reason = said(reason, LONGEST, "care.reason")
    row.version += 1
    row.save()
    settle(ASKED, (SERVICE, row.pk))
    _done(actor, "answer", row, state=row.state)
    return row


@transaction.atomic
def service_look(*, actor: Actor, service_id: int) -> Named:
    """Show the body that was asked whom it helps, until it has answered; the access log keeps it.

    Raises: not_found, care.not_yours, care_service.state
    """
    row = _answered(actor, service_id)
    GIVING.step(row.state, "give")
    return looked(actor, row.client, str(_("help that was asked for")))


def _answered(actor: Actor, service_id: int) -> CareService:
    """What the actor answers, locked. Raises: not_found, care.not_yours"""
    rows = CareService.objects.select_for_update(of=("self",)).select_related("client__place")
    row = rows.filter(policies.services_visible_to(actor), pk=service_id).first()
    if row is None:
        raise NotFound
    if not policies.may_answer(actor, row):
        raise NotAllowed("care.not_yours", _("Only the body that was asked answers, or whoever keeps the care."))
    return row


def _made(actor: Actor, client: CareClient, given: Help, state: str) -> CareService:
    if client.state != "active":
        raise RuleBroken("care.not_agreed", _("Write down first to which kinds of help this person agrees."))
    if given.kind not in client.helps:
        raise RuleBroken("care.kind", _("Nobody agreed to this kind of help: agree on it first."))
    if given.mode not in dict(MODES):
        raise InvalidInput("care.mode", _("Say where the help is given."))
    bodies = Organization.objects.filter(policies.PROVIDERS)
    if given.provider_id is not None and not bodies.filter(pk=given.provider_id).exists():
        raise InvalidInput("care.provider", _("Choose the body that gives this help."))
    plain: dict[str, Any] = {"kind": given.kind, "mode": given.mode, "on": given.on, "state": state}
    row = CareService(client=client, place=client.place, provider_id=given.provider_id, **plain)
    row.recorded, row.recorder = clock.now(), actor.key
    row.save(force_insert=True)
    settle(WANTED, (CLIENT, client.pk))
    return row


def _done(actor: Actor, verb: str, row: CareService, **facts: Any) -> None:
    journal.write(actor, f"{SERVICE}.{verb}", (SERVICE, row.pk), place_id=row.place_id, facts=facts)
