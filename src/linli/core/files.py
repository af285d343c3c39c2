"""The file store: contents under `LINLI_DATA/files` by their SHA-256, written before the row that names them.

Who may open a file is decided by the policy of what it hangs on. What is done to pictures lives in photos.py.
"""

import codecs
import fcntl
import hashlib
import os
import time
import zipfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import mkstemp
from typing import BinaryIO, Final

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from linli.core import photos
from linli.core.errors import InvalidInput, NotFound

JPEG: Final = "image/jpeg"
PNG: Final = "image/png"
WEBP: Final = "image/webp"
PDF: Final = "application/pdf"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV: Final = "text/csv"
PHOTOS: Final = frozenset({JPEG, PNG, WEBP})
PAPERS: Final = frozenset({PDF, DOCX, XLSX})
LEDGERS: Final = frozenset({XLSX, CSV})

LIMIT: Final = 20 * 1024 * 1024
ORPHAN_AFTER: Final = timedelta(days=1)
_CHUNK: Final = 1 << 20
_HEAD: Final = 8192
# An office file that unpacks to more than this many times its limit was made to hurt.
_UNPACKED: Final = 30
_MAGIC: Final = ((b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG), (b"%PDF-", PDF))
_OFFICE: Final = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A content in the store: its SHA-256 in hex, bytes, and the media type found by looking into it."""

    sha256: str
    size: int
    media_type: str


def store(stream: BinaryIO, limit: int = LIMIT, *, allowed: Collection[str] = PHOTOS | PAPERS) -> StoredFile:
    """Take a content in, durably, and return what the row needs. `limit` is in bytes.

    Its type is found in the bytes, never taken from its name. Photos are written anew: upright, without EXIF
    or anything else that was hidden in them. The same content twice is one file.
    Raises: file.type, file.too_large, file.broken
    """
    draft = _draft()
    try:
        _receive(stream, draft, limit)
        media_type = sniff(draft, limit)
        if media_type not in allowed:
            raise InvalidInput("file.type", _("Files of this type are not accepted."), type=media_type or "unknown")
        if media_type in PHOTOS:
            photos.clean(draft)
        return _keep(draft, media_type)
    finally:
        draft.unlink(missing_ok=True)


def path_of(sha256: str) -> Path:
    """Where the content lies.

    Raises: file.missing
    """
    path = _path(_root(), sha256)
    if not path.is_file():
        raise _missing()
    return path


def thumbnail(sha256: str, pixels: int) -> Path:
    """A small WebP of a photo, at most so many pixels wide and high (see photos.SIDES), made on first use.

    Raises: file.missing, file.broken, file.too_large
    """
    assert pixels in photos.SIDES, "thumbnails come in few sizes"
    source = path_of(sha256)
    target = _path(_root() / "thumbnails", sha256).with_suffix(f".{pixels}.webp")
    if not target.exists():
        draft = _draft()
        try:
            photos.shrink(source, draft, pixels)
            _move(draft, target)
        finally:
            draft.unlink(missing_ok=True)
    return target


def blur(sha256: str, regions: Collection[photos.Region]) -> StoredFile:
    """A new photo in which these regions are unrecognisable for good; the old one stays until it is swept.

    Raises: file.missing, file.region, file.type
    """
    draft = _draft()
    source = path_of(sha256)
    media_type = sniff(source)
    if media_type not in PHOTOS:
        raise InvalidInput("file.type", _("Only photos can be blurred."), type=media_type or "unknown")
    try:
        photos.blur(source, draft, regions)
        return _keep(draft, media_type)
    finally:
        draft.unlink(missing_ok=True)


def intact(sha256: str) -> bool:
    """Whether the content is there and still is what its name says."""
    path = _path(_root(), sha256)
    return path.is_file() and _digest(path) == sha256


def present(sha256: str) -> bool:
    """Whether the content is there; `intact` also reads it."""
    return _path(_root(), sha256).is_file()


def remove(sha256: str) -> None:
    """Remove a content that must not stay, with its thumbnails; no row may name it any more."""
    root = _root()
    _path(root, sha256).unlink(missing_ok=True)
    _remove_thumbnails(root, sha256)


def sweep(known: Collection[str], now: float | None = None, older_than: timedelta = ORPHAN_AFTER) -> list[str]:
    """Remove contents that no row names and that were last stored long ago, with their thumbnails.

    `known` are the hashes of all rows, read before the call; `now` is a time of the file system's own clock,
    which freezing does not hold. Drafts that a crash left behind go too. Returns the hashes removed.
    """
    root, before = _root(), (now or time.time()) - older_than.total_seconds()
    for draft in (root / "drafts").glob("*"):
        if draft.stat().st_mtime < before:
            draft.unlink(missing_ok=True)
    names = set(known)
    removed = []
    for path in sorted(root.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*")):
        if path.name not in names and _remove_older(path, before):
            removed.append(path.name)
            _remove_thumbnails(root, path.name)
    return removed


def _remove_thumbnails(root: Path, sha256: str) -> None:
    for small in _path(root / "thumbnails", sha256).parent.glob(f"{sha256}.*"):
        small.unlink(missing_ok=True)


def sniff(path: Path, limit: int = LIMIT) -> str:
    """The media type by the content's own marks; empty where it is none that Linli knows.

    Raises: file.broken
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    for magic, media_type in _MAGIC:
        if head.startswith(magic):
            return media_type
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head.startswith(b"PK\x03\x04"):
        return _office(path, limit)
    return CSV if _is_text(head) else ""


