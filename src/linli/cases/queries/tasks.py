"""Public-benefit tasks of a place as everybody may read them: what is planned, what was done, how many it helped.

Only what the desk published of each: its summary, never the report, nor anybody's name.
"""

from dataclasses import dataclass
from typing import Final

from django.db.models import F, Sum

from linli.cases.models import Case
from linli.cases.queries.lists import planned, within
from linli.core.errors import NotFound
from linli.territory.models import Place
from linli.territory.queries import root_place

SHOWN: Final = 100


@dataclass(frozen=True, slots=True)
class TaskBoard:
    """The published tasks of a place; `helped` counts the people whom the finished ones helped."""

    place: Place
    ahead: list[Case]
    finished: list[Case]
    helped: int


def task_board(code: str = "") -> TaskBoard:
    """The board of a division, compound or grid by its code, of the whole place without one. Raises: not_found"""
    held = Place.objects.filter(until=None, placeholder=False)
    place = held.filter(code=code).first() if code else root_place()
    if place is None:
        raise NotFound
    rows = Case.objects.filter(within(place.pk), kind="public_task", confidential=False)
    rows = rows.filter(summary__isnull=False, summary__withdrawn=None)
    rows = rows.select_related("summary", "place", "lead").defer("search", "text")
    finished = rows.filter(planned("finished"))
    return TaskBoard(
        place,
        list(rows.filter(planned("ahead")).order_by(F("planned_end").asc(nulls_last=True), "pk")[:SHOWN]),
        list(finished.order_by("-closed_on", "-pk")[:SHOWN]),
        finished.aggregate(total=Sum("helped"))["total"] or 0,
    )
