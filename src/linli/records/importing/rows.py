"""One row through a plan: required cells, duplicates, values, references. Nothing is written here."""

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final

from linli.core.actors import Actor
from linli.records.importing.plans import Fetch, RecordPlan, TablePlan, blank, text_of
from linli.records.importing.report import FileReport, Remark
from linli.records.ledgers import values
from linli.records.policies import may_import_at
from linli.records.resolving import Resolver, Unresolved

Cells = Sequence[Any]
LINE = "\x1f"
NOT_YOURS: Final = "place.not_yours"


@dataclass(slots=True)
class Made:
    """A record that a row makes: its plan, its parsed values, and the key by which it is found again."""

    plan: RecordPlan
    values: dict[str, Any]
    row_key: bytes


@dataclass(slots=True)
class Row:
    """A row of the ledger on its way: the records it makes, or why it is refused."""

    number: int
    cells: Cells
    content: bytes
    key: bytes
    records: list[Made] = field(default_factory=list)
    faults: list[Remark] = field(default_factory=list)
    odd: list[Remark] = field(default_factory=list)
    identities: list[bytes] = field(default_factory=list)
    unresolved: bool = False


class RowReader:
    """Reads the rows of one table. `seen` is shared by the tables that one map reads in a file."""

    def __init__(
        self, actor: Actor, plan: TablePlan, resolvers: Mapping[str, Resolver], as_of: date, seen: dict[bytes, int]
    ) -> None:
        self.actor = actor
        self.plan = plan
        self.sheet = plan.table.sheet
        self.resolvers = resolvers
        self.as_of = as_of
        self.seen = seen
        self.cache: dict[tuple[str, Any], Any] = {}
        self.reached: dict[tuple[str, int | None], bool] = {}
        self.to_create: dict[tuple[str, str], dict[str, None]] = {}
        self.waiting: dict[bytes, int] = {}
        self.new_words: dict[str, dict[str, None]] = {}

    def read(self, number: int, cells: Cells) -> Row:
        """Parse and resolve one row; its faults say why it cannot land."""
        cells = self.plan.cells(cells)
        texts = [comparable(cells[i]) for i in self.plan.compared]
        content = digest(self.plan.map.id + LINE + LINE.join(texts))
        key_texts = [comparable(cells[i]) for i in self.plan.key]
        key = digest("key" + LINE + self.plan.map.id + LINE + LINE.join(key_texts)) if any(key_texts) else content
        row = Row(number, cells, content, key)
        if not self._repeats(row):
            self._require(row)
            for record in self.plan.records:
                if record.applies(cells):
                    self._make(row, record)
            if not row.records and not row.faults:
                row.faults.append(self._remark(row, "", "row.no_record"))
            if all(fault.code.startswith("reference.") for fault in row.faults):
                self._repeats_key(row, key_texts)
            self._look_at_phones(row)
        return row

    def accept(self, row: Row) -> None:
        """Remember a row that lands, so that its repetitions are found."""
        self.seen[row.content] = row.number
        self.seen[row.key] = row.number
        for identity in row.identities:
            self.seen[identity] = row.number

    def _repeats(self, row: Row) -> bool:
        earlier = self.seen.get(row.content)
        if earlier is None or earlier == row.number:
            return False
        row.faults.append(self._remark(row, "", "duplicate.row", earlier=earlier))
        return True

    def _repeats_key(self, row: Row, key_texts: list[str]) -> None:
        """A key or a record that an earlier row has: said before any doubt about what the row refers to."""
        for key in (row.key, *row.identities):
            earlier = self.seen.get(key)
            if earlier is not None and earlier != row.number:
                label = "、".join(self.plan.labels.get(i, "") for i in self.plan.key) if key == row.key else ""
                code, value = ("duplicate.key", " ".join(key_texts)) if label else ("duplicate.record", "")
                row.faults = [self._remark(row, label, code, value=value, earlier=earlier)]
                row.unresolved = False
                return
        first = self.waiting.setdefault(row.key, row.number)
        if first != row.number and not row.faults:
            row.unresolved = True

    def _look_at_phones(self, row: Row) -> None:
        """Odd phone numbers are mentioned even in columns that nothing keeps: the office will want to mend them."""
        for index, label in self.plan.phones:
            cell = row.cells[index]
            for warning in () if cell is None else values.phone(cell).warnings:
                row.odd.append(self._remark(row, label, warning, value=text_of(cell)))

    def _require(self, row: Row) -> None:
        for index, header in self.plan.required:
            if row.cells[index] is None:
                row.faults.append(self._remark(row, header, "row.missing"))

    def _make(self, row: Row, plan: RecordPlan) -> None:
        made = Made(plan, dict.fromkeys(plan.absent), record_key(row.key, len(row.records)))
        for fetch in plan.linked:
            # Rules of a type see that there is none where `when` left the other record out.
            there = any(other.plan.type.code == fetch.record for other in row.records)
            made.values[fetch.column.code] = ("record", fetch.record) if there else None
        for fetch in plan.plain:
            self._parse(row, made, fetch)
        for code, fetches in plan.named.items():
            self._resolve(row, made, code, *_names(row, fetches))
        if "place" not in plan.named and not self._shares_place(row, made):
            self._hold(row, "place", None)
        self._check(row, made)
        if made.plan.type.identity:
            self._identify(row, made)
        row.records.append(made)

    def _parse(self, row: Row, made: Made, fetch: Fetch) -> None:
        code, cell = fetch.column.code, fetch.cell(row.cells)
        parsed = fetch.read.get(cell)
        if parsed is None:
            raw = fetch.raw(cell)
            if blank(raw):
                made.values.setdefault(code, None)
                if fetch.column.required:
                    self._missing_once(row, fetch.header)
                return
            try:
                parsed = PARSERS[fetch.column.type](self, made, fetch, raw)
            except values.ValueFault as fault:
                facts = {"value": text_of(raw), **fault.facts}
                row.faults.append(self._remark(row, fetch.header, fault.code, **facts))
                return
            if fetch.column.type in REPEATED and (cell is None or isinstance(cell, str)):
                fetch.read[cell] = parsed
        made.values[code], odd = parsed
        for warning in odd:
            row.odd.append(self._remark(row, fetch.header, warning, value=text_of(fetch.raw(cell))))

    def _missing_once(self, row: Row, header: str) -> None:
        if not any(fault.code == "row.missing" and fault.column == header for fault in row.faults):
            row.faults.append(self._remark(row, header, "row.missing"))

    def _resolve(
        self,
        row: Row,
        made: Made,
        code: str,
        parts: dict[str, str],
        sources: dict[str, str],
    ) -> None:
        column = made.plan.columns[code]
        memo = (column.type + column.ref, tuple(sorted(parts.items())))
        if memo in self.cache:
            found = self.cache[memo]
        else:
            found = self.cache[memo] = self.resolvers[column.type].resolve(parts, column.ref)
        if not isinstance(found, Unresolved):
            made.values[code] = found
            if not column.ref:
                self._hold(row, column.type, found, *sources.values())
            return
        if (code, found.part) in made.plan.lenient:
            made.values[f"{found.part}_name"] = found.name
            above = {part: name for part, name in parts.items() if part != found.part}
            self._resolve(row, made, code, above, sources)
            return
        policy = made.plan.unknown.get(code, column.unknown)
        if policy == "text":
            made.values[code] = None
            made.values[f"{code}_text"] = found.name
            self._hold(row, column.type, None, *sources.values())
        elif policy == "create":
            self.cache.pop(memo, None)
            if not _not_yours(row):
                self.to_create.setdefault((column.type, column.ref), {})[found.name] = None
                row.unresolved = True
        else:
            row.unresolved = True
            self.cache.pop(memo, None)
            row.faults.append(
                self._remark(
                    row,
                    sources.get(found.part, ""),
                    found.code,
                    value=found.name,
                    nearest=found.nearest or "-",
                )
            )

    def _shares_place(self, row: Row, made: Made) -> bool:
        """Whether the record lies where another of the same row does, which is held to its place itself."""
        value = made.values.get("place")
        return isinstance(value, tuple) and any(other.plan.type.code == value[1] for other in row.records)

    def _hold(self, row: Row, value_type: str, found: int | None, *headers: str) -> None:
        """Refuse the row unless the actor imports for the place; without any it would lie at the root."""
        memo = (value_type, found)
        if memo not in self.reached:
            where = self.resolvers[value_type].where(found)
            self.reached[memo] = where is None or may_import_at(self.actor, *where)
        if not self.reached[memo] and not _not_yours(row):
            row.faults.append(self._remark(row, headers[-1] if headers else "", NOT_YOURS))

    def _identify(self, row: Row, made: Made) -> None:
        """The record is what the reference found."""
        found = made.values.get(made.plan.type.identity)
        if found is not None:
            made.values["id"] = found
            row.identities.append(digest(f"record {self.plan.map.id} {made.plan.type.code} {found}"))

    def _check(self, row: Row, made: Made) -> None:
        for first, second in made.plan.type.order:
            start, end = made.values.get(first), made.values.get(second)
            if start is not None and end is not None and day(end) < day(start):
                header = next((f.header for f in made.plan.fetches if f.column.code == second), "")
                row.faults.append(self._remark(row, header, "date.order", value=day(end), other=day(start)))

    def _remark(self, row: Row, column: str, code: str, **facts: Any) -> Remark:
        return Remark(self.sheet, row.number, column, code, facts)


