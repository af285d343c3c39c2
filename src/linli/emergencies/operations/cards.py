"""Help cards: kept with the resident's word, withdrawn and erased at once, seen only during an emergency.

The journal says that a card was kept or went, never whose it is nor what it says.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from linli.accounts.models import User
from linli.accounts.operations.looking import look_record_many
from linli.core import clock, journal, secrets
from linli.core.actors import SYSTEM, VISITOR, Actor
from linli.core.errors import InvalidInput, NotAllowed, NotFound
from linli.core.words import at_most, said
from linli.emergencies import policies
from linli.emergencies.models import Activation, HelpCard
from linli.emergencies.operations.activations import activation_locked
from linli.emergencies.sections import names, section
from linli.emergencies.workflow import ASSIST, CARD, KEEP, MEANS, SEPARATOR
from linli.organizations.operations.people import normal_phone
from linli.territory.models import Place

FIELDS: Final = "name, phone, address, needs, contact"
OWN: Final = "account"


@dataclass(frozen=True, slots=True)
class Card:
    """What somebody wants known in an emergency; `agreed` is their word that it may be."""

    place_id: int
    name: str
    phone: str
    needs: tuple[str, ...]
    address: str = ""
    contact: str = ""
    agreed: bool = False
    means: str = OWN


@transaction.atomic
def card_keep(*, actor: Actor, card: Card) -> HelpCard:
    """Keep one's own help card, or renew it; it holds until its term is over.

    Raises: not_found, help_card.agreed, help_card.place, help_card.needs, help_card.name, help_card.words,
    person.bad_phone
    """
    if actor.user_id is None:
        raise NotFound
    place = Place.objects.filter(policies.COMMUNITIES, pk=card.place_id).first()
    # Sent twice at once it is one card: the second finds that of the first.
    User.objects.select_for_update(no_key=True).get(pk=actor.user_id)
    held = HelpCard.objects.select_for_update().filter(user_id=actor.user_id).first()
    row = held or HelpCard(user_id=actor.user_id)
    _fill(row, place, card, OWN)
    row.save()
    journal.write(VISITOR, f"{CARD}.keep", (CARD, row.pk), place_id=row.place_id)
    return row


@transaction.atomic
def card_take(*, actor: Actor, card: Card) -> HelpCard:
    """Write a help card down for somebody who is at the desk or on the telephone; a new one replaces the same person's
    old one, while others who share the telephone keep theirs.

    Raises: not_found, and those of card_keep, help_card.means
    """
    place = Place.objects.filter(policies.COMMUNITIES, actor.places(KEEP, prefix=""), pk=card.place_id).first()
    if place is None:
        raise NotFound
    if card.means not in dict(MEANS) or card.means == OWN:
        raise InvalidInput("help_card.means", _("Say how it was agreed to."))
    row = HelpCard()
    _fill(row, place, card, card.means)
    _gone(actor, card.phone, row.name)
    row.save(force_insert=True)
    journal.write(actor, f"{CARD}.keep", (CARD, row.pk), place_id=row.place_id)
    return row


@transaction.atomic
def card_withdraw(*, actor: Actor, phone: str = "") -> None:
    """Erase one's own card, or at the desk that with somebody's phone number. Nobody is told whether there was one.

    Raises: not_found, person.bad_phone
    """
    if phone:
        if not actor.can(KEEP):
            raise NotFound
        normal_phone(phone)
        _gone(actor, phone)
        return
    if actor.user_id is None:
        raise NotFound
    card_erase(user_id=actor.user_id)


@transaction.atomic
def card_erase(*, user_id: int) -> None:
    """Erase the card of an account."""
    if HelpCard.objects.filter(user_id=user_id).delete()[0]:
        journal.write(VISITOR, f"{CARD}.erase", None)


@transaction.atomic
def cards_forget() -> int:
    """Erase the cards whose term is over. Gives how many."""
    many = HelpCard.objects.filter(expires__lt=clock.today()).delete()[0]
    if many:
        journal.write(SYSTEM, f"{CARD}.forget", None, count=many)
    return many


@transaction.atomic
def cards_look(*, actor: Actor, activation_id: int) -> list[HelpCard]:
    """Show the duty post of a place its help cards while an emergency covers it; each look is kept, and counted as
    one however many cards there are, so that the count does not tell how few.

    Raises: not_found, help_card.not_yours, help_card.closed
    """
    row = activation_locked(actor, activation_id)
    if not actor.can(ASSIST):
        raise NotAllowed("help_card.not_yours", _("Only the duty post of a place sees its help cards."))
    if not policies.running(row):
        raise NotAllowed("help_card.closed", _("Help cards are closed: the emergency is over."))
    cards = HelpCard.objects.filter(policies.cards_open_to(actor, row)).select_related("place")
    found = list(cards.order_by("place__path", "pk"))
    subjects = [(CARD, card.pk) for card in found]
    look_record_many(actor=actor, subjects=subjects, field=FIELDS, reason=f"{row.plan.title}：{row.reason}")
    Activation.objects.filter(pk=row.pk).update(looks=F("looks") + 1)
    journal.write(actor, f"{CARD}.look", None, place_id=row.place_id, count=len(found))
    return found


def _fill(row: HelpCard, place: Place | None, card: Card, means: str) -> None:
    if not card.agreed:
        raise InvalidInput("help_card.agreed", _("Without a clear yes nothing is kept."))
    if place is None:
        raise InvalidInput("help_card.place", _("Choose the community."))
    known = names(section().needs)
    needs = [code for code in known if code in card.needs]
    if not needs:
        raise InvalidInput("help_card.needs", _("Choose at least one kind of help."))
    row.place, row.means = place, means
    row.name, row.phone = said(card.name, 60, "help_card.name"), normal_phone(card.phone)
    row.phone_hash = secrets.match_hash(row.phone, "phone")
    row.address = at_most(card.address, 120, "help_card.words")
    row.contact = at_most(card.contact, 60, "help_card.words")
    row.needs = SEPARATOR.join(needs)
    row.agreed = clock.now()
    row.expires = clock.today() + timedelta(days=section().card_days)


def _gone(actor: Actor, phone: str, name: str | None = None) -> None:
    """Erase the cards with a phone number in the places that the actor keeps; with a name only those of that person."""
    rows = HelpCard.objects.filter(actor.places(KEEP), phone_hash=secrets.match_hash(phone, "phone"))
    if name is not None:
        rows = rows.filter(pk__in=[row.pk for row in rows if row.name == name])
    if rows.delete()[0]:
        journal.write(actor, f"{CARD}.erase", None)
