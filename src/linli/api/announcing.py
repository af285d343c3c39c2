"""What webhooks say, and sending it: steps of matters, read from the journal's seals, each told at least once.

A seal holds only entries whose transactions have ended and each entry is in one seal, so that a cursor over seals
loses nothing, not even after a restore. What is told names nobody and quotes nothing; confidential matters,
disputes, complaints and imports are not told at all.
"""

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from operator import itemgetter
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.accounts.abilities import kinds_in_force
from linli.api import posting
from linli.api.models import Webhook, WebhookDelivery
from linli.cases.models import Case
from linli.cases.workflow import CASE
from linli.core import clock, journal
from linli.core.actors import SYSTEM
from linli.core.models import Entry, Seal
from linli.messaging.operations.sending import Draft, message_send
from linli.messaging.queries import To
from linli.organizations.models import Post

State = WebhookDelivery.State
STEPS: Final = ("case.receive", *sorted({f"case.{move.verb}" for move in CASE.moves}))
# What a webhook may be told of; the last stands for every step.
WANTS: Final = {
    "received": ("case.receive", "case.reopen"),
    "handed_on": ("case.dispatch", "case.reassign", "case.arbitrate", "case.resume"),
    "done": ("case.finish", "case.resolve_on_the_spot"),
    "closed": ("case.close", "case.close_unconfirmed", "case.refuse", "case.approve_out_of_scope", "case.withdraw"),
    "every": STEPS,
}
LABELS: Final = (
    ("received", _("received or reopened")),
    ("handed_on", _("handed to a body")),
    ("done", _("reported as done")),
    ("closed", _("closed, refused or withdrawn")),
    ("every", _("every step")),
)
# Disputes and complaints concern those they are about; what is said of Linli itself stays in the house.
UNTOLD: Final = ("dispute", "complaint", "platform")
DELAYS: Final = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(days=1),
)
# For so long nobody else tries what somebody is trying; a worker that dies meanwhile leaves it to the next.
LEASE: Final = timedelta(minutes=5)
PATIENCE: Final = timedelta(days=3)
KEPT: Final = timedelta(days=30)
RUN: Final = 200
LEVELS: Final = ("community", "street", "county")


def told(entry: Entry, case: Case, home: str) -> dict[str, Any]:
    """What is said of one entry. Its `id` holds the moment too: numbers of entries come again after a restore."""
    return {
        "id": f"{entry.pk}-{int(entry.at.timestamp() * 1000)}",
        "at": entry.at.astimezone(clock.SHANGHAI).isoformat(),
        "type": entry.operation,
        "kind": case.kind,
        "number": case.number,
        "place": _code(case),
        "url": f"{home}/api/v1/cases/{case.pk}",
    }


def announce() -> int:
    """Read what was sealed since the last time, for every webhook; returns how many deliveries that made."""
    made = 0
    for pk in Webhook.objects.filter(ended=None, paused=None).values_list("pk", flat=True):
        while (fresh := _announce_next(pk)) is not None:
            made += fresh
    return made


@transaction.atomic
def _announce_next(webhook_id: int) -> int | None:
    """Make the deliveries of the next seal for one webhook; None at the end of the chain."""
    webhook = Webhook.objects.select_for_update(of=("self",)).select_related("place").get(pk=webhook_id)
    seal = Seal.objects.filter(pk__gt=webhook.seal, sealed_at__gte=webhook.since).order_by("pk").first()
    if seal is None or webhook.paused or webhook.ended:
        return None
    bodies = list(_bodies(webhook, seal))
    now = clock.now()
    WebhookDelivery.objects.bulk_create(
        (WebhookDelivery(webhook=webhook, event=body["id"], body=compact(body), made=now, due=now) for body in bodies),
        ignore_conflicts=True,
    )
    webhook.seal = seal.pk
    webhook.save(update_fields=["seal"])
    return len(bodies)


def _bodies(webhook: Webhook, seal: Seal) -> Iterator[dict[str, Any]]:
    """What the webhook is told of a seal's entries, in their order."""
    operations = {name for want in webhook.wants for name in WANTS.get(want, ())}
    rows = Entry.objects.filter(
        pk__gte=seal.first_entry, pk__lte=seal.last_entry, at__gte=webhook.since, operation__in=operations
    )
    found = [row for row in rows.filter(subject_type="case").order_by("pk") if _within(row.pk, seal.ranges)]
    cases = _tellable({row.subject_id for row in found if row.subject_id}, webhook)
    for row in found:
        if row.subject_id in cases:
            yield told(row, cases[row.subject_id], webhook.home)


def _within(entry_id: int, ranges: Sequence[Sequence[int]]) -> bool:
    before = bisect_right(ranges, entry_id, key=itemgetter(0)) - 1
    return before >= 0 and entry_id <= ranges[before][1]


