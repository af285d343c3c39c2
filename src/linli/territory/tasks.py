"""Background work of the territory: checklists that are due again, boundaries whose day has come."""

from procrastinate.contrib.django import app

from linli.core.actors import SYSTEM
from linli.territory.operations.checklists import checklists_remind
from linli.territory.operations.redrawing import redrawings_apply


@app.periodic(cron="10 8 * * *")
@app.task(name="territory.remind", queueing_lock="territory.remind")
def remind(timestamp: int) -> int:
    """Put due checklists on the lists of those who tend the grids; returns how many."""
    return checklists_remind(actor=SYSTEM)


@app.periodic(cron="5 * * * *")
@app.task(name="territory.redraw", queueing_lock="territory.redraw")
def redraw(timestamp: int) -> int:
    """Put boundaries in force that waited for today; hourly, so that a worker that was away catches up."""
    return redrawings_apply(actor=SYSTEM)
