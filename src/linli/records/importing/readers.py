"""Files that are not ledgers: division codes, boundaries. Higher floors register who reads them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from linli.core.actors import Actor
from linli.records.importing.report import FileReport


@dataclass(frozen=True, slots=True)
class FileReader:
    """Reads one kind of file. `rank` is its place in the order of an import (record types begin at 10).

    `check` looks at what all files of the kind have brought, once they have landed, and warns in their reports.
    """

    name: str
    rank: int
    matches: Callable[[Path], bool]
    land: Callable[[Actor, Path, date, bool], FileReport]
    check: Callable[[Sequence[FileReport], bool], None] | None = None


_readers: list[FileReader] = []


def register_reader(reader: FileReader) -> None:
    """Make a kind of file known."""
    _readers.append(reader)


def reader_of(path: Path) -> FileReader | None:
    """Who reads this file, unless it is a ledger."""
    return next((reader for reader in _readers if reader.matches(path)), None)
