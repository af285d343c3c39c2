"""Finding the tables in a sheet: titles above, headers, totals and footers below.

Where the header is, headers.py decides. Cells merged down hold for every row. What is skipped is told with
the reason.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from linli.records.ledgers import labels
from linli.records.ledgers.headers import Block, Header, Row, filled, find_header, joined, looks_like_header
from linli.records.ledgers.labels import normalise_label, plain
from linli.records.ledgers.sheets import Sheet

__all__ = ["Header", "Table", "find_tables", "normalise_label"]

# A row whose first cells hold none of these, and enough of them something, is data without a closer look.
SUSPICIOUS = re.compile(
    r"计|填|制|审|复核|核准|校对|负责|经办|领导|联系|录入|上报|日期|[签盖]|注|说明|附|备|例|样表|数|和|(?i:total|sum)"
)
AHEAD = 4
LONG = 6


@dataclass(slots=True)
class Table:
    """A table in a sheet: what stands above it, its headers and its rows with the sheet's own numbers.

    Reasons for skipping: blank, title, repeated header, total, footer, section, example, column numbers.
    `beyond` says that it goes on in rows that were not read.
    """

    sheet: str
    title: list[str]
    headers: list[Header]
    header_rows: tuple[int, ...]
    data: list[tuple[int, list[Any]]]
    skipped: list[tuple[int, str]] = field(default_factory=list)
    beyond: bool = False


def find_tables(sheet: Sheet, hints: Iterable[str] = ()) -> list[Table]:
    """The tables of a sheet, from above; none where it holds only instructions.

    `hints` are labels that are known; they help to tell the header from a row of words, and are not needed.
    """
    known = frozenset(normalise_label(hint) for hint in hints)
    tables: list[Table] = []
    start = 0
    while (block := find_header(sheet, start, known)) is not None:
        above = sheet.rows[start : block.top]
        numbers = tuple(number for number, _cells in sheet.rows[block.top : block.bottom + 1])
        table = Table(sheet.name, [text for _n, row in above if (text := joined(row))], block.headers, numbers, [])
        table.skipped += [(number, "title" if joined(row) else "blank") for number, row in above]
        start = _Body(sheet, block, table, known).read()
        tables.append(table)
    if tables:
        tables[-1].beyond = sheet.beyond
    return tables


class _Body:
    """The rows below one header, sorted into data and what is skipped."""

    def __init__(self, sheet: Sheet, block: Block, table: Table, known: frozenset[str]) -> None:
        self.rows = sheet.rows
        self.begin = block.bottom + 1
        self.table = table
        self.known = known
        self.width = len(table.headers)
        self.left = table.headers[0].index
        self.heads = [dict(filled(cells)) for _n, cells in sheet.rows[block.top : self.begin]]
        self.words = {text for head in self.heads for text in head.values()}
        self.labels = {header.index: header.label for header in table.headers}
        self.running = {i for i, label in self.labels.items() if labels.RUNNING_NUMBER.match(plain(label))}
        self.merged = _MergedDown(sheet, table.header_rows[-1])
        self.across = {merge[0] for merge in sheet.merges if merge[3] - merge[1] + 1 >= max(3, self.width // 2)}
        self.last = _last_of_several(sheet.rows, self.begin)

    def read(self) -> int:
        """Go through the rows to the end of the table; the position at which another begins."""
        for position in range(self.begin, len(self.rows)):
            number, cells = self.rows[position]
            reason = "" if self._is_plainly_data(position, cells) else self._reason(position, number, cells)
            if not reason:
                self.table.data.append((number, self.merged.filled_in(number, cells)))
            elif reason in ("blank", "title", "section", "footer") and self._another_begins(position):
                return position
            else:
                self.table.skipped.append((number, reason))
        return len(self.rows)

    def _is_plainly_data(self, position: int, cells: list[Any]) -> bool:
        """Whether a row is data at first sight, as nearly all are."""
        if position < self.begin + 2 or len(cells) - cells.count("") - cells.count(None) < 4:
            return False
        first = cells[self.left : self.left + 3]
        return self.words.isdisjoint(first) and not any(
            isinstance(cell, str) and (not cell.strip() or SUSPICIOUS.search(cell)) for cell in first
        )

    def _reason(self, position: int, number: int, cells: list[Any]) -> str:
        """Why a row is no data; empty where it is."""
        held = filled(cells)
        texts = [text for _index, text in held]
        if not held or (len(held) == 1 and held[0][0] in self.running and labels.is_numeric(texts[0])):
            # Offices number the rows in advance; a number alone records nothing.
            return "blank"
        if self._repeats_header(held):
            return "repeated header"
        if labels.is_total(texts):
            return "total"
        if labels.is_footer(texts, self.width):
            return "footer"
        if labels.EXAMPLE.match(plain(texts[0])):
            return "example"
        if position < self.begin + 2 and labels.is_numbering(texts):
            return "column numbers"
        return self._reason_alone(position, number, held[0][1]) if len(held) == 1 and self.width > 3 else ""

    def _reason_alone(self, position: int, number: int, text: str) -> str:
        """Why a row with one cell is no data: a repeated title, a section, a remark below the table."""
        if text in self.table.title:
            return "title"
        if position > self.last and (len(text) > LONG or number in self.across):
            return "footer"
        return "section" if number in self.across and not self.merged.covers(number) else ""

    def _repeats_header(self, held: Sequence[tuple[int, str]]) -> bool:
        return any(
            sum(1 for index, text in held if head.get(index) == text) >= max(2, len(held) * 0.6) for head in self.heads
        )

    def _another_begins(self, position: int) -> bool:
        """Whether the header of another table follows, with nothing but titles before it."""
        for number, cells in self.rows[position + 1 : position + 1 + AHEAD]:
            held = filled(cells)
            if len(held) > 2:
                other = looks_like_header(cells, self.known) and not self._repeats_header(held)
                return other and not self.merged.covers(number)
        return False


class _MergedDown:
    """The cells below the header that are merged over several rows."""

    def __init__(self, sheet: Sheet, last_header: int) -> None:
        self.rows = sheet.rows
        self.origin = sheet.rows[0][0]
        self.columns: dict[int, list[tuple[int, int]]] = {}
        for top, left, bottom, _right in sorted(sheet.merges):
            if bottom > top > last_header:
                self.columns.setdefault(left, []).append((top, bottom))

    def _top(self, column: int, number: int) -> int | None:
        """The first row of the merged cell that this cell is a later part of."""
        ranges = self.columns[column]
        at = bisect_right(ranges, (number, -1)) - 1
        return ranges[at][0] if at >= 0 and ranges[at][1] >= number else None

    def covers(self, number: int) -> bool:
        """Whether a row holds a later part of any merged cell."""
        return any(self._top(column, number) is not None for column in self.columns)

    def filled_in(self, number: int, cells: list[Any]) -> list[Any]:
        """A row with the values of its merged cells."""
        for column in self.columns:
            top = self._top(column, number)
            if top is not None and column < len(cells):
                above = self.rows[top - self.origin][1] if top - self.origin < len(self.rows) else []
                cells = [*cells[:column], above[column] if column < len(above) else None, *cells[column + 1 :]]
        return cells


def _last_of_several(rows: Sequence[Row], begin: int) -> int:
    """The position of the last row that holds more than one cell and signs or remarks nothing."""
    for position in range(len(rows) - 1, begin - 1, -1):
        held = filled(rows[position][1])
        if len(held) > 1 and not labels.FOOTER.match(plain(held[0][1])):
            return position
    return begin
