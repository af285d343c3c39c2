"""Background work of training: what is missing is owed before its period ends."""

from procrastinate.contrib.django import app

from linli.workforce.operations.gaps import gaps_check


@app.periodic(cron="20 5 * * *")
@app.task(name="workforce.check", queueing_lock="workforce.check")
def check(timestamp: int) -> int:
    """Raise and settle what places owe by the rules of training; returns how many are open."""
    return gaps_check()
