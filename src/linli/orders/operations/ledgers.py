"""Menus and orders that a place has from before, from its ledgers. Silent: nothing is owed of them, nothing is earned.

Ledgers name nobody here: columns of who asked and who took are not read. What is kept here stays as it is, whatever a
ledger says.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db import transaction

from linli.core import clock, journal
from linli.core.actors import Actor
from linli.orders.models import ServiceMenuItem, ServiceOrder
from linli.orders.sections import section
from linli.orders.workflow import DONE
from linli.territory.operations.recording import extra_of, root_place

Rows = Sequence[Mapping[str, Any]]
OF_ORDER: Final = (
    "number",
    "asked",
    "category",
    "text",
    "way",
    "door",
    "supplied",
    "dispatched",
    "accepted",
    "taken_as",
    "done",
    "minutes",
    "rating",
    "state",
)
DATES: Final = {
    "asked": "asked_on",
    "supplied": "supplied_on",
    "dispatched": "dispatched_on",
    "accepted": "accepted_on",
    "done": "done_on",
}
WORDS: Final = ("category", "text", "way", "door", "taken_as", "rating", "minutes")
OF_ITEM: Final = ("label", "category", "text", "organization", "provider", "needs", "minutes", "capacity", "per")
SPAN: Final = ("for_credit", "since", "until", "state")


def orders_refused(*, rows: Rows) -> dict[int, str]:
    """Which rows make no sense, by position, each with the code of its reason."""
    refused = {}
    for at, row in enumerate(rows):
        if row.get("asked") is None:
            refused[at] = "order.undated"
        elif row.get("done") is not None and row["done"] < row["asked"]:
            refused[at] = "order.done_before_asked"
    return refused


@transaction.atomic
def order_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in orders from a ledger, one for each number of a place."""
    root = root_place()
    held = ServiceOrder.objects.select_for_update().in_bulk([row["id"] for row in rows if row.get("id")])
    numbers = {row["number"] for row in rows}
    named = ServiceOrder.objects.select_for_update().filter(number__in=numbers)
    known = {(item.place_id, item.number): item for item in named}
    given = []
    for row in rows:
        place_id = row.get("place") or (root.pk if root else 0)
        record = held.get(row.get("id") or 0) or known.get((place_id, row["number"]))
        if record is None:
            record = ServiceOrder(place_id=place_id, number=row["number"], recorded=clock.now(), recorder=actor.key)
            known[place_id, row["number"]] = record
        _fill(record, row)
        record.save()
        given.append(record.pk)
    journal.write(actor, "order.record_many", None, count=max(1, len(rows)))
    return given


def _fill(record: ServiceOrder, row: Mapping[str, Any]) -> None:
    record.extra = {**record.extra, **extra_of(row, OF_ORDER)}
    # What was asked for here has its own days and its own life.
    if record.asked is not None:
        return
    for column, field in DATES.items():
        if row.get(column) is not None:
            setattr(record, field, row[column])
    for column in WORDS:
        if row.get(column) not in (None, ""):
            setattr(record, column, row[column])
    way = section().way(record.way)
    record.way, record.steps = way.code, [step.code for step in way.steps]
    record.state = row.get("state") or record.state
    if record.state == "done" and record.rating:
        record.state = "rated"
    if record.state in DONE and record.rating:
        record.rated_on = record.rated_on or record.done_on


@transaction.atomic
def item_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in the menu of a place from a ledger: one item of a name is the same."""
    root = root_place()
    held = ServiceMenuItem.objects.select_for_update().in_bulk([row["id"] for row in rows if row.get("id")])
    named = ServiceMenuItem.objects.select_for_update().filter(label__in={row["label"] for row in rows})
    known = {(item.place_id, item.label): item for item in named}
    given = []
    for row in rows:
        place_id = row.get("place") or (root.pk if root else 0)
        record = held.get(row.get("id") or 0) or known.get((place_id, row["label"]))
        if record is None:
            record = ServiceMenuItem(place_id=place_id, recorded=clock.now(), recorder=actor.key)
            known[place_id, row["label"]] = record
        _fill_item(record, row)
        record.save()
        given.append(record.pk)
    journal.write(actor, "service_menu.record_many", None, count=max(1, len(rows)))
    return given


def _fill_item(record: ServiceMenuItem, row: Mapping[str, Any]) -> None:
    record.extra = {**record.extra, **extra_of(row, (*OF_ITEM, *SPAN, "organization"))}
    for column in (*OF_ITEM, *SPAN):
        field = "organization_id" if column == "organization" else column
        if row.get(column) not in (None, ""):
            setattr(record, field, row[column])
