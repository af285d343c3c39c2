"""Background work of the doors: telling other programs, and forgetting what they were told long ago."""

from procrastinate.contrib.django import app

from linli.api.announcing import announce, deliveries_forget, send_due


@app.periodic(cron="* * * * *")
@app.task(name="api.webhooks", queueing_lock="api.webhooks")
def webhooks(timestamp: int) -> int:
    """Read what was sealed since, and send what is due; returns how many arrived."""
    announce()
    return send_due()


@app.periodic(cron="20 4 * * *")
@app.task(name="api.forget_deliveries", queueing_lock="api.forget_deliveries")
def forget_deliveries(timestamp: int) -> int:
    """Forget old deliveries; returns how many."""
    return deliveries_forget()
