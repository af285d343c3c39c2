"""Background work of matters: what is long overdue goes up one level. No job per matter."""

from procrastinate.contrib.django import app

from linli.cases.operations.supervising import overdue_escalate


@app.periodic(cron="*/5 * * * *")
@app.task(name="cases.escalate", queueing_lock="cases.escalate")
def escalate(timestamp: int) -> int:
    """Raise overdue work to the next level; returns how many items were raised."""
    raised = total = overdue_escalate()
    while raised:
        raised = overdue_escalate()
        total += raised
    return total
