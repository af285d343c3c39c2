"""The import of one file: find its tables and maps, read the rows, land them in set form, remember where from.

Rows land in chunks, each in one transaction; importing again changes nothing, so a broken import is repeated.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

from linli.core.actors import Actor
from linli.core.errors import DomainError, InvalidInput
from linli.core.models import Entry
from linli.records import profiles
from linli.records.importing.matching import find_map
from linli.records.importing.plans import TablePlan, lay
from linli.records.importing.report import FileReport, Remark
from linli.records.importing.rows import Made, Row, RowReader, digest, settle
from linli.records.ledgers import safety
from linli.records.ledgers.reading import Sheet, read_file
from linli.records.ledgers.tables import Table, find_tables
from linli.records.models import Batch, Origin
from linli.records.resolving import Resolver, resolvers
from linli.records.sections import ImportMap, ImportsSection
from linli.records.types import RecordType, record_type

CHUNK = 5000
Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Reading:
    """A file read and matched, before any row is looked at."""

    file: str
    tables: list[tuple[Table, ImportMap | None]]
    rank: int


@dataclass(slots=True)
class Known:
    """What earlier imports made of a map's rows."""

    record_id: int
    content: bytes
    entry: int | None


@dataclass(slots=True)
class Run:
    """One import run over several files: shared resolvers, one actor, one day."""

    actor: Actor
    as_of: date
    dry: bool = False
    resolvers: dict[str, Resolver] = field(default_factory=resolvers)
    maps: tuple[ImportMap, ...] = ()

    def __post_init__(self) -> None:
        self.maps = self.maps or profiles.current().section(ImportsSection).maps


def labels_of(maps: Iterable[ImportMap]) -> set[str]:
    """Every header that a map names: hints for finding a table's header row."""
    return {header for item in maps for header in (*item.signature.headers, *item.required, *item.key)}


def read(run: Run, path: Path, name: str = "") -> Reading:
    """Open a file and match its tables. Raises InvalidInput with a `file.` code when it cannot be read."""
    sheets = read_file(path, name or path.name)
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
        reader = RowReader(plan, run.resolvers, run.as_of, seen.setdefault(import_map.id + table.sheet, {}))
        _land_table(run, reader, plan, report, batch, progress)
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
        facts = {"title": " ".join(table.title) or table.sheet}
        report.warnings.append(Remark(table.sheet, None, "", "file.no_map", facts))


def _land_table(
    run: Run,
    reader: RowReader,
    plan: TablePlan,
    report: FileReport,
    batch: Batch | None,
    progress: Progress | None,
) -> None:
    """Land what can land; rows that refer to others of the same table wait until those are there."""
    known = _known(plan.map)
    waiting: list[tuple[int, Any]] = list(plan.table.data)
    own_types = {record.type.code for record in plan.records}
    while waiting:
        held: list[tuple[int, Any]] = []
        landed = 0
        reader.waiting.clear()
        for start in range(0, len(waiting), CHUNK):
            chunk = waiting[start : start + CHUNK]
            good, bad = _read_chunk(reader, chunk)
            landed += _write(run, reader, good, known, report, batch)
            held += [(row.number, row.cells) for row in bad if row.unresolved]
            _settle_bad(report, [row for row in bad if not row.unresolved])
            if progress:
                progress(
                    report.created + report.updated + report.unchanged + len(report.rejected), report.rows
                )
        if not held:
            return
        refreshed = _refresh(run, reader, own_types)
        if not refreshed or (not landed and not reader.to_create):
            _finish(run, reader, held, known, report, batch)
            return
        _create_named(run, reader)
        waiting = held


def _finish(
    run: Run,
    reader: RowReader,
    held: Sequence[tuple[int, Any]],
    known: dict[tuple[str, bytes], Known],
    report: FileReport,
    batch: Batch | None,
) -> None:
    """Settle the rows that still refer to nothing; a row that only waited for one of them lands."""
    for number, cells in held:
        reader.waiting.clear()
        good, bad = _read_chunk(reader, [(number, cells)])
        _write(run, reader, good, known, report, batch)
        _settle_bad(report, bad)


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


def _known(import_map: ImportMap) -> dict[tuple[str, bytes], Known]:
    rows = Origin.objects.filter(map=import_map.id).values_list(
        "record_type", "row_key", "record_id", "content", "entry"
    )
    return {
        (kind, bytes(key)): Known(record, bytes(content), entry) for kind, key, record, content, entry in rows
    }


def _write(
    run: Run,
    reader: RowReader,
    rows: list[Row],
    known: dict[tuple[str, bytes], Known],
    report: FileReport,
    batch: Batch | None,
) -> int:
    """Write a chunk's records, type by type in the order of the map; count rows, not records."""
    for row in rows:
        report.warnings.extend(row.odd)
    if not rows:
        return 0
    outcome: dict[int, str] = {}
    with transaction.atomic():
        for position in range(max(len(row.records) for row in rows)):
            by_plan: dict[int, list[tuple[Row, Made]]] = {}
            for row in rows:
                if position < len(row.records):
                    made = row.records[position]
                    by_plan.setdefault(id(made.plan), []).append((row, made))
            for pairs in by_plan.values():
                _write_type(run, reader, pairs, position, known, outcome, report, batch)
        if batch is not None:
            batch.done_rows += len(rows)
            batch.save(update_fields=["done_rows"])
    for row in rows:
        what = outcome.get(row.number, "unchanged")
        setattr(report, what, getattr(report, what) + 1)
    return len(rows)


