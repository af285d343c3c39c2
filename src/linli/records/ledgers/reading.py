"""Opening a ledger's file, whatever it is called: what it is shows in its first bytes.

Workbooks are read in workbooks.py, text in delimited.py. Files that are something else are refused here.
"""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from linli.core.errors import InvalidInput
from linli.records.ledgers import delimited, workbooks
from linli.records.ledgers.sheets import Sheet

__all__ = ["FILE_LIMIT", "Sheet", "read_file"]

FILE_LIMIT = 200 * 1024 * 1024
WORKBOOKS = {".xlsx", ".xlsm", ".xls", ".et", ".ods", ".xlsb"}
ZIP = b"PK"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FOREIGN = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"RIFF": "WebP",
    b"BM": "BMP",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
    b"\x1f\x8b": "gzip",
    b"{\\rtf": "RTF",
    b"SQLite format": "SQLite",
}


def read_file(path: Path, name: str = "", most: int = 0) -> list[Sheet]:
    """Every sheet of a workbook, hidden ones too, or the one table of a CSV file.

    `name` is what the office called the file, where it is kept under another name. Where the first `most` rows are
    enough, the rest of a large file may stay unread; its sheets say so.
    Raises InvalidInput: file.missing, file.empty, file.too_large, file.not_a_workbook, file.encoding,
    file.password, file.quotation.
    """
    name = name or path.name
    if not path.is_file():
        raise InvalidInput("file.missing", _("There is no file %(name)s."), name=name)
    size = path.stat().st_size
    if size > FILE_LIMIT:
        limit = FILE_LIMIT >> 20
        raise InvalidInput("file.too_large", _("%(name)s is larger than %(limit)s MB."), name=name, limit=limit)
    with path.open("rb") as stream:
        head = stream.read(1024)
    if head.startswith((ZIP, COMPOUND)):
        return workbooks.read(path, name, most)
    _refuse_foreign(head, name)
    sheet = delimited.read(path, name, most)
    if not sheet.rows:
        raise InvalidInput("file.empty", _("%(name)s is empty."), name=name)
    return [sheet]


def _refuse_foreign(head: bytes, name: str) -> None:
    """Refuse what is neither a workbook nor text, web pages that call themselves workbooks above all."""
    kind = next((kind for magic, kind in FOREIGN.items() if head.startswith(magic)), "")
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith((b"<!doctype", b"<html", b"<table", b"<meta", b"<head", b"<style", b"<script")):
        kind = "HTML"
    elif text.startswith((b"<?xml", b"mime-version:")):
        kind = "XML"
    if kind:
        raise InvalidInput(
            "file.not_a_workbook",
            _("%(name)s is really a file of another kind (%(kind)s); save it as .xlsx or .csv and send it again."),
            name=name,
            kind=kind,
        )
    if head and Path(name).suffix.lower() in WORKBOOKS:
        raise InvalidInput(
            "file.not_a_workbook",
            _("%(name)s is damaged or no workbook; open it, save it as .xlsx and send it again."),
            name=name,
        )
