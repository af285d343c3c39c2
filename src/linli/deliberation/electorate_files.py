"""Reading a list of those entitled to vote: a workbook or a CSV file, whatever its headers are called and wherever."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from linli.core.errors import InvalidInput
from linli.deliberation.operations.electorates import MOST, Right
from linli.records.ledgers import cells
from linli.records.ledgers.reading import read_file

HEADERS: Final[Mapping[str, tuple[str, ...]]] = {
    "name": ("业主姓名", "业主", "产权人", "权利人", "姓名", "居民代表", "代表姓名", "户主"),
    "unit": ("单元房号", "专有部分", "房屋坐落", "房屋", "房号", "室号", "门牌号", "门牌"),
    "area": ("专有部分面积", "建筑面积", "产权面积", "面积"),
    "key": ("业主编号", "产权人编号", "权利人编号", "人员编号", "编号"),
    "phone": ("联系电话", "手机号", "手机", "电话"),
    "kind": ("业主类别", "业主类型", "类别", "性质"),
}
DEVELOPER: Final = ("开发商", "建设单位", "未售", "未交付")
HEAD_ROWS: Final = 10


def read(path: Path, name: str) -> list[Right]:
    """The rows of the first sheet that has a column of names. Raises: poll.electorate, and as `read_file`"""
    for sheet in read_file(path, name):
        for position, (_number, cells_of_row) in enumerate(sheet.rows[:HEAD_ROWS]):
            columns = _columns(cells_of_row)
            if "name" in columns:
                return _rights(sheet.rows[position + 1 : position + 2 + MOST], columns)
    message = _("No column of names was found. The list has a row of headers such as 房号, 建筑面积, 业主姓名.")
    raise InvalidInput("poll.electorate", message, faults=[])


def _columns(row: Sequence[Any]) -> dict[str, int]:
    """Which column holds what: each header is taken by the first meaning that knows it."""
    found: dict[str, int] = {}
    for number, cell in enumerate(row):
        text = cells.narrow(cell).strip().split("(")[0].split("（")[0].strip()
        meaning = next((code for code, headers in HEADERS.items() if text in headers), "")
        if meaning:
            found.setdefault(meaning, number)
    return found


def _rights(rows: Sequence[tuple[int, list[Any]]], columns: Mapping[str, int]) -> list[Right]:
    return [
        _right(number, {code: row[place] if place < len(row) else None for code, place in columns.items()})
        for number, row in rows
        if any(not cells.is_blank(cell) for cell in row)
    ]


def _right(number: int, row: Mapping[str, Any]) -> Right:
    text = {code: cells.narrow(value).strip() for code, value in row.items() if not cells.is_blank(value)}
    kind = text.get("kind", "")
    return Right(
        row=number,
        name=text.get("name", ""),
        unit=text.get("unit", ""),
        area=_area(text.get("area", "")),
        key=text.get("key", ""),
        phone=text.get("phone", ""),
        developer=any(word in kind for word in DEVELOPER),
    )


def _area(text: str) -> Decimal | None:
    """An area as an exact decimal, whatever unit is written behind it; none where it is no number."""
    bare = text.replace(",", "").removesuffix("平方米").removesuffix("㎡").removesuffix("m2").strip()
    try:
        area = Decimal(bare)
    except InvalidOperation:
        return None
    return round(area, 4) if area.is_finite() else None
