"""A map laid over a table's headers: for each record type, how each column's raw value is fetched from a row.

Compiled once per table, so that the work per row is a few list look-ups.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.core.errors import InvalidInput
from linli.records import added
from linli.records.ledgers.tables import Table, normalise_label
from linli.records.sections import ImportMap, MappedRecord, Source
from linli.records.types import Column, RecordType, record_type

Cells = Sequence[Any]


def blank(value: Any) -> bool:
    """Whether a cell holds nothing."""
    return value is None or (isinstance(value, str) and not value.strip())


def text_of(value: Any) -> str:
    """A cell as the text a person sees."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


@dataclass(slots=True)
class Fetch:
    """One column's source in this table: the cells it may come from, translations, the constant.

    `read` keeps what the cells with days and words of a list were read as, for they recur all the time.
    """

    column: Column
    part: str
    header: str
    indexes: tuple[int, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    default: Any = None
    split: str = ""
    record: str = ""
    lenient: bool = False
    read: dict[str | None, Any] = field(default_factory=dict)

    def cell(self, cells: Cells) -> Any:
        """The first of its cells that holds something; None where none does."""
        for index in self.indexes:
            if cells[index] is not None:
                return cells[index]
        return None

    def raw(self, cell: Any) -> Any:
        """The raw value of a cell, translated; the default for none."""
        if cell is None:
            return self.default
        return self.values.get(text_of(cell), cell) if self.values else cell


@dataclass(slots=True)
class RecordPlan:
    """How one record is made from a row: by plain values, names of places and bodies, other records of the row.

    `absent` are the columns of which this table says nothing.
    """

    type: RecordType
    fetches: list[Fetch]
    plain: list[Fetch]
    absent: list[str]
    named: dict[str, list[Fetch]]
    linked: list[Fetch]
    when: list[tuple[int | None, frozenset[str] | None, bool]]
    unknown: Mapping[str, str]
    spellings: dict[str, dict[str, str]]
    columns: dict[str, Column]
    lenient: frozenset[tuple[str, str]]

    def applies(self, cells: Cells) -> bool:
        """Whether the row holds such a record."""
        for index, wanted, negate in self.when:
            value = "" if index is None or cells[index] is None else text_of(cells[index])
            held = bool(value) if wanted is None else value in wanted
            if held == negate:
                return False
        return True


@dataclass(slots=True)
class TablePlan:
    """A map laid over one table."""

    map: ImportMap
    table: Table
    records: list[RecordPlan]
    required: list[tuple[int, str]]
    key: tuple[int, ...]
    compared: tuple[int, ...]
    missing: list[str]
    labels: dict[int, str]
    phones: tuple[tuple[int, str], ...]
    width: int

    def cells(self, cells: Cells) -> Cells:
        """The cells of a row, as many as the table has columns, None where one holds nothing."""
        held = [None if blank(cell) else cell for cell in cells]
        return held if len(held) >= self.width else [*held, *[None] * (self.width - len(held))]


PHONE = re.compile("电话|手机|联系方式")


def lay(import_map: ImportMap, table: Table) -> TablePlan:
    """Compile a map for a table. Headers that the map needs and the table lacks are in `missing`."""
    positions = _positions(table)
    missing: list[str] = []

    def find(header: str) -> int | None:
        index = positions.get(normalise_label(header))
        if index is None and header not in missing:
            missing.append(header)
        return index

    required = [(index, header) for header in import_map.required if (index := find(header)) is not None]
    key = tuple(index for header in import_map.key if (index := find(header)) is not None)
    needed = list(missing)
    running = {normalise_label(header) for header in import_map.running}
    compared = tuple(header.index for header in table.headers if normalise_label(header.label) not in running)
    records = [_record(mapped, import_map, find) for mapped in import_map.records]
    labels = {header.index: header.label for header in table.headers}
    phones = tuple((index, label) for index, label in labels.items() if PHONE.search(label))
    width = max(labels, default=-1) + 1
    return TablePlan(import_map, table, records, required, key, compared, needed, labels, phones, width)


def check_map(import_map: ImportMap) -> None:
    """Raise record_type.unknown or import_map.unknown_column unless everything that a map names exists."""
    for mapped in import_map.records:
        kind = record_type(mapped.type)
        for code in (*mapped.columns, *mapped.constants):
            _column(kind, code)


def _positions(table: Table) -> dict[str, int]:
    positions: dict[str, int] = {}
    for header in table.headers:
        for label in (header.label, f"{header.group}{header.label}" if header.group else ""):
            if label:
                positions.setdefault(normalise_label(label), header.index)
    return positions


def _record(mapped: MappedRecord, import_map: ImportMap, find: Callable[[str], int | None]) -> RecordPlan:
    kind = record_type(mapped.type)
    fetches = [_fetch(kind, code, source, find, import_map) for code, source in mapped.columns.items()]
    fetches += [_constant(kind, code, value) for code, value in mapped.constants.items()]
    # Places first: no body is made for a row that is refused where it lies.
    fetches.sort(key=lambda fetch: fetch.column.type != "place")
    plain: list[Fetch] = []
    absent: list[str] = []
    named: dict[str, list[Fetch]] = {}
    for fetch in fetches:
        if fetch.column.type in ("place", "organization") and not fetch.record:
            named.setdefault(fetch.column.code, []).append(fetch)
        elif not fetch.record and (fetch.indexes or not blank(fetch.default)):
            plain.append(fetch)
        elif not fetch.record:
            absent.append(fetch.column.code)
    linked = [fetch for fetch in fetches if fetch.record]
    when = [(find(header), *_wanted(wanted)) for header, wanted in mapped.when.items()]
    spellings = {fetch.column.code: _spellings(fetch.column) for fetch in fetches if fetch.column.type == "choice"}
    columns = {fetch.column.code: fetch.column for fetch in fetches}
    lenient = frozenset((fetch.column.code, fetch.part) for fetch in fetches if fetch.lenient)
    return RecordPlan(kind, fetches, plain, absent, named, linked, when, mapped.unknown, spellings, columns, lenient)


def _wanted(wanted: Any) -> tuple[frozenset[str] | None, bool]:
    if isinstance(wanted, dict) and "not" in wanted:
        values, _negate = _wanted(wanted["not"])
        return values, True
    if wanted == "present":
        return None, False
    if wanted in ("absent", "none", None):
        return None, True
    several = wanted if isinstance(wanted, list | tuple) else [wanted]
    return frozenset(str(value) for value in several), False


def _spellings(column: Column) -> dict[str, str]:
    known = {spelling: code for code, label in column.choices for spelling in (code, str(label))}
    return {**known, **(added.words(column.vocabulary) if column.vocabulary else {})}


def _column(kind: RecordType, code: str) -> tuple[Column, str]:
    name, _dot, part = code.partition(".")
    column = kind.column(name)
    if column is None:
        raise InvalidInput(
            "import_map.unknown_column",
            _("The record type %(type)s has no column “%(column)s”. It has: %(columns)s."),
            type=kind.code,
            column=code,
            columns=", ".join(item.code for item in kind.columns),
        )
    return column, part


def _fetch(
    kind: RecordType,
    code: str,
    source: str | Source,
    find: Callable[[str], int | None],
    import_map: ImportMap,
) -> Fetch:
    column, part = _column(kind, code)
    if isinstance(source, str):
        source = Source.model_validate({"from": source})
    headers = (source.header,) if isinstance(source.header, str) else source.header
    indexes = tuple(index for header in headers if header and (index := find(header)) is not None)
    planned = column.planned or any(header in import_map.planned for header in headers)
    if planned and not column.planned:
        column = replace(column, planned=True)
    return Fetch(
        column,
        part,
        headers[0] if headers else "",
        indexes,
        source.values,
        source.default,
        source.split,
        source.record,
        source.unknown == "text",
    )


def _constant(kind: RecordType, code: str, value: Any) -> Fetch:
    column, part = _column(kind, code)
    return Fetch(column, part, "", default=value)
