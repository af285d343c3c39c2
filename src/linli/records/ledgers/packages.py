"""What a workbook's package holds before it is read: true sizes, how far each sheet reaches, cells with errors.

Sizes in a package are only what it says of itself, and one value in the last cell of a sheet makes a reader
fill the whole memory. So each part is unpacked once, in pieces that are thrown away, and looked at.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext_lazy as _

from linli.core.errors import InvalidInput

UNPACKED_LIMIT = 300 * 1024 * 1024
RATIO_LIMIT = 200
SMALL = 20 * 1024 * 1024
INDEX_LIMIT = 4 * 1024 * 1024
CELL_LIMIT = 40_000_000
ROW_LIMIT = 1_048_576
COLUMN_LIMIT = 16_384
PIECE = 1 << 18
# A sheet is known by what it holds: a package may keep it under any name, and its reader goes by the index.
WORKSHEET = b"sheetData"
# Where a cell lies that is not empty: one whose tag closes itself holds nothing, however far out it is.
WIDE = re.compile(
    rb"""\br\s*=\s*["']([A-Za-z]{2,})\d+["']"""
    rb"""(?!(?:\s+[\w:.-]{1,40}\s*=\s*(?:"[^"<>]{0,99}"|'[^'<>]{0,99}')){0,9}\s*/>)"""
)
TALL = re.compile(rb"""\br\s*=\s*["'][A-Za-z]{0,9}(\d{7,})["']""")
ROW = re.compile(rb"""\br\s*=\s*["'][A-Za-z]{0,9}(\d+)["']""")
FAULTY = re.compile(rb"""<(?:\w+:)?c\s(?>[^<>]*?\bt\s*=\s*["']e["'])[^<>]*+>""")
PLACE = re.compile(rb"""\br\s*=\s*["']([A-Z]{1,3})(\d{1,7})["']""")
ERROR = re.compile(rb"""<(?:\w+:)?v>(#[^<]{1,20})</""")
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(slots=True)
class Package:
    """The error cells of each sheet, by name: (row from 1, column from 0) -> the error as shown.

    `parts` are the parts that hold a sheet, `sheets` the part of each sheet by its name, `size` what all unpacks to.
    """

    errors: dict[str, dict[tuple[int, int], str]] = field(default_factory=dict)
    parts: frozenset[str] = frozenset()
    sheets: dict[str, str] = field(default_factory=dict)
    size: int = 0


