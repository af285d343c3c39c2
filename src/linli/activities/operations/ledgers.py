"""Recording activities in set form, as ledgers bring them: silent, one journal entry per call."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db import transaction

from linli.activities.models import Activity
from linli.core.actors import Actor
from linli.territory.operations.recording import plain_record_many, root_place

FIELDS: Final = (
    *("line", "number", "kind", "day", "organization_id", "team", "content", "venue"),
    *("volunteers", "served", "attended", "hours", "state"),
)
LONGEST: Final = {"number": 40, "kind": 64, "team": 160, "content": 300, "venue": 160}
MOST_HOURS: Final = 24 * 31


def activities_refused(*, rows: Sequence[Mapping[str, Any]]) -> dict[int, str]:
    """Which rows are no activity, by position, each with the code of its reason."""
    found = {position: _fault(row) for position, row in enumerate(rows)}
    return {position: code for position, code in found.items() if code}


def _fault(row: Mapping[str, Any]) -> str:
    if any(len(row.get(name) or "") > most for name, most in LONGEST.items()):
        return "activity.too_long"
    return "activity.hours" if (row.get("hours") or 0) > MOST_HOURS else ""


@transaction.atomic
def activity_record_many(*, actor: Actor, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Record activities from a ledger (VOL-03, VOL-14); one that says nothing of its state was held."""
    root = root_place()
    prepared = [_prepared(row) for row in rows]
    return plain_record_many(actor, Activity, prepared, FIELDS, root.pk if root else None, "activity")


def _prepared(row: Mapping[str, Any]) -> dict[str, Any]:
    given = {name: value for name, value in row.items() if name not in ("organization", "organization_text")}
    given["organization_id"] = row.get("organization")
    if row.get("organization_text"):
        given["team"] = row["organization_text"]
    if not row.get("id"):
        given["state"] = row.get("state") or "held"
    return given
