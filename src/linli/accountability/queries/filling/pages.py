"""A form as neutral data, whatever program wrote it: areas of cells, and blanks within lines of text.

Workbooks become areas in workbooks.py, Word documents in documents.py; what the cells ask is found in layout.py.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from linli.records.ledgers.labels import plain

ENDS: Final = "：:"
# A blank in running text: a line to write on, empty brackets, or the place for a day.
LINE: Final = re.compile(
    r"(?P<day>[_\s]*(?:20)?[_\s]*年[_\s]*月(?:[_\s]*日)?)"
    r"|(?P<line>_{2,}(?:\s*_+)*)"
    r"|(?P<gap>[ \u3000]{3,}(?=万?(?:个|户|人|名|件|次|支|家|处|栋|幢|平方米|%|万元|元|场)(?:[，,。；;、（(]|$)))"
    r"|(?P<bracket>(?<=[（(])[\s]{2,}(?=[)）]))"
)
NAMED: Final = re.compile(
    r"(?P<label>[^\s：:_，,。；;、]{1,24}(?:[（(][^（()）]{1,8}[)）])?)\s*[：:](?P<gap>[ \t\u3000\xa0_]*)"
)
# Where a stamp goes is no part of what a blank asks.
STAMPED: Final = re.compile(r"[（(](?:加盖)?(?:盖章|公章|签章|单位章)[)）]")
# What calls a form by nothing but its kind and number.
NAMELESS: Final = re.compile(
    r"(?:附件|附表|表格?|新建.{0,20}|工作簿|文档|book|sheet|form|document)?[\d一二三四五六七八九十\s()（）:：._-]*",
    re.IGNORECASE,
)
BEFORE: Final = re.compile(r"[^，,。；;：:、_\s]+$")
UNITS: Final = re.compile(
    r"^(万?(?:个|户|人次|人|名|件|次|支|家|处|栋|幢|项|平方米|㎡|场|位|所|条|份|元)|平方公里|公顷|亩|%|百分点|小时|天|里)"
    r"(?![一-龥]{0,1}[：:])"
)
FILLERS: Final = re.compile(
    r"^(?:截至目前|全社区|本社区|我社区|全街道|辖区内?|共有|现有|其中|建立|设立|配备|组建|划分为?|现|共|已|有|全|辖)+"
)


@dataclass(slots=True)
class Cell:
    """A cell, or merged cells, that stand at one position: how far they reach, what they hold."""

    row: int
    col: int
    text: str = ""
    bottom: int = 0
    right: int = 0
    formula: bool = False
    locked: bool = False
    bordered: bool = True

    def __post_init__(self) -> None:
        self.bottom = max(self.bottom, self.row)
        self.right = max(self.right, self.col)

    @property
    def empty(self) -> bool:
        """Whether there is nothing in it yet, so that it may be filled."""
        return not self.text and not self.formula


@dataclass(slots=True)
class Area:
    """A sheet of a workbook or a table of a document: its cells by position, merged ones once."""

    key: str
    name: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    covered: dict[tuple[int, int], Cell] = field(default_factory=dict)

    def at(self, row: int, col: int) -> Cell | None:
        """The cell at a position, also where merged cells reach over it."""
        return self.cells.get((row, col)) or self.covered.get((row, col))

    def add(self, cell: Cell) -> None:
        """Enter a cell, and what it reaches over."""
        self.cells[cell.row, cell.col] = cell
        for row in range(cell.row, cell.bottom + 1):
            for col in range(cell.col, cell.right + 1):
                if (row, col) != (cell.row, cell.col):
                    self.covered[row, col] = cell

    @property
    def last_row(self) -> int:
        """The last row that has a cell."""
        return max((cell.bottom for cell in self.cells.values()), default=0)

    @property
    def last_col(self) -> int:
        """The last column that has a cell."""
        return max((cell.right for cell in self.cells.values()), default=0)

    def row(self, row: int) -> list[Cell]:
        """The cells that begin in a row, from the left."""
        found = (self.cells.get((row, col)) for col in range(self.last_col + 1))
        return [cell for cell in found if cell is not None]

    def key_of(self, row: int, col: int) -> str:
        """How a cell is called in what is kept of the form."""
        return f"{self.key}!{row},{col}"


@dataclass(frozen=True, slots=True)
class Blank:
    """A place to write at within a text: from where to where, what it asks, and the unit that follows."""

    start: int
    end: int
    label: str
    unit: str = ""
    day: bool = False


@dataclass(slots=True)
class Line:
    """A text with blanks: a paragraph, or what stands in one cell."""

    key: str
    text: str
    blanks: list[Blank]


@dataclass(slots=True)
class Form:
    """A whole form: its title, its areas, the lines with blanks, what writing it back would lose, and what heads it."""

    title: str
    areas: list[Area]
    lines: list[Line]
    losses: tuple[str, ...] = ()
    heading: str = ""

    @property
    def texts(self) -> Iterator[str]:
        """Everything that is written in it."""
        yield self.title
        for area in self.areas:
            yield area.name
            yield from (cell.text for cell in area.cells.values() if cell.text)
        yield from (line.text for line in self.lines)


def heading_of(texts: Iterable[str]) -> str:
    """The first words that say what a form is, and not only which annex."""
    return next((text for text in texts if len(text.strip()) > 1 and not NAMELESS.fullmatch(text.strip())), "")


def blanks_in(text: str) -> list[Blank]:
    """The blanks of a text, each with the words that ask for it; none where the text only names a cell beside it."""
    found = [blank for match in LINE.finditer(text) if (blank := _drawn(text, match)) is not None]
    for match in NAMED.finditer(text):
        gap = match.span("gap")
        rest = text[gap[1] :]
        taken = any(blank.start < gap[1] + 1 and blank.end > gap[0] for blank in found)
        open_end = not rest.strip() or len(match["gap"]) >= 2 or NAMED.match(rest)
        if open_end and not taken:
            found.append(Blank(gap[0], gap[1], _label(match["label"])))
    return _inherited(sorted(found, key=lambda blank: blank.start))


def _inherited(blanks: list[Blank]) -> list[Blank]:
    """A blank without words of its own speaks of what the one before it speaks of: 居民____户、____人."""
    found: list[Blank] = []
    for blank in blanks:
        known = blank.label or (found[-1].label if found and blank.unit else "")
        found.append(replace(blank, label=known))
    return found


def _drawn(text: str, match: re.Match[str]) -> Blank | None:
    """What a line to write on asks: the words before it, or before the colon."""
    before = text[: match.start()].rstrip("（( \t\u3000").rstrip(ENDS).rstrip()
    words = BEFORE.search(before)
    label = FILLERS.sub("", words.group()) if words else ""
    after = UNITS.match(text[match.end() :].lstrip(" \u3000)）"))
    if match["day"] is not None:
        if not re.search(r"[_\s]", match["day"]) or match["day"].strip("_ \u3000").startswith("年") is False:
            return None
        return Blank(match.start(), match.end(), _label(label) or "日期", day=True)
    if not label and after is None:
        return None
    return Blank(match.start(), match.end(), _label(label), after.group(1) if after else "")


def _label(text: str) -> str:
    return plain(STAMPED.sub("", text)).strip("()（）：:")
