"""Webhooks as the system administrator sees and changes them. What they say and how it is sent: announcing.py."""

import secrets as random_source
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from linli.api.announcing import KEPT, WANTS, State, compact
from linli.api.models import Webhook, WebhookDelivery
from linli.api.posting import address_of
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.core.models import Seal
from linli.territory.models import Place

ABILITY: Final = "system.configure"
PREFIX: Final = "linli_wh_"
PAGE: Final = 30
MOST: Final = 50
# For so long the other program may take up a new secret; meanwhile everything is signed with the former one too.
CHANGING: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Made:
    """A webhook with a new secret, which is shown once, and kept only to sign with."""

    row: Webhook
    secret: str


@dataclass(frozen=True, slots=True)
class Deliveries:
    """One page of what a webhook was told, the latest first, and the key of the next page."""

    rows: list[WebhookDelivery]
    next_key: str = ""


def webhooks_visible_to(actor: Actor) -> Q:
    """Those at places whose system the actor configures, until they end."""
    return (Q() if actor.key == "system" else actor.places(ABILITY)) & Q(ended=None)


def webhooks_for(viewer: Actor) -> QuerySet[Webhook]:
    """The webhooks with how many deliveries wait and failed, newest first."""
    rows = Webhook.objects.filter(webhooks_visible_to(viewer)).select_related("place").defer("secret", "former")
    counts = {
        state: Count("deliveries", filter=Q(deliveries__state=code))
        for state, code in (("waiting", State.WAITING), ("failed", State.FAILED))
    }
    return rows.annotate(**counts).order_by("-id")


def webhook_for(viewer: Actor, webhook_id: int) -> Webhook:
    """One webhook. Raises: not_found"""
    row = webhooks_for(viewer).filter(pk=webhook_id).first()
    if row is None:
        raise NotFound
    return row


def deliveries_of(webhook: Webhook, *, after: str = "", size: int = PAGE) -> Deliveries:
    """A page of its deliveries; `after` is the key of the page before. Raises: list.bad_filter"""
    rows = webhook.deliveries.order_by("-pk")
    if after:
        if not after.isdecimal() or len(after) > 18:
            raise InvalidInput("list.bad_filter", _("“%(value)s” is no page of this list."), value=after)
        rows = rows.filter(pk__lt=int(after))
    found = list(rows[: size + 1])
    return Deliveries(found[:size], str(found[size - 1].pk) if len(found) > size else "")


@transaction.atomic
def webhook_make(*, actor: Actor, name: str, address: str, wants: Sequence[str], place: Place, home: str) -> Made:
    """Make a webhook that is told of what happens from now on; `home` is where this installation is reached.

    Raises: not_found, webhook.name_missing, webhook.wants, webhook.address, webhook.too_many
    """
    if not actor.reaches(ABILITY, path=place.path):
        raise NotFound
    if not name.strip():
        raise InvalidInput("webhook.name_missing", _("Please say whom the webhook tells."))
    if not wants or not set(wants) <= set(WANTS):
        raise InvalidInput("webhook.wants", _("Please choose what it is told of."))
    checked = address_of(address)
    if Webhook.objects.filter(ended=None).count() >= MOST:
        raise RuleBroken("webhook.too_many", _("There are %(most)s webhooks already."), most=MOST)
    latest = Seal.objects.order_by("-pk").first()
    now, secret = clock.now(), _new_secret()
    row = Webhook.objects.create(
        name=name.strip()[:80],
        address=checked,
        secret=secret,
        wants=["every"] if "every" in wants else [want for want in WANTS if want in wants],
        place=place,
        home=home.rstrip("/"),
        created=now,
        created_by=actor.key,
        since=now,
        seal=latest.pk if latest else 0,
    )
    _note(actor, "webhook.make", row, name=row.name, wants=row.wants)
    return Made(row, secret)


