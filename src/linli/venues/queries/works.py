"""Works at a venue as its page shows them: what is made better, the days, the areas before and after."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from linli.core import clock
from linli.core.actors import Actor
from linli.territory.models import Facility
from linli.venues import policies
from linli.venues.models import VenueWork
from linli.venues.queries.space import ZERO, Division
from linli.venues.sections import better_names, section
from linli.venues.workflow import WORKS

SHOWN: Final = 30
TONES: Final = {
    "planned": ("yellow", "clock"),
    "under_way": ("orange", "clock"),
    "finished": ("green", "circle-check"),
    "dropped": ("grey", "circle-x"),
}


@dataclass(frozen=True, slots=True)
class WorkLine:
    """Works in words; `closed` says that the venue is closed for them, `late` that a day has passed undone."""

    row: VenueWork
    what: str
    closed: bool
    late: bool
    standing: tuple[str, str, Any]
    verbs: list[str]

    @property
    def before(self) -> Division:
        """The areas as the works began."""
        return self._areas("before")

    @property
    def after(self) -> Division:
        """The areas as they ended."""
        return self._areas("after")

    def _areas(self, when: str) -> Division:
        service, office, idle = (getattr(self.row, f"{use}_{when}") or ZERO for use in ("service", "office", "idle"))
        return Division(service, office, idle, section())


def what_of(row: VenueWork) -> str:
    """What is made better, in the active language."""
    names = better_names()
    return "、".join([*(names.get(code, code) for code in row.better), *([row.text] if row.text else [])])


def works_of(actor: Actor, facility: Facility) -> list[WorkLine]:
    """All works at a venue for those who see it, the latest first."""
    rows = VenueWork.objects.filter(facility=facility).select_related("closure").order_by("-first", "-pk")[:SHOWN]
    return list(_lines(rows, facility, actor))


def public_works(facility: Facility) -> list[WorkLine]:
    """The works that everybody is told of: under way or planned."""
    rows = VenueWork.objects.filter(facility=facility, state__in=WORKS.open_states).select_related("closure")
    return list(_lines(rows.order_by("first", "pk")[:SHOWN], facility, None))


def _lines(rows: Iterable[VenueWork], facility: Facility, actor: Actor | None) -> Iterable[WorkLine]:
    today = clock.today()
    for row in rows:
        row.facility = facility
        days = row.closure
        closed = days is not None and not days.void and days.last >= today
        due = row.last if row.begun else row.first
        yield WorkLine(
            row,
            what_of(row),
            closed,
            row.state in WORKS.open_states and due < today,
            (*TONES[row.state], WORKS.label(row.state)),
            policies.work_verbs(actor, row) if actor else [],
        )
