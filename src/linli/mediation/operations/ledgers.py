"""Mediations, sessions and agreements that a place has from before, from its ledgers. Silent: nothing is owed of them.

Ledgers name nobody here: a column of parties is not read. What is kept here stays as it is, whatever a ledger says.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from django.db import transaction

from linli.core import clock, journal
from linli.core.actors import Actor
from linli.mediation.models import Mediation, MediationAgreement, MediationSession
from linli.mediation.workflow import SETTLED
from linli.territory.operations.recording import extra_of, root_place

Rows = Sequence[Mapping[str, Any]]
OF_MEDIATION: Final = ("number", "received", "accepted", "ended", "due", "kind", "studio", "source", "state", "settled")
OF_SESSION: Final = ("mediation", "on", "venue", "parties_came")
OF_AGREEMENT: Final = ("mediation", "reached", "effective", "form", "confirmation", "fulfilled", "in_time")
FIELDS: Final = {"received": "received_on", "accepted": "accepted_on", "ended": "ended_on", "due": "due"}
WORDS: Final = ("kind", "studio", "source")
ENDED: Final = (*SETTLED, "not_agreed")


def mediations_refused(*, rows: Rows) -> dict[int, str]:
    """Which rows make no sense, by position, each with the code of its reason."""
    return {at: "mediation.undated" for at, row in enumerate(rows) if row.get("received") is None}


@transaction.atomic
def mediation_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in mediations from a ledger, one for each number of a place."""
    root = root_place()
    held = Mediation.objects.select_for_update().in_bulk([row["id"] for row in rows if row.get("id")])
    known = {(item.place_id, item.number): item for item in _numbered(row["number"] for row in rows)}
    given = []
    for row in rows:
        place_id = row.get("place") or (root.pk if root else 0)
        record = held.get(row.get("id") or 0) or known.get((place_id, row["number"]))
        if record is None:
            record = Mediation(place_id=place_id, number=row["number"], recorded=clock.now(), recorder=actor.key)
            known[(place_id, row["number"])] = record
        _fill(record, row)
        record.save()
        given.append(record.pk)
    journal.write(actor, "mediation.record_many", None, count=max(1, len(rows)))
    return given


def _numbered(numbers: Any) -> Any:
    return Mediation.objects.select_for_update().filter(number__in=set(numbers))


def _fill(record: Mediation, row: Mapping[str, Any]) -> None:
    record.extra = {**record.extra, **extra_of(row, OF_MEDIATION)}
    # What is mediated here has parties, and its own days.
    if record.pk and record.parties.exists():
        return
    for column, field in FIELDS.items():
        if row.get(column) is not None:
            setattr(record, field, row[column])
    for column in WORDS:
        if row.get(column):
            setattr(record, column, row[column])
    record.kind = record.kind or "other"
    record.state = row.get("state") or ("fulfilled" if row.get("settled") else record.state)
    record.settled = {"not_agreed": False}.get(record.state, True) if record.state in ENDED else None
    if record.state in ENDED:
        record.ended_on = record.ended_on or record.received_on
        record.accepted_on = record.accepted_on or record.received_on


def hangs_refused(*, rows: Rows) -> dict[int, str]:
    """Which sessions or agreements name no mediation that is held, by position."""
    held = set(Mediation.objects.filter(number__in={row["mediation"] for row in rows}).values_list("number", flat=True))
    return {at: "mediation.unknown_number" for at, row in enumerate(rows) if row["mediation"] not in held}


@transaction.atomic
def session_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in sessions from a ledger: one of a mediation and day is the same."""
    given = _many(rows, MediationSession, "on", _session)
    journal.write(actor, "mediation.sessions_record_many", None, count=max(1, len(rows)))
    return given


@transaction.atomic
def agreement_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in agreements from a ledger: one of a mediation and day is the same."""
    given = _many(rows, MediationAgreement, "reached", lambda record, row: _agreement(actor, record, row))
    journal.write(actor, "mediation.agreements_record_many", None, count=max(1, len(rows)))
    return given


def _many(rows: Rows, model: Any, day: str, fill: Callable[[Any, Mapping[str, Any]], None]) -> list[int]:
    held = model.objects.select_for_update(of=("self",)).select_related("mediation")
    known = held.in_bulk([row["id"] for row in rows if row.get("id")])
    upper = {item.number: item for item in _numbered(row["mediation"] for row in rows)}
    field = {"reached": "reached_on"}.get(day, day)
    given = []
    for row in rows:
        mediation = upper[row["mediation"]]
        found = held.filter(mediation=mediation, **{field: row[day]}).order_by("pk").first()
        record = known.get(row.get("id") or 0) or found or model(mediation=mediation, place_id=mediation.place_id)
        fill(record, row)
        record.save()
        given.append(record.pk)
    return given


def _session(record: MediationSession, row: Mapping[str, Any]) -> None:
    record.extra = {**record.extra, **extra_of(row, OF_SESSION)}
    if record.mediation.parties.exists():
        return
    record.on, record.held = row["on"], True
    record.venue = row.get("venue") or record.venue
    record.parties_came = row.get("parties_came") or record.parties_came


def _agreement(actor: Actor, record: MediationAgreement, row: Mapping[str, Any]) -> None:
    record.extra = {**record.extra, **extra_of(row, OF_AGREEMENT)}
    if record.mediation.parties.exists():
        return
    if not record.recorder:
        record.recorded, record.recorder = clock.now(), actor.key
    record.reached_on = row["reached"]
    record.effective_on = row.get("effective") or record.effective_on
    record.fulfilled_on = row.get("fulfilled") or record.fulfilled_on
    for column in ("form", "confirmation", "in_time"):
        if row.get(column) is not None:
            setattr(record, column, row[column])
