"""Background work of the territory: checklists of grids that are due again."""

from procrastinate.contrib.django import app

from linli.core.actors import SYSTEM
from linli.territory.operations.checklists import checklists_remind


@app.periodic(cron="10 8 * * *")
@app.task(name="territory.remind", queueing_lock="territory.remind")
def remind(timestamp: int) -> int:
    """Put due checklists on the lists of those who tend the grids; returns how many."""
    return checklists_remind(actor=SYSTEM)