def inspect(path: Path, name: str) -> Package:
    """Look through a workbook's package without reading its sheets.

    Raises InvalidInput: file.too_large, file.not_a_workbook.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _Inspection(archive, path, name).run()
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError) as error:
        raise InvalidInput("file.not_a_workbook", _("%(name)s is damaged."), name=name) from error


class _Inspection:
    def __init__(self, archive: zipfile.ZipFile, path: Path, name: str) -> None:
        self.archive = archive
        self.path = path
        self.name = name
        self.unpacked = 0
        self.holding: set[str] = set()

    def run(self) -> Package:
        parts = [part for part in self.archive.infolist() if not part.is_dir()]
        names = {part.filename for part in parts}
        self._refuse_foreign(names)
        # Photos shrink little, and may be large beside what they were; but what calls itself one may be a sheet.
        self._refuse_declared([part for part in parts if part.filename.lower().endswith((".xml", ".rels", ".vml"))])
        found = {part.filename: self._look(part) for part in parts}
        sheets = self._sheets() if "xl/workbook.xml" in names else {}
        errors = {sheet: found[part] for sheet, part in sheets.items() if found.get(part)}
        return Package(errors, frozenset(self.holding), sheets, self.unpacked)

    def _refuse_foreign(self, names: set[str]) -> None:
        if "xl/workbook.xml" not in names and "content.xml" not in names:
            kind = (
                "Word" if any(n.startswith("word/") for n in names) else "xlsb" if "xl/workbook.bin" in names else "zip"
            )
            raise InvalidInput(
                "file.not_a_workbook",
                _("%(name)s is really a file of another kind (%(kind)s); save it as .xlsx or .csv and send it again."),
                name=self.name,
                kind=kind,
            )

    def _refuse_declared(self, parts: list[zipfile.ZipInfo]) -> None:
        packed = sum(part.compress_size for part in parts) or 1
        unpacked = sum(part.file_size for part in parts)
        if unpacked > UNPACKED_LIMIT or (unpacked > SMALL and unpacked > packed * RATIO_LIMIT):
            raise self._too_large(unpacked)

    def _too_large(self, unpacked: int) -> InvalidInput:
        return InvalidInput(
            "file.too_large",
            _("%(name)s unpacks to %(size)s MB or more; split it into smaller workbooks."),
            name=self.name,
            size=unpacked >> 20,
        )

    def _look(self, part: zipfile.ZipInfo) -> dict[tuple[int, int], str]:
        """Unpack one part, minding the true size; of a worksheet, its reach and its error cells."""
        errors: dict[tuple[int, int], str] = {}
        is_sheet, width, before = False, 26, b""
        for size, piece, torn in pieces_of(self.path, part, self.name):
            self.unpacked += size
            if self.unpacked > UNPACKED_LIMIT:
                raise self._too_large(self.unpacked)
            is_sheet = is_sheet or WORKSHEET in before + piece
            before = piece[-len(WORKSHEET) :]
            if is_sheet:
                if torn:
                    raise NotImplementedError
                width = max(width, self._reach(piece))
                _collect_errors(piece, errors)
        if is_sheet:
            self.holding.add(part.filename)
        if is_sheet and width * ROW_LIMIT > CELL_LIMIT:
            self._refuse_area(part, width)
        return errors

    def _reach(self, piece: bytes) -> int:
        if any(int(match[1]) > ROW_LIMIT for match in TALL.finditer(piece)):
            raise self._too_wide("-")
        letters = {match[1] for match in WIDE.finditer(piece)}
        width = max((column_of(found) + 1 for found in letters), default=0)
        if width > COLUMN_LIMIT:
            raise self._too_wide("-")
        return width

    def _refuse_area(self, part: zipfile.ZipInfo, width: int) -> None:
        height = max(
            (
                int(found)
                for _size, piece, _torn in pieces_of(self.path, part, self.name)
                for found in ROW.findall(piece)
            ),
            default=0,
        )
        if width * height > CELL_LIMIT:
            raise self._too_wide(letters_of(width - 1))

    def _too_wide(self, column: str) -> InvalidInput:
        return InvalidInput(
            "file.too_large",
            _("%(name)s reaches to column %(column)s: delete what is empty around the table."),
            name=self.name,
            column=column,
        )

    def _sheets(self) -> dict[str, str]:
        """The part of each sheet, by the sheet's name."""
        try:
            targets = {
                item.get("Id"): _absolute(item.get("Target") or "")
                for item in self._index("xl/_rels/workbook.xml.rels")
            }
            return {
                item.get("name") or "": targets.get(item.get(RELATION), "")
                for item in self._index("xl/workbook.xml").iter()
                if item.tag.rpartition("}")[2] == "sheet"
            }
        except (KeyError, ParseError, DefusedXmlException, ValueError):
            # Only the text of error cells hangs on this; whether the workbook can be read, its reader will say.
            return {}

    def _index(self, part: str) -> Element:
        with self.archive.open(part) as stream:
            root: Element = fromstring(stream.read(INDEX_LIMIT))
            return root


def pieces_of(path: Path, part: zipfile.ZipInfo, name: str) -> Iterator[tuple[int, bytes, bool]]:
    """A part in pieces that end before a tag begins, each with the number of bytes newly unpacked.

    Only where no tag begins for very long is one torn, which no sheet that somebody wrote needs.
    """
    rest = b""
    for fresh in _unpack(path, part, name):
        piece = rest + fresh
        cut = piece.rfind(b"<")
        torn = cut < 0 or (cut == 0 and len(piece) > PIECE)
        cut = len(piece) if torn else cut
        rest = piece[cut:]
        yield len(fresh), piece[:cut], torn
    yield 0, rest, False


def _unpack(path: Path, part: zipfile.ZipInfo, name: str) -> Iterator[bytes]:
    if part.flag_bits & 0x1:
        raise InvalidInput("file.password", _("%(name)s has a password; save it without one."), name=name)
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise NotImplementedError
    with path.open("rb") as stream:
        stream.seek(part.header_offset)
        header = stream.read(30)
        if len(header) < 30:
            raise EOFError
        stream.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), 1)
        left = part.compress_size
        deflated = part.compress_type == zipfile.ZIP_DEFLATED
        inflate = zlib.decompressobj(-15)
        while left > 0 and (packed := stream.read(min(left, PIECE))):
            left -= len(packed)
            if not deflated:
                yield packed
            while deflated and packed and not inflate.eof:
                yield inflate.decompress(packed, PIECE * 4)
                packed = inflate.unconsumed_tail


def _absolute(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)


def _collect_errors(piece: bytes, errors: dict[tuple[int, int], str]) -> None:
    if b'"e"' not in piece and b"'e'" not in piece:
        return
    for match in FAULTY.finditer(piece):
        place = PLACE.search(match[0])
        shown = ERROR.search(piece, match.end(), match.end() + 10_000)
        if place and shown and piece.find(b"</c>", match.end(), shown.start()) < 0:
            errors[(int(place[2]), column_of(place[1]))] = shown[1].decode("ascii", "replace")


def column_of(letters: bytes) -> int:
    """The number of a column, from 0, by its letters."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number - 1


def letters_of(column: int) -> str:
    """The letters of a column by its number from 0."""
    letters = ""
    column += 1
    while column:
        column, digit = divmod(column - 1, 26)
        letters = chr(65 + digit) + letters
    return letters
