"""Patrols from before, from ledgers: day, compound, how many of each force. Silent: nothing is owed of them."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db import transaction

from linli.core import bulk, clock, journal
from linli.core.actors import Actor
from linli.safety.models import LONGEST, PatrolShift
from linli.safety.operations.patrols import fill
from linli.safety.workflow import FORCES, PATROL
from linli.territory.operations.recording import extra_of

Rows = Sequence[Mapping[str, Any]]
NUMBERS: Final = tuple(code for code, _label in FORCES)
PLAIN: Final = ("on", "found", "state")
COLUMNS: Final = (*PLAIN, *NUMBERS, "team", "forces")
# More of one force never walk together; what is larger is a slip of the pen.
MOST: Final = 999


def patrols_refused(*, rows: Rows) -> dict[int, str]:
    """Which rows make no sense, by position: nowhere, nobody came, or far too many."""
    found: dict[int, str] = {}
    for at, row in enumerate(rows):
        numbers = [row[code] for code in NUMBERS if row.get(code) is not None]
        if not row.get("place"):
            found[at] = "patrol_shift.no_place"
        elif row.get("state") != "cancelled" and (not any(numbers) or max(numbers) > MOST):
            found[at] = "patrol_shift.numbers"
        elif len(row.get("found") or "") > LONGEST:
            found[at] = "patrol_shift.too_long"
    return found


@transaction.atomic
def patrol_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in patrols that were walked (SAF-04)."""
    held = PatrolShift.objects.select_for_update().in_bulk([row["id"] for row in rows if row.get("id")])
    fresh: list[PatrolShift] = []
    given: list[PatrolShift] = []
    for row in rows:
        record = held.get(row.get("id") or 0)
        if record is None:
            record = PatrolShift(state="reported", recorded=clock.now(), recorder=actor.key)
            fresh.append(record)
        record.extra = {**record.extra, **extra_of(row, COLUMNS)}
        record.place_id = row.get("place") or record.place_id
        record.team_id = row.get("team") or record.team_id
        for name in PLAIN:
            if row.get(name) is not None:
                setattr(record, name, row[name])
        fill(record, row)
        given.append(record)
    for record, pk in zip(fresh, bulk.next_ids(PatrolShift, len(fresh)), strict=True):
        record.pk = pk
    bulk.copy_in(fresh)
    bulk.change(PatrolShift, [*held.values()], (*PLAIN, *NUMBERS, "forces", "place", "team", "extra"))
    journal.write(actor, f"{PATROL}.record_many", None, count=max(1, len(rows)))
    return [record.pk for record in given]
