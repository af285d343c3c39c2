"""Background work of matters: overdue work goes up one level, old reporters are forgotten. No job per matter."""

from procrastinate.contrib.django import app

from linli.cases.operations.forgetting import reporters_forget
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


@app.periodic(cron="20 3 * * *")
@app.task(name="cases.forget_reporters", queueing_lock="cases.forget_reporters")
def forget_reporters(timestamp: int) -> int:
    """Forget the reporters of matters that ended long ago; returns how many."""
    total = 0
    while forgotten := reporters_forget():
        total += forgotten
    return total
