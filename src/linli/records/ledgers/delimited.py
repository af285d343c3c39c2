"""Tables as text: CSV in the encodings and with the separators that offices use.

A row's number is the physical line on which it begins, for that is what an editor shows.
"""

import codecs
import csv
import io
import re
from collections import Counter
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.core.errors import InvalidInput
from linli.records.ledgers.sheets import Sheet

ROW_LIMIT = 1_048_576
SAMPLE = 64 * 1024
# From what size on the first rows are enough for a look, and where these are sought.
LARGE = 20 * 1024 * 1024
BEGIN = 8 * 1024 * 1024
SEPARATORS = ",;\t|"
MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
ANNOUNCED = re.compile(r"^\"?sep=(.)\"?\r?\n", re.IGNORECASE)
CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f]")


def read(path: Path, name: str, most: int = 0) -> Sheet:
    """The one table of a text file; of a large one no more than its first `most` rows, where that is enough.

    Raises InvalidInput: file.encoding, file.not_a_workbook, file.quotation, file.too_large.
    """
    beyond = bool(most) and path.stat().st_size > LARGE
    text = _begin(path, name) if beyond else decode(path.read_bytes(), name)
    if CONTROL.search(text, 0, SAMPLE):
        raise InvalidInput("file.not_a_workbook", _("%(name)s is not a table of text."), name=name)
    announced = ANNOUNCED.match(text)
    separator = announced[1] if announced else separator_of(text[:SAMPLE])
    rows = _rows(text, separator, name, most if beyond else 0)
    return Sheet("", rows[1:] if announced else rows, beyond=beyond)


def _begin(path: Path, name: str) -> str:
    """The text at the beginning of a file; its last line is not whole."""
    with path.open("rb") as stream:
        return decode(stream.read(BEGIN), name, whole=False)


def decode(content: bytes, name: str, *, whole: bool = True) -> str:
    """The text of a file, without guessing: an encoding fits wholly or not at all.

    Where the content is not the whole file, it may end within a character.
    Raises InvalidInput: file.encoding.
    """
    encoding = next((encoding for mark, encoding in MARKS if content.startswith(mark)), "") or _wide(content)
    for candidate in (encoding,) if encoding else ("utf-8", "gb18030"):
        try:
            return codecs.getincrementaldecoder(candidate)().decode(content, whole).replace("\x00", "")
        except UnicodeDecodeError as error:
            # Most bytes of UTF-8 also make sense as GB18030, as other characters: a broken file must not become those.
            if candidate != "utf-8" or _mostly_utf8(content):
                raise _unreadable(name, content, error) from error
    raise AssertionError("the last encoding either fits or raises")


def _wide(content: bytes) -> str:
    """UTF-16 without its mark: every second byte of the plain characters is zero."""
    sample = content[:SAMPLE]
    zeros = (sample[0::2].count(0), sample[1::2].count(0))
    if max(zeros) * 8 < len(sample) // 2 or not sample:
        return ""
    return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"


def _mostly_utf8(content: bytes) -> bool:
    sample = content[: 1 << 20].decode("utf-8", "replace")
    broken = sample.count("\ufffd")
    foreign = len(sample) - len(sample.encode("ascii", "ignore"))
    return broken * 10 <= foreign


def _unreadable(name: str, content: bytes, error: UnicodeDecodeError) -> InvalidInput:
    return InvalidInput(
        "file.encoding",
        _("%(name)s is neither UTF-8 nor GB18030 (line %(line)s); save it as CSV UTF-8."),
        name=name,
        line=content.count(b"\n", 0, error.start) + 1,
    )


def separator_of(sample: str) -> str:
    """The separator that cuts most lines into the same number of parts; a comma where none does."""
    best = (0, 0)
    chosen = ","
    for separator in SEPARATORS:
        lines = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
        widths = Counter(len(line) for line, _count in zip(lines, range(200), strict=False) if len(line) > 1)
        if widths:
            width, lines_of_it = max(widths.items(), key=lambda pair: (pair[1], pair[0]))
            if (lines_of_it, width) > best:
                best, chosen = (lines_of_it, width), separator
    return chosen


def _rows(text: str, separator: str, name: str, most: int = 0) -> list[tuple[int, list[Any]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows: list[tuple[int, list[Any]]] = []
    line = 1
    try:
        for row in reader:
            rows.append((line, row))
            line = reader.line_num + 1
            if len(rows) == most:
                return rows
            if len(rows) > ROW_LIMIT:
                raise InvalidInput(
                    "file.too_large", _("%(name)s has more than %(limit)s rows."), name=name, limit=ROW_LIMIT
                )
    except csv.Error as error:
        raise _open_quotation(name, line) from error
    if most:
        # The text was cut within the last row.
        return rows[:-1]
    if rows and reader.line_num > rows[-1][0]:
        _refuse_open_quotation(text, separator, rows[-1][0], name)
    while rows and not any(rows[-1][1]):
        rows.pop()
    return rows


def _refuse_open_quotation(text: str, separator: str, line: int, name: str) -> None:
    """A quotation that the end of the file cuts off has swallowed every row below it."""
    last = "".join(io.StringIO(text, newline="").readlines()[line - 1 :])
    try:
        for _row in csv.reader(io.StringIO(last, newline=""), delimiter=separator, strict=True):
            pass
    except csv.Error as error:
        if "end of data" in str(error):
            raise _open_quotation(name, line) from error


def _open_quotation(name: str, line: int) -> InvalidInput:
    return InvalidInput(
        "file.quotation",
        _("%(name)s: a quotation mark that opens in line %(line)s is never closed."),
        name=name,
        line=line,
    )
