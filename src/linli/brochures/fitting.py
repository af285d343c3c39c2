"""How many lines a text takes on a page of the size A7, counted as the printed page breaks them.

A sign of Chinese is as wide as high; others are counted a little wider than they are, so that what fits here fits on
paper. No line begins with what closes, or ends with what opens.
"""

import re
import unicodedata
from typing import Final

# Of nine points each on a page 62 millimetres wide between its margins; the printed page has the same sizes.
SIGNS: Final = 19
LINES: Final = 17
NARROW: Final = 0.62
OPENING: Final = "（《〈「『【〔“‘([{"
CLOSING: Final = "，。、；：？！）》〉」』】〕”’…—,.;:?!)]}%"
_PIECES: Final = re.compile(rf"[{re.escape(OPENING)}]*(?:[!-~]+|\s+|.)[{re.escape(CLOSING)}]*", re.DOTALL)


def lines_of(text: str) -> int:
    """How many lines a text takes; a paragraph begins a new one."""
    return sum(_lines(paragraph) for paragraph in text.splitlines())


def over(text: str) -> int:
    """By how many lines a text is too long for its page; nothing where it fits."""
    return max(0, lines_of(text) - LINES)


def _lines(paragraph: str) -> int:
    lines, used = 1, 0.0
    for piece in _PIECES.findall(paragraph):
        wide = sum(_width(sign) for sign in piece)
        if used + wide > SIGNS and not piece.isspace():
            lines, used = lines + (used > 0), 0.0
        # What is longer than a line is broken within.
        while wide > SIGNS:
            lines, wide = lines + 1, wide - SIGNS + 1
        used += wide
    return lines


def _width(sign: str) -> float:
    # Quotation marks and dashes are as wide as signs of Chinese among these.
    return NARROW if unicodedata.east_asian_width(sign) in ("Na", "H", "N") else 1.0
