"""How much of the menu is taken: orders that count against the capacity of an item."""

from datetime import date, timedelta

from linli.orders.models import ServiceMenuItem, ServiceOrder
from linli.orders.workflow import DONE, OPEN


def taken_up(item: ServiceMenuItem, day: date) -> int:
    """How many orders count against the capacity of an item on the day, or in the week, of a day."""
    first, last = (day, day) if item.per == "day" else week_of(day)
    counted = ServiceOrder.objects.filter(item=item, wanted_on__range=(first, last), state__in=(*OPEN, *DONE))
    return counted.count()


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of the week of a day."""
    first = day - timedelta(days=day.weekday())
    return first, first + timedelta(days=6)
