"""Finding the table in a sheet: titles above, a header of one or two rows, totals and footers below.

Cells merged down hold for every row. What is skipped is told with the reason.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from linli.records.ledgers.reading import Sheet

SEARCHED = 15
TOTALS = re.compile(r"^(合计|总计|小计|共计|累计|total)[::]?$", re.IGNORECASE)
FOOTERS = re.compile(
    r"^(填表人|填报人|审核人|审核|制表人?|负责人签字|经办人|备注|说明|注)\s*[::].*|^(注|说明)\d?[、.::]"
)
UNIT = re.compile(r"[((\[【][^))\]】]{0,12}[))\]】]$")


@dataclass(frozen=True, slots=True)
class Header:
    """A column of the table: its position, its label, and the group title above it."""

    index: int
    label: str
    group: str = ""


@dataclass(slots=True)
class Table:
    """A table in a sheet: what stands above it, its headers and its rows with the sheet's own numbers."""

    sheet: str
    title: list[str]
    headers: list[Header]
    header_rows: tuple[int, ...]
    data: list[tuple[int, list[Any]]]
    skipped: list[tuple[int, str]] = field(default_factory=list)


@lru_cache(maxsize=10_000)
def normalise_label(label: str) -> str:
    """A header as it is compared: width, white space, stars, colons and a unit in brackets do not count."""
    text = "".join(unicodedata.normalize("NFKC", label).split()).strip("*:#")
    bare = UNIT.sub("", text)
    return bare or text


def find_tables(sheet: Sheet, hints: Iterable[str] = ()) -> list[Table]:
    """The table of a sheet, or none where it holds only instructions."""
    known = {normalise_label(hint) for hint in hints}
    rows = sheet.rows
    position = _header_position(rows, known)
    if position is None:
        return []
    number, cells = rows[position]
    second = _second_row(sheet, rows, position)
    headers = _headers(cells, second, sheet, number)
    header_rows = (number, rows[position + 1][0]) if second else (number,)
    title = [_joined(row) for _n, row in rows[:position] if _joined(row)]
    table = Table(sheet.name, title, headers, header_rows, [])
    table.skipped += [(n, "title" if _joined(row) else "blank") for n, row in rows[:position]]
    _fill_down(sheet, header_rows[-1], table, rows[position + (2 if second else 1) :])
    return [table]


def _filled(cells: Sequence[Any]) -> list[tuple[int, str]]:
    return [(index, str(cell).strip()) for index, cell in enumerate(cells) if cell is not None and str(cell).strip()]


def _joined(cells: Sequence[Any]) -> str:
    return " ".join(text for _i, text in _filled(cells))


def _header_position(rows: Sequence[tuple[int, list[Any]]], known: set[str]) -> int | None:
    """The first of the top rows that looks most like headers: texts, all different, several, known if possible."""
    best: tuple[float, int] | None = None
    for position, (_number, cells) in enumerate(rows[:SEARCHED]):
        filled = _filled(cells)
        if len(filled) < 2:
            continue
        texts = [text for _i, text in filled]
        hits = sum(1 for text in texts if normalise_label(text) in known)
        wordy = sum(1 for text in texts if not _numeric(text) and len(text) <= 30)
        score = 3 * hits + wordy * (1 if wordy == len(texts) else 0.3) - 0.01 * position
        if wordy >= 2 and (best is None or score > best[0]):
            best = (score, position)
            if hits >= 2 and hits >= len(texts) * 0.6:
                break
    return best[1] if best else None


def _numeric(text: str) -> bool:
    return bool(re.fullmatch(r"[-\d.,/:年月日\s]+", unicodedata.normalize("NFKC", text)))


def _second_row(sheet: Sheet, rows: Sequence[tuple[int, list[Any]]], position: int) -> list[Any] | None:
    """The second header row, where group titles span several columns of the first."""
    if position + 1 >= len(rows):
        return None
    number, first = rows[position]
    below_number, below = rows[position + 1]
    spans = [m for m in sheet.merges if m[0] == m[2] == number and m[3] > m[1]]
    filled = {index for index, _text in _filled(below)}
    if spans and below_number == number + 1:
        covered = {column for m in spans for column in range(m[1], m[3] + 1)}
        return below if filled and filled <= covered else None
    if sheet.merges or not filled:
        return None
    gaps = {i for i in range(len(first)) if i not in dict(_filled(first))}
    return below if gaps and gaps <= filled and len(filled) <= 2 * len(gaps) + 1 and len(filled) < len(first) else None


def _headers(cells: Sequence[Any], second: Sequence[Any] | None, sheet: Sheet, number: int) -> list[Header]:
    groups = dict(_filled(cells))
    for first_row, first_col, last_row, last_col in sheet.merges:
        if first_row == last_row == number and first_col in groups:
            for column in range(first_col + 1, last_col + 1):
                groups.setdefault(column, groups[first_col])
    if second is None:
        return [Header(index, text) for index, text in _filled(cells)]
    lower = dict(_filled(second))
    group = ""
    headers = []
    for index in range(max([*groups, *lower]) + 1):
        group = groups.get(index, group)
        if index in lower:
            headers.append(Header(index, lower[index], group))
        elif index in groups:
            headers.append(Header(index, groups[index]))
    return headers


def _fill_down(sheet: Sheet, last_header: int, table: Table, rows: Iterable[tuple[int, list[Any]]]) -> None:
    """Take the data rows; a cell merged down holds for every row of its range."""
    labels = {header.index: header.label for header in table.headers}
    covered: dict[int, list[tuple[int, int, int, int]]] = {}
    for merge in (m for m in sheet.merges if m[2] > m[0] > last_header):
        for row in range(merge[0], merge[2] + 1):
            covered.setdefault(row, []).append(merge)
    values: dict[tuple[int, int, int, int], Any] = {}
    for number, cells in rows:
        reason = _skip_reason(_filled(cells), labels, len(table.headers))
        if reason and not (reason == "blank" and number in covered):
            table.skipped.append((number, reason))
        else:
            table.data.append((number, _filled_from(covered.get(number, ()), values, number, cells)))


def _filled_from(
    merges: Iterable[tuple[int, int, int, int]],
    values: dict[tuple[int, int, int, int], Any],
    number: int,
    cells: list[Any],
) -> list[Any]:
    """The cells of a row with those of its vertical merges filled in from the top."""
    for merge in merges:
        column = merge[1]
        if number == merge[0]:
            values[merge] = cells[column] if column < len(cells) else None
        elif column < len(cells):
            cells = [*cells[:column], values.get(merge), *cells[column + 1 :]]
    return cells


def _skip_reason(filled: list[tuple[int, str]], labels: dict[int, str], width: int) -> str:
    if not filled:
        return "blank"
    texts = [text for _i, text in filled]
    if sum(1 for index, text in filled if labels.get(index) == text) >= max(2, len(filled) * 0.6):
        return "repeated header"
    if any(TOTALS.match("".join(text.split())) for text in texts[:3]):
        return "total"
    if FOOTERS.match(texts[0]) and len(filled) <= max(2, width // 2):
        return "footer"
    if len(filled) == 1 and width > 3 and len(texts[0]) > 6 and filled[0][0] <= 1:
        return "footer"
    return ""
