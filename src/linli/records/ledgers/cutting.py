"""The first rows of a large workbook as a workbook of their own, for whoever only wants to see how it begins.

A reader keeps every cell of a sheet in memory, however few are looked at. So the package is copied in pieces, each
sheet up to a number of rows with all that follows its cells (what is merged), and only the words that these rows use.
"""

import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Final

from linli.records.ledgers.packages import pieces_of

WORDS: Final = "sharedstrings.xml"
# How far back a cell may have begun of which a piece only has the end.
LONGEST: Final = 500
TEXTS: Final = (".xml", ".rels")
# A cell that holds a word by its number in the list of words.
WORD: Final = re.compile(rb"""<(?:\w+:)?c\s[^<>]*?\bt\s*=\s*["']s["'][^<>]*+>\s*<(?:\w+:)?v>(\d{1,9})<""")


@dataclass(slots=True)
class Cut:
    """A workbook's first rows: where they lie, and the parts of the sheets that go on beyond them."""

    path: Path
    beyond: set[str] = field(default_factory=set)


@contextmanager
def first_rows(path: Path, name: str, sheets: Iterable[str], most: int) -> Iterator[Cut]:
    """The first rows of each sheet, as long as the block lasts; `sheets` are the parts that hold one."""
    wanted = set(sheets)
    with tempfile.TemporaryDirectory(prefix="linli-") as folder, zipfile.ZipFile(path) as whole:
        cut, words = Cut(Path(folder) / "first.xlsx"), 1
        parts = [item for item in whole.infolist() if item.filename in wanted or _is_text(item.filename)]
        # The words come last: which are needed the sheets say.
        parts.sort(key=lambda item: item.filename.lower().endswith(WORDS))
        with zipfile.ZipFile(cut.path, "w") as small:
            for part in parts:
                pieces: Iterator[bytes] = (piece for _size, piece, _torn in pieces_of(path, part, name))
                if part.filename in wanted:
                    pieces = _until(pieces, b"row", b"sheetData", most, cut.beyond, part.filename)
                elif part.filename.lower().endswith(WORDS):
                    pieces = _until(pieces, b"si", b"sst", words, set(), part.filename)
                before = b""
                with small.open(part.filename, "w") as stream:
                    for piece in pieces:
                        stream.write(piece)
                        words = max(words, *(int(number) + 1 for number in WORD.findall(before + piece)), 1)
                        before = piece[-LONGEST:]
        yield cut


def _is_text(name: str) -> bool:
    return name.lower().endswith(TEXTS)


def _until(
    pieces: Iterator[bytes], item: bytes, around: bytes, most: int, beyond: set[str], part: str
) -> Iterator[bytes]:
    """A part with no more than so many items, and all that stands behind what is around them.

    Pieces end before a tag begins, so that no tag is in two of them.
    """
    ends = re.compile(rb"</(?:\w+:)?%s\s*>|<(?:\w+:)?%s(?:\s[^<>]*)?/>" % (item, item))
    closes = re.compile(rb"</(?:\w+:)?%s\s*>" % around)
    rest = b""
    for piece in pieces:
        found = list(islice(ends.finditer(piece), most))
        most -= len(found)
        if not most:
            yield piece[: found[-1].end()]
            rest = piece[found[-1].end() :]
            break
        yield piece
    for piece in chain([rest], pieces):
        closing = closes.search(piece)
        if ends.search(piece, 0, closing.start() if closing else len(piece)):
            beyond.add(part)
        if closing:
            yield piece[closing.start() :]
            break
    yield from pieces
