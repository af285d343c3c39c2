"""Background work of secondments: what is owed each day."""

from procrastinate.contrib.django import app

from linli.secondments.operations.months import secondments_check


@app.periodic(cron="15 6 * * *")
@app.task(name="secondments.check", queueing_lock="secondments.check")
def check(timestamp: int) -> int:
    """Ask for last month's statements and for the end of terms; returns how many."""
    return secondments_check()
