"""Background work of deliberation: sessions fall due and are missed, commitments become overdue."""

from procrastinate.contrib.django import app

from linli.deliberation.operations.commitments import commitments_check
from linli.deliberation.operations.series import sessions_check


@app.periodic(cron="20 0 * * *")
@app.task(name="deliberation.check_meetings", queueing_lock="deliberation.check_meetings")
def check_meetings(timestamp: int) -> int:
    """Note which sessions were missed and which commitments are overdue, before the day begins; returns how many."""
    return sessions_check() + commitments_check()
