"""A sheet as it was in the file, before anybody looks for a table in it."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Sheet:
    """A sheet: its name, its rows with their own numbers from 1, and its merged ranges.

    A merged range is (first row, first column, last row, last column): rows from 1, columns from 0. A row
    that the file leaves out, because it is empty, may be missing. `beyond` says that more rows follow, unread.
    """

    name: str
    rows: list[tuple[int, list[Any]]]
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bool = False
    beyond: bool = False
