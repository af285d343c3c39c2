"""Recording matters in set form, as imports do: silent, no clocks, no messages; one journal entry per call.

Imported closed rows count as done, neither verified nor rated.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from linli.cases.models import Case, Whistle
from linli.core import clock, journal, search
from linli.core.actors import Actor
from linli.core.bulk import copy_in, next_ids
from linli.territory.operations.recording import extra_of, root_place

Rows = Sequence[Mapping[str, Any]]
CASE = ("kind", "source", "category", "urgency", "text", "address", "state", "outcome", "result", "in_scope")
WHISTLE = ("number", "kind", "text", "departments", "received", "reported", "closed", "state", "outcome")


@transaction.atomic
def case_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Record matters from a ledger (DSP-01). Dates stay days; the source is the ledger's, the door is `import`."""
    root = root_place()
    ids = iter(next_ids(Case, sum(1 for row in rows if not row.get("id"))))
    held = Case.objects.select_for_update().in_bulk([row["id"] for row in rows if row.get("id")])
    made: list[Any] = []
    changed: list[Any] = []
    given: list[int] = []
    for row in rows:
        case = held.get(row.get("id") or 0) or _fresh(next(ids))
        _fill(case, row)
        place = row.get("place") or case.place_id or (root.pk if root else None)
        assert place is not None, "a matter needs a root division"
        case.place_id = place
        (changed if row.get("id") else made).append(case)
        given.append(case.pk)
    copy_in(made)
    fields = [
        *CASE,
        "register_number",
        "received_on",
        "closed_on",
        "dispatched",
        "planned_end",
        "helped",
        "lead",
        "lead_name",
        "place",
        "extra",
        "search",
    ]
    Case.objects.bulk_update(changed, fields, batch_size=500)
    journal.write(actor, "case.record_many", None, count=max(1, len(rows)))
    return given


def _fresh(pk: int) -> Case:
    return Case(id=pk, number=f"L{pk:09d}", door="import", imported=True, source="unknown")


def _fill(case: Case, row: Mapping[str, Any]) -> None:
    for field in CASE:
        if row.get(field) is not None:
            setattr(case, field, row[field])
    case.register_number = row.get("number") or case.register_number
    case.received_on = as_day(row.get("received")) or (case.received_on if row.get("id") else clock.today())
    case.closed_on = as_day(row.get("closed")) or case.closed_on
    case.dispatched = as_day(row.get("dispatched")) or case.dispatched
    case.planned_end = as_day(row.get("planned_end")) or case.planned_end
    if row.get("helped") is not None:
        case.helped = row["helped"]
    if row.get("lead"):
        case.lead_id = row["lead"]
    case.lead_name = row.get("lead_text") or case.lead_name
    case.confidential = case.kind == "dispute"
    case.search = search.vector(case.text, case.register_number)
    known = (*CASE, "number", "received", "closed", "dispatched", "lead", "planned_end", "helped")
    case.extra = {**case.extra, **extra_of(row, known)}


def as_day(value: date | datetime | str | None) -> date | None:
    """The day of a date or a moment; an ISO text is read."""
    if isinstance(value, str):
        return date.fromisoformat(value[:10])
    return clock.day_of(value) if isinstance(value, datetime) else value


@transaction.atomic
def whistle_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Record whistles from a ledger (WHI-01)."""
    root = root_place()
    ids = iter(next_ids(Whistle, sum(1 for row in rows if not row.get("id"))))
    held = Whistle.objects.select_for_update().in_bulk([row["id"] for row in rows if row.get("id")])
    made: list[Any] = []
    changed: list[Any] = []
    given: list[int] = []
    for row in rows:
        whistle = held.get(row.get("id") or 0) or Whistle(id=next(ids))
        for field in WHISTLE:
            if row.get(field) is not None:
                setattr(whistle, field, row[field])
        whistle.place_id = row.get("place") or whistle.place_id or (root.pk if root else 0)
        whistle.extra = {**whistle.extra, **extra_of(row, WHISTLE)}
        (changed if row.get("id") else made).append(whistle)
        given.append(whistle.pk)
    copy_in(made)
    Whistle.objects.bulk_update(changed, [*WHISTLE, "place", "extra"], batch_size=500)
    journal.write(actor, "whistle.record_many", None, count=max(1, len(rows)))
    return given
