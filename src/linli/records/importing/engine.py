"""The import of one file: find its tables and maps, read the rows, land them in set form, remember where from.

Rows land in chunks, each in one transaction; importing again changes nothing, so a broken import is repeated.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from linli.core.actors import Actor
from linli.core.errors import DomainError, InvalidInput
from linli.records import profiles
from linli.records.importing.landing import Landing
from linli.records.importing.matching import find_map
from linli.records.importing.plans import lay
from linli.records.importing.report import FileReport, Remark
from linli.records.importing.rows import Row, RowReader, settle
from linli.records.ledgers import safety
from linli.records.ledgers.reading import Sheet, read_file
from linli.records.ledgers.tables import Table, find_tables
from linli.records.models import Batch
from linli.records.resolving import Resolver, resolvers
from linli.records.sections import ImportMap, ImportsSection
from linli.records.types import record_type

CHUNK = 5000
Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Reading:
    """A file read and matched, before any row is looked at."""

    file: str
    tables: list[tuple[Table, ImportMap | None]]
    rank: int


@dataclass(slots=True)
class Run:
    """One import run over several files: shared resolvers, one actor, one day."""

    actor: Actor
    as_of: date
    dry: bool = False
    resolvers: dict[str, Resolver] = field(default_factory=resolvers)
    maps: tuple[ImportMap, ...] = ()
    upload_id: int | None = None

    def __post_init__(self) -> None:
        self.maps = self.maps or profiles.current().section(ImportsSection).maps


def labels_of(maps: Iterable[ImportMap]) -> set[str]:
    """Every header that a map names: hints for finding a table's header row."""
    return {header for item in maps for header in (*item.signature.headers, *item.required, *item.key)}


def read(run: Run, path: Path, name: str = "", most: int = 0) -> Reading:
    """Open a file and match its tables; of a large file with no more than `most` rows, where that is enough.

    Raises InvalidInput with a `file.` code when it cannot be read.
    """
    sheets = read_file(path, name or path.name, most)
    hints = labels_of(run.maps)
    tables = [table for sheet in sheets for table in find_tables(sheet, hints)]
    _refuse_forbidden(name or path.name, sheets, tables)
    matched = [(table, find_map(run.maps, table, name or path.name)) for table in tables]
    ranks = [record_type(item.records[0].type).rank for _t, item in matched if item and item.records]
    return Reading(name or path.name, matched, max(ranks, default=0))


def _refuse_forbidden(file: str, sheets: Sequence[Sheet], tables: Sequence[Table]) -> None:
    for text in [
        file,
        *(sheet.name for sheet in sheets),
        *(line for table in tables for line in table.title),
    ]:
        code = safety.refused_titles(text)
        if code:
            raise InvalidInput(code, str(safety.REFUSAL), title=text)


def land(run: Run, reading: Reading, batch: Batch | None, progress: Progress | None = None) -> FileReport:
    """Import a file that was read; the report says row by row what happened."""
    report = FileReport(reading.file)
    seen: dict[str, dict[bytes, int]] = {}
    for table, import_map in reading.tables:
        if import_map is None or import_map.later or not import_map.records:
            _not_kept(report, table, import_map)
            continue
        for mapped in import_map.records:
            if mapped.type not in report.record_types:
                report.record_types.append(mapped.type)
        plan = lay(import_map, table)
        report.rows += len(table.data)
        if plan.missing:
            for header in plan.missing:
                report.warnings.append(Remark(table.sheet, None, header, "row.missing_column"))
        reader = RowReader(run.actor, plan, run.resolvers, run.as_of, seen.setdefault(import_map.id + table.sheet, {}))
        _land_table(run, reader, Landing(run.actor, run.dry, reader, report, batch), progress)
        for header, words in reader.new_words.items():
            facts = {"value": "、".join(list(words)[:20])}
            report.warnings.append(Remark(table.sheet, None, header, "value.new", facts))
    report.rejected.sort(key=lambda remark: (remark.sheet, remark.row or 0))
    return report


def _not_kept(report: FileReport, table: Table, import_map: ImportMap | None) -> None:
    report.rows += len(table.data)
    if import_map is not None:
        facts = {"kind": import_map.later or import_map.label or import_map.id}
        report.warnings.append(Remark(table.sheet, None, "", "file.not_yet_known", facts))
    else:
        facts = {"title": " ".join(table.title) or "、".join(header.label for header in table.headers)}
        report.warnings.append(Remark(table.sheet, None, "", "file.no_map", facts))


def _land_table(run: Run, reader: RowReader, landing: Landing, progress: Progress | None) -> None:
    """Land what can land; rows that refer to others of the same table wait until those are there."""
    report = landing.report
    waiting: list[tuple[int, Any]] = list(reader.plan.table.data)
    own_types = {record.type.code for record in reader.plan.records}
    while waiting:
        held: list[tuple[int, Any]] = []
        landed = 0
        reader.waiting.clear()
        for start in range(0, len(waiting), CHUNK):
            good, bad = _read_chunk(reader, waiting[start : start + CHUNK])
            landed += landing.write(good)
            held += [(row.number, row.cells) for row in bad if row.unresolved]
            _settle_bad(report, [row for row in bad if not row.unresolved])
            if progress:
                progress(report.settled, report.rows)
        if not held:
            return
        refreshed = _refresh(run, reader, own_types)
        if not refreshed or (not landed and not reader.to_create):
            _finish(reader, landing, held)
            return
        _create_named(run, reader)
        waiting = held


def _finish(reader: RowReader, landing: Landing, held: Sequence[tuple[int, Any]]) -> None:
    """Settle the rows that still refer to nothing; a row that only waited for one of them lands."""
    for number, cells in held:
        reader.waiting.clear()
        good, bad = _read_chunk(reader, [(number, cells)])
        landing.write(good)
        _settle_bad(landing.report, bad)


def _read_chunk(reader: RowReader, chunk: Sequence[tuple[int, Any]]) -> tuple[list[Row], list[Row]]:
    good: list[Row] = []
    bad: list[Row] = []
    for number, cells in chunk:
        row = reader.read(number, cells)
        if row.faults or row.unresolved:
            bad.append(row)
        else:
            reader.accept(row)
            good.append(row)
    return good, bad


def _settle_bad(report: FileReport, rows: Iterable[Row]) -> None:
    for row in rows:
        if row.faults:
            settle(report, row)


def _refresh(run: Run, reader: RowReader, types: set[str]) -> bool:
    """Read the indexes anew that this table's rows made stale; whether any was."""
    stale = [item for item in run.resolvers.values() if item.types & types]
    for item in stale:
        item.refresh()
    reader.cache.clear()
    return bool(stale) or bool(reader.to_create)


def _create_named(run: Run, reader: RowReader) -> None:
    for (value_type, ref), names in reader.to_create.items():
        if not run.dry:
            run.resolvers[value_type].create(list(names), ref)
    reader.to_create.clear()
    reader.cache.clear()


def failure(file: str, error: DomainError) -> FileReport:
    """The report of a file that could not be read at all."""
    report = FileReport(file, unreadable=True)
    report.rejected.append(Remark("", None, "", error.code, {"reason": error.sentence, **error.facts}))
    return report
