"""What all writers of mediation share: the locked row, words that are there, what is owed, the journal.

Titles of work and facts of the journal hold numbers only, never what people said or who they are.
"""

from datetime import date, datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from linli.cases.operations.clocks import Holder, after, calendar_of, post_at
from linli.cases.operations.owing import owe, settle
from linli.cases.sections import Period
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.mediation import policies
from linli.mediation.models import Mediation, MediationAgreement
from linli.mediation.workflow import KEEP, SUBJECT

LONGEST: Final = 4000
LONGEST_REASON: Final = 300


def locked(actor: Actor, mediation_id: int) -> Mediation:
    """A mediation that one leads, locked. Raises: not_found, mediation.not_yours"""
    rows = Mediation.objects.select_for_update(of=("self",)).select_related("place")
    row = rows.filter(policies.mediations_visible_to(actor), pk=mediation_id).first()
    if row is None:
        raise NotFound
    policies.require_lead(actor, row)
    return row


def agreement_of(row: Mediation) -> MediationAgreement:
    """The agreement that stands. Raises: mediation.no_agreement"""
    found = row.agreements.filter(dropped=False).first()
    if found is None:
        raise RuleBroken("mediation.no_agreement", _("There is no agreement here."))
    return found


def said(text: str, code: str, most: int = LONGEST) -> str:
    """What was written. Raises: the code, where it is nothing or too long"""
    words = text.strip()
    if not 0 < len(words) <= most:
        raise InvalidInput(code, _("Write something, at most %(most)s characters."), most=most)
    return words


def past(day: date, code: str, since: date | None = None) -> date:
    """A day that has come, and not before another. Raises: the code"""
    if day > clock.today() or (since is not None and day < since):
        raise InvalidInput(code, _("This day cannot be: it is still to come, or before what it follows."))
    return day


def owe_within(kind: str, row: Mediation, days: int) -> None:
    """Put a step on the list of who leads the mediation, within working days."""
    owe_at(kind, row, after(calendar_of(row.place), clock.now(), Period(amount=days)))


def owe_on(kind: str, row: Mediation, day: date) -> None:
    """Put a step on the list of who leads the mediation, until the end of a day."""
    owe_at(kind, row, calendar_of(row.place).close_of(day))


def owe_at(kind: str, row: Mediation, due: datetime) -> None:
    """Put a step on the list of the first mediator, else of the desk of the committee."""
    first = row.mediators.order_by("pk").values_list("pk", flat=True).first()
    holder = Holder(post_id=first) if first else post_at(row.place.path, KEEP)
    settle(kind, (SUBJECT, row.pk))
    owe(kind, (SUBJECT, row.pk), row.number, row.place_id, holder, due, calendar_of(row.place))


def owed_no_more(row: Mediation, kind: str = "mediation.") -> None:
    """End what is owed of a mediation, of one kind or all."""
    settle(kind, (SUBJECT, row.pk))


def saved(actor: Actor, verb: str, row: Mediation, **facts: Any) -> Mediation:
    """Save a mediation as its next version, and write what was done."""
    row.version += 1
    row.save()
    done(actor, verb, row, **facts)
    return row


def done(actor: Actor, verb: str, row: Mediation, **facts: Any) -> None:
    """Write to the journal what was done to a mediation."""
    journal.write(actor, f"mediation.{verb}", (SUBJECT, row.pk), place_id=row.place_id, facts=facts)
