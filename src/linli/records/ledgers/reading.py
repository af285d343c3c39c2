"""Opening a ledger's file: workbooks and CSV in the encodings offices use, with the sheet's own row numbers.

Files that are not what they say, or that would fill the memory, are refused before they are read.
"""

import csv
import io
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from linli.core.errors import InvalidInput

UNPACKED_LIMIT = 400 * 1024 * 1024
FILE_LIMIT = 200 * 1024 * 1024
RATIO_LIMIT = 250
ROW_LIMIT = 1_048_576
ENCODINGS = ("utf-8-sig", "gb18030")
MAGIC = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
}


@dataclass(slots=True)
class Sheet:
    """A sheet as it was: its name, its rows with the sheet's own numbers from 1, and vertical merges."""

    name: str
    rows: list[tuple[int, list[Any]]]
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bool = False


def read_file(path: Path, name: str = "") -> list[Sheet]:
    """Every sheet of a workbook, or the one table of a CSV file.

    Raises InvalidInput: file.missing, file.empty, file.too_large, file.not_a_workbook, file.encoding, file.password.
    """
    name = name or path.name
    if not path.is_file():
        raise InvalidInput("file.missing", _("There is no file %(name)s."), name=name)
    size = path.stat().st_size
    if size == 0:
        raise InvalidInput("file.empty", _("%(name)s is empty."), name=name)
    if size > FILE_LIMIT:
        raise InvalidInput(
            "file.too_large", _("%(name)s is larger than %(limit)s MB."), name=name, limit=FILE_LIMIT >> 20
        )
    with path.open("rb") as stream:
        head = stream.read(8)
    suffix = path.suffix.lower()
    if head[:2] == b"PK" or head[:4] == b"\xd0\xcf\x11\xe0":
        return _workbook(path, name)
    foreign = next((kind for magic, kind in MAGIC.items() if head.startswith(magic)), None)
    if foreign or suffix in {".xlsx", ".xls"} or head.lstrip()[:1] == b"<":
        raise InvalidInput(
            "file.not_a_workbook",
            _("%(name)s is not a workbook or CSV file%(kind)s; save it as .xlsx or .csv and send it again."),
            name=name,
            kind=f" ({foreign})" if foreign else "",
        )
    return [_csv(path, name)]


def _workbook(path: Path, name: str) -> list[Sheet]:
    if path.open("rb").read(2) == b"PK":
        _refuse_bomb(path, name)
    try:
        with CalamineWorkbook.from_path(str(path)) as book:
            hidden = {item.name for item in book.sheets_metadata if item.visible != SheetVisibleEnum.Visible}
            return [_sheet(book, sheet, sheet in hidden) for sheet in book.sheet_names]
    except PasswordError as error:
        raise InvalidInput("file.password", _("%(name)s has a password; save it without one."), name=name) from error
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError) as error:
        raise InvalidInput(
            "file.not_a_workbook",
            _("%(name)s cannot be opened as a workbook: %(reason)s"),
            name=name,
            reason=str(error),
        ) from error


def _refuse_bomb(path: Path, name: str) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(item.file_size for item in archive.infolist())
            packed = sum(item.compress_size for item in archive.infolist()) or 1
    except zipfile.BadZipFile as error:
        raise InvalidInput("file.not_a_workbook", _("%(name)s is damaged."), name=name) from error
    if unpacked > UNPACKED_LIMIT or (unpacked > 50 * 1024 * 1024 and unpacked / packed > RATIO_LIMIT):
        raise InvalidInput(
            "file.too_large",
            _("%(name)s unpacks to %(size)s MB; split it into smaller workbooks."),
            name=name,
            size=unpacked >> 20,
        )


def _sheet(book: CalamineWorkbook, name: str, hidden: bool) -> Sheet:
    sheet = book.get_sheet_by_name(name)
    start = sheet.start or (0, 0)
    cells = sheet.to_python(skip_empty_area=True)
    pad = [None] * start[1]
    rows = [(start[0] + number, [*pad, *row]) for number, row in enumerate(cells, start=1)]
    merges = [(first[0] + 1, first[1], last[0] + 1, last[1]) for first, last in (sheet.merged_cell_ranges or [])]
    return Sheet(name, rows, merges, hidden)


def _csv(path: Path, name: str) -> Sheet:
    content = path.read_bytes()
    text = _decode(content, name)
    if "\x00" in text[:4096]:
        raise InvalidInput("file.not_a_workbook", _("%(name)s is not a table of text."), name=name)
    csv.field_size_limit(10_000_000)
    sample = text[:8192]
    delimiter = max(",;\t", key=sample.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[tuple[int, list[Any]]] = []
    line = 1
    try:
        for row in reader:
            rows.append((line, list(row)))
            line = reader.line_num + 1
    except csv.Error as error:
        raise InvalidInput(
            "file.not_a_workbook",
            _("%(name)s breaks off in line %(line)s: %(reason)s"),
            name=name,
            line=line,
            reason=str(error),
        ) from error
    return Sheet("", rows)


def _decode(content: bytes, name: str) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16")
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InvalidInput("file.encoding", _("%(name)s is neither UTF-8 nor GB18030; save it as CSV UTF-8."), name=name)
