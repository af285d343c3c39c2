"""How a compound's residents are answered and what they say: computed from matters and surveys, kept nowhere twice."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from linli.cases.models import Case
from linli.cases.operations.clocks import calendar_of
from linli.core.actors import Actor
from linli.property.models import Management
from linli.property.sections import section
from linli.records.types import record_type
from linli.territory.models import Place

SURVEY: Final = "satisfaction_survey"
HALVES: Final = 4
MOST: Final = 2000
HOUR: Final = 60


@dataclass(frozen=True, slots=True)
class Half:
    """A half-year: matters of the compound, those resolved, those taken up in time, and what surveys came to."""

    since: date
    last: date
    manager: str
    matters: int
    resolved: int
    taken: int
    in_time: int
    asked: int
    answered: int
    satisfied: int

    @property
    def share(self) -> float | None:
        """The satisfied among those who answered, in percent."""
        return 100 * self.satisfied / self.answered if self.answered else None

    @property
    def second(self) -> bool:
        """Whether it is the second half of its year."""
        return self.since.month > 6


def halves(actor: Actor, place: Place, today: date) -> list[Half]:
    """The last half-years of a compound, this one first; those of which there is nothing to tell are left out."""
    periods = _periods(today)
    first = periods[-1][0]
    rules = section()
    cases = Case.objects.filter(place__path__startswith=place.path, received_on__gte=first, merged_into=None)
    cases = cases.filter(category__in=rules.categories).exclude(state="void")
    told = list(cases.values_list("received_on", "outcome", "received", "taken")[:MOST])
    surveys = record_type(SURVEY).rows_for(actor).filter(place=place, on__gte=first)
    counts = list(surveys.values_list("on", "asked", "answered", "satisfied"))
    rows = Management.objects.filter(compound=place, void=False).select_related("manager").order_by("since")
    managed = list(rows)
    days, within = calendar_of(place), rules.response_hours * HOUR

    def quick(received: datetime | None, taken: datetime) -> bool:
        return received is not None and days.working_minutes_between(received, taken) <= within

    found = []
    for since, last in periods:
        own = [row for row in told if since <= row[0] <= last]
        taken = [(row[2], row[3]) for row in own if row[3]]
        sums = [sum(row[at] for row in counts if since <= row[0] <= last) for at in (1, 2, 3)]
        if own or any(sums):
            resolved = sum(row[1] == "resolved" for row in own)
            in_time = sum(quick(*pair) for pair in taken)
            manager = _manager(managed, since, last)
            found.append(Half(since, last, manager, len(own), resolved, len(taken), in_time, *sums))
    return found


def _manager(managed: list[Any], since: date, last: date) -> str:
    """Who managed it in this time, one after another."""
    there = [row for row in managed if row.since <= last and (row.last is None or row.last >= since)]
    return "、".join(
        dict.fromkeys(row.manager.name if row.manager else row.unit for row in there if row.manager or row.unit)
    )


def _periods(today: date) -> list[tuple[date, date]]:
    """This half-year and those before it, each with its last day."""
    since = date(today.year, 7 if today.month > 6 else 1, 1)
    found = []
    for _number in range(HALVES):
        after = date(since.year + 1, 1, 1) if since.month == 7 else date(since.year, 7, 1)
        found.append((since, after - timedelta(days=1)))
        since = date(since.year - 1, 7, 1) if since.month == 1 else date(since.year, 1, 1)
    return found
