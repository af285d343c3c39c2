"""Workbooks: read as areas of cells, and written back with everything else as it was."""

import io
import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from linli.accountability.queries.filling.drawn import losses, taken_over
from linli.accountability.queries.filling.inserting import Shifts, make_room
from linli.accountability.queries.filling.pages import Area, Cell, Form, heading_of
from linli.accountability.queries.filling.slots import Layout, Slot, State
from linli.accountability.queries.filling.texts import filled_text
from linli.core.errors import InvalidInput
from linli.records.ledgers.safety import safe_cell

ROWS: Final = 600
COLS: Final = 60
OPEN_FILL: Final = PatternFill("solid", fgColor="FFF2CC")
CHECK_FILL: Final = PatternFill("solid", fgColor="E2EFDA")
NUMBER: Final = re.compile(r"-?\d{1,12}(?:\.\d{1,6})?")


def read(content: bytes, title: str) -> Form:
    """A workbook as areas, hidden sheets left out. Raises: ask.form_broken"""
    book = _open(content)
    areas = [
        _area(f"s{number}", sheet) for number, sheet in enumerate(book.worksheets) if sheet.sheet_state == "visible"
    ]
    texts = (cell.text for area in areas for _place, cell in sorted(area.cells.items()))
    return Form(title, areas, [], losses(content), heading_of(texts))


def _open(content: bytes) -> Workbook:
    try:
        return load_workbook(io.BytesIO(content), rich_text=True)
    except Exception as error:  # openpyxl raises whatever its parsers do
        raise InvalidInput("ask.form_broken") from error


def _area(key: str, sheet: Worksheet) -> Area:
    area = Area(key, sheet.title)
    spans = {(merge.min_row, merge.min_col): merge for merge in sheet.merged_cells.ranges}
    for line in sheet.iter_rows(max_row=min(sheet.max_row, ROWS), max_col=min(sheet.max_column, COLS)):
        for cell in line:
            if isinstance(cell, MergedCell):
                continue
            merge = spans.get((cell.row, cell.column))
            area.add(_cell(sheet, cell, merge))
    return area


def _cell(sheet: Worksheet, cell: SheetCell, merge: Any) -> Cell:
    value = cell.value
    formula = cell.data_type == "f" or (isinstance(value, str) and value.startswith("="))
    hidden = bool(sheet.row_dimensions[cell.row].hidden or sheet.column_dimensions[cell.column_letter].hidden)
    return Cell(
        cell.row - 1,
        cell.column - 1,
        "" if formula or value is None else _said(value),
        (merge.max_row if merge else cell.row) - 1,
        (merge.max_col if merge else cell.column) - 1,
        formula,
        hidden,
        _bordered(cell),
    )


def _said(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip("\n\r\t ") if not isinstance(value, date) else f"{value:%Y-%m-%d}"


def _bordered(cell: SheetCell) -> bool:
    sides = (cell.border.left, cell.border.right, cell.border.top, cell.border.bottom)
    return any(side is not None and side.style for side in sides) or bool(cell.fill and cell.fill.fill_type)


def write(content: bytes, layout: Layout, annex: list[list[str]], words: Mapping[str, str]) -> bytes:
    """The same workbook with the slots filled, what is not known marked, and a sheet that says where values come from.

    Formulas are left alone; rows that do not fit are inserted in the look of the last one.
    """
    book = _open(content)
    sheets = {f"s{number}": sheet for number, sheet in enumerate(book.worksheets)}
    shifts = {
        key: make_room(sheet, [item for item in layout.lists if item.area == key]) for key, sheet in sheets.items()
    }
    inside: dict[str, list[Slot]] = {}
    for slot in layout.slots:
        if "#" in slot.key:
            inside.setdefault(slot.key.rpartition("#")[0], []).append(slot)
        elif slot.state not in (State.FREE, State.LATER):
            cell = _target(sheets, shifts, slot.key, slot)
            if cell is not None:
                _fill(cell, slot, words)
    for key, slots in inside.items():
        cell = _target(sheets, shifts, key, slots[0])
        if cell is not None:
            _fill_inside(cell, slots, words)
    _annex(book, annex, words)
    return taken_over(content, _saved(book), {sheet.title: shifts[key] for key, sheet in sheets.items()})


def _saved(book: Workbook) -> bytes:
    """The workbook without what is drawn on it, which is taken over as it came."""
    for sheet in book.worksheets:
        sheet._charts, sheet._images = [], []
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _target(sheets: Mapping[str, Worksheet], shifts: Mapping[str, Shifts], key: str, slot: Slot) -> SheetCell | None:
    name, _sign, position = key.rpartition("!")
    row, col = (int(part) for part in position.split(","))
    sheet = sheets[name]
    moved = row + sum(
        count for after, count in shifts[name] if row > after and not (slot.list_key and _own(slot, after))
    )
    cell = sheet.cell(moved + 1, col + 1)
    if isinstance(cell, MergedCell) or cell.data_type == "f":
        return None
    return cell


def _own(slot: Slot, after: int) -> bool:
    """Whether rows were inserted for the very list that the slot is of: its rows are counted on from its first."""
    return int(slot.key.rpartition("!")[2].split(",")[0]) - slot.row <= after


def _fill(cell: SheetCell, slot: Slot, words: Mapping[str, str]) -> None:
    if slot.state == State.OPEN:
        cell.fill = OPEN_FILL
        if not slot.list_key:
            cell.comment = Comment(words["open"], words["author"])
        return
    cell.value = _value(slot, cell)
    if slot.state == State.CHECK:
        cell.fill = CHECK_FILL
    if slot.state == State.UNCOLLECTED:
        cell.fill = OPEN_FILL


def _value(slot: Slot, cell: SheetCell) -> Any:
    """What is written: numbers as numbers, days as days where the cell is formatted so, text that starts no formula."""
    value = slot.value if slot.state in (State.SURE, State.CHECK) else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    if isinstance(value, date):
        return value if cell.is_date else f"{value:%Y-%m-%d}"
    text = slot.text
    if NUMBER.fullmatch(text) and not (len(text) > 1 and text.startswith("0") and "." not in text) and len(text) < 12:
        return float(text) if "." in text else int(text)
    cell.data_type = "s"
    return safe_cell(text)


def _fill_inside(cell: SheetCell, slots: list[Slot], words: Mapping[str, str]) -> None:
    """Write behind the words of a cell, at its blanks."""
    from_text = str(cell.value or "")
    cell.value = safe_cell(filled_text(from_text.strip("\n\r\t "), slots))
    if any(slot.state == State.OPEN for slot in slots):
        cell.comment = Comment(words["open"], words["author"])


def _annex(book: Workbook, rows: list[list[str]], words: Mapping[str, str]) -> None:
    """A sheet at the end that says of each cell where its value comes from."""
    sheet = book.create_sheet(words["sheet"][:31])
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            cell.value = safe_cell(text)
            cell.data_type = "s"
    for letter, width in zip("ABCDEF", (16, 36, 18, 36, 26, 14), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
