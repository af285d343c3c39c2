"""Background work of the ledger: what is set aside runs out, old points expire."""

from procrastinate.contrib.django import app

from linli.points.operations.expiring import points_expire
from linli.points.operations.posting import expire_holds


@app.periodic(cron="*/5 * * * *")
@app.task(name="points.expire_holds", queueing_lock="points.expire_holds")
def holds_expire(timestamp: int) -> int:
    """Give back what was set aside and not taken; returns how many."""
    return expire_holds()


@app.periodic(cron="20 2 1 * *")
@app.task(name="points.expire", queueing_lock="points.expire")
def expire(timestamp: int) -> int:
    """Let old points expire on the first of each month; returns in how many accounts."""
    return points_expire()
