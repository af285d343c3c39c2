"""Rows that a list needs more than a sheet has: inserted in the look of the last one, with all that refers to rows."""

import re
from copy import copy
from functools import partial
from typing import Any, Final

from openpyxl.cell.cell import MergedCell
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formula.translate import Translator
from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.worksheet import Worksheet

from linli.accountability.queries.filling.slots import ListTable

# After which row, counted from 0, how many rows came; the lowest first, each as the rows were before.
Shifts = list[tuple[int, int]]
REFERENCE: Final = re.compile(
    r'"[^"]*"'
    r"|(?P<sheet>(?:'(?:[^']|'')+'|[^\s'!,;:()+\-*/^&=<>\"]+)!)?(?<![A-Za-z0-9_.])(?P<left>\$?[A-Z]{1,3}\$?)(?P<first>\d{1,7})"
    r"(?::(?P<right>\$?[A-Z]{1,3}\$?)(?P<last>\d{1,7}))?(?![\d(A-Za-z_.!])"
)


def make_room(sheet: Worksheet, tables: list[ListTable]) -> Shifts:
    """Insert the rows that lists need, from the bottom up; returns after which row how many came."""
    shifts = []
    for table in sorted(tables, key=lambda item: -item.last):
        if table.more:
            _insert(sheet, table.last + 1, table.more)
            shifts.append((table.last, table.more))
    return shifts


def follow(text: str, own: str, title: str, model: int, count: int) -> str:
    """References that follow rows inserted in a sheet below one (counted from 1); `own` is the sheet they stand in.

    What lies below moves, and a range that ends at the row grows.
    """

    def moved(match: re.Match[str]) -> str:
        named = (match["sheet"] or "").removesuffix("!").strip("'").replace("''", "'")
        if match["first"] is None or (named or own) != title:
            return match[0]
        first = int(match["first"])
        head = f"{match['sheet'] or ''}{match['left']}{first + count if first > model else first}"
        if match["last"] is None:
            return head
        last = int(match["last"])
        # The sum of one row across stays with its row.
        grows = last == model and (first < last or match["left"] == match["right"])
        return f"{head}:{match['right']}{last + count if last > model or grows else last}"

    return REFERENCE.sub(moved, text)


def followed(text: str, own: str, shifts: dict[str, Shifts]) -> str:
    """References that follow everything that was inserted."""
    for title, rows in shifts.items():
        for after, count in rows:
            text = follow(text, own, title, after + 1, count)
    return text


def _insert(sheet: Worksheet, model: int, count: int) -> None:
    """Insert rows below one (counted from 1) in its look; what lies below moves, formulas with it."""
    merges = list(sheet.merged_cells.ranges)
    heights = {row: sheet.row_dimensions[row].height for row in range(model + 1, sheet.max_row + 1)}
    for merge in [merge for merge in merges if merge.min_row > model]:
        sheet.merged_cells.remove(merge)
    sheet.insert_rows(model + 1, count)
    for merge in merges:
        if merge.min_row > model:
            merge.shift(0, count)
            sheet.merged_cells.add(merge)
        elif merge.max_row > model:
            merge.expand(down=count)
    for row, held in heights.items():
        sheet.row_dimensions[row + count].height = held
    across = [merge for merge in merges if merge.min_row == merge.max_row == model]
    for row in range(model + 1, model + count + 1):
        _like(sheet, row, model, across)
    _move_formulas(sheet, model, count)
    _move_ranges(sheet, model, count)


def _like(sheet: Worksheet, row: int, model: int, across: list[Any]) -> None:
    """Make a new row like the model: height, look, formulas and merged cells."""
    sheet.row_dimensions[row].height = sheet.row_dimensions[model].height
    for cell in sheet[model]:
        fresh = sheet.cell(row, cell.column)
        _look_like(fresh, cell)
        if cell.data_type == "f":
            fresh.value = Translator(str(cell.value), origin=cell.coordinate).translate_formula(fresh.coordinate)
    for merge in across:
        sheet.merge_cells(start_row=row, end_row=row, start_column=merge.min_col, end_column=merge.max_col)


def _look_like(cell: Any, model: Any) -> None:
    if isinstance(cell, MergedCell) or not model.has_style:
        return
    cell._style = copy(model._style)


def _move_formulas(sheet: Worksheet, model: int, count: int) -> None:
    """Let the formulas of all sheets follow, but not those of the new rows themselves."""
    for other in sheet.parent.worksheets:
        for line in other.iter_rows():
            for cell in line:
                fresh = other is sheet and model < cell.row <= model + count
                if cell.data_type == "f" and isinstance(cell.value, str) and not fresh:
                    cell.value = follow(cell.value, other.title, sheet.title, model, count)


def _move_ranges(sheet: Worksheet, model: int, count: int) -> None:
    """Let what is printed, filtered, coloured by a condition or chosen from a list follow too."""
    moved = partial(follow, own=sheet.title, title=sheet.title, model=model, count=count)
    if sheet.print_area:
        sheet.print_area = moved(sheet.print_area)
    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = moved(sheet.auto_filter.ref)
    for choice in sheet.data_validations.dataValidation:
        choice.sqref = MultiCellRange(moved(str(choice.sqref)))
    held = [(str(item.sqref), item.rules) for item in sheet.conditional_formatting]
    sheet.conditional_formatting = ConditionalFormattingList()
    for cells, rules in held:
        for rule in rules:
            sheet.conditional_formatting.add(moved(cells), rule)
