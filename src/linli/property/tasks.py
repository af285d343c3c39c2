"""Background work of property management: contracts near their end, and those that are over."""

from procrastinate.contrib.django import app

from linli.property.operations.contracts import contracts_check


@app.periodic(cron="20 6 * * *")
@app.task(name="property.check", queueing_lock="property.check")
def check(timestamp: int) -> int:
    """End what is over and ask who manages next; returns how many are asked about."""
    return contracts_check()
