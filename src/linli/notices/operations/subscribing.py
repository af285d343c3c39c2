"""Subscriptions: by account in one step, by e-mail with the owner of the address saying so a second time. Whoever
wants no more is erased."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.calendar import add_months
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.core.secrets import match_hash
from linli.messaging.channels import channel_with
from linli.messaging.operations.delivering import Parcel, deliveries_make, deliveries_withdraw
from linli.notices import queries
from linli.notices.models import Subscription
from linli.notices.sections import kind_names, section
from linli.notices.tokens import opt_out_of
from linli.notices.workflow import EMAIL, PACES, SUBJECT, SUBSCRIPTION
from linli.publishing.queries.divisions import public_division
from linli.territory.models import Place

# Whoever does not say so a second time within these days is forgotten.
UNCONFIRMED: Final = timedelta(days=2)
# At so many places an address may wait for its owner, so that nobody is flooded with mails by somebody else.
MOST_WAITING: Final = 3


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to hear of: a place by its code, kinds of notices, how often; their branch if away."""

    code: str
    kinds: tuple[str, ...] = ()
    pace: str = "each"
    organization_id: int | None = None


@transaction.atomic
def subscription_set(*, actor: Actor, wish: Wish) -> Subscription:
    """Subscribe one's own account to the notices of a place, or change that.

    Raises: not_found, subscription.kinds, subscription.pace
    """
    if actor.user_id is None:
        raise NotFound
    place = public_division(wish.code).place
    # Two at once are one: the second finds the row of the first.
    row, _new = Subscription.objects.get_or_create(
        user_id=actor.user_id, place=place, defaults={"made": clock.now(), "confirmed": clock.now()}
    )
    row = Subscription.objects.select_for_update().get(pk=row.pk)
    _enter(row, place, wish)
    row.save()
    journal.write(actor, f"{SUBSCRIPTION}.set", (SUBSCRIPTION, row.pk), place_id=place.pk)
    return row


@transaction.atomic
def subscription_ask(*, actor: Actor, wish: Wish, address: str, home: str) -> None:
    """Ask for notices by e-mail: the address gets one mail with a link, and nothing more until its owner follows it.

    Nobody learns whether an address is known; what is confirmed is not changed by whoever knows the address.
    Raises: not_found, subscription.address, subscription.kinds, subscription.pace, subscription.waiting
    """
    place, words = public_division(wish.code).place, address.strip()
    channel = channel_with(EMAIL)
    if channel is None:
        raise NotFound
    if not channel.takes(words):
        raise InvalidInput("subscription.address", _("This is no e-mail address."))
    home = home.rstrip("/")
    fresh = {"address": words, "home": home, "made": clock.now()}
    digest = match_hash(words, "email")
    row, _new = Subscription.objects.get_or_create(address_hash=digest, place=place, defaults=fresh)
    row = Subscription.objects.select_for_update().get(pk=row.pk)
    if row.confirmed is None:
        if Subscription.objects.filter(address_hash=digest, confirmed=None).count() > MOST_WAITING:
            raise RuleBroken(
                "subscription.waiting", _("Follow the links in the mails that this address has got first.")
            )
        _enter(row, place, wish)
        row.home, row.made = home, clock.now()
        row.save()
    out = opt_out_of(row.home, row.pk)
    with translation.override(settings.LANGUAGE_CODE):
        text = gettext(
            "Somebody asked for the notices of %(place)s at this address. If that was you, say so here: %(link)s "
            "Otherwise do nothing; you are told no more."
        )
    key = f"{SUBSCRIPTION}:{row.pk}:{clock.today()}"
    text %= {"place": place.name, "link": out}
    # Whoever waits for this mail sits before the screen; more than one a day an address does not get.
    deliveries_make(parcels=[Parcel(key, EMAIL, words, text, opt_out=out)], emergency=True)
    journal.write(actor, f"{SUBSCRIPTION}.ask", (SUBSCRIPTION, row.pk), place_id=place.pk)


@transaction.atomic
def subscription_confirm(*, actor: Actor, subscription_id: int) -> Subscription:
    """Say a second time, by the link in the mail, that one wants the notices; again changes nothing.

    Raises: not_found
    """
    row = Subscription.objects.select_for_update().filter(pk=subscription_id, user=None).first()
    if row is None:
        raise NotFound
    if row.confirmed is None:
        row.confirmed = clock.now()
        row.save(update_fields=["confirmed"])
        journal.write(actor, f"{SUBSCRIPTION}.confirm", (SUBSCRIPTION, row.pk), place_id=row.place_id)
    return row


@transaction.atomic
def subscription_end(*, actor: Actor, subscription_id: int) -> None:
    """Want no more, by the link in the mail: the row and what waits for its address are erased. Raises: not_found"""
    row = Subscription.objects.select_for_update().filter(pk=subscription_id, user=None).first()
    if row is None:
        raise NotFound
    _erase(row)
    journal.write(actor, f"{SUBSCRIPTION}.end", (SUBSCRIPTION, subscription_id), place_id=row.place_id)


@transaction.atomic
def subscription_leave(*, actor: Actor, code: str) -> None:
    """Want no more, for one's own account. Raises: not_found"""
    own = Subscription.objects.filter(user_id=actor.user_id or 0, place=public_division(code).place)
    row = own.select_for_update().first()
    if row is None:
        raise NotFound
    subject, place_id = (SUBSCRIPTION, row.pk), row.place_id
    row.delete()
    journal.write(actor, f"{SUBSCRIPTION}.end", subject, place_id=place_id)


def subscriptions_forget(*, user_id: int) -> None:
    """Forget what an account that closes subscribed to. Part of closing it."""
    Subscription.objects.filter(user_id=user_id).delete()


@transaction.atomic
def subscriptions_sweep() -> int:
    """Forget addresses whose owners did not say a second time that they want notices; gives how many."""
    rows = Subscription.objects.select_for_update(skip_locked=True).filter(
        confirmed=None, made__lt=clock.now() - UNCONFIRMED
    )
    found = list(rows)
    for row in found:
        _erase(row)
    return len(found)


def first_letter(today: date) -> date:
    """The day of the next letter: the first of a month."""
    return add_months(today.replace(day=1), section().letter_months)


def _enter(row: Subscription, place: Place, wish: Wish) -> None:
    known = kind_names(retired=False)
    if not set(wish.kinds) <= set(known):
        raise InvalidInput("subscription.kinds", _("Choose kinds from the list."))
    if wish.pace not in dict(PACES):
        raise InvalidInput("subscription.pace", _("There is no such choice."))
    if wish.organization_id and not queries.branches(place).filter(pk=wish.organization_id).exists():
        raise NotFound
    # All kinds are none in particular, so that a new one is told of too.
    row.kinds = [] if set(wish.kinds) == set(known) else sorted(set(wish.kinds))
    row.organization_id = wish.organization_id
    if wish.pace == "letter" and row.next_letter is None:
        row.next_letter, row.told_until = first_letter(clock.today()), clock.now()
    elif wish.pace != "letter":
        row.next_letter = row.told_until = None
    row.pace = wish.pace


def _erase(row: Subscription) -> None:
    deliveries_withdraw(keys=[f"{SUBSCRIPTION}:{row.pk}:"], failed=True)
    deliveries_withdraw(keys=[f"{SUBJECT}:"], failed=True, ending=f":s{row.pk}")
    row.delete()
