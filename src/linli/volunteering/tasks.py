"""Background work of volunteering: terms of posts end, and registrations that ended long ago are forgotten."""

from procrastinate.contrib.django import app

from linli.volunteering.operations.posts import terms_end
from linli.volunteering.operations.volunteers import ended_forget


@app.periodic(cron="50 3 * * *")
@app.task(name="volunteering.end_terms", queueing_lock="volunteering.end_terms")
def end_terms(timestamp: int) -> int:
    """End the terms that are over; returns how many."""
    return terms_end()


@app.periodic(cron="55 3 * * *")
@app.task(name="volunteering.forget_ended", queueing_lock="volunteering.forget_ended")
def forget_ended(timestamp: int) -> int:
    """Forget what is no longer kept; returns how many registrations."""
    return ended_forget()
