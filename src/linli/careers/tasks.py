"""Background work of careers: what communities lack in reserve is owed."""

from procrastinate.contrib.django import app

from linli.careers.operations.reserves import gaps_check


@app.periodic(cron="25 5 * * *")
@app.task(name="careers.check_gaps", queueing_lock="careers.check_gaps")
def check_gaps(timestamp: int) -> int:
    """Owe what is missing, before the day begins; returns how many communities fall short."""
    return gaps_check()
