"""Background work of notices: letters by day, what arrived, addresses that nobody confirmed."""

from procrastinate.contrib.django import app

from linli.notices.operations.letters import letters_send
from linli.notices.operations.publishing import reaches_count
from linli.notices.operations.subscribing import subscriptions_sweep


@app.periodic(cron="15 9 * * *")
@app.task(name="notices.letters", queueing_lock="notices.letters")
def letters(timestamp: int) -> int:
    """Send the letters that are due, in batches; returns how many were looked at."""
    looked = 0
    while found := letters_send():
        looked += found
    return looked


@app.periodic(cron="*/10 * * * *")
@app.task(name="notices.count", queueing_lock="notices.count")
def count(timestamp: int) -> int:
    """Count by channel what arrived; returns how many numbers changed."""
    return reaches_count()


@app.periodic(cron="40 4 * * *")
@app.task(name="notices.sweep", queueing_lock="notices.sweep")
def sweep(timestamp: int) -> int:
    """Forget addresses that were never confirmed; returns how many."""
    return subscriptions_sweep()
