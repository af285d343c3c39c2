"""A form against the records: recognised, corrected by what people chose before, and answered cell by cell."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from linli.accountability.queries.filling import layout as layouts
from linli.accountability.queries.filling import spans
from linli.accountability.queries.filling.facts import Book, Told, is_sure
from linli.accountability.queries.filling.pages import Area, Form
from linli.accountability.queries.filling.proposing import ELSEWHERE, Proposer, empty_cells, is_likely
from linli.accountability.queries.filling.rows import Lister
from linli.accountability.queries.filling.slots import Column, Layout, ListTable, Slot, State, choice_of, parts
from linli.accountability.queries.filling.units import in_unit, unit_of
from linli.territory.models import Place

UNCOLLECTED: Final = "未采集"
MOST_SLOTS: Final = 6000
UNSURE: Final = 0.8


@dataclass(frozen=True, slots=True)
class Given:
    """What people decided: which figure a slot or column takes, what was typed by hand, what is not collected.

    `offered` is what was typed for the period before.
    """

    choices: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    uncollected: frozenset[str] = frozenset()
    offered: Mapping[str, str] = field(default_factory=dict)


NOTHING: Final = Given()


def answered(form: Form, book: Book, given: Given = NOTHING) -> Layout:
    """Everything that a form asks, with what answers it."""
    proposer = Proposer(book)
    found = Layout(losses=form.losses)
    for area in form.areas:
        where = proposer.place_named(area.name)
        if where is ELSEWHERE:
            continue
        proposer.here = where if isinstance(where, Place) and where.pk != book.place.pk else None
        own = replace(book, place=proposer.here) if proposer.here else book
        _area(area, form.title, proposer, Lister(own), found, given)
    proposer.here = None
    for line in form.lines:
        found.slots.extend(proposer.line(line, _excerpt(line.text)))
    del found.slots[MOST_SLOTS:]
    layouts.free_slots(form, found)
    for slot in found.slots:
        if not slot.list_key:
            slot.choice = given.choices.get(slot.key, slot.choice)
            slot.score = 1.0 if slot.key in given.choices else slot.score
            _tell(slot, book)
            if slot.key not in given.choices:
                _doubt(slot, book)
        _decide(slot, given)
    return found


def _area(area: Area, title: str, proposer: Proposer, lister: Lister, found: Layout, given: Given) -> None:
    claimed: set[tuple[int, int]] = set()
    for table in layouts.lists_in(area, f"{title} {area.name}"):
        claimed |= {(row, col) for row, col in area.cells if table.first <= row <= table.last}
        if table.label and proposer.place_named(table.label) is ELSEWHERE:
            continue
        lister.take(table)
        for column in table.columns:
            column.choice = given.choices.get(column.key, column.choice)
            column.score = 1.0 if column.key in given.choices else column.score
        found.lists.append(table)
        found.slots.extend(_rows(area, table, lister))
    for line in layouts.lines_of(area):
        row, col = (int(part) for part in line.key.rpartition("!")[2].split(","))
        if (row, col) not in claimed:
            found.slots.extend(proposer.line(line, layouts.where_of(area, row, col)))
    for cell in empty_cells(area, claimed):
        slot = proposer.cell(area, cell)
        if slot is not None:
            found.slots.append(slot)


def _rows(area: Area, table: ListTable, lister: Lister) -> list[Slot]:
    """A slot for each cell of a list: for the records there are, else for the rows that the form leaves."""
    records = lister.rows(table)
    table.count = len(records)
    table.more = max(0, len(records) - table.room)
    slots = []
    for number in range(max(len(records), 0) or table.room):
        record = records[number] if number < len(records) else None
        for column in table.columns:
            cell = area.cells.get((table.first + min(number, table.room - 1), column.col))
            if cell is None or cell.formula or (cell.text and cell.bottom > cell.row):
                continue
            slot = _list_slot(area, table, column, number)
            told = lister.tell(table, column, record, number + 1) if record is not None else None
            if record is None and parts(column.choice)[0] == "seq" and cell.text:
                continue
            if layouts.is_free(column.label):
                slot.state = State.FREE
            elif told is not None:
                _enter(slot, told, lister.unit_of(table, column))
            slots.append(slot)
    return slots


def _list_slot(area: Area, table: ListTable, column: Column, number: int) -> Slot:
    row = table.first + number
    slot = Slot(area.key_of(row, column.col), column.label, layouts.where_of(area, row, column.col))
    slot.choice, slot.score = column.choice, column.score
    slot.unit = unit_of([column.label.rsplit("/", 1)[-1]])
    slot.list_key, slot.column_key, slot.row = table.key, column.key, number
    return slot


def _tell(slot: Slot, book: Book) -> None:
    """Look up what a slot was taken for."""
    code, period, place_id = parts(slot.choice)
    if not code or not is_likely(slot.score) or book.known(code) is None or slot.state == State.FREE:
        slot.choice = slot.choice if code and is_likely(slot.score) else ""
        return
    begins = spans.begins(period) if period else None
    ends = spans.ends(period)
    if begins is not None and begins > book.day:
        slot.state = State.LATER
        return
    place = book.place_with(place_id) if place_id else None
    told = book.tell(code, place, period)
    _enter(slot, told, book.unit_of(code))
    if ends is not None and ends > book.day and begins is not None:
        slot.period = f"{slot.period}".strip()


def _doubt(slot: Slot, book: Book) -> None:
    """A total as it was on an earlier day is told with what is known today: somebody should look."""
    fact = book.known(parts(slot.choice)[0])
    if fact is not None and fact.figure is not None and slot.as_of is not None and slot.as_of < book.day:
        slot.score = min(slot.score, UNSURE)


def _enter(slot: Slot, told: Told, own: str) -> None:
    """Enter what was told, in the unit that is asked; `own` is the unit in which it is known."""
    slot.value = in_unit(told.value, slot.unit, own)
    slot.source, slot.period, slot.as_of = told.source, told.period, told.as_of
    slot.text = written(slot.value)


def _decide(slot: Slot, given: Given) -> None:
    """How a slot stands, after what people said of it."""
    slot.offered = given.offered.get(slot.key, "")
    typed = given.typed.get(slot.key)
    if slot.key in given.uncollected:
        slot.state, slot.text = State.UNCOLLECTED, UNCOLLECTED
    elif typed is not None:
        slot.state, slot.text = State.TYPED, typed
        slot.changed = bool(slot.offered) and slot.offered != typed
    elif slot.state in (State.FREE, State.LATER):
        return
    elif slot.text:
        slot.state = State.SURE if is_sure(slot.score) else State.CHECK
    else:
        slot.state = State.OPEN


def written(value: Any) -> str:
    """A value as a page shows it."""
    if value is None or value == "":
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        value = float(value)
    if isinstance(value, float):
        return f"{value:g}" if abs(value) < 1e6 else f"{value:.2f}".rstrip("0").rstrip(".")
    if isinstance(value, list):
        return "、".join(str(item) for item in value)
    return str(value)


def choices(book: Book) -> list[tuple[str, str]]:
    """Everything a slot may be filled with: code and words, each word once."""
    found: dict[str, str] = {}
    for fact in book.facts.values():
        if not fact.code.startswith("cross:"):
            found.setdefault(fact.label, choice_of(fact.code))
    return [(code, label) for label, code in found.items()]


def _excerpt(text: str) -> str:
    return text.strip()[:20]
