"""What the parsers of cells share: the parsed value, the fault, and a cell as text."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

BLANK_MARKS = frozenset({"/", "\\", "—", "——", "–", "~"})
NO_MARKS: frozenset[str] = frozenset()
OUTER = (
    "".join(char for char in map(chr, range(0x3001)) if char.isspace()) + "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
)
CONTROL = re.compile(r"_x000[dD]_|[\x00-\x08\x0b-\x1f\x7f]")
MINUS = str.maketrans("\u2212\u2012\u2013\u2014\ufe63\uff0d", "------")


class ValueFault(Exception):
    """A cell that cannot be read as what the column holds."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Parsed:
    """A value read from a cell, what was odd about it, and the unit that a number was written with."""

    value: Any
    warnings: tuple[str, ...] = ()
    unit: str = ""


def shown(value: Any) -> str:
    """A cell as the text that a spreadsheet shows: whole numbers without a point, days without their midnight."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() and abs(value) < 1e21 else f"{value:.15g}"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d") if value.time() == time() else value.strftime("%Y-%m-%d %H:%M:%S")
    return value.isoformat() if isinstance(value, date | time) else str(value)


def trimmed(text: str) -> str:
    """A text without white space and invisible characters around it; those inside belong to emoji and scripts."""
    return text.strip(OUTER)


def narrow(value: Any) -> str:
    """A cell as text with full-width characters made narrow, any dash a minus, and outer space gone."""
    return trimmed(unicodedata.normalize("NFKC", CONTROL.sub("", shown(value)))).translate(MINUS)


def is_blank(value: Any, marks: Collection[str] = NO_MARKS) -> bool:
    """Whether a cell holds nothing, or only a mark that stands for nothing."""
    if value is None:
        return True
    if not isinstance(value, str):
        return False
    bare = trimmed(CONTROL.sub("", value))
    return not bare or (len(bare) <= 4 and (bare in marks or unicodedata.normalize("NFKC", bare) in marks))
