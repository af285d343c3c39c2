"""Word documents: tables read as areas, paragraphs as lines with blanks, and written back in the look they had."""

import io
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any, Final

from docx import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from linli.accountability.queries.filling.pages import Area, Cell, Form, Line, blanks_in, heading_of
from linli.accountability.queries.filling.slots import Layout, ListTable, Slot, State
from linli.accountability.queries.filling.texts import pieces
from linli.core.errors import InvalidInput

ROWS: Final = 400
UNDERLINED: Final = "_"


def read(content: bytes, title: str) -> Form:
    """A document as areas and lines. Raises: ask.form_broken"""
    document = _open(content)
    areas = [_area(f"t{number}", table, number) for number, table in enumerate(_tables(document))]
    lines = []
    for number, paragraph in enumerate(document.paragraphs):
        text = shown(paragraph)
        blanks = blanks_in(text)
        if blanks:
            lines.append(Line(f"p{number}", text, blanks))
    first = next((item.text.strip() for item in document.paragraphs if item.text.strip()), "")
    heading = heading_of(item.text.strip() for item in document.paragraphs)
    return Form(f"{title} {first[:60]}".strip(), areas, lines, heading=heading)


def _open(content: bytes) -> Any:
    try:
        return Document(io.BytesIO(content))
    except Exception as error:  # python-docx raises whatever its parsers do
        raise InvalidInput("ask.form_broken") from error


def _tables(document: Any) -> list[Table]:
    """The tables of a document, then those that stand in their cells."""
    found = list(document.tables)
    for table in found:
        held = {cell._tc: cell for line in _grid(table) for cell in line if cell is not None}
        found.extend(inner for cell in held.values() for inner in cell.tables)
    return found


def _area(key: str, table: Table, number: int) -> Area:
    area = Area(key, f"表{number + 1}")
    for cell in _placed(table):
        area.add(cell)
    return area


def _placed(table: Table) -> Iterator[Cell]:
    """The cells of a table, merged ones once, with how far they reach."""
    seen: dict[Any, Cell] = {}
    for row, line in enumerate(_grid(table)[:ROWS]):
        for col, held in enumerate(line):
            if held is None:
                continue
            known = seen.get(held._tc)
            if known is None:
                # A cell that holds a table is filled in there, not behind it.
                seen[held._tc] = Cell(row, col, cell_text(held).strip(), locked=bool(held.tables))
            else:
                known.bottom, known.right = max(known.bottom, row), max(known.right, col)
    yield from seen.values()


def _grid(table: Table) -> list[list[_Cell | None]]:
    width = len(table.columns)
    try:
        flat = table._cells
    except (IndexError, ValueError):
        return [list(row.cells) for row in table.rows]
    return [list(flat[start : start + width]) for start in range(0, len(flat), width)]


def shown(paragraph: Paragraph) -> str:
    """A paragraph's text in which underlined space is a line to write on, sign for sign."""
    return "".join(
        UNDERLINED if run.underline and sign in " \u3000\xa0" else sign for run in paragraph.runs for sign in run.text
    )


def cell_text(cell: _Cell) -> str:
    """The text of a cell, its paragraphs as lines."""
    return "\n".join(shown(paragraph) for paragraph in cell.paragraphs)


def write(content: bytes, layout: Layout, annex: list[list[str]], words: Mapping[str, str]) -> bytes:
    """The same document with its slots filled, what is not known marked, and an annex of sources."""
    document = _open(content)
    tables = dict(enumerate(_tables(document)))
    _make_room(tables, layout.lists)
    grids = {f"t{number}": _grid(table) for number, table in tables.items()}
    inside: dict[str, list[Slot]] = {}
    for slot in layout.slots:
        if "#" in slot.key:
            inside.setdefault(slot.key.rpartition("#")[0], []).append(slot)
        elif slot.state not in (State.FREE, State.LATER):
            _fill(grids, layout.lists, slot, words)
    paragraphs = document.paragraphs
    for key, slots in inside.items():
        if key.startswith("p"):
            _fill_paragraph(paragraphs[int(key[1:])], slots, words)
        else:
            _fill_cell_text(_cell_at(grids, layout.lists, key, slots[0]), slots, words)
    _annex(document, annex, words)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _make_room(tables: Mapping[int, Table], lists: list[ListTable]) -> None:
    """Copy the last blank row of a list as often as its records need."""
    for table in sorted(lists, key=lambda item: -item.last):
        if not table.more or not table.area.startswith("t"):
            continue
        model = tables[int(table.area[1:])].rows[table.last]._tr
        for _number in range(table.more):
            fresh = deepcopy(model)
            for text in fresh.iter(qn("w:t")):
                text.text = ""
            model.addnext(fresh)


