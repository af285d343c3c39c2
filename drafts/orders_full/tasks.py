"""Background work of service orders: who did not rate is called back."""

from procrastinate.contrib.django import app

from linli.orders.operations.due import calls_check


@app.periodic(cron="50 5 * * *")
@app.task(name="orders.check_calls", queueing_lock="orders.check_calls")
def check_calls(timestamp: int) -> int:
    """Raise the calls that are owed, before the day begins; returns how many."""
    return calls_check()
