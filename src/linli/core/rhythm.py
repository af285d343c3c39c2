"""How often a series sits: the stretch of days in which a day lies, and the day that the calendar proposes in it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.translation import pgettext_lazy

from linli.core.calendar import add_months

RHYTHMS: Final = (
    ("", pgettext_lazy("rhythm", "when there is need")),
    ("week", pgettext_lazy("rhythm", "every week")),
    ("month", pgettext_lazy("rhythm", "every month")),
    ("quarter", pgettext_lazy("rhythm", "every quarter")),
    ("days", pgettext_lazy("rhythm", "every so many days")),
)
MONTHS: Final = {"month": 1, "quarter": 3}
DAY: Final = timedelta(days=1)
Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A rhythm (week, month, quarter, days) counted from the first day of a series."""

    code: str
    every_days: int | None
    since: date

    def period_of(self, day: date) -> Days:
        """The stretch of days in which a day lies; the first one begins with the series."""
        if self.code == "week":
            first = day - timedelta(days=day.weekday())
            return max(first, self.since), first + 6 * DAY
        if self.code == "days":
            length = self.every_days or 1
            first = self.since + timedelta(days=(day - self.since).days // length * length)
            return first, first + timedelta(days=length - 1)
        months = MONTHS[self.code]
        first = date(day.year, (day.month - 1) // months * months + 1, 1)
        return max(first, self.since), add_months(first, months) - DAY

    def proposed(self, period: Days, last: date | None) -> date:
        """The day proposed in a period: as far into it as the last session was into its own; else its middle."""
        since, until = period
        begun = self.period_of(last)[0] if last and last >= self.since else None
        offset = (last - begun) if last and begun else (until - since) // 2
        return min(since + offset, until)
