"""Background work of activities: whose next session is not planned yet."""

from procrastinate.contrib.django import app

from linli.activities.operations.programmes import programmes_check


@app.periodic(cron="45 5 * * *")
@app.task(name="activities.check_programmes", queueing_lock="activities.check_programmes")
def check_programmes(timestamp: int) -> int:
    """Put the next sessions of programmes on the lists of their organisers, before the day begins; how many."""
    return programmes_check()
