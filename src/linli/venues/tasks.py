"""Background work of venues: holds run out, bookings are over, supplies are to be restocked."""

from procrastinate.contrib.django import app

from linli.venues.operations.holding import room_bookings_check
from linli.venues.operations.things import supplies_check


@app.periodic(cron="*/5 * * * *")
@app.task(name="venues.bookings", queueing_lock="venues.bookings")
def bookings(timestamp: int) -> int:
    """End what is over; returns how many."""
    return room_bookings_check()


@app.periodic(cron="20 6 * * *")
@app.task(name="venues.supplies", queueing_lock="venues.supplies")
def supplies(timestamp: int) -> int:
    """Owe what is to be restocked; returns how many."""
    return supplies_check()
