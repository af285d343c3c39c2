"""Background work of services: proxies end, copies of papers and people are forgotten."""

from procrastinate.contrib.django import app

from linli.services.operations.forgetting import people_forget, requests_lapse
from linli.services.operations.proxies import proxies_check


@app.periodic(cron="20 3 * * *")
@app.task(name="services.check", queueing_lock="services.check")
def check(timestamp: int) -> int:
    """End and forget what is over; returns how many proxies ended."""
    requests_lapse()
    people_forget()
    return proxies_check()
