"""The periods of disclosure: months, quarters, half-years and years as first and last days, and in words."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from linli.core.calendar import add_months

MONTHS: Final[Mapping[str, int]] = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
DAY: Final = timedelta(days=1)
Days = tuple[date, date]
_WORDS: Final[Mapping[int, tuple[Any, ...]]] = {
    1: (_("%(year)s-%(number)s (month)"),) * 12,
    3: (_("quarter %(number)s of %(year)s"),) * 4,
    6: (_("first half of %(year)s"), _("second half of %(year)s")),
    12: (_("the year %(year)s"),),
}


def period_of(every: str, day: date) -> Days:
    """The period in which a day lies."""
    months = MONTHS[every]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    return first, add_months(first, months) - DAY


def last_ended(every: str, day: date) -> Days:
    """The latest period that is over on a day."""
    return period_of(every, period_of(every, day)[0] - DAY)


def following(every: str, until: date) -> Days:
    """The period after one that ends with a day."""
    return period_of(every, until + DAY)


def words(since: date | None, until: date | None) -> str:
    """A period as people say it; its two days where it is none of these."""
    if since is None or until is None:
        return f"{since or until:%Y-%m-%d}" if since or until else ""
    for every, months in MONTHS.items():
        if period_of(every, since) == (since, until):
            number = (since.month - 1) // months
            return str(_WORDS[months][number] % {"year": since.year, "number": number + 1})
    return f"{since:%Y-%m-%d} ~ {until:%Y-%m-%d}"
