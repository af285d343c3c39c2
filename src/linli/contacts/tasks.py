"""Background work of contacts: what is owed of the year stands on lists."""

from procrastinate.contrib.django import app

from linli.contacts.operations.owed import year_follow


@app.periodic(cron="20 5 * * *")
@app.task(name="contacts.year", queueing_lock="contacts.year")
def year(timestamp: int) -> int:
    """Bring the work items of the year up to date; returns how many owe something."""
    return year_follow()
