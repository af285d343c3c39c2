"""Background work of accountability: asks expire, answers are destroyed when their time is over."""

from procrastinate.contrib.django import app

from linli.accountability.operations.alerts import alerts_check
from linli.accountability.operations.ask_answers import answers_forget
from linli.accountability.operations.asks import asks_expire


@app.periodic(cron="10 0 * * *")
@app.task(name="accountability.expire_asks", queueing_lock="accountability.expire_asks")
def expire_asks(timestamp: int) -> int:
    """Let asks expire whose time is over; returns how many."""
    total = 0
    while count := asks_expire():
        total += count
    return total


@app.periodic(cron="50 3 * * *")
@app.task(name="accountability.forget_answers", queueing_lock="accountability.forget_answers")
def forget_answers(timestamp: int) -> int:
    """Destroy answers and forms whose time is over; returns how many."""
    total = 0
    while count := answers_forget():
        total += count
    return total


@app.periodic(cron="20 6 * * *")
@app.task(name="accountability.check_alerts", queueing_lock="accountability.check_alerts")
def check_alerts(timestamp: int) -> int:
    """Hold the rules of alerts against every unit, before the day begins; returns how many alerts stand."""
    return alerts_check().open
