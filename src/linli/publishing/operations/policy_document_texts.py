"""What the files of policy documents say, for the search: Word and Excel. Nothing of one that cannot be read."""

import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from linli.core import files
from linli.core.errors import InvalidInput
from linli.publishing.operations.policy_documents import SEARCHED
from linli.records.ledgers import workbooks

# A text that is longer makes the search no better.
READ: Final = 200_000
ROWS: Final = 2000


def text_of(stored: files.StoredFile) -> str:
    """The text of a stored file, where it is of a kind that is read."""
    readers = {files.DOCX: _paragraphs, files.XLSX: _cells}
    reader = readers.get(stored.media_type)
    return _joined(reader(files.path_of(stored.sha256))) if reader else ""


def _joined(lines: Iterable[str]) -> str:
    parts: list[str] = []
    length = 0
    for line in lines:
        parts.append(line)
        length += len(line)
        if length > READ:
            break
    return "\n".join(parts).replace("\x00", "")[:SEARCHED]


def _paragraphs(path: Path) -> Iterator[str]:
    try:
        body = Document(str(path)).element.body
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError):
        return
    for paragraph in body.iter(qn("w:p")):
        yield "".join(node.text or "" for node in paragraph.iter(qn("w:t")))


def _cells(path: Path) -> Iterator[str]:
    """The name of each sheet and its rows; a number says nothing that one would search for."""
    try:
        sheets = workbooks.read(path, path.name, ROWS)
    except InvalidInput:
        return
    for sheet in sheets:
        yield sheet.name
        for _number, row in sheet.rows[:ROWS]:
            yield " ".join(cell for cell in row if isinstance(cell, str) and cell)
