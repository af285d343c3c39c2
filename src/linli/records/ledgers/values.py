"""Cells as typed values: every spelling of dates, numbers, flags and phones that ledgers really hold.

Each parser returns a Parsed value with warnings, or raises ValueFault with a code.
"""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
EPOCH = dt.date(1899, 12, 30)
TEXT_LIMIT = 20_000
MULTIPLES = {"万": 10_000, "亿": 100_000_000, "千": 1000, "百": 100}
DIGITS = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
DATE = re.compile(
    r"^(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?号?(?:[T\s]*(\d{1,2})[::时](\d{1,2})(?:[::分](\d{1,2}))?秒?分?)?$"
)
COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?$")
MONTH = re.compile(r"^(\d{4})\s*[-./年]\s*(\d{1,2})\s*月?$")
NUMBER = re.compile(r"^(?:约|近|大约|共|计|≈|~)?\s*([-+]?\d[\d,]*\.?\d*)\s*(亿|万|千|百)?\s*([^\d\s]{0,6})$")
YES = {"是", "有", "√", "✓", "y", "yes", "1", "true", "对", "已", "v"}
NO = {"否", "无", "×", "✗", "n", "no", "0", "false", "未", "没有", "x"}


class ValueFault(Exception):
    """A cell that cannot be read as what the column holds."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Parsed:
    """A value read from a cell, and what was odd about it."""

    value: Any
    warnings: tuple[str, ...] = ()


def narrow(value: Any) -> str:
    """A cell as text with full-width characters made narrow and outer space gone."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return unicodedata.normalize("NFKC", str(value)).strip()


def text(value: Any, limit: int = TEXT_LIMIT) -> Parsed:
    """Text without outer space; rare characters and emoji stay. Faults: value.too_long."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    result = unicodedata.normalize("NFC", str(value)).strip().replace("\x00", "")
    if len(result) > limit:
        raise ValueFault("value.too_long", limit=limit)
    return Parsed(result)


def person_name(value: Any) -> Parsed:
    """A person's name; spaces inside a Chinese name (张 三) are only typography."""
    result = " ".join(str(value).split())
    if not re.search(r"[A-Za-z]", result):
        result = "".join(result.split())
    if len(result) > 60:
        raise ValueFault("value.too_long", limit=60)
    return Parsed(result)


def date(value: Any) -> Parsed:
    """A day, from any spelling or a spreadsheet's serial number. Faults: value.not_a_date, value.impossible_date."""
    if isinstance(value, datetime):
        return Parsed(value.date())
    if isinstance(value, dt.date):
        return Parsed(value)
    return Parsed(_day(narrow(value))[0], ())


def moment(value: Any) -> Parsed:
    """A moment in Shanghai; a day alone is its first minute. Faults as for `date`."""
    if isinstance(value, datetime):
        return Parsed(value if value.tzinfo else value.replace(tzinfo=SHANGHAI))
    if isinstance(value, dt.date):
        return Parsed(datetime.combine(value, time(), SHANGHAI))
    day, clock = _day(narrow(value))
    return Parsed(datetime.combine(day, clock, SHANGHAI))


def _day(written: str) -> tuple[dt.date, time]:
    match = DATE.match(written) or COMPACT.match(written)
    if match:
        parts = [int(part or 0) for part in match.groups()]
        try:
            return dt.date(*parts[:3]), time(parts[3], parts[4], parts[5])
        except ValueError as error:
            raise ValueFault("value.impossible_date", value=written) from error
    match = MONTH.match(written)
    if match and 1900 <= int(match[1]) <= 2100:
        if not 1 <= int(match[2]) <= 12:
            raise ValueFault("value.impossible_date", value=written)
        return dt.date(int(match[1]), int(match[2]), 1), time()
    if re.fullmatch(r"\d{5}(\.\d+)?", written) and 20_000 <= float(written) <= 80_000:
        serial = float(written)
        seconds = round((serial % 1) * 86400)
        return EPOCH + timedelta(days=int(serial)), time(seconds // 3600 % 24, seconds // 60 % 60, seconds % 60)
    raise ValueFault("value.not_a_date", value=written)


def number(value: Any, minimum: float | None = 0) -> Parsed:
    """A number with its thousands, 约, units and 万 understood. Faults: value.not_a_number, value.negative."""
    if isinstance(value, bool):
        raise ValueFault("value.not_a_number", value=value)
    result = Decimal(str(value)) if isinstance(value, int | float) else _number(narrow(value))
    if result.is_nan() or result.is_infinite():
        raise ValueFault("value.not_a_number", value=value)
    if minimum is not None and result < Decimal(str(minimum)):
        raise ValueFault("value.negative", value=value)
    return Parsed(result)


def _number(written: str) -> Decimal:
    match = NUMBER.match(written)
    if match:
        unit = match[3] or ""
        factor = MULTIPLES.get(match[2] or "", 1)
        if unit == "%":
            return Decimal(match[1].replace(",", "")) / 100
        return Decimal(match[1].replace(",", "")) * factor
    chinese = _chinese(re.sub(r"[人户个名件次支处栋]$", "", written))
    if chinese is None:
        raise ValueFault("value.not_a_number", value=written)
    return Decimal(chinese)


def _chinese(written: str) -> int | None:
    """A simple Chinese numeral up to 9,999."""
    total, digit = 0, 0
    if not written:
        return None
    for char in written:
        if char in DIGITS:
            digit = DIGITS[char]
        elif char in "十百千":
            total += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[char]
            digit = 0
        else:
            return None
    return total + digit


def whole(value: Any, minimum: float | None = 0) -> Parsed:
    """A whole number. Faults: value.not_a_number, value.negative."""
    result = number(value, minimum).value
    if result != result.to_integral_value():
        raise ValueFault("value.not_a_number", value=value)
    return Parsed(int(result))


def flag(value: Any) -> Parsed:
    """Yes or no. Faults: value.not_a_flag."""
    word = narrow(value).lower()
    if word in YES:
        return Parsed(True)
    if word in NO:
        return Parsed(False)
    raise ValueFault("value.not_a_flag", value=value)


def phone(value: Any) -> Parsed:
    """A phone number as digits; what is merely odd is kept with a warning: phone.short, phone.odd."""
    digits = re.sub(r"[\s\-—－()()]", "", narrow(value))
    digits = re.sub(r"^(\+?86)(?=1\d{10}$)", "", digits)
    if re.fullmatch(r"1\d{10}|0\d{9,11}", digits):
        return Parsed(digits)
    if re.fullmatch(r"\d{7,10}", digits):
        return Parsed(digits, ("phone.short",) if len(digits) != 8 and len(digits) != 7 else ())
    return Parsed(digits[:40], ("phone.odd",))


def items(value: Any) -> Parsed:
    """A list written with any of the usual separators."""
    parts = re.split(r"[、,,;;\n\r]+", str(value))
    return Parsed([part.strip() for part in parts if part.strip()])
