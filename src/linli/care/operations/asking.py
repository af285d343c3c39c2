"""Care that people ask for by their own account, for themselves or for a child of theirs (SVC-03, SVC-04).

The journal says that somebody asked, and never who.
"""

from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.accounts.models import User
from linli.care import policies
from linli.care.models import CareClient
from linli.care.operations.agreeing import Agreement, agree, client_made, ended, saved
from linli.care.sections import section
from linli.care.workflow import ACCOUNT, AGREEMENT, CLIENT, KEEP, WANTED
from linli.cases.operations.clocks import after, calendar_of, post_at
from linli.cases.operations.owing import owe
from linli.cases.sections import Period
from linli.core import clock, journal
from linli.core.actors import SYSTEM, VISITOR, Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.territory.models import Place

# One's own, and those of whom one is the guardian.
MOST: Final = 6


@transaction.atomic
def client_ask(*, actor: Actor, place_id: int, group: str, agreement: Agreement) -> CareClient:
    """Ask for care: one agrees by one's own account, and the community owes it to get in touch.

    Raises: not_found, care.group, care.name, care.helps, care.guardian, care.contact, care.most
    """
    place = Place.objects.filter(policies.COMMUNITIES, pk=place_id).first()
    if actor.user_id is None or place is None:
        raise NotFound
    # Two that are sent at once are counted one after another.
    User.objects.select_for_update().get(pk=actor.user_id)
    if CareClient.objects.filter(policies.own_clients(actor)).count() >= MOST:
        raise RuleBroken("care.most", _("You have asked for %(most)s people already: end one first."), most=MOST)
    row = client_made(place, group, _own(agreement))
    row.user_id = actor.user_id
    row.save(force_insert=True)
    days = calendar_of(place)
    due = after(days, clock.now(), Period(amount=section().reach_days))
    owe(WANTED, (CLIENT, row.pk), f"{_('Care')} {row}", place.pk, post_at(place.path, KEEP), due, days)
    journal.write(VISITOR, f"{CLIENT}.ask", (CLIENT, row.pk), place_id=place.pk, facts={"helps": row.helps})
    return row


@transaction.atomic
def own_agree(*, actor: Actor, client_id: int, agreement: Agreement) -> CareClient:
    """Agree to other kinds of help, by account.

    Raises: not_found, care_client.state, care.name, care.helps, care.guardian, care.contact
    """
    row = _locked(actor, client_id)
    row.state = AGREEMENT.step(row.state, "agree")
    agree(row, _own(agreement))
    saved(VISITOR, "agree", row, helps=row.helps)
    return row


@transaction.atomic
def own_end(*, actor: Actor, client_id: int) -> CareClient:
    """Want no more: names and account go at once. Raises: not_found, care_client.state"""
    return ended(VISITOR, _locked(actor, client_id), str(_("no longer wanted")))


@transaction.atomic
def own_erase(*, user_id: int) -> None:
    """End whatever was asked for by an account that is closed."""
    for row in CareClient.objects.select_for_update().filter(user_id=user_id).order_by("pk"):
        ended(SYSTEM, row, str(_("the account was closed")))


def _own(agreement: Agreement) -> Agreement:
    if agreement.means != ACCOUNT or not agreement.contact.strip():
        raise InvalidInput("care.contact", _("Write how the community reaches you: a phone number, or where you live."))
    return agreement


def _locked(actor: Actor, client_id: int) -> CareClient:
    rows = CareClient.objects.select_for_update(of=("self",)).select_related("place")
    row = rows.filter(policies.own_clients(actor), pk=client_id).first()
    if row is None:
        raise NotFound
    return row
