"""How often a series sits: the stretch of days in which a day lies, and the day that the calendar proposes in it."""

from dataclasses import dataclass
from datetime import date, timedelta

from linli.publishing import periods
from linli.publishing.periods import DAY, Days


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
        first, last = periods.period_of(self.code, day)
        return max(first, self.since), last

    def proposed(self, period: Days, last: date | None) -> date:
        """The day proposed in a period: as far into it as the last session was into its own; else its middle."""
        since, until = period
        begun = self.period_of(last)[0] if last and last >= self.since else None
        offset = (last - begun) if last and begun else (until - since) // 2
        return min(since + offset, until)