def _office(path: Path, limit: int) -> str:
    """DOCX or XLSX by the parts in the package; one that carries macros is neither."""
    try:
        with zipfile.ZipFile(path) as package:
            parts = {part.filename: part.file_size for part in package.infolist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise photos.broken() from error
    if sum(parts.values()) > _UNPACKED * limit:
        raise photos.broken()
    if any(name.endswith("vbaProject.bin") for name in parts):
        return ""
    return next((media_type for name, media_type in _OFFICE.items() if name in parts), "")


def _is_text(head: bytes) -> bool:
    """Whether the bytes are text in an encoding that ledgers come in."""
    if not head or b"\0" in head:
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            codecs.getincrementaldecoder(encoding)().decode(head, final=len(head) < _HEAD)
        except UnicodeDecodeError:
            continue
        return True
    return False


def _receive(stream: BinaryIO, draft: Path, limit: int) -> None:
    size = 0
    with draft.open("wb") as file:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > limit:
                message = _("The file is larger than %(megabytes)s MB.")
                raise InvalidInput("file.too_large", message, megabytes=round(limit / 1024 / 1024, 1), limit=limit)
            file.write(chunk)
    if not size:
        raise photos.broken()


def _keep(draft: Path, media_type: str) -> StoredFile:
    sha256 = _digest(draft)
    size = draft.stat().st_size
    _move(draft, _path(_root(), sha256))
    return StoredFile(sha256, size, media_type)


def _move(draft: Path, target: Path) -> None:
    """Make the draft durable under its name; a content already there becomes new again for the sweep."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    with _lock(fcntl.LOCK_SH):
        if target.exists():
            os.utime(target)
            return
        draft.replace(target)
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _remove_older(path: Path, before: float) -> bool:
    # Exclusive, so that nobody stores the same content again between the look and the removal.
    with _lock(fcntl.LOCK_EX):
        if path.stat().st_mtime >= before:
            return False
        path.unlink()
        return True


@contextmanager
def _lock(kind: int) -> Iterator[None]:
    with (_root() / ".lock").open("a") as file:
        fcntl.flock(file, kind)
        yield


def _draft() -> Path:
    folder = _root() / "drafts"
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = mkstemp(dir=folder)
    os.close(handle)
    return Path(name)


def _root() -> Path:
    return Path(settings.DATA) / "files"


def _path(root: Path, sha256: str) -> Path:
    # A hash may come from a URL: anything but 64 hex digits must never become part of a path.
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise _missing()
    return root / sha256[:2] / sha256[2:4] / sha256


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _missing() -> NotFound:
    return NotFound("file.missing", _("The file is not there."))
