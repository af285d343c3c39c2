"""Background work of mediation: what was agreed falls due."""

from procrastinate.contrib.django import app

from linli.mediation.operations.agreements import items_check


@app.periodic(cron="40 5 * * *")
@app.task(name="mediation.check_items", queueing_lock="mediation.check_items")
def check_items(timestamp: int) -> int:
    """Raise what is due tomorrow or overdue, before the day begins; returns how many."""
    return items_check()