def _write_type(
    run: Run,
    reader: RowReader,
    pairs: list[tuple[Row, Made]],
    position: int,
    known: dict[tuple[str, bytes], Known],
    outcome: dict[int, str],
    report: FileReport,
    batch: Batch | None,
) -> None:
    kind = pairs[0][1].plan.type
    new: list[tuple[Row, Made]] = []
    changed: list[tuple[Row, Made, Known]] = []
    for row, made in pairs:
        made.row_key = digest(f"{position} {row.key.hex()}") if position else row.key
        made.content = row.content
        held = known.get((kind.code, made.row_key))
        if held is None:
            new.append((row, made))
        elif held.content != made.content:
            changed.append((row, made, held))
            made.values["id"] = held.record_id
        else:
            made.values["id"] = held.record_id
    changed = _without_edited(kind, changed, reader, report)
    _link(pairs)
    todo = [(row, made) for row, made in new] + [(row, made) for row, made, _held in changed]
    if not todo:
        return
    for row, _made in new:
        outcome[row.number] = "created" if outcome.get(row.number) != "updated" else "updated"
    for row, _made, _held in changed:
        outcome[row.number] = "updated"
    if run.dry or kind.write is None:
        return
    before = _before(kind, [made for _row, made in todo if made.values.get("id")])
    ids = kind.write(actor=run.actor, rows=[made.values for _row, made in todo])
    entry = Entry.objects.order_by("-id").values_list("id", flat=True).first()
    for (_row, made), record_id in zip(todo, ids, strict=True):
        made.values["id"] = record_id
    assert batch is not None
    _remember(batch, kind, reader, todo, before, entry)
    for _row, made in todo:
        known[(kind.code, made.row_key)] = Known(made.values["id"], made.content, entry)


def _link(pairs: list[tuple[Row, Made]]) -> None:
    """Fill in references to another record that the same row made."""
    for row, made in pairs:
        for code, value in made.values.items():
            if isinstance(value, tuple) and value and value[0] == "record":
                made.values[code] = next(
                    (other.values.get("id") for other in row.records if other.plan.type.code == value[1]),
                    None,
                )


def _without_edited(
    kind: RecordType, changed: list[tuple[Row, Made, Known]], reader: RowReader, report: FileReport
) -> list[tuple[Row, Made, Known]]:
    """Leave out rows whose record somebody edited here since it was imported; say so."""
    if not changed:
        return changed
    edited = dict(
        Entry.objects.filter(
            subject_type=kind.code, subject_id__in=[held.record_id for _r, _m, held in changed]
        )
        .order_by("id")
        .values_list("subject_id", "id")
    )
    kept = []
    for row, made, held in changed:
        if edited.get(held.record_id, 0) > (held.entry or 0):
            report.warnings.append(Remark(reader.sheet, row.number, "", "row.edited_since"))
        else:
            kept.append((row, made, held))
    return kept


def _before(kind: RecordType, changed: list[Made]) -> dict[int, dict[str, Any]]:
    """The values that an update is about to overwrite, so that the import can be taken back."""
    if not changed:
        return {}
    fields = {field.name: field for field in kind.rows().model._meta.concrete_fields}
    codes = sorted({code for made in changed for code in made.values if code in fields and code != "id"})
    rows = kind.rows().filter(pk__in=[made.values["id"] for made in changed])
    return {
        pk: {code: plain(value) for code, value in zip(codes, found, strict=True)}
        for pk, *found in rows.values_list("pk", *[fields[code].attname for code in codes])
    }


def plain(value: Any) -> Any:
    """A value as JSON keeps it."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _remember(
    batch: Batch,
    kind: RecordType,
    reader: RowReader,
    todo: list[tuple[Row, Made]],
    before: Mapping[int, dict[str, Any]],
    entry: int | None,
) -> None:
    Origin.objects.bulk_create(
        [
            Origin(
                batch=batch,
                record_type=kind.code,
                record_id=made.values["id"],
                map=reader.plan.map.id,
                row_key=made.row_key,
                content=made.content,
                sheet=reader.sheet[:80],
                row=row.number,
                before=before.get(made.values["id"]),
                entry=entry,
            )
            for row, made in todo
        ],
        batch_size=2000,
        update_conflicts=True,
        unique_fields=["map", "record_type", "row_key"],
        update_fields=["batch", "content", "sheet", "row", "before", "entry"],
    )


def failure(file: str, error: DomainError) -> FileReport:
    """The report of a file that could not be read at all."""
    report = FileReport(file, unreadable=True)
    report.rejected.append(Remark("", None, "", error.code, {"reason": error.sentence, **error.facts}))
    return report
