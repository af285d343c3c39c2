"""Background work of members: who is counted in no grid is asked for."""

from procrastinate.contrib.django import app

from linli.members.operations.attaching import attaching_check


@app.periodic(cron="35 5 * * *")
@app.task(name="members.check_attaching", queueing_lock="members.check_attaching")
def check_attaching(timestamp: int) -> int:
    """Ask where members live that are counted in no grid; returns how many organisations fall short."""
    return attaching_check()
