"""Background work of teams: what is owed after a planned end, and answers that nobody needs any more."""

from procrastinate.contrib.django import app

from linli.teams.operations.teams import teams_check


@app.periodic(cron="20 6 * * *")
@app.task(name="teams.check", queueing_lock="teams.check")
def check(timestamp: int) -> int:
    """Let leads of teams past their planned end decide; returns how many."""
    return teams_check()
