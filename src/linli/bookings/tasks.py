"""Background work of bookings: what is over ends."""

from procrastinate.contrib.django import app

from linli.bookings.operations.bookings import bookings_check


@app.periodic(cron="*/15 * * * *")
@app.task(name="bookings.check", queueing_lock="bookings.check")
def check(timestamp: int) -> int:
    """End what is over; returns how many."""
    return bookings_check()
