"""Handing files in through the browser: kept first, then checked or imported by the worker, at last swept away."""

import json
import re
import shutil
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from linli.core import clock, journal
from linli.core.actors import Actor, actor_with
from linli.core.errors import DomainError, InvalidInput, NotAllowed, NotFound, RuleBroken
from linli.records.ledgers.reading import FILE_LIMIT
from linli.records.models import Upload
from linli.records.operations.imports import SUFFIXES, files_import
from linli.records.policies import imports_visible_to

KEPT: Final = timedelta(days=7)
NAME_LIMIT: Final = 60
STATE: Final = Upload.State


def folder_of(upload: Upload) -> Path:
    """Where the files of an upload lie until they are imported."""
    return Path(settings.DATA) / "uploads" / str(upload.pk)


def path_of(upload: Upload, position: int) -> Path:
    """The path of one of the upload's files. Raises: not_found, upload.gone."""
    if not 0 <= position < len(upload.files):
        raise NotFound
    path = folder_of(upload) / upload.files[position]
    if not path.is_file():
        raise RuleBroken("upload.gone", _("The files are no longer here; hand them in again."))
    return path


@transaction.atomic
def upload_keep(*, actor: Actor, files: Iterable["UploadedFile[Any]"], as_of: date) -> Upload:
    """Keep the files under names of their own. Nothing is imported yet.

    Raises: import.not_allowed, import.no_files, import.type, file.too_large.
    """
    _require(actor)
    handed = list(files)
    if not handed:
        raise InvalidInput("import.no_files", _("Choose at least one file."))
    names: list[str] = []
    for file in handed:
        _refuse(file)
        names.append(_free(_plain(file.name or "file"), names))
    upload = Upload.objects.create(
        actor=actor.key, label=actor.label[:120], created=clock.now(), as_of=as_of, files=names
    )
    folder = folder_of(upload)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for file, name in zip(handed, names, strict=True):
        with (folder / name).open("wb") as stream:
            for chunk in file.chunks():
                stream.write(chunk)
    journal.write(actor, "import.hand_in", ("upload", upload.pk), facts={"files": names})
    return upload


def _refuse(file: "UploadedFile[Any]") -> None:
    name = file.name or ""
    if Path(name).suffix.lower() not in SUFFIXES:
        known = " ".join(sorted(SUFFIXES))
        raise InvalidInput("import.type", _("“%(name)s” is none of these: %(known)s."), name=name, known=known)
    if (file.size or 0) > FILE_LIMIT:
        limit = FILE_LIMIT >> 20
        raise InvalidInput("file.too_large", _("%(name)s is larger than %(limit)s MB."), name=name, limit=limit)


def _plain(name: str) -> str:
    """The office's own name for the file, without what a file system minds; maps may look at it."""
    stem, suffix = Path(name).stem, Path(name).suffix.lower()
    return (re.sub(r"[\x00-\x1f\x7f/\\]", "", stem).lstrip(".~$ ")[:NAME_LIMIT] or "file") + suffix


def _free(name: str, taken: list[str]) -> str:
    """The name, numbered where another file of the upload has it already."""
    path, number = Path(name), 1
    while name in taken:
        number += 1
        name = f"{path.stem} {number}{path.suffix}"
    return name


@transaction.atomic
def upload_start(*, actor: Actor, upload_id: int, dry: bool = False) -> Upload:
    """Let the worker import the files, or with `dry` check every row of them without writing.

    Raises: import.not_allowed, not_found, upload.gone, upload.busy.
    """
    _require(actor)
    upload = Upload.objects.select_for_update().filter(imports_visible_to(actor), pk=upload_id).first()
    if upload is None:
        raise NotFound
    if upload.state != STATE.WAITING:
        raise RuleBroken("upload.busy", _("These files are being worked on or were imported already."))
    path_of(upload, 0)
    upload.state = STATE.CHECKING if dry else STATE.RUNNING
    upload.actor, upload.fault, upload.checked = actor.key, "", []
    upload.save()
    language = translation.get_language() or ""
    app.configure_task("records.upload").defer(upload_id=upload.pk, dry=dry, language=language)
    return upload


def upload_run(*, upload_id: int, dry: bool, language: str = "") -> None:
    """What the worker does: import or check, as whoever asked for it. Doing it twice changes nothing."""
    upload = Upload.objects.filter(pk=upload_id, state=STATE.CHECKING if dry else STATE.RUNNING).first()
    if upload is None:
        return
    try:
        with translation.override(language or settings.LANGUAGE_CODE):
            actor = actor_with(upload.actor)
            reports = files_import(
                actor=actor, paths=[folder_of(upload)], as_of=upload.as_of, dry=dry, upload_id=upload.pk
            )
            if dry:
                upload.checked = json.loads(json.dumps([report.as_dict() for report in reports], default=str))
    except DomainError as error:
        upload.fault = error.sentence
    except Exception:
        upload.fault = str(_("The import broke off; what had landed stays. Hand the files in again."))
        _settle(upload, dry)
        raise
    _settle(upload, dry)


def _settle(upload: Upload, dry: bool) -> None:
    upload.state = STATE.WAITING if dry else STATE.FAILED if upload.fault else STATE.DONE
    upload.finished = clock.now()
    upload.save()
    if upload.state == STATE.DONE:
        shutil.rmtree(folder_of(upload), ignore_errors=True)


@transaction.atomic
def upload_discard(*, actor: Actor, upload_id: int) -> None:
    """Throw files away that are not to be imported. Raises: import.not_allowed, not_found, upload.busy."""
    _require(actor)
    upload = Upload.objects.select_for_update().filter(imports_visible_to(actor), pk=upload_id).first()
    if upload is None:
        raise NotFound
    if upload.state in (STATE.CHECKING, STATE.RUNNING, STATE.DONE):
        raise RuleBroken("upload.busy", _("These files are being worked on or were imported already."))
    journal.write(actor, "import.discard", ("upload", upload.pk), facts={"files": upload.files})
    folder = folder_of(upload)
    upload.delete()
    transaction.on_commit(lambda: shutil.rmtree(folder, ignore_errors=True))


def uploads_sweep() -> int:
    """Throw away the files of uploads that nobody has imported for a week; returns how many."""
    old = Upload.objects.filter(created__lt=clock.now() - KEPT, state__in=[STATE.WAITING, STATE.FAILED])
    gone = list(old)
    for upload in gone:
        shutil.rmtree(folder_of(upload), ignore_errors=True)
    old.delete()
    return len(gone)


def _require(actor: Actor) -> None:
    if not (actor.key == "system" or actor.can("imports.run")):
        raise NotAllowed("import.not_allowed", _("Importing needs a post that may run imports."))
