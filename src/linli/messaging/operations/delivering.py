"""Sending what must leave the house: each delivery is a job of the outbox, tried again with growing delays.

Between 20:00 and 08:00 nothing goes out but emergencies (R13).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from django.db import connection, transaction
from django.db.models import Q
from procrastinate.contrib.django import app

from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.messaging import policies
from linli.messaging.channels import Undelivered, channel_with
from linli.messaging.models import TEXT, Delivery

DAY_BEGINS: Final = time(8)
DAY_ENDS: Final = time(20)
DELAYS: Final = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=3),
    timedelta(hours=12),
)
KEPT: Final = timedelta(days=90)
TASK: Final = "messaging.deliver"


@dataclass(frozen=True, slots=True)
class Parcel:
    """A text for one address; `key` keeps work that runs twice from sending it twice.

    `opt_out` is the page where whoever gets it says that they want no more.
    """

    key: str
    channel: str
    address: str
    text: str
    user_id: int | None = None
    opt_out: str = ""


def by_day(at: datetime) -> datetime:
    """The instant itself by day, else eight o'clock of the next morning."""
    local = at.astimezone(clock.SHANGHAI)
    if DAY_BEGINS <= local.time() < DAY_ENDS:
        return at
    day = local.date() if local.time() < DAY_BEGINS else local.date() + timedelta(days=1)
    return datetime.combine(day, DAY_BEGINS, clock.SHANGHAI)


def deliveries_make(*, parcels: Sequence[Parcel], emergency: bool = False) -> int:
    """Put texts into the outbox, each key once; returns how many are new. Part of the caller's transaction."""
    assert connection.in_atomic_block, "a delivery belongs to the operation that causes it"
    now = clock.now()
    due = now if emergency else by_day(now)
    known = set(Delivery.objects.filter(key__in=[item.key for item in parcels]).values_list("key", flat=True))
    fresh = {item.key: item for item in parcels if item.key not in known}
    made = Delivery.objects.bulk_create(
        Delivery(
            user_id=item.user_id,
            key=item.key,
            channel=item.channel,
            address=item.address,
            text=item.text[:TEXT],
            opt_out=item.opt_out,
            made=now,
            due=due,
        )
        for item in fresh.values()
    )
    for row in made:
        _defer(row)
    return len(made)


def deliveries_withdraw(*, keys: Sequence[str], failed: bool, ending: str = "") -> int:
    """Take back texts whose keys begin so (and end so), as long as they wait (or `failed`); part of the caller's
    transaction."""
    assert connection.in_atomic_block, "withdrawing belongs to the operation that causes it"
    states = [Delivery.State.WAITING, *([Delivery.State.FAILED] if failed else [])]
    begun = Q(pk__in=[])
    for key in keys:
        begun |= Q(key__startswith=key)
    return Delivery.objects.filter(begun, state__in=states, key__endswith=ending).delete()[0]


def delivery_attempt(*, delivery_id: int) -> str:
    """Try one delivery; returns its state. The gateway is asked outside any transaction, so none waits for it."""
    row = Delivery.objects.filter(pk=delivery_id, state=Delivery.State.WAITING).first()
    if row is None:
        return ""
    try:
        channel = channel_with(row.channel)
        if channel is None:
            raise Undelivered("this channel is not set up", permanent=True)
        channel.send(row.address or "", row.text, *([row.opt_out] if row.opt_out else []))
    except Undelivered as failure:
        return _failed(row.pk, failure)
    with transaction.atomic():
        Delivery.objects.filter(pk=row.pk).update(
            state=Delivery.State.SENT, sent=clock.now(), tries=row.tries + 1, error="", address=None
        )
    return Delivery.State.SENT


@transaction.atomic
def delivery_retry(*, actor: Actor, delivery_id: int) -> Delivery:
    """Put a delivery that failed for good back into the outbox.

    Raises: not_found (also where it did not fail)
    """
    policies.require_outbox(actor)
    row = Delivery.objects.select_for_update().filter(pk=delivery_id, state=Delivery.State.FAILED).first()
    if row is None:
        raise NotFound
    row.state, row.tries, row.due = Delivery.State.WAITING, 0, clock.now()
    row.save(update_fields=["state", "tries", "due"])
    _defer(row)
    journal.write(actor, "delivery.retry", ("delivery", row.pk))
    return row


@transaction.atomic
def job_retry(*, actor: Actor, job_id: int) -> None:
    """Put a job that failed for good back into the queue. Raises: not_found"""
    policies.require_outbox(actor)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM procrastinate_jobs WHERE id = %s AND status = 'failed' FOR UPDATE", [job_id])
        if cursor.fetchone() is None:
            raise NotFound
    app.job_manager.retry_job_by_id(job_id, retry_at=clock.now())
    journal.write(actor, "job.retry", ("job", job_id))


@transaction.atomic
def deliveries_sweep() -> int:
    """Forget deliveries that arrived, or failed, long ago; returns how many."""
    old = Delivery.objects.filter(made__lt=clock.now() - KEPT).exclude(state=Delivery.State.WAITING)
    return old.delete()[0]


@transaction.atomic
def _failed(delivery_id: int, failure: Undelivered) -> str:
    row = Delivery.objects.select_for_update().get(pk=delivery_id)
    row.tries += 1
    row.error = failure.reason
    if failure.permanent or row.tries > len(DELAYS):
        row.state = Delivery.State.FAILED
    else:
        row.due = clock.now() + DELAYS[row.tries - 1]
        _defer(row)
    row.save(update_fields=["tries", "error", "state", "due"])
    return row.state


def _defer(row: Delivery) -> None:
    app.configure_task(TASK, schedule_at=row.due).defer(delivery_id=row.pk)
