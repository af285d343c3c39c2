"""Meetings, their agenda, series, commitments and standing relations from ledgers: the set forms, silent."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from django.db import transaction
from django.db.models import Model

from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.bulk import change, copy_in, next_ids
from linli.deliberation import meetings_section
from linli.deliberation.models import AgendaItem, Meeting, MeetingSeries, Partnership
from linli.deliberation.workflow.meetings import ACTORS
from linli.territory.models import Place
from linli.territory.operations.recording import extra_of, root_place

Rows = Sequence[Mapping[str, Any]]
Fill = Callable[[Any, Mapping[str, Any]], None]
MEETING: Final = (
    *("number", "title", "on", "starts", "ends", "venue", "state", "joint", "partners", "units", "published_on"),
    *("expected", "came", "represented", "off_register", "reason"),
)
# What may come of an item before any meeting speaks about it.
WITHOUT_MEETING: Final = ("", "declined")
ITEM: Final = ("text", "tier", "result", "decision", "rating", "source")
SERIES: Final = ("title", "rhythm", "every_days", "starts", "venue", "seats", "public", "since", "until")
RELATION: Final = ("kind", "level", "partners", "plan", "evidence", "state", "since", "until")


def meetings_refused(*, rows: Rows) -> dict[int, str]:
    """Which rows of a ledger are no meeting, by position: of no known kind, or with more from elsewhere than came."""
    known = meetings_section.spelled()
    found: dict[int, str] = {}
    for position, row in enumerate(rows):
        if row.get("kind") and row["kind"] not in known:
            found[position] = "meeting.kind"
        elif (row.get("off_register") or 0) > (row.get("came") or row.get("off_register") or 0):
            found[position] = "meeting.off_register"
    return found


def series_refused(*, rows: Rows) -> dict[int, str]:
    """Which rows are no series, by position: of no known kind, or with days and no number of them."""
    known = meetings_section.spelled()
    found: dict[int, str] = {}
    for position, row in enumerate(rows):
        if row.get("kind") and row["kind"] not in known:
            found[position] = "meeting.kind"
        elif (row.get("rhythm") == "days") != bool(row.get("every_days")):
            found[position] = "meeting.rhythm"
    return found


def agenda_items_refused(*, rows: Rows) -> dict[int, str]:
    """Which rows say what came of an item and not at which meeting, by position."""
    decided = (position for position, row in enumerate(rows) if row.get("result") not in (None, *WITHOUT_MEETING))
    return {position: "agenda_item.meeting" for position in decided if not rows[position].get("meeting")}


def partnerships_refused(*, rows: Rows) -> dict[int, str]:
    """Which rows say that something is in place and not since when, by position."""
    running = (position for position, row in enumerate(rows) if row.get("state", "running") == "running")
    return {position: "partnership.since" for position in running if not rows[position].get("since")}


def meeting_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Record meetings that were held; what came of each is among its agenda items. Silent."""

    def fill(row: Meeting, values: Mapping[str, Any]) -> None:
        _take(row, values, MEETING)
        row.kind = meetings_section.spelled().get(values.get("kind") or row.kind, row.kind)
        # A list seldom says why a meeting was cancelled.
        row.reason = row.reason or ("—" if row.state == "cancelled" else "")
        row.extra = {**row.extra, **extra_of(values, (*MEETING, "kind"))}

    return _recorded(actor, rows, Meeting, (*MEETING, "kind"), fill, _meeting)


