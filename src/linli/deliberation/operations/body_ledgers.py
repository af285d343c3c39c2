"""Self-government bodies that a place has from before, from its ledger, with their terms and filings. Silent.

One of the same place and name is the same; the organisation of that name is taken, or made where there is none.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db import transaction

from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.bulk import change, copy_in, next_ids
from linli.deliberation import bodies_section
from linli.deliberation.models import BodyFounding
from linli.deliberation.operations.bodies import term_of
from linli.organizations.models import Organization
from linli.organizations.operations.recording import organization_record_many
from linli.territory.operations.recording import extra_of, root_place

Rows = Sequence[Mapping[str, Any]]
Key = tuple[int, str]
TYPE: Final = Organization.Type.SELF_GOVERNMENT
COLUMNS: Final = {
    **{name: name for name in ("name", "kind", "terms", "since", "until", "due", "came", "votes_for")},
    **{name: name for name in ("branch_led", "file_by", "filed_number")},
    **{"founded": "decided_on", "filed": "filed_on", "ended": "ended_on"},
}
# What a field is that holds nothing; days and numbers are none.
EMPTY: Final = {"terms": 0, "filed_number": "", "branch_led": False}
record_bodies: Final = organization_record_many(TYPE)


def bodies_refused(*, rows: Rows) -> dict[int, str]:
    """Which rows make no sense, by position, each with the code of its reason."""
    found = {position: _fault(row) for position, row in enumerate(rows)}
    return {position: code for position, code in found.items() if code}


def _fault(row: Mapping[str, Any]) -> str:
    if (row.get("since") is None) != (row.get("until") is None):
        return "body_founding.term"
    if row.get("since") and row["until"] <= row["since"]:
        return "body_founding.term"
    numbers = [row.get(name) for name in ("votes_for", "came", "due")]
    given = [number for number in numbers if number is not None]
    return "" if len(given) in (0, 3) and given == sorted(given) else "body_founding.numbers"


@transaction.atomic
def body_founding_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in bodies from a ledger; one whose term was elected here keeps it, whatever the ledger says."""
    root = root_place()
    root_id = root.pk if root else 0
    held = BodyFounding.objects.select_for_update().in_bulk([row["id"] for row in rows if row.get("id")])
    known = _known(rows)
    made: list[BodyFounding] = []
    changed: dict[int, BodyFounding] = {}
    given = []
    for row in rows:
        key = (row.get("place") or root_id, row["name"])
        record = held.get(row.get("id") or 0) or known.get(key)
        if record is None:
            record = known[key] = BodyFounding(
                id=next_ids(BodyFounding, 1)[0],
                proposed_on=row.get("founded") or clock.today(),
                recorded=clock.now(),
                recorder=actor.key,
            )
            made.append(record)
        elif record not in made:
            record.version += 1
            changed[record.pk] = record
        _fill(record, row, root_id)
        given.append(record.pk)
    _give_bodies(actor, [record for record in (*made, *changed.values()) if record.organization_id is None])
    copy_in(made)
    written = (*COLUMNS.values(), "place", "state", "reason", "term", "organization", "extra", "version")
    change(BodyFounding, changed.values(), written)
    journal.write(actor, "body_founding.record_many", None, count=max(1, len(rows)))
    return given


def _fill(record: BodyFounding, row: Mapping[str, Any], root: int) -> None:
    record.extra = {**record.extra, **extra_of(row, (*COLUMNS, "state", "term"))}
    # What was elected or is proposed here has days of its own.
    if not record._state.adding and (record.decided_by or record.state == "proposed"):
        return
    for column, field in COLUMNS.items():
        if row.get(column) is not None:
            setattr(record, field, row[column])
        elif column in row.get("emptied", ()):
            setattr(record, field, EMPTY.get(field))
    record.place_id = row.get("place") or record.place_id or root
    record.terms = record.terms or (1 if record.until else 0)
    record.term = term_of(record.until)
    record.state = "ended" if record.ended_on else "registered"
    record.reason = record.reason or ("台账" if record.ended_on else "")


def _give_bodies(actor: Actor, records: Sequence[BodyFounding]) -> None:
    """The organisation behind each record: the one that is held of that place and name, else a new one."""
    names = {record.name for record in records}
    rows = Organization.objects.filter(type=TYPE, name__in=names, founding=None).order_by("-pk")
    found = {(item.place_id, item.name): item.pk for item in rows}
    missing = [record for record in records if (record.place_id, record.name) not in found]
    made = record_bodies(actor=actor, rows=[_body_of(record) for record in missing]) if missing else []
    found |= {(record.place_id, record.name): pk for record, pk in zip(missing, made, strict=True)}
    for record in records:
        record.organization_id = found[record.place_id, record.name]


def _body_of(record: BodyFounding) -> dict[str, Any]:
    return {
        "name": record.name,
        "place": record.place_id,
        "kind": bodies_section.rules_of(record.kind).label,
        "since": record.decided_on,
        "until": record.ended_on,
        "state": "dissolved" if record.ended_on else "active",
    }


def _known(rows: Rows) -> dict[Key, BodyFounding]:
    """The bodies that are held already, by place and name."""
    names = {row["name"] for row in rows}
    found = BodyFounding.objects.select_for_update().filter(name__in=names).exclude(state="dropped")
    return {(item.place_id, item.name): item for item in found.order_by("pk")}
