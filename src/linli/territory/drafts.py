"""Uploaded boundaries between preview and import: kept by their content in the data folder for a day.

What is brought in at last is stored by operations/boundaries.py; nothing here touches the database.
"""

import hashlib
import re
import time
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from linli.core.errors import InvalidInput, NotFound

LIMIT: Final = 60 * 1024 * 1024
DAY: Final = 24 * 3600


def _folder() -> Path:
    folder: Path = Path(settings.DATA) / "drafts"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def keep(file: "UploadedFile[Any]") -> str:
    """Keep an uploaded file and return the key under which it is found again. Raises: file.too_large."""
    if (file.size or 0) > LIMIT:
        raise InvalidInput("file.too_large", _("The file is larger than %(limit)s MB."), limit=LIMIT >> 20)
    _forget_old()
    content = b"".join(file.chunks())
    key = hashlib.sha256(content).hexdigest()
    (_folder() / f"{key}.geojson").write_bytes(content)
    return key


def path_of(key: str) -> Path:
    """Where a kept file lies. Raises: not_found."""
    path = _folder() / f"{key}.geojson"
    if not re.fullmatch(r"[0-9a-f]{64}", key) or not path.is_file():
        raise NotFound
    return path


def forget(key: str) -> None:
    """Remove a kept file once it has been brought in."""
    path_of(key).unlink(missing_ok=True)


def _forget_old() -> None:
    for path in _folder().glob("*.geojson"):
        if path.stat().st_mtime < time.time() - DAY:
            path.unlink(missing_ok=True)