def _tellable(ids: Iterable[int], webhook: Webhook) -> dict[int, Case]:
    """The matters at the webhook's place and below that other programs may hear of."""
    rows = Case.objects.filter(
        pk__in=list(ids), place__path__startswith=webhook.place.path, confidential=False, complained_of=None
    )
    above = [f"place__{level}" for level in LEVELS]
    rows = rows.exclude(kind__in=UNTOLD).select_related("place", *above)
    codes = [f"{name}__code" for name in above]
    return {row.pk: row for row in rows.only("kind", "number", "place", "place__code", "place__type", *above, *codes)}


def _code(case: Case) -> str:
    """The code of the division where the matter is."""
    place = case.place
    divisions = (place if place.type == "division" else None, *(getattr(place, level) for level in LEVELS))
    return next((item.code for item in divisions if item is not None and item.code), "")


def compact(body: Any) -> str:
    """The exact text that is signed and sent."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def send_due() -> int:
    """Send what is due, webhook by webhook; returns how many arrived. The first that fails ends a webhook's turn."""
    arrived = 0
    for pk in Webhook.objects.filter(ended=None, paused=None).values_list("pk", flat=True):
        for _turn in range(RUN):
            if not (delivery := _claim(pk)) or not attempt(delivery):
                break
            arrived += 1
    return arrived


@transaction.atomic
def _claim(webhook_id: int) -> WebhookDelivery | None:
    """The next delivery that is due, put off for everybody else while it is tried."""
    rows = WebhookDelivery.objects.select_for_update(skip_locked=True, of=("self",)).select_related("webhook")
    rows = rows.filter(webhook_id=webhook_id, webhook__paused=None, webhook__ended=None, state=State.WAITING)
    row = rows.filter(due__lte=clock.now()).order_by("due", "pk").first()
    if row is not None:
        row.due = clock.now() + LEASE
        row.save(update_fields=["due"])
    return row


def secrets_of(webhook: Webhook) -> list[str]:
    """What everything for a webhook is signed with: its secret, and while that is being changed the former one too."""
    former = webhook.former if webhook.former_until and webhook.former_until > clock.now() else None
    return [secret for secret in (webhook.secret, former) if secret]


def attempt(delivery: WebhookDelivery) -> bool:
    """Post one delivery, outside any transaction, and note what came of it; whether it arrived."""
    body = delivery.body.encode()
    signed = posting.signature(secrets_of(delivery.webhook), int(clock.now().timestamp()), body)
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Linli",
        "Linli-Delivery": delivery.event,
        "Linli-Signature": signed,
    }
    try:
        status = posting.post(delivery.webhook.address, body, headers)
    except posting.Undelivered as failure:
        _failed(delivery, failure)
        return False
    _arrived(delivery, status)
    return True


@transaction.atomic
def _arrived(delivery: WebhookDelivery, status: int) -> None:
    Webhook.objects.filter(pk=delivery.webhook_id).exclude(failing_since=None).update(failing_since=None)
    WebhookDelivery.objects.filter(pk=delivery.pk).update(
        state=State.SENT, status=status, error="", tries=delivery.tries + 1
    )


@transaction.atomic
def _failed(delivery: WebhookDelivery, failure: posting.Undelivered) -> None:
    """Put a delivery off, or give it up; pause a webhook where nothing has arrived for days."""
    webhook = Webhook.objects.select_for_update().get(pk=delivery.webhook_id)
    row = WebhookDelivery.objects.select_for_update().filter(pk=delivery.pk, state=State.WAITING).first()
    if row is None:
        return
    row.tries += 1
    row.status, row.error = failure.status, failure.reason
    if row.tries > len(DELAYS):
        row.state = State.FAILED
    else:
        row.due = clock.now() + DELAYS[row.tries - 1]
    row.save(update_fields=["tries", "status", "error", "state", "due"])
    webhook.failing_since = webhook.failing_since or clock.now()
    if webhook.paused is None and clock.now() - webhook.failing_since >= PATIENCE:
        _give_up(webhook)
    webhook.save(update_fields=["failing_since", "paused"])


def _give_up(webhook: Webhook) -> None:
    """Pause a webhook and tell those who look after the installation."""
    webhook.paused = clock.now()
    journal.write(SYSTEM, "webhook.give_up", ("webhook", webhook.pk), place_id=webhook.place_id)
    able = [code for code, kind in kinds_in_force().items() if "system.configure" in kind.abilities]
    posts = Post.objects.filter(kind__in=able).values_list("pk", flat=True)
    draft = Draft(
        kind="webhook.paused",
        facts={"name": webhook.name},
        link=f"/api-keys/webhooks/{webhook.pk}/",
        subject=("webhook", webhook.pk),
    )
    message_send(actor=SYSTEM, to=To(posts=list(posts)), draft=draft)


@transaction.atomic
def deliveries_forget() -> int:
    """Forget what was made long ago, whatever came of it; returns how many."""
    return WebhookDelivery.objects.filter(made__lt=clock.now() - KEPT).delete()[0]