def agenda_item_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Record what meetings of the same ledger spoke about, and what came of it. Silent."""
    meetings = Meeting.objects.in_bulk([row["meeting"] for row in rows if row.get("meeting")])

    def fill(row: AgendaItem, values: Mapping[str, Any]) -> None:
        _take(row, values, ITEM)
        meeting = meetings.get(values.get("meeting") or 0)
        if meeting is not None:
            row.meeting_id, row.place_id, row.series_id = meeting.pk, meeting.place_id, meeting.series_id
            row.on, row.raised = meeting.on, clock.day_start(meeting.on)
        row.extra = {**row.extra, **extra_of(values, (*ITEM, "meeting"))}

    fields = (*ITEM, "meeting", "series", "raised", "on")
    return _recorded(actor, rows, AgendaItem, fields, fill, lambda: {"raised": clock.now(), "raised_by": actor.key})


def series_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Record series of meetings; what they owe begins with the next check. Silent."""

    def fill(row: MeetingSeries, values: Mapping[str, Any]) -> None:
        _take(row, values, SERIES)
        row.kind = meetings_section.spelled().get(values.get("kind") or row.kind, row.kind)
        row.extra = {**row.extra, **extra_of(values, (*SERIES, "kind"))}

    return _recorded(actor, rows, MeetingSeries, (*SERIES, "kind"), fill, dict)


def partnership_record_many(type_code: str) -> Callable[..., list[int]]:
    """The set form of recording standing relations of one type."""

    def record_many(*, actor: Actor, rows: Rows) -> list[int]:
        def fill(row: Partnership, values: Mapping[str, Any]) -> None:
            _take(row, values, RELATION)
            for side in ("organization", "partner"):
                if values.get(side):
                    setattr(row, f"{side}_id", values[side])
            if values.get("partner_text"):
                row.partners = values["partner_text"][:300]
            if values.get("actors"):
                row.actors, others = _actors(values["actors"])
                row.partners = "、".join(filter(None, (row.partners, *_beyond(row.partners, others))))[:300]
            row.extra = {**row.extra, **extra_of(values, (*RELATION, "organization", "partner", "actors"))}

        fields = (*RELATION, "organization", "partner", "actors")
        made = {"type": type_code, "recorded": clock.now(), "recorder": actor.key}
        return _recorded(actor, rows, Partnership, fields, fill, lambda: dict(made), type_code)

    return record_many


def _meeting() -> dict[str, Any]:
    return {"state": "held", "recorded": clock.now(), "recorder": "ledger"}


def _actors(given: Any) -> tuple[list[str], list[str]]:
    """The codes of actors that a ledger lists by name or code, and what is none of the five: it joins the partners."""
    names = {str(label): code for code, label in ACTORS} | {code: code for code, _label in ACTORS}
    listed = given if isinstance(given, list | tuple) else [given]
    return [names[item] for item in listed if item in names], [item for item in listed if item not in names]


def _beyond(partners: str, others: Iterable[str]) -> list[str]:
    """Those of the others that the partners in words do not name already."""
    return [item for item in others if item not in partners.split("、")]


def _take(row: Model, values: Mapping[str, Any], fields: Iterable[str]) -> None:
    for name in fields:
        if values.get(name) is not None:
            setattr(row, name, values[name])


@transaction.atomic
def _recorded(
    actor: Actor,
    rows: Rows,
    model: type[Any],
    fields: Sequence[str],
    fill: Fill,
    new: Callable[[], dict[str, Any]],
    name: str = "",
) -> list[int]:
    root: Place | None = root_place()
    ids = iter(next_ids(model, sum(1 for row in rows if not row.get("id"))))
    held = model.objects.select_for_update().in_bulk([row["id"] for row in rows if row.get("id")])
    made: list[Any] = []
    changed: list[Any] = []
    for values in rows:
        row = held.get(values.get("id"))
        if row is None:
            row = model(id=next(ids), **new())
            made.append(row)
        else:
            changed.append(row)
        row.place_id = values.get("place") or row.place_id or (root.pk if root else None)
        fill(row, values)
    copy_in(made)
    change(model, changed, [*fields, "place", "extra"])
    journal.write(actor, f"{name or model._meta.model_name}.record_many", None, count=max(1, len(rows)))
    fresh = iter(made)
    return [int(row["id"]) if row.get("id") else next(fresh).pk for row in rows]