def _cell_at(grids: Mapping[str, Any], lists: list[ListTable], key: str, slot: Slot) -> _Cell | None:
    name, _sign, position = key.rpartition("!")
    row, col = (int(part) for part in position.split(","))
    for table in lists:
        if table.area == name and table.more and row > table.last and slot.list_key != table.key:
            row += table.more
    grid = grids.get(name, [])
    return grid[row][col] if row < len(grid) and col < len(grid[row]) else None


def _fill(grids: Mapping[str, Any], lists: list[ListTable], slot: Slot, words: Mapping[str, str]) -> None:
    cell = _cell_at(grids, lists, slot.key, slot)
    if cell is None:
        return
    paragraph = cell.paragraphs[0]
    text = slot.text if slot.state != State.OPEN else words["blank"]
    run = paragraph.runs[0] if paragraph.runs else paragraph.add_run()
    run.text = text
    for other in paragraph.runs[1:]:
        other.text = ""
    _mark(run, slot)


def _mark(run: Any, slot: Slot) -> None:
    if slot.state in (State.OPEN, State.UNCOLLECTED):
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    elif slot.state == State.CHECK:
        run.font.highlight_color = WD_COLOR_INDEX.BRIGHT_GREEN


def _fill_cell_text(cell: _Cell | None, slots: list[Slot], words: Mapping[str, str]) -> None:
    """Write into the paragraphs of a cell whose text has blanks."""
    if cell is None:
        return
    number = 0
    for paragraph in cell.paragraphs:
        count = len(blanks_in(shown(paragraph)))
        own = [slot for slot in slots if number <= int(slot.key.rpartition("#")[2]) < number + count]
        _fill_paragraph(paragraph, own, words, number)
        number += count


def _fill_paragraph(paragraph: Paragraph, slots: list[Slot], words: Mapping[str, str], first: int = 0) -> None:
    """Write at the blanks of a paragraph, in the look of the run in which each begins."""
    text = shown(paragraph)
    moved = [_from(slot, first) for slot in slots]
    owners = [(run, position) for run in paragraph.runs for position in range(len(run.text))]
    for start, end, piece in pieces(text, moved):
        if start >= len(owners):
            paragraph.add_run(piece)
            continue
        for run, position in reversed(owners[start:end]):
            run.text = run.text[:position] + run.text[position + 1 :]
        run, position = owners[start]
        run.text = run.text[:position] + piece + run.text[position:]
        owners = [(item, place) for item in paragraph.runs for place in range(len(item.text))]
    if any(slot.state == State.OPEN for slot in slots):
        note = paragraph.add_run(words["blank"])
        note.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _from(slot: Slot, first: int) -> Slot:
    head, _sign, number = slot.key.rpartition("#")
    return Slot(f"{head}#{int(number) - first}", slot.label, state=slot.state, text=slot.text)


def _annex(document: Any, rows: list[list[str]], words: Mapping[str, str]) -> None:
    """A page at the end that says of each cell where its value comes from."""
    document.add_page_break()
    document.add_paragraph().add_run(words["sheet"]).bold = True
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    _draw_borders(table)
    for line, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(line.cells, row, strict=True):
            run = cell.paragraphs[0].add_run(text)
            run.font.size = Pt(9)


def _draw_borders(table: Any) -> None:
    """Thin lines, without a style that the document may not have."""
    borders = table._tbl.tblPr.makeelement(qn("w:tblBorders"), {})
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = borders.makeelement(qn(f"w:{side}"), {qn("w:val"): "single", qn("w:sz"): "4", qn("w:color"): "999999"})
        borders.append(line)
    table._tbl.tblPr.append(borders)
