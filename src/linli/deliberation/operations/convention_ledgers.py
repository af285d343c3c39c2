"""Conventions that a place has from before, from its ledger. One of the same place and title is the same. Silent."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db import transaction

from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.bulk import change, copy_in, next_ids
from linli.deliberation.models import Convention
from linli.territory.operations.recording import extra_of, root_place

Rows = Sequence[Mapping[str, Any]]
Key = tuple[int, str]
COLUMNS: Final = {
    **{name: name for name in ("title", "kind", "due", "came", "votes_for", "file_by", "filed_number")},
    **{"adopted": "adopted_on", "published": "published_on", "filed": "filed_on"},
}
# What a field is that holds nothing; days and numbers are none.
EMPTY: Final = {"title": "", "kind": "residents", "filed_number": ""}


def conventions_refused(*, rows: Rows) -> dict[int, str]:
    """Which rows make no sense, by position, each with the code of its reason."""
    found = {position: _fault(row) for position, row in enumerate(rows)}
    return {position: code for position, code in found.items() if code}


def _fault(row: Mapping[str, Any]) -> str:
    if not any(row.get(name) for name in ("adopted", "published", "filed")):
        return "convention.undated"
    given = [row[name] for name in ("votes_for", "came", "due") if row.get(name) is not None]
    return "" if given == sorted(given) else "convention.numbers"


@transaction.atomic
def convention_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in conventions from a ledger. One that is made here keeps its state, whatever the ledger says."""
    root = root_place()
    root_id = root.pk if root else 0
    held = Convention.objects.select_for_update().in_bulk([row["id"] for row in rows if row.get("id")])
    known = _known(rows)
    made: list[Convention] = []
    changed: dict[int, Convention] = {}
    given = []
    for row in rows:
        key = (row.get("place") or root_id, row["title"])
        record = held.get(row.get("id") or 0) or known.get(key)
        if record is None:
            record = known[key] = Convention(
                id=next_ids(Convention, 1)[0], recorded=clock.now(), recorder=actor.key, drafted_on=clock.today()
            )
            made.append(record)
        elif record not in made:
            record.version += 1
            changed[record.pk] = record
        _fill(record, row, root_id)
        given.append(record.pk)
    copy_in(made)
    written = (*COLUMNS.values(), "place", "state", "drafted_on", "in_time", "extra", "version")
    change(Convention, changed.values(), written)
    journal.write(actor, "convention.record_many", None, count=max(1, len(rows)))
    return given


def _fill(record: Convention, row: Mapping[str, Any], root: int) -> None:
    record.extra = {**record.extra, **extra_of(row, (*COLUMNS, "state", "edition"))}
    # What was made here has clauses, and its own days.
    if not record._state.adding and record.clauses.exists():
        return
    for column, field in COLUMNS.items():
        if row.get(column) is not None:
            setattr(record, field, row[column])
        elif column in row.get("emptied", ()):
            setattr(record, field, EMPTY.get(field))
    record.place_id = row.get("place") or record.place_id or root
    record.drafted_on = record.adopted_on or record.published_on or record.filed_on or record.drafted_on
    record.state = "filed" if record.filed_on else "published" if record.published_on else "adopted"


def _known(rows: Rows) -> dict[Key, Convention]:
    """The latest edition of each convention that is held already, by place and title."""
    titles = {row["title"] for row in rows}
    found = Convention.objects.select_for_update().filter(title__in=titles).exclude(state__in=("dropped", "repealed"))
    return {(item.place_id, item.title): item for item in found.order_by("edition")}
