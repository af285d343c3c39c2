"""What a file holds, before anything is imported: its tables, the map that reads each, and the first rows as read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from linli.core.actors import Actor
from linli.core.errors import DomainError
from linli.records.importing import engine
from linli.records.importing.plans import Fetch, blank, lay, text_of
from linli.records.importing.readers import reader_of
from linli.records.importing.rows import Row, RowReader
from linli.records.ledgers.tables import Table
from linli.records.resolving import parts_of
from linli.records.sections import ImportMap
from linli.records.types import RecordType

FIRST: Final = 5
# So many rows of a large file are read to show how it begins.
MOST: Final = 2000


@dataclass(slots=True)
class RowPreview:
    """One row as it stands and what is wrong with it."""

    number: int
    cells: list[str]
    faults: list[str]


@dataclass(slots=True)
class TablePreview:
    """One table of a file: which map reads it, what each header becomes, and its first rows."""

    position: int
    sheet: str
    title: str
    rows: int
    skipped: int
    headers: list[tuple[str, str]]
    first: list[RowPreview]
    map: ImportMap | None = None
    kinds: list[Any] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    beyond: bool = False

    @property
    def kept(self) -> bool:
        """Whether rows of this table land."""
        return bool(self.map and self.map.records)


@dataclass(slots=True)
class FilePreview:
    """One file: its tables, or why it cannot be read, or which reader other than maps takes it."""

    position: int
    name: str
    tables: list[TablePreview] = field(default_factory=list)
    fault: str = ""
    reader: str = ""

    @property
    def unknown(self) -> bool:
        """Whether something in the file is read by no map."""
        return any(table.map is None for table in self.tables)


def preview(actor: Actor, position: int, path: Path, as_of: date) -> FilePreview:
    """What an import would read of a file. Nothing is written."""
    found = FilePreview(position, path.name)
    reader = reader_of(path)
    if reader:
        found.reader = reader.name
        return found
    run = engine.Run(actor, as_of, dry=True)
    try:
        reading = engine.read(run, path, path.name, MOST)
        found.tables = [_table(run, number, *pair) for number, pair in enumerate(reading.tables)]
    except DomainError as error:
        found.fault = error.sentence
    return found


def preview_map(actor: Actor, table: Table, import_map: ImportMap, as_of: date) -> TablePreview:
    """What a map that is being drawn up would read of a table."""
    return _table(engine.Run(actor, as_of, dry=True, maps=(import_map,)), 0, table, import_map)


def _table(run: engine.Run, position: int, table: Table, import_map: ImportMap | None) -> TablePreview:
    labels = [(header.index, header.label) for header in table.headers]
    shown = TablePreview(
        position,
        table.sheet,
        " ".join(table.title),
        len(table.data),
        sum(1 for _number, reason in table.skipped if reason not in ("blank", "title")),
        [(label, "") for _index, label in labels],
        [],
        import_map,
        beyond=table.beyond,
    )
    rows = [Row(number, cells, b"", b"") for number, cells in table.data[:FIRST]]
    if import_map is not None and import_map.records:
        plan = lay(import_map, table)
        shown.missing = plan.missing
        shown.kinds = [record.type.label for record in plan.records]
        words = _targets(plan.records)
        shown.headers = [(label, "、".join(words.get(index, []))) for index, label in labels]
        reader = RowReader(run.actor, plan, run.resolvers, run.as_of, {})
        rows = [_read(reader, number, cells) for number, cells in table.data[:FIRST]]
    positions = [index for index, _label in labels]
    shown.first = [
        RowPreview(row.number, _texts(row.cells, positions), [r.message for r in row.faults]) for row in rows
    ]
    return shown


def _read(reader: RowReader, number: int, cells: Sequence[Any]) -> Row:
    row = reader.read(number, cells)
    if not row.faults:
        reader.accept(row)
    return row


def _targets(records: Sequence[Any]) -> dict[int, list[str]]:
    """What each column of the ledger becomes, in words."""
    words: dict[int, list[str]] = {}
    for record in records:
        for fetch in record.fetches:
            for index in fetch.indexes:
                name = column_label(record.type, fetch)
                words.setdefault(index, []).append(name if len(records) == 1 else f"{record.type.label}: {name}")
    return words


def column_label(kind: RecordType, fetch: Fetch) -> str:
    """A column, or the part of one, in words."""
    part = next((item.label for item in parts_of(fetch.column.type) if item.code == fetch.part), fetch.part)
    name = str(fetch.column.label or (fetch.column.synonyms or (fetch.column.code,))[0])
    return f"{name}({part})" if fetch.part else name


def _texts(cells: Sequence[Any], positions: Sequence[int]) -> list[str]:
    return ["" if i >= len(cells) or blank(cells[i]) else text_of(cells[i])[:60] for i in positions]


def samples(table: Table, index: int, most: int = 3) -> list[str]:
    """The first different values of a column."""
    found: dict[str, None] = {}
    for _number, cells in table.data[:2000]:
        if index < len(cells) and not blank(cells[index]):
            found.setdefault(text_of(cells[index])[:40])
            if len(found) >= most:
                break
    return list(found)
