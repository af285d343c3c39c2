"""Background work of circles: walks are computed anew where something changed."""

from procrastinate.contrib.django import app

from linli.circles.operations.computing import circles_check


@app.periodic(cron="40 2 * * *")
@app.task(name="circles.check", queueing_lock="circles.check")
def check(timestamp: int) -> int:
    """Compute at night what changed by day; returns for how many networks."""
    return circles_check()
