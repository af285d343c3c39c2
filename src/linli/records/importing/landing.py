"""Writing read rows: new records, changed ones, unchanged ones, and where each came from.

A chunk lands in one transaction, record by record of the map, through the set form of each type's operation.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from linli.core.actors import Actor
from linli.core.bulk import copy_rows
from linli.core.models import Entry
from linli.records.importing import keeping
from linli.records.importing.report import FileReport, Remark
from linli.records.importing.rows import NOT_YOURS, Made, Row, RowReader, settle
from linli.records.models import Batch, Origin
from linli.records.policies import rows_elsewhere
from linli.records.types import RecordType

Pair = tuple[Row, Made]


@dataclass(frozen=True, slots=True)
class Known:
    """What an earlier import made of a row."""

    record_id: int
    content: bytes
    entry: int | None


@dataclass(slots=True)
class Landing:
    """The writing side of one table's import."""

    actor: Actor
    dry: bool
    reader: RowReader
    report: FileReport
    batch: Batch | None
    known: dict[tuple[str, bytes], Known] = field(default_factory=dict)
    outcome: dict[int, str] = field(default_factory=dict)

    def write(self, rows: Sequence[Row]) -> int:
        """Write a chunk's records in the order of the map and count its rows."""
        rows = self._admitted(rows) if rows else ()
        if not rows:
            return 0
        self.outcome.clear()
        with transaction.atomic():
            for position in range(max(len(row.records) for row in rows)):
                for pairs in _by_plan(rows, position):
                    self._write_type(pairs)
            if self.batch is not None:
                self.batch.done_rows += len(rows)
                self.batch.save(update_fields=["done_rows"])
        for row in rows:
            self.report.warnings.extend(row.odd)
            what = self.outcome.get(row.number, "unchanged")
            setattr(self.report, what, getattr(self.report, what) + 1)
        return len(rows)

    def _recall(self, rows: Sequence[Row]) -> None:
        """Look up what earlier imports made of these rows."""
        types = list({record.type.code for record in self.reader.plan.records})
        keys = [made.row_key for row in rows for made in row.records]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT record_type, row_key, record_id, content, entry FROM records_origin"
                " WHERE map = %s AND record_type = ANY(%s) AND row_key = ANY(%s)",
                [self.reader.plan.map.id, types, keys],
            )
            self.known = {
                (kind, bytes(key)): Known(record, bytes(content), entry)
                for kind, key, record, content, entry in cursor.fetchall()
            }

    def _admitted(self, rows: Sequence[Row]) -> Sequence[Row]:
        """Leave out what the rules of a type refuse, but for rows that have not changed since they were taken."""
        self._recall(rows)
        for kind in {id(mapped.type): mapped.type for mapped in self.reader.plan.records}.values():
            if kind.refused is None and self.actor.key == "system":
                continue
            pairs = [(row, made) for row in rows for made in row.records if made.plan.type is kind]
            held = [self.known.get((kind.code, made.row_key)) for _row, made in pairs]
            fresh = [
                (*pair, was) for pair, was in zip(pairs, held, strict=True) if not was or was.content != pair[0].content
            ]
            codes = kind.refused(rows=[made.values for _row, made, _was in fresh]) if kind.refused else {}
            codes |= self._elsewhere(
                kind, [was.record_id if was else made.values.get("id") for _row, made, was in fresh]
            )
            for position, code in codes.items():
                fresh[position][0].faults.append(Remark(self.reader.sheet, fresh[position][0].number, "", code))
        for row in rows:
            if row.faults:
                settle(self.report, row)
        return [row for row in rows if not row.faults]

    def _elsewhere(self, kind: RecordType, ids: Sequence[int | None]) -> dict[int, str]:
        """The rows that would change a record lying where the actor imports nothing, by position."""
        wanted = [pk for pk in ids if pk]
        if not wanted or self.actor.key == "system":
            return {}
        found = kind.rows().filter(rows_elsewhere(self.actor, kind.place), pk__in=wanted)
        away = set(found.values_list("pk", flat=True))
        return {position: NOT_YOURS for position, pk in enumerate(ids) if pk in away}

    def _write_type(self, pairs: Sequence[Pair]) -> None:
        """Write one record of each row: look up what is known of it, link it, write what is new or changed."""
        kind = pairs[0][1].plan.type
        new, changed = self._sorted(kind, pairs)
        _link(pairs)
        if kind.recognised is not None:
            for position, record_id in kind.recognised(rows=[made.values for _row, made in new]).items():
                new[position][1].values["id"] = record_id
        for row, _made in new:
            self.outcome.setdefault(row.number, "created")
        for row, _made in changed:
            self.outcome[row.number] = "updated"
        todo = [*new, *changed]
        if not todo or self.dry or kind.write is None:
            return
        held = [made.values["id"] for _row, made in todo if made.values.get("id")]
        before = keeping.snapshot(kind, held)
        ids = kind.write(actor=self.actor, rows=[made.values for _row, made in todo])
        for (_row, made), record_id in zip(todo, ids, strict=True):
            made.values["id"] = record_id
        self._remember(kind, new, changed, keeping.overwritten(before, keeping.snapshot(kind, held)))

    def _sorted(self, kind: RecordType, pairs: Sequence[Pair]) -> tuple[list[Pair], list[Pair]]:
        new: list[Pair] = []
        changed: list[Pair] = []
        for row, made in pairs:
            held = self.known.get((kind.code, made.row_key))
            if held is None:
                new.append((row, made))
                continue
            made.values["id"] = held.record_id
            if held.content != row.content:
                changed.append((row, made))
        return new, self._without_edited(kind, changed) if changed else []

    def _without_edited(self, kind: RecordType, changed: list[Pair]) -> list[Pair]:
        """Leave out rows whose record somebody edited here since it was imported; say so."""
        ids = [made.values["id"] for _row, made in changed]
        edits = Entry.objects.filter(subject_type=kind.code, subject_id__in=ids).order_by("id")
        edited = dict(edits.values_list("subject_id", "id"))
        kept: list[Pair] = []
        for row, made in changed:
            entry = self.known[(kind.code, made.row_key)].entry or 0
            if edited.get(made.values["id"], 0) > entry:
                self.report.warnings.append(Remark(self.reader.sheet, row.number, "", "row.edited_since"))
            else:
                kept.append((row, made))
        return kept

    def _remember(
        self, kind: RecordType, new: list[Pair], changed: list[Pair], before: Mapping[int, dict[str, Any]]
    ) -> None:
        """Note where each record came from: new ones by COPY, changed ones row by row."""
        assert self.batch is not None
        entry = Entry.objects.order_by("-id").values_list("id", flat=True).first()
        common = {"batch_id": self.batch.pk, "map": self.reader.plan.map.id, "record_type": kind.code}
        common |= {"sheet": self.reader.sheet[:80], "entry": entry}

        def origin(row: Row, made: Made) -> dict[str, Any]:
            pk = made.values["id"]
            own = {"record_id": pk, "row_key": made.row_key, "content": row.content, "row": row.number}
            return common | own | {"before": before.get(pk)}

        for row, made in changed:
            known = Origin.objects.filter(map=self.reader.plan.map.id, record_type=kind.code, row_key=made.row_key)
            known.update(**origin(row, made))
        copy_rows(Origin, (origin(row, made) for row, made in new), with_id=False)


def _by_plan(rows: Sequence[Row], position: int) -> list[list[Pair]]:
    """The records at one position of the rows, those of the same plan together."""
    groups: dict[int, list[Pair]] = {}
    for row in rows:
        if position < len(row.records):
            made = row.records[position]
            groups.setdefault(id(made.plan), []).append((row, made))
    return list(groups.values())


def _link(pairs: Sequence[Pair]) -> None:
    """Fill in references to another record that the same row made."""
    for row, made in pairs:
        for fetch in made.plan.linked:
            made.values[fetch.column.code] = next(
                (other.values.get("id") for other in row.records if other.plan.type.code == fetch.record), None
            )