def _names(row: Row, fetches: Sequence[Fetch]) -> tuple[dict[str, str], dict[str, str]]:
    """What the cells say of one place or body, by part, and the headers under which they say it."""
    parts: dict[str, str] = {}
    sources: dict[str, str] = {}
    for fetch in fetches:
        raw = fetch.raw(fetch.cell(row.cells))
        if not blank(raw):
            parts[fetch.part], sources[fetch.part] = text_of(raw), fetch.header
    return parts, sources


def record_key(key: bytes, position: int) -> bytes:
    """The key of the record at one position of a row."""
    return digest(f"{position} {key.hex()}") if position else key


def _not_yours(row: Row) -> bool:
    return any(fault.code == NOT_YOURS for fault in row.faults)


def comparable(value: Any) -> str:
    """A cell as it is compared with others: width, case of width and white space do not count."""
    if value is None:
        return ""
    return _folded(value) if isinstance(value, str) else text_of(value)


@lru_cache(maxsize=10_000)
def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def digest(text: str) -> bytes:
    """Sixteen bytes that stand for a text."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def day(value: date | datetime) -> date:
    """The day of a date or a moment."""
    return value.date() if isinstance(value, datetime) else value


def _text(reader: RowReader, made: Made, fetch: Fetch, raw: Any) -> tuple[Any, tuple[str, ...]]:
    parsed = values.text(raw)
    return parsed.value, parsed.warnings


def _name(reader: RowReader, made: Made, fetch: Fetch, raw: Any) -> tuple[Any, tuple[str, ...]]:
    parsed = values.person_name(raw)
    return parsed.value, parsed.warnings


def _date(reader: RowReader, made: Made, fetch: Fetch, raw: Any) -> tuple[Any, tuple[str, ...]]:
    parsed = values.date(raw) if fetch.column.type == "date" else values.moment(raw)
    if parsed.value is not None and not fetch.column.planned and day(parsed.value) > reader.as_of:
        raise values.ValueFault("date.future", as_of=reader.as_of.isoformat())
    return parsed.value, parsed.warnings


def _number(reader: RowReader, made: Made, fetch: Fetch, raw: Any) -> tuple[Any, tuple[str, ...]]:
    read = values.whole if fetch.column.type == "whole" else values.number
    parsed = read(raw, minimum=0 if fetch.column.minimum is None else fetch.column.minimum)
    return parsed.value, parsed.warnings


def _flag(reader: RowReader, made: Made, fetch: Fetch, raw: Any) -> tuple[Any, tuple[str, ...]]:
    if isinstance(raw, bool):
        return raw, ()
    parsed = values.flag(raw)
    return parsed.value, parsed.warnings


def _phone(reader: RowReader, made: Made, fetch: Fetch, raw: Any) -> tuple[Any, tuple[str, ...]]:
    return values.phone(raw).value, ()


def _list(reader: RowReader, made: Made, fetch: Fetch, raw: Any) -> tuple[Any, tuple[str, ...]]:
    if isinstance(raw, list):
        return raw, ()
    if fetch.split:
        return [part.strip() for part in text_of(raw).split(fetch.split) if part.strip()], ()
    parsed = values.items(raw)
    return parsed.value, parsed.warnings


def _choice(reader: RowReader, made: Made, fetch: Fetch, raw: Any) -> tuple[Any, tuple[str, ...]]:
    """A word of the code's or the place's list; a new word of the place is kept and mentioned once."""
    column = fetch.column
    word = text_of(values.text(raw).value)
    code = made.plan.spellings.get(column.code, {}).get(word)
    if code is not None:
        return code, ()
    if column.choices:
        known = "、".join(str(label) for _code, label in column.choices)
        raise values.ValueFault("value.unknown", known=known)
    if column.vocabulary and fetch.indexes and not fetch.values:
        reader.new_words.setdefault(fetch.header, {})[word] = None
    return word, ()


PARSERS: dict[str, Any] = {
    "text": _text,
    "name": _name,
    "date": _date,
    "datetime": _date,
    "whole": _number,
    "number": _number,
    "flag": _flag,
    "phone": _phone,
    "list": _list,
    "choice": _choice,
}

REPEATED: Final = frozenset(("date", "datetime", "choice", "flag"))


def settle(report: FileReport, row: Row) -> None:
    """Write a refused row into the report: one entry a row, further reasons behind the first."""
    first, *others = row.faults
    first.also = others
    first.cells = tuple("" if cell is None else text_of(cell) for cell in row.cells)
    report.rejected.append(first)
