"""Importing files and taking an import back: the operations behind the command, the page and the API."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import DomainError, InvalidInput, NotAllowed, NotFound, RuleBroken
from linli.core.models import Entry
from linli.records import profiles
from linli.records.importing import engine, keeping
from linli.records.importing.readers import FileReader, reader_of
from linli.records.importing.report import FileReport
from linli.records.models import Batch, Origin
from linli.records.policies import imports_visible_to
from linli.records.types import record_type

SUFFIXES = {".xlsx", ".xls", ".csv", ".tsv", ".geojson", ".json"}


@dataclass(slots=True)
class _Step:
    path: Path
    name: str
    rank: int
    reader: FileReader | None = None
    reading: engine.Reading | None = None


@profiles.pinned()
def files_import(
    *,
    actor: Actor,
    paths: Sequence[Path],
    as_of: date,
    dry: bool = False,
    progress: engine.Progress | None = None,
    upload_id: int | None = None,
) -> list[FileReport]:
    """Import files and folders in the order that their contents ask for; each file by itself.

    A file that cannot be read is reported and does not stop the others. With `dry` nothing is written.
    Raises: import.not_allowed, import.no_files.
    """
    if not (actor.key == "system" or actor.can("imports.run")):
        raise NotAllowed("import.not_allowed", _("Importing needs a post that may run imports."))
    reports: list[FileReport] = []
    run = engine.Run(actor, as_of, dry, upload_id=upload_id)
    steps = _steps(run, list(_files(paths)), reports)
    if not steps and not reports:
        raise InvalidInput(
            "import.no_files",
            _("There is nothing to import at %(paths)s."),
            paths=", ".join(str(path) for path in paths),
        )
    steps.sort(key=lambda step: (step.rank, step.name))
    for reader, group in groupby(steps, key=attrgetter("reader")):
        together = list(group)
        reports += _take(run, reader, together) if reader else _land(run, together, progress)
    order = {name: position for position, (_path, name) in enumerate(_files(paths))}
    return sorted(reports, key=lambda report: order.get(report.file, 0))


def _files(paths: Sequence[Path]) -> Iterable[tuple[Path, str]]:
    """Every readable file under the paths, with the name by which it is reported."""
    for path in paths:
        if path.is_dir():
            for found in sorted(path.rglob("*")):
                inside = found.relative_to(path)
                hidden = any(part.startswith((".", "~$")) for part in inside.parts)
                if found.is_file() and found.suffix.lower() in SUFFIXES and not hidden:
                    yield found, inside.as_posix()
        else:
            yield path, path.name


def _steps(run: engine.Run, files: list[tuple[Path, str]], reports: list[FileReport]) -> list[_Step]:
    """Order files by what they hold. Ledgers are matched by title and headers, without landing anything."""
    steps = []
    for path, name in files:
        step = _step(run, path, name)
        if isinstance(step, FileReport):
            reports.append(step)
            if path.is_file():
                _finish(run, _batch(run, path, name), step)
        elif step is not None:
            steps.append(step)
    return steps


def _step(run: engine.Run, path: Path, name: str) -> _Step | FileReport | None:
    reader = reader_of(path)
    if reader:
        return _Step(path, name, reader.rank, reader=reader)
    if path.suffix.lower() == ".json":
        return None
    try:
        reading = engine.read(run, path, name)
    except DomainError as error:
        return engine.failure(name, error)
    return _Step(path, name, reading.rank, reading=reading)


def _land(run: engine.Run, steps: Sequence[_Step], progress: engine.Progress | None) -> list[FileReport]:
    """Land ledgers one after the other."""
    reports = []
    for step in steps:
        assert step.reading is not None
        batch = _batch(run, step.path, step.name, sum(len(table.data) for table, _map in step.reading.tables))
        try:
            reports.append(engine.land(run, step.reading, batch, progress))
            _refresh(run, reports[-1])
        except DomainError as error:
            reports.append(engine.failure(step.name, error))
        _finish(run, batch, reports[-1], step.reading)
    return reports


def _take(run: engine.Run, reader: FileReader, steps: Sequence[_Step]) -> list[FileReport]:
    """Let a reader take files of its kind, and check them together."""
    batches = [_batch(run, step.path, step.name) for step in steps]
    reports = []
    for step in steps:
        try:
            reports.append(reader.land(run.actor, step.path, run.as_of, run.dry))
            reports[-1].file = step.name
        except DomainError as error:
            reports.append(engine.failure(step.name, error))
    if reader.check:
        reader.check(reports, run.dry)
    for resolver in run.resolvers.values():
        resolver.refresh()
    for batch, report in zip(batches, reports, strict=True):
        _finish(run, batch, report)
    return reports


def _refresh(run: engine.Run, report: FileReport) -> None:
    kinds = set(report.record_types)
    if report.created or report.updated:
        for resolver in run.resolvers.values():
            if resolver.types & kinds:
                resolver.refresh()


def _batch(run: engine.Run, path: Path, name: str, rows: int = 0) -> Batch | None:
    """The line of the history for a file, before anything of it has landed; none where nothing is written."""
    if run.dry:
        return None
    with path.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    return Batch.objects.create(
        upload_id=run.upload_id,
        file=name[-200:],
        sha256=sha256,
        actor=run.actor.key,
        started=clock.now(),
        as_of=run.as_of,
        rows=rows,
    )


@transaction.atomic
def _finish(run: engine.Run, batch: Batch | None, report: FileReport, reading: engine.Reading | None = None) -> None:
    if batch is None:
        return
    batch.finished = clock.now()
    batch.state = Batch.State.FAILED if report.unreadable else Batch.State.DONE
    batch.record_types = report.record_types
    batch.rows, batch.created = report.rows, report.created
    batch.updated, batch.unchanged = report.updated, report.unchanged
    batch.report = report.as_dict() | {
        "rejected": [remark.as_dict() | {"cells": list(remark.cells)} for remark in report.rejected],
        "headings": _headings(reading),
    }
    batch.save()
    facts = {
        "file": report.file,
        "created": report.created,
        "updated": report.updated,
        "rejected": len(report.rejected),
    }
    journal.write(run.actor, "import.run", ("import", batch.pk), facts=facts, count=max(1, report.rows))


def _headings(reading: engine.Reading | None) -> dict[str, list[str]]:
    """What stands above the cells of each sheet, so that refused rows can be given back as they were written."""
    found: dict[str, list[str]] = {}
    for table, _map in reading.tables if reading else ():
        labels = {header.index: header.label for header in table.headers}
        found.setdefault(table.sheet, [labels.get(index, "") for index in range(max(labels, default=-1) + 1)])
    return found


@transaction.atomic
def import_take_back(*, actor: Actor, batch_id: int) -> Batch:
    """Undo a whole import: what it made goes, what it changed returns to what it was.

    Possible while nothing depends on the rows and nobody has edited them since.
    Raises: import.not_allowed, not_found, import.not_done, import.edited_since, import.depended_on.
    """
    if not (actor.key == "system" or actor.can("imports.run")):
        raise NotAllowed("import.not_allowed", _("Importing needs a post that may run imports."))
    batch = Batch.objects.select_for_update().filter(imports_visible_to(actor), pk=batch_id).first()
    if batch is None:
        raise NotFound
    if batch.state != Batch.State.DONE:
        raise RuleBroken("import.not_done", _("Only a finished import can be taken back."))
    origins = list(Origin.objects.filter(batch=batch).order_by("-id"))
    _refuse_edited(origins)
    for code in sorted({origin.record_type for origin in origins}, key=lambda c: -record_type(c).rank):
        _take_back_type(actor, code, [origin for origin in origins if origin.record_type == code])
    # What was changed is still known as the ledger's, but by no content: the next import changes it again.
    Origin.objects.filter(batch=batch, before__isnull=True).delete()
    Origin.objects.filter(batch=batch).update(content=b"", before=None)
    batch.state = Batch.State.TAKEN_BACK
    batch.save(update_fields=["state"])
    journal.write(
        actor,
        "import.take_back",
        ("import", batch.pk),
        facts={"file": batch.file},
        count=max(1, len(origins)),
    )
    return batch


def _refuse_edited(origins: list[Origin]) -> None:
    for code in {origin.record_type for origin in origins}:
        ids = {origin.record_id: origin.entry or 0 for origin in origins if origin.record_type == code}
        edits = Entry.objects.filter(subject_type=code, subject_id__in=list(ids)).values_list("subject_id", "id")
        for subject_id, entry in edits:
            if subject_id is not None and entry > ids[subject_id]:
                raise RuleBroken("import.edited_since", _("Row %(id)s was edited after the import."), id=subject_id)

    _refuse_corrected(origins)


def _refuse_corrected(origins: list[Origin]) -> None:
    """Refuse where a related record that the import corrected was changed by hand since."""
    for origin in origins:
        for subject_type, subject_id in keeping.corrected(origin.before or {}):
            edits = Entry.objects.filter(subject_type=subject_type, subject_id=subject_id, pk__gt=origin.entry or 0)
            if edits.exists():
                raise RuleBroken("import.edited_since", _("Row %(id)s was edited after the import."), id=subject_id)


@transaction.atomic
def kept_forget(*, relation: str, subject_id: int) -> None:
    """Destroy what imports keep of a related record that is forgotten; part of the operation that forgets it."""
    name = f"{keeping.BESIDE}{relation}"
    rows = Origin.objects.select_for_update().filter(before__contains={name: {"id": subject_id}})
    for origin in rows:
        origin.before = {key: value for key, value in (origin.before or {}).items() if key != name}
        origin.save(update_fields=["before"])


def _take_back_type(actor: Actor, code: str, origins: list[Origin]) -> None:
    kind = record_type(code)
    made = [origin.record_id for origin in origins if origin.before is None]
    # What one part of the import made and another changed goes as a whole.
    kept = {origin.record_id: origin.before for origin in origins if origin.before is not None}
    changed = {pk: before for pk, before in kept.items() if pk not in set(made)}
    try:
        if kind.remove and made:
            kind.remove(actor=actor, ids=made)
        else:
            kind.rows().filter(pk__in=made).delete()
    except ProtectedError as error:
        raise RuleBroken(
            "import.depended_on",
            _("%(count)s later records depend on rows of this import; remove them first."),
            count=len(error.protected_objects),
        ) from error
    keeping.restore(actor, kind, changed)
