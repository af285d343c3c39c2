"""Honours that a place awarded before, from its ledgers: silent, in set form, one journal entry per call."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db import transaction

from linli.core import journal
from linli.core.actors import Actor
from linli.territory.operations.recording import extra_of, root_place
from linli.volunteering.honours_section import kind_codes, kinds
from linli.volunteering.models import Honour

Rows = Sequence[Mapping[str, Any]]
FIELDS: Final = ("number", "kind", "recipient", "name", "awarded", "awarded_by", "document", "state")
LONGEST: Final = {"number": 40, "name": 160, "awarded_by": 160, "document": 160}


def honours_refused(*, rows: Rows) -> dict[int, str]:
    """Which rows are no honour, by position, each with the code of its reason."""
    found = {at: _fault(row) for at, row in enumerate(rows)}
    return {at: code for at, code in found.items() if code}


def _fault(row: Mapping[str, Any]) -> str:
    if any(len(row.get(name) or "") > most for name, most in LONGEST.items()):
        return "honour.too_long"
    return "" if row.get("awarded") or row.get("id") else "honour.undated"


@transaction.atomic
def honour_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in honours that were awarded; what went its way here from nomination stays as it is."""
    root, known, codes = root_place(), kinds(), kind_codes()
    held = Honour.objects.select_for_update().in_bulk([row["id"] for row in rows if row.get("id")])
    given = []
    for row in rows:
        record = held.get(row.get("id") or 0) or Honour(place_id=row.get("place") or (root.pk if root else 0))
        record.extra = {**record.extra, **extra_of(row, FIELDS)}
        if not record.nominated_on:
            said = row.get("kind") or record.kind
            record.kind = codes.get(said, said)
            kind = known.get(record.kind)
            for name in ("number", "name", "awarded_by", "document"):
                setattr(record, name, row.get(name) or getattr(record, name))
            record.recipient = row.get("recipient") or record.recipient or (kind.recipient if kind else "person")
            record.awarded_on = row.get("awarded") or record.awarded_on
            record.place_id = row.get("place") or record.place_id
            record.state = row.get("state") or "awarded"
        record.version += 1 if record.pk else 0
        record.save()
        given.append(record.pk)
    journal.write(actor, "honour.record_many", None, count=max(1, len(rows)))
    return given
