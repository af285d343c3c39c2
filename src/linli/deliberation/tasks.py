"""Background work of deliberation: sessions fall due and are missed, commitments overdue, quarters of accounts owed,
terms of bodies run out."""

from procrastinate.contrib.django import app

from linli.deliberation.operations.bodies import bodies_check
from linli.deliberation.operations.commitments import commitments_check
from linli.deliberation.operations.fund_quarters import fund_quarters_check
from linli.deliberation.operations.series import sessions_check


@app.periodic(cron="20 0 * * *")
@app.task(name="deliberation.check_meetings", queueing_lock="deliberation.check_meetings")
def check_meetings(timestamp: int) -> int:
    """Note which sessions were missed and which commitments are overdue, before the day begins; returns how many."""
    return sessions_check() + commitments_check()


@app.periodic(cron="50 5 * * *")
@app.task(name="deliberation.check_funds", queueing_lock="deliberation.check_funds")
def check_funds(timestamp: int) -> int:
    """Raise the quarters of accounts that are over, before the day begins; returns how many."""
    return fund_quarters_check()


@app.periodic(cron="55 5 * * *")
@app.task(name="deliberation.check_bodies", queueing_lock="deliberation.check_bodies")
def check_bodies(timestamp: int) -> int:
    """Note which terms of bodies end soon or are over, before the day begins; returns how many."""
    return bodies_check()
