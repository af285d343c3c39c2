"""The clauses of a convention as text: taking them apart line by line, numbering them, telling two editions apart.

Pure: no rows, no clock.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

DIGITS: Final = "一二三四五六七八九"
ALIKE: Final = 0.4
_NUMBER: Final = re.compile(
    r"^\s*(?:第\s*[0-9〇零一二三四五六七八九十百]+\s*条|[（(]?[0-9]+[)）.．、](?![0-9])|[（(]?[一二三四五六七八九十]+[)）、.．])\s*[:：、]?\s*"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a clause: `kept`, `gone` or `new`."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """A clause beside the edition before: `same`, `changed`, `new` or `gone`. `number` is that of the new edition."""

    kind: str
    number: int | None
    pieces: tuple[Piece, ...]


def clauses_of(text: str) -> list[str]:
    """The clauses of a text, one a line, without the numbers that they came with."""
    lines = (_NUMBER.sub("", line.strip(), count=1).strip() for line in text.splitlines())
    return [line for line in lines if line]


def numeral(number: int) -> str:
    """A number up to 999 as clauses are numbered: 十二, 一百零三."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    said = f"{DIGITS[hundreds - 1]}百" if hundreds else ""
    if tens:
        said += ("" if tens == 1 and not hundreds else DIGITS[tens - 1]) + "十"
    elif hundreds and ones:
        said += "零"
    return said + (DIGITS[ones - 1] if ones else "")


def numbered(clauses: Sequence[str]) -> str:
    """The whole text, each clause with its number."""
    return "\n".join(f"第{numeral(position)}条 {text}" for position, text in enumerate(clauses, 1))


def changes(before: Sequence[str], after: Sequence[str]) -> list[Change]:
    """What a new edition says otherwise, clause by clause, in the order of the new one."""
    found: list[Change] = []
    for kind, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            found += [Change("same", number + 1, (Piece("kept", after[number]),)) for number in range(k, m)]
        else:
            found += _replaced(before[i:j], after[k:m], k + 1)
    return found


def _replaced(before: Sequence[str], after: Sequence[str], number: int) -> list[Change]:
    """A stretch that reads otherwise: each new clause beside the old one that it is most like, in their order."""
    found: list[Change] = []
    left = list(before)
    for offset, text in enumerate(after):
        at = _most_like(left, text)
        if at is None:
            found.append(Change("new", number + offset, (Piece("new", text),)))
            continue
        found += [_gone(old) for old in left[:at]]
        found.append(Change("changed", number + offset, _pieces(left[at], text)))
        left = left[at + 1 :]
    return found + [_gone(old) for old in left]


def _gone(text: str) -> Change:
    return Change("gone", None, (Piece("gone", text),))


def _most_like(texts: Sequence[str], text: str) -> int | None:
    likeness = [SequenceMatcher(None, old, text, autojunk=False).ratio() for old in texts]
    best = max(likeness, default=0.0)
    return likeness.index(best) if best >= ALIKE else None


def _pieces(old: str, new: str) -> tuple[Piece, ...]:
    found = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Piece("kept", old[i:j]))
            continue
        if j > i:
            found.append(Piece("gone", old[i:j]))
        if m > k:
            found.append(Piece("new", new[k:m]))
    return tuple(found)
