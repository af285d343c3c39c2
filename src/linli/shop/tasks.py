"""Background work of the shop: reservations run out, announced prices begin, months are to be settled."""

from procrastinate.contrib.django import app

from linli.shop.operations.goods import prices_apply
from linli.shop.operations.redemptions import redemptions_expire
from linli.shop.operations.settlements import settlements_check


@app.periodic(cron="*/10 * * * *")
@app.task(name="shop.expire", queueing_lock="shop.expire")
def expire(timestamp: int) -> int:
    """End the reservations that nobody picked up in time, and let prices begin; returns how many changed."""
    return prices_apply() + redemptions_expire()


@app.periodic(cron="30 5 1 * *")
@app.task(name="shop.check_months", queueing_lock="shop.check_months")
def check_months(timestamp: int) -> int:
    """Put the settlements of the month that is over on the list; returns how many."""
    return settlements_check()
