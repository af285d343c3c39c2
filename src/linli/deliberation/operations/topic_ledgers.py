"""Topics and resolutions from ledgers: one of the same place and number, or title and day, is the same. Silent."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db import transaction

from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.bulk import change, copy_in, next_ids
from linli.deliberation import procedures_section
from linli.deliberation.models import Resolution, Topic
from linli.territory.operations.recording import extra_of, root_place

Rows = Sequence[Mapping[str, Any]]
Key = tuple[Any, ...]
TOPIC_COLUMNS: Final = {
    **{name: name for name in ("number", "title", "text", "source", "forum", "came", "outcome", "procedure", "tier")},
    **{"proposed": "proposed_on", "decided": "decided_on", "disclosed": "disclosed_on"},
    **{"carried_out": "carried_out_on", "closed": "closed_on"},
}
RESOLUTION_COLUMNS: Final = {
    **{name: name for name in ("number", "title", "text", "forum", "procedure")},
    **{"decided": "decided_on", "disclosed": "disclosed_on", "carried_out": "carried_out_on"},
}
# Where a topic stands whose ledger says how it ended.
ENDED: Final[Mapping[str, str]] = {
    **{"none": "ended", "settled": "ended", "delegated": "ended", "joint_meeting": "ended"},
    "postponed": "postponed",
}


def topics_refused(*, rows: Rows) -> dict[int, str]:
    """Which rows name no day at all, by position: they would count in no period."""
    found = enumerate(rows)
    return {position: "topic.undated" for position, row in found if not (row.get("proposed") or row.get("decided"))}


@transaction.atomic
def topic_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in topics from a ledger. One that goes through its steps here keeps its state, whatever the ledger says."""
    return _record(actor, Topic, rows, TOPIC_COLUMNS, _stand_topic, "topic")


@transaction.atomic
def resolution_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in resolutions from a ledger; one belongs to the topic of its place and number."""
    return _record(actor, Resolution, rows, RESOLUTION_COLUMNS, _stand_resolution, "resolution")


def _record(actor: Actor, model: Any, rows: Rows, columns: Mapping[str, str], stand: Any, name: str) -> list[int]:
    root = root_place()
    root_id = root.pk if root else 0
    held = model.objects.select_for_update().in_bulk([row["id"] for row in rows if row.get("id")])
    known = _known(model, rows)
    topics = _topics(rows) if model is Resolution else {}
    codes = {item.label: item.code for item in procedures_section.named_procedures()}
    made: list[Any] = []
    changed: dict[int, Any] = {}
    given = []
    for row in rows:
        key = _key(row, root_id)
        record = held.get(row.get("id") or 0) or known.get(key)
        if record is None:
            record = known[key] = model(id=next_ids(model, 1)[0], recorded=clock.now(), recorder=actor.key)
            made.append(record)
        elif record not in made:
            record.version += 1
            changed[record.pk] = record
        _fill(record, row, columns, root_id, codes)
        stand(record, row, topics)
        given.append(record.pk)
    copy_in(made)
    written = {*columns.values(), "place", "state", "extra", "version", *(("topic",) if topics else ())}
    change(model, changed.values(), sorted(written))
    journal.write(actor, f"{name}.record_many", None, count=max(1, len(rows)))
    return given


def _fill(record: Any, row: Mapping[str, Any], columns: Mapping[str, str], root: int, codes: Mapping[str, str]) -> None:
    for column, field in columns.items():
        if row.get(column) is not None:
            setattr(record, field, row[column])
        elif column in row.get("emptied", ()):
            setattr(record, field, type(record)._meta.get_field(field).get_default())
    record.procedure = codes.get(record.procedure, record.procedure)[:60]
    record.place_id = row.get("place") or record.place_id or root
    record.extra = {**record.extra, **extra_of(row, (*columns, "state"))}


def _stand_topic(topic: Topic, row: Mapping[str, Any], _topics: Any) -> None:
    # A new one has no day yet, whatever its type says.
    if getattr(topic, "proposed_on", None) is None:
        topic.proposed_on = topic.decided_on or clock.today()
    topic.source = topic.source or "body"
    if topic.rule:
        return
    if topic.outcome == "resolution":
        topic.state = "closed" if topic.carried_out_on else "decided"
    else:
        topic.state = ENDED.get(topic.outcome, "proposed")


def _stand_resolution(resolution: Resolution, row: Mapping[str, Any], topics: Mapping[Key, int]) -> None:
    if resolution.topic_id is None:
        resolution.topic_id = topics.get((resolution.place_id, resolution.number))
        resolution.state = "done" if resolution.carried_out_on else "open"


def _known(model: Any, rows: Rows) -> dict[Key, Any]:
    """The records that are held already, by what makes them the same."""
    numbers = {row["number"] for row in rows if row.get("number")}
    titles = {row.get("title") for row in rows if not row.get("number")}
    by_number = model.objects.select_for_update().filter(number__in=numbers)
    by_title = model.objects.select_for_update().filter(number="", title__in=titles)
    found: dict[Key, Any] = {(item.place_id, item.number): item for item in by_number}
    return found | {(item.place_id, item.title, item.decided_on): item for item in by_title}


def _key(row: Mapping[str, Any], root: int) -> Key:
    place = row.get("place") or root
    return (place, row["number"]) if row.get("number") else (place, row.get("title"), row.get("decided"))


def _topics(rows: Rows) -> dict[Key, int]:
    """The topics without a resolution of the numbers that a ledger names."""
    numbers = [row["number"] for row in rows if row.get("number")]
    held = Topic.objects.filter(number__in=numbers, resolution=None)
    return {(place, number): pk for place, number, pk in held.values_list("place_id", "number", "pk")}
