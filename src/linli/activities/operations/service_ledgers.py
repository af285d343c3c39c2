"""Recording service and programmes in set form, as ledgers bring them: silent, one journal entry per call.

What a ledger says was attested on paper. It earns no points, and nobody is told of it.
"""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from django.db import transaction

from linli.activities.models import ActivityProgramme, ServiceRecord
from linli.activities.operations.service import MOST_MINUTES
from linli.core import clock
from linli.core.actors import Actor
from linli.organizations.operations.recording import people_found
from linli.territory.operations.recording import plain_record_many, root_place

Rows = Sequence[Mapping[str, Any]]
FIELDS: Final = (
    *("number", "person_id", "source_type", "day", "organization_id", "name", "content", "responsible", "minutes"),
    "state",
)
LONGEST: Final = {"number": 40, "activity": 160, "content": 300, "responsible": 60, "name": 60, "staff_number": 40}
LONGEST_OF_PROGRAMME: Final = {"title": 120, "kind": 64, "theme": 120, "venue": 160}
PROGRAMME: Final = ("title", "line", "kind", "theme", "organization_id", "rhythm", "venue", "since", "until")
PERSON: Final = ("staff_number", "name")


def service_refused(*, rows: Rows) -> dict[int, str]:
    """Which rows are no record of service, by position, each with the code of its reason."""
    found = {at: _fault(row) for at, row in enumerate(rows)}
    return {at: code for at, code in found.items() if code}


def _fault(row: Mapping[str, Any]) -> str:
    if any(len(row.get(name) or "") > most for name, most in LONGEST.items()):
        return "activity.too_long"
    hours = row.get("hours")
    return "service.hours" if hours is not None and not 1 <= minutes_of(hours) <= MOST_MINUTES else ""


def minutes_of(hours: Any) -> int:
    """Hours as whole minutes."""
    return int((Decimal(str(hours)) * 60).quantize(Decimal(1), ROUND_HALF_UP))


@transaction.atomic
def service_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Record service from a ledger (VOL-01): whoever is not known by number and name is somebody new."""
    root = root_place()
    held = ServiceRecord.objects.in_bulk([row["id"] for row in rows if row.get("id")])
    people = people_found(actor, rows, held)
    prepared = [_prepared(row, person) for row, person in zip(rows, people, strict=True)]
    return plain_record_many(actor, ServiceRecord, prepared, FIELDS, root.pk if root else None, "service")


def _prepared(row: Mapping[str, Any], person_id: int) -> dict[str, Any]:
    own = (*PERSON, "activity", "hours", "organization", "organization_text")
    given = {name: value for name, value in row.items() if name not in own}
    given |= {"person_id": person_id, "organization_id": row.get("organization"), "name": row.get("activity")}
    if row.get("hours") is not None:
        given["minutes"] = minutes_of(row["hours"])
    if not row.get("id"):
        given |= {"source_type": "ledger", "state": row.get("state") or "attested"}
    return given


def programmes_refused(*, rows: Rows) -> dict[int, str]:
    """Which rows are no programme, by position, each with the code of its reason."""
    found = {at: _no_programme(row) for at, row in enumerate(rows)}
    return {at: code for at, code in found.items() if code}


def _no_programme(row: Mapping[str, Any]) -> str:
    if any(len(row.get(name) or "") > most for name, most in LONGEST_OF_PROGRAMME.items()):
        return "activity.too_long"
    since, until = row.get("since"), row.get("until")
    return "programme.span" if since and until and until < since else ""


@transaction.atomic
def programme_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Record programmes from a ledger (VOL-14, VOL-18, VOL-19)."""
    root = root_place()
    prepared = [_programme(row) for row in rows]
    return plain_record_many(
        actor, ActivityProgramme, prepared, PROGRAMME, root.pk if root else None, "activity_programme"
    )


def _programme(row: Mapping[str, Any]) -> dict[str, Any]:
    given = {name: value for name, value in row.items() if name != "organization"}
    given["organization_id"] = row.get("organization")
    if row.get("rhythm") == "days":
        # How many days is not in the ledger: its organiser says so.
        given["rhythm"] = ""
    if not row.get("id"):
        given["since"] = row.get("since") or clock.today()
    return given
