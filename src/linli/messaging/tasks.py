"""Background work of messages: the outbox, the one summary a day, and forgetting what was sent long ago."""

from procrastinate.contrib.django import app

from linli.messaging.operations.delivering import TASK, deliveries_sweep, delivery_attempt
from linli.messaging.operations.pushing import digest_send


@app.task(name=TASK)
def deliver(delivery_id: int) -> str:
    """Try one delivery; a failure makes its own next job."""
    return delivery_attempt(delivery_id=delivery_id)


@app.periodic(cron="*/10 * * * *")
@app.task(name="messaging.digest", queueing_lock="messaging.digest")
def digest(timestamp: int) -> int:
    """Send today's summaries, in batches, to those who have not had theirs; returns how many batches."""
    batches = last = 0
    while last := digest_send(after=last):
        batches += 1
    return batches


@app.periodic(cron="10 4 * * *")
@app.task(name="messaging.sweep", queueing_lock="messaging.sweep")
def sweep(timestamp: int) -> int:
    """Forget old deliveries; returns how many."""
    return deliveries_sweep()
