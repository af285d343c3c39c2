"""Where the header of a table is: one row or several, with group titles over columns that belong together.

A row is judged by its words, by what is known of them, by how much of the sheet's width it fills and by the
numbers and dates below it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from linli.records.ledgers.labels import GUIDANCE, USUAL, is_numeric, is_wordy, normalise_label, plain
from linli.records.ledgers.sheets import Sheet

SEARCHED = 30
DEEPEST = 4
Row = tuple[int, list[Any]]


@dataclass(frozen=True, slots=True)
class Header:
    """A column of the table: its position, its label, and the group title above it."""

    index: int
    label: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """The rows of a header, by their positions in the sheet, and the columns that they name."""

    top: int
    bottom: int
    headers: list[Header]


def filled(cells: Sequence[Any]) -> list[tuple[int, str]]:
    """The cells that hold something: position and text."""
    return [(i, text) for i, cell in enumerate(cells) if cell is not None and (text := str(cell).strip())]


def joined(cells: Sequence[Any]) -> str:
    """The texts of a row as one line."""
    return " ".join(text for _index, text in filled(cells))


def find_header(sheet: Sheet, start: int, known: frozenset[str]) -> Block | None:
    """The next header from a position on, or None where no table begins."""
    best: tuple[float, int] | None = None
    rows = [(position, held) for position in _window(sheet.rows, start) if (held := filled(sheet.rows[position][1]))]
    width = max((len(held) for _p, held in rows), default=0)
    for rank, (position, held) in enumerate(rows):
        score = _score(held, [below for _p, below in rows[rank + 1 : rank + 6]], width, known)
        if score and (best is None or score - 0.2 * rank > best[0]):
            best = (score - 0.2 * rank, position)
    if best is None or _only_guidance(sheet, rows, known):
        return None
    top, bottom = _extent(sheet, best[1], start)
    return Block(top, bottom, _headers(sheet, sheet.rows[top : bottom + 1]))


def looks_like_header(cells: Sequence[Any], known: frozenset[str]) -> bool:
    """Whether a row below a table begins another: nearly all of its words are names of columns."""
    held = [text for _i, text in filled(cells)]
    named = sum(1 for text in held if _is_known(text, known))
    return len(held) >= 3 and named >= 0.6 * len(held) and all(map(is_wordy, held)) and len(set(held)) == len(held)


def _is_known(text: str, known: frozenset[str]) -> bool:
    label = normalise_label(text)
    return label in known or USUAL.search(label) is not None


def _window(rows: Sequence[Row], start: int) -> Iterable[int]:
    """The positions of the first rows that hold anything."""
    found = 0
    for position in range(start, len(rows)):
        if any(cell is not None and cell != "" for cell in rows[position][1]):
            found += 1
            yield position
        if found >= SEARCHED:
            return


def _score(
    held: list[tuple[int, str]], below: Sequence[list[tuple[int, str]]], width: int, known: frozenset[str]
) -> float:
    """How much a row looks like a header; 0 where it cannot be one."""
    texts = [text for _index, text in held]
    words = sum(1 for text in texts if is_wordy(text))
    if words < 2 or words < 0.7 * len(texts):
        return 0
    hits = sum(1 for text in texts if normalise_label(text) in known)
    usual = sum(1 for text in texts if USUAL.search(normalise_label(text)))
    repeated = len(texts) - len(set(texts))
    long = sum(1 for text in texts if len(text) > 20)
    contrast = sum(1 for index, text in held if is_wordy(text) and any(_number_at(row, index) for row in below))
    share = len(texts) / width
    return 2 * hits + 1.5 * usual + words + contrast + 6 * share - 1.5 * repeated - 2 * long


def _number_at(row: Sequence[tuple[int, str]], index: int) -> bool:
    return any(at == index and is_numeric(text) for at, text in row)


def _only_guidance(sheet: Sheet, rows: Sequence[tuple[int, list[tuple[int, str]]]], known: frozenset[str]) -> bool:
    """Whether a sheet explains how to fill in another: its name or first line says so, and no row is known."""
    first = rows[0][1]
    named = [sheet.name, first[0][1] if len(first) == 1 else ""]
    if not any(GUIDANCE.search(plain(text)) or plain(text) in ("说明", "示例", "样例", "目录") for text in named):
        return False
    return max(sum(1 for _i, text in held if _is_known(text, known)) for _p, held in rows) < 4


def _extent(sheet: Sheet, position: int, start: int) -> tuple[int, int]:
    """The first and the last row of the header that a row belongs to."""
    top = bottom = position
    while top > start and bottom - top < DEEPEST - 1 and _belong(sheet, top - 1, top):
        top -= 1
    while bottom + 1 < len(sheet.rows) and bottom - top < DEEPEST - 1 and _belong(sheet, bottom, bottom + 1):
        bottom += 1
    return top, bottom


def _belong(sheet: Sheet, upper: int, lower: int) -> bool:
    """Whether two rows, one below the other, are parts of one header."""
    (number, first), (below, second) = sheet.rows[upper], sheet.rows[lower]
    heads, parts = filled(first), filled(second)
    if below != number + 1 or len(heads) < 2 or not all(is_wordy(text) for _i, text in (*heads, *parts)):
        return False
    merges = [merge for merge in sheet.merges if merge[0] <= number <= merge[2] and heads[0][0] <= merge[3]]
    if any(merge[2] > number for merge in merges):
        return True
    spans = [merge for merge in merges if merge[3] > merge[1]]
    if spans:
        covered = {column for merge in spans for column in range(merge[1], min(merge[3], 16_384) + 1)}
        return len(parts) >= 2 and all(index in covered for index, _text in parts)
    return _fills_gaps(dict(heads), dict(parts))


def _fills_gaps(first: dict[int, str], second: dict[int, str]) -> bool:
    """Whether the second row names the columns that the first leaves open, as merged cells do without merges."""
    columns = range(min(first), max([*first, *second]) + 1)
    gaps = {column for column in columns if column not in first}
    under = {column - 1 for column in gaps if column - 1 in first}
    return bool(gaps) and gaps <= set(second) and set(second) <= gaps | under and len(second) < len(columns)


def _headers(sheet: Sheet, rows: Sequence[Row]) -> list[Header]:
    """A column for every label of the lowest row that names it; what stands above is its group."""
    grid = [dict(filled(cells)) for _number, cells in rows]
    numbers = [number for number, _cells in rows]
    merged = False
    for top, left, bottom, right in sheet.merges:
        text = grid[top - numbers[0]].get(left) if top in numbers else None
        if text is None:
            continue
        merged = merged or right > left
        for number in range(top, min(bottom, numbers[-1]) + 1):
            for column in range(left, min(right, left + 500) + 1):
                grid[number - numbers[0]].setdefault(column, text)
    if not merged:
        for upper in grid[:-1]:
            _spread(upper, grid[-1])
    headers = []
    for column in sorted({column for row in grid for column in row}):
        parts = list(dict.fromkeys(row[column] for row in grid if column in row))
        headers.append(Header(column, parts[-1], "".join(parts[:-1])))
    return headers


def _spread(upper: dict[int, str], lower: dict[int, str]) -> None:
    """A group title without merges reaches over the open columns to its right that the lowest row names."""
    title = ""
    for column in range(min(upper), max([*upper, *lower]) + 1):
        title = upper.get(column, title)
        if column in lower:
            upper[column] = title
        elif column not in upper:
            title = ""
