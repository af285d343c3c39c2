"""Uploaded files on their way into an import: kept in a folder of their own for as long as it takes."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.text import get_valid_filename
from django.utils.translation import gettext_lazy as _

from linli.core.errors import InvalidInput


@contextmanager
def kept(files: Iterable["UploadedFile[Any]"]) -> Iterator[str]:
    """The files under safe names in a temporary folder."""
    with TemporaryDirectory(prefix="linli-import-") as folder:
        for file in files:
            name = get_valid_filename(Path(file.name or "file").name)
            with (Path(folder) / name).open("wb") as stream:
                for chunk in file.chunks():
                    stream.write(chunk)
        yield folder


def day(text: str) -> date | None:
    """The day that a form names. Raises import.bad_day."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InvalidInput("import.bad_day", _("“%(value)s” is not a date."), value=text) from error