@transaction.atomic
def webhook_pause(*, actor: Actor, webhook_id: int) -> Webhook:
    """Tell nothing until it is resumed; again changes nothing. Raises: not_found"""
    row = _locked(actor, webhook_id)
    if row.paused is None:
        row.paused = clock.now()
        row.save(update_fields=["paused"])
        _note(actor, "webhook.pause", row)
    return row


@transaction.atomic
def webhook_resume(*, actor: Actor, webhook_id: int) -> Webhook:
    """Tell again, and make up for what was missed, at most for as long as deliveries are kept. Raises: not_found"""
    row = _locked(actor, webhook_id)
    if row.paused is not None:
        row.paused, row.failing_since = None, None
        row.since = max(row.since, clock.now() - KEPT)
        row.save(update_fields=["paused", "failing_since", "since"])
        row.deliveries.filter(state=State.WAITING).update(due=clock.now())
        _note(actor, "webhook.resume", row)
    return row


@transaction.atomic
def webhook_renew(*, actor: Actor, webhook_id: int) -> Made:
    """Give a webhook a new secret. For a week everything is signed with both, or until the change is settled.

    Raises: not_found
    """
    row = _locked(actor, webhook_id)
    row.former, row.former_until = row.secret, clock.now() + CHANGING
    row.secret = _new_secret()
    row.save(update_fields=["secret", "former", "former_until"])
    _note(actor, "webhook.renew", row)
    return Made(row, row.secret)


@transaction.atomic
def webhook_settle(*, actor: Actor, webhook_id: int) -> Webhook:
    """Forget the former secret: the other program has taken up the new one. Again changes nothing. Raises: not_found"""
    row = _locked(actor, webhook_id)
    if row.former is not None:
        row.former = row.former_until = None
        row.save(update_fields=["former", "former_until"])
        _note(actor, "webhook.settle", row)
    return row


@transaction.atomic
def webhook_end(*, actor: Actor, webhook_id: int) -> Webhook:
    """End a webhook for good: its secret and what waits are forgotten. Raises: not_found"""
    row = _locked(actor, webhook_id)
    row.ended, row.secret, row.former = clock.now(), None, None
    row.save(update_fields=["ended", "secret", "former"])
    row.deliveries.filter(state=State.WAITING).delete()
    _note(actor, "webhook.end", row)
    return row


@transaction.atomic
def webhook_test(*, actor: Actor, webhook_id: int) -> WebhookDelivery:
    """Put a test message into the deliveries; it goes the way of all others. Raises: not_found, webhook.paused"""
    row = _locked(actor, webhook_id)
    if row.paused is not None:
        raise RuleBroken("webhook.paused", _("The webhook is paused."))
    now = clock.now()
    event = f"test-{random_source.token_hex(8)}"
    body = compact({"id": event, "at": now.isoformat(), "type": "test"})
    delivery = WebhookDelivery.objects.create(webhook=row, event=event, body=body, made=now, due=now)
    _note(actor, "webhook.test", row)
    return delivery


@transaction.atomic
def webhook_try_again(*, actor: Actor, webhook_id: int, delivery_id: int) -> WebhookDelivery:
    """Put a delivery that failed for good back among those that wait.

    Raises: not_found (also where it did not fail)
    """
    webhook = _locked(actor, webhook_id)
    row = webhook.deliveries.select_for_update().filter(pk=delivery_id, state=State.FAILED).first()
    if row is None:
        raise NotFound
    row.state, row.tries, row.due = State.WAITING, 0, clock.now()
    row.save(update_fields=["state", "tries", "due"])
    _note(actor, "webhook.try_again", webhook, event=row.event)
    return row


def _new_secret() -> str:
    return PREFIX + random_source.token_urlsafe(32)


def _locked(actor: Actor, webhook_id: int) -> Webhook:
    row = Webhook.objects.select_for_update(of=("self",)).filter(webhooks_visible_to(actor), pk=webhook_id).first()
    if row is None:
        raise NotFound
    return row


def _note(actor: Actor, operation: str, row: Webhook, **facts: object) -> None:
    journal.write(actor, operation, ("webhook", row.pk), place_id=row.place_id, facts=facts)
