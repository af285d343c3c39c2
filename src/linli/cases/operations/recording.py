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
from linli.core.bulk import change, copy_in, copy_rows, defaults, next_ids
from linli.territory.operations.recording import extra_of, root_place

Rows = Sequence[Mapping[str, Any]]
# What a row calls a value, and the matter's column that holds it.
CASE = {
    **{
        name: name
        for name in ("kind", "source", "category", "urgency", "text", "address", "state", "outcome", "result")
    },
    **{name: name for name in ("in_scope", "helped", "dispatched", "planned_end")},
    **{"number": "register_number", "received": "received_on", "closed": "closed_on"},
    **{"lead": "lead_id", "lead_text": "lead_name", "place": "place_id"},
}
DAYS = ("received_on", "closed_on", "dispatched", "planned_end")
WHISTLE = ("number", "kind", "text", "departments", "received", "reported", "closed", "state", "outcome")


@transaction.atomic
def case_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Record matters from a ledger (DSP-01). Dates stay days; the source is the ledger's, the door is `import`."""
    root = root_place()
    assert root is not None, "a matter needs a root division"
    ids = iter(next_ids(Case, sum(1 for row in rows if not row.get("id"))))
    held = Case.objects.select_for_update().in_bulk([row["id"] for row in rows if row.get("id")])
    blank = defaults(Case) | {"door": "import", "imported": True, "source": "unknown"}
    blank |= {"received_on": clock.today(), "place_id": root.pk}
    made: list[dict[str, Any]] = []
    given: list[int] = []
    for row in rows:
        case = held.get(row.get("id") or 0)
        if case is None:
            pk = next(ids)
            made.append(blank | {"id": pk, "number": f"L{pk:09d}"} | _values(row, blank))
        else:
            pk = case.pk
            for name, value in _values(row, vars(case)).items():
                setattr(case, name, value)
        given.append(pk)
    copy_rows(Case, made)
    change(Case, held.values(), list(_values({}, blank)))
    journal.write(actor, "case.record_many", None, count=max(1, len(rows)))
    return given


def _values(row: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """What a row makes of a matter's columns; where it is silent, they stay as before."""
    values = {column: before[column] if row.get(name) is None else row[name] for name, column in CASE.items()}
    values |= {column: as_day(values[column]) for column in DAYS}
    values["confidential"] = before["confidential"] or values["kind"] == "dispute"
    values["search"] = search.vector(values["text"], values["register_number"])
    values["extra"] = before["extra"] | extra_of(row, tuple(CASE))
    return values


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
    change(Whistle, changed, [*WHISTLE, "place", "extra"])
    journal.write(actor, "whistle.record_many", None, count=max(1, len(rows)))
    return given
