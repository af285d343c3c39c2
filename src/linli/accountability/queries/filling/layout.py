"""What a form asks, found in its layout: lists of records, labels beside cells, tables of two sides, blanks in lines.

Everything here is a proposal. What it is filled with is decided in proposing.py and rows.py.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from linli.accountability.queries.filling.pages import STAMPED, Area, Cell, Form, Line, blanks_in
from linli.accountability.queries.filling.slots import Column, Layout, ListTable, Slot, State
from linli.records.ledgers.labels import EXAMPLE, RUNNING_NUMBER, is_total, is_wordy, normalise_label, plain

FREE: Final = re.compile(
    r"签字|签名|签章|盖章|公章|审核|审批|复核|意见|备注|附注|说明|附件|领导|分管|填表须知|存在问题|下步|下一步|建议$|照片|粘贴|二维码|做法|成效|亮点|打算|经验|思路|案例|体会"
)
SAMPLE: Final = re.compile(r"^(?:\d{1,4}|例|示例|样例|…+|\.{2,})$")
UNIT: Final = re.compile(
    r"^(?:[万亿]?(?:个|户|人|名|件|次|支|家|处|栋|幢|项|平方米|㎡|m2|场|位|所|条|份|元|小时|人次|场次|户次)"
    r"|公顷|亩|平方公里|%|％|天|里|个/支)$"
)
# What is worked out of other numbers: a share, a change against another time, a rank.
DERIVED: Final = re.compile(
    r"^(?:所?占(?:比|比例|比重|总数比例)|比例|比重|百分比|同比|环比|(?:同比|环比)?(?:增减|增长|增幅|变化|增加|升降)(?:率|额|量|数|情况|幅度)?|排名|名次|位次)"
    r"(?:[（(][^（）()]*[）)])?$"
)
NEUTRAL: Final = re.compile(
    r"^(?:数量|数值|数据|个数|人数|情况|内容|填报内容|填报数据|填报数|本社区|社区填报|完成情况|填写内容|填写|数|计数|现状|基本情况|值|指标值"
    r"|合计|总计|小计|全社区|填报情况|具体情况|完成数|实际数|实有数|单位数量|数量\(个\)|答|回答|结果)$"
)
WIDEST: Final = 60
DEEPEST: Final = 600


@dataclass(frozen=True, slots=True)
class Around:
    """The words around an empty cell: to its left and above it, the nearest first, and whether they touch it."""

    left: tuple[str, ...]
    above: tuple[str, ...]
    touches_left: bool
    touches_above: bool


def is_free(label: str) -> bool:
    """Whether a cell is for a signature, a remark or an opinion, which no record answers."""
    return FREE.search(plain(STAMPED.sub("", label))) is not None


def is_derived(text: str) -> bool:
    """Whether a heading asks for what is worked out of other cells, so that no total of the records belongs there."""
    return DERIVED.match(plain(text)) is not None


def is_unit(text: str) -> bool:
    """Whether a text is a unit of measure."""
    return UNIT.match(plain(text).strip("()（）")) is not None


def is_neutral(text: str) -> bool:
    """Whether a heading says only that something is to be filled in."""
    return NEUTRAL.match(plain(text)) is not None


def lists_in(area: Area, title: str) -> Iterator[ListTable]:
    """The tables of an area with a header and blank rows below it."""
    row, last = 0, min(area.last_row, DEEPEST)
    heading = title
    while row <= last:
        texts = [cell for cell in area.row(row) if cell.text]
        found = _list_at(area, row, texts, heading) if len(texts) >= 2 else None
        if found is not None:
            yield found
            row = found.last + 1
            continue
        if len(texts) == 1 and (texts[0].right > texts[0].col or row <= 2):
            heading = f"{title} {texts[0].text}"
        row += 1


def _list_at(area: Area, row: int, texts: list[Cell], title: str) -> ListTable | None:
    """The list whose header begins in a row."""
    if not all(is_wordy(cell.text) for cell in texts):
        return None
    bottom = _header_bottom(area, row, texts)
    columns = _columns(area, row, bottom)
    named = [column for column in columns if not RUNNING_NUMBER.match(plain(column.label))]
    if len(named) < 2:
        return None
    while _is_example(area, bottom + 1):
        bottom += 1
    last = bottom
    beside = _beside(area, bottom + 1, columns)
    most = min(area.last_row, DEEPEST, beside.bottom if beside else DEEPEST)
    while last < most and _is_blank(area, last + 1, columns):
        last += 1
    if last == bottom:
        return None
    key = area.key_of(row, columns[0].col)
    return ListTable(key, area.key, bottom + 1, last, title, columns, beside.text if beside else "")


def _beside(area: Area, row: int, columns: list[Column]) -> Cell | None:
    """The words that stand beside the rows below a header, in cells merged over several."""
    cells = (area.cells.get((row, column.col)) for column in columns[:2])
    return next((cell for cell in cells if cell is not None and cell.text and cell.bottom > cell.row), None)


def _is_example(area: Area, row: int) -> bool:
    """Whether a row below a header shows how to fill in."""
    first = next((cell for cell in area.row(row) if cell.text), None)
    return first is not None and EXAMPLE.match(plain(first.text)) is not None


def _header_bottom(area: Area, row: int, texts: list[Cell]) -> int:
    """The last row of a header: parts of a merged heading stand in the rows below it."""
    wide = [cell for cell in texts if cell.right > cell.col]
    bottom = max((cell.bottom for cell in texts), default=row)
    if not wide or len(texts) < 2:
        return bottom
    below = row + 1
    under = {col for cell in wide for col in range(cell.col, cell.right + 1)}
    parts = [cell for cell in area.row(below) if cell.text]
    if parts and all(cell.col in under and is_wordy(cell.text) for cell in parts) and len(parts) >= 2:
        return max(bottom, *(cell.bottom for cell in parts))
    return bottom


def _columns(area: Area, top: int, bottom: int) -> list[Column]:
    """The columns of a header from top to bottom, each with its own words after those of its group."""
    columns = []
    seen: set[int] = set()
    for col in range(min(area.last_col, WIDEST) + 1):
        held = [area.at(row, col) for row in range(top, bottom + 1)]
        cells = list({id(cell): cell for cell in held if cell is not None and cell.text}.values())
        if not cells or id(cells[-1]) in seen:
            continue
        seen.add(id(cells[-1]))
        label = "/".join(dict.fromkeys(cell.text.replace("\n", "") for cell in cells))
        columns.append(Column(area.key_of(top, col), col, label))
    return columns


def _is_blank(area: Area, row: int, columns: list[Column]) -> bool:
    """Whether a row below a header waits to be filled: its cells are empty but for a running number."""
    cells = [area.cells.get((row, column.col)) for column in columns]
    present = [cell for cell in cells if cell is not None]
    if len(present) < max(2, len(columns) * 0.6) or not any(cell.bordered for cell in present):
        return False
    if any(cell.formula for cell in present) and not any(cell.empty for cell in present):
        return False
    for column, cell in zip(columns, cells, strict=True):
        if cell is None or cell.empty or cell.formula or cell.bottom > cell.row:
            continue
        if not (SAMPLE.match(plain(cell.text)) and (RUNNING_NUMBER.match(plain(column.label)) or column is columns[0])):
            return False
    texts = [cell.text for cell in present if cell.text]
    return not (texts and is_total(texts))


def around(area: Area, cell: Cell) -> Around:
    """The words around an empty cell."""
    left, touches_left = _leftwards(area, cell)
    above, touches_above = _upwards(area, cell)
    return Around(tuple(left), tuple(above), touches_left, touches_above)


def _leftwards(area: Area, cell: Cell) -> tuple[list[str], bool]:
    found: list[str] = []
    touches = False
    col, between = cell.col - 1, False
    while col >= 0 and len(found) < 4:
        other = area.at(cell.row, col)
        if other is not None and other.text:
            touches = touches or not (found or between)
            found.append(other.text)
        elif other is not None and found and not between:
            # Beyond another blank stands what belongs to that blank.
            break
        else:
            between = True
        col = (other.col if other is not None else col) - 1
    return found, touches


def _upwards(area: Area, cell: Cell) -> tuple[list[str], bool]:
    found: list[str] = []
    touches = False
    row, between = cell.row - 1, False
    width = area.last_col
    while row >= 0 and len(found) < 3:
        other = area.at(row, cell.col)
        if other is not None and other.text:
            if (other.col == 0 and other.right >= width and width > 1) or _has_own_blank(area, other, cell):
                break
            touches = touches or not (found or between)
            found.append(other.text)
        elif found:
            break
        else:
            between = True
        row = (other.row if other is not None else row) - 1
    return found, touches


def _has_own_blank(area: Area, label: Cell, cell: Cell) -> bool:
    """Whether words above a cell ask for the blank beside them, and are no heading of what lies below."""
    if label.text.endswith((":", "：")):
        return True
    beside = area.at(label.row, label.right + 1)
    left = area.at(label.row, label.col - 1) if label.col else None
    if label.row == cell.row - 1 and (beside is None or not beside.empty):
        return False
    return beside is not None and beside.empty and beside.bordered and (left is None or left.empty)


def lines_of(area: Area) -> Iterator[Line]:
    """The cells that are to be written into behind their own words: 填报单位：______"""
    for cell in area.cells.values():
        if not cell.text or cell.formula or len(cell.text) > 2000:
            continue
        blanks = blanks_in(cell.text)
        if not blanks:
            continue
        beside = area.at(cell.row, cell.right + 1)
        last = blanks[-1]
        named_only = len(blanks) == 1 and last.start == last.end == len(cell.text)
        if named_only and beside is not None and beside.empty and beside.bordered:
            continue
        yield Line(area.key_of(cell.row, cell.col), cell.text, blanks)


def free_slots(form: Form, layout: Layout) -> None:
    """Mark what no record answers."""
    for slot in layout.slots:
        if is_free(slot.label) or not slot.label:
            slot.state = State.FREE


def bare(label: str) -> str:
    """A label as people read it: without numbering, colons and line breaks."""
    return normalise_label(label.replace("\n", ""))


def slot_at(area: Area, cell: Cell, label: str) -> Slot:
    """The slot of an empty cell."""
    return Slot(area.key_of(cell.row, cell.col), label, where_of(area, cell.row, cell.col))


def where_of(area: Area, row: int, col: int) -> str:
    """Where a cell is, as people say it: B5, or row and column of a table."""
    if area.key.startswith("s"):
        return f"{area.name} {letters(col)}{row + 1}"
    return f"{area.name} {row + 1}-{col + 1}"


def letters(col: int) -> str:
    """The letters of a column: 0 is A."""
    text = ""
    col += 1
    while col:
        col, rest = divmod(col - 1, 26)
        text = chr(65 + rest) + text
    return text
