"""Background work of emergencies: what is over ends, plans are looked through again, help cards expire."""

from procrastinate.contrib.django import app

from linli.emergencies.operations.activations import activations_check
from linli.emergencies.operations.cards import cards_forget
from linli.emergencies.operations.plans import plans_check


@app.periodic(cron="*/5 * * * *")
@app.task(name="emergencies.lapse", queueing_lock="emergencies.lapse")
def lapse(timestamp: int) -> int:
    """End the activations whose time is over; returns how many."""
    return activations_check()


@app.periodic(cron="50 3 * * *")
@app.task(name="emergencies.check", queueing_lock="emergencies.check")
def check(timestamp: int) -> int:
    """Forget help cards that expired, owe plans a look; returns how many plans are owed one."""
    cards_forget()
    return plans_check()
