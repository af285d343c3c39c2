"""How complete a figure is on a day (R8): whether its period has ended, and how many units have anything recorded."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import F

from linli.core import clock
from linli.records.figures import breaking, compute
from linli.records.figures.compile import Scope
from linli.records.figures.definitions import Figure, Period, Span, leaf
from linli.records.types import record_type
from linli.territory.models import Place

MONTHS: Final = {"month": 1, "quarter": 3, "year": 12, "year_to_date": 12}


@dataclass(frozen=True, slots=True)
class Completeness:
    """The last day of the period where it has one, whether it lies behind, and the units that have records."""

    ends: date | None
    ended: bool
    units: int
    with_rows: int

    @property
    def complete(self) -> bool:
        """Whether nothing more is awaited: never before the period's end, never while a unit has nothing."""
        return self.ended and self.with_rows >= self.units


def completeness(figure: Figure, at: date, scope: Scope, figures: Mapping[str, Figure]) -> Completeness:
    """How complete a figure is: by the communities of the scope that have rows behind it."""
    base = leaf(figure, figures).model_copy(update={"measure": "count"})
    ends = period_end(base.period, at)
    ended = at >= ends and ends < clock.today() if ends else at < clock.today()
    if not breaking.can_group(record_type(base.of), "community"):
        return Completeness(ends, ended, 0, 0)
    inside = Place.objects.filter(community=F("pk"), type=Place.Type.DIVISION, until=None, placeholder=False)
    units = inside.filter(path__startswith=scope.path).count()
    rows = sum(1 for key, count in compute.grouped(base, at, scope, "community") if key and count)
    return Completeness(ends, ended, units, min(rows, units))


def period_end(period: Period, at: date) -> date | None:
    """The last day of the period that a day lies in; None of what has no end."""
    if isinstance(period, Span):
        return period.end
    if period == "last_month":
        return at.replace(day=1) - timedelta(days=1)
    months = MONTHS.get(period)
    if months is None:
        return None
    last = ((at.month - 1) // months + 1) * months
    return (date(at.year, last, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
