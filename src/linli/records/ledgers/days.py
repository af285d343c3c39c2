"""Days and moments in every spelling: 2025.3.5, 2025年3月5日, 20250305, 二〇二五年三月五日, a serial number.

What is less exact than a day is taken at its first day, with a warning.
"""

import datetime as dt
import re
from collections.abc import Collection
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from linli.records.ledgers.cells import BLANK_MARKS, Parsed, ValueFault, is_blank, narrow
from linli.records.ledgers.numerals import digits_of, numeral

SHANGHAI = ZoneInfo("Asia/Shanghai")
EPOCH = dt.date(1899, 12, 30)
EARLIEST, LATEST = 1900, 2199
SERIALS = (14_611, 73_050)  # 1940 to 2099: a smaller or larger number is no day that a ledger means.
SEPARATOR = r"\s*[-./\\_年、,。·]\s*"
DAY = re.compile(rf"(\d{{4}}){SEPARATOR}(\d{{1,2}})\s*[-./\\_月、,。·]\s*(\d{{1,2}})(?!\d)\s*[日号]?")
SPACED = re.compile(r"(\d{4}) +(\d{1,2}) +(\d{1,2})(?!\d)")
SHORT_YEAR = re.compile(r"(\d{2})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:[T ]?(\d{2})(\d{2})(\d{2})?)?$")
MONTH = re.compile(rf"(\d{{4}})(?:{SEPARATOR}(\d{{1,2}})\s*月?(?:份)?|(\d{{2}}))$")
YEAR = re.compile(r"(\d{4})\s*年?度?$")
SERIAL = re.compile(r"\d{5}(?:\.\d+)?$")
CLOCK = re.compile(
    r"^[T\s]*(上午|下午|早上|晚上|中午|晚|am|pm)?\s*(\d{1,2})\s*[:时点]\s*(?:(\d{1,2})\s*(?:[:分]\s*(?:(\d{1,2})(?:\.\d+)?\s*秒?)?)?)?"
    r"\s*(am|pm)?\s*(?:Z|[+-]\d{2}:?\d{2})?$",
    re.IGNORECASE,
)
ASIDE = re.compile(
    r"^\s*\(?\s*(?:星期|周|礼拜)[一二三四五六日天]\s*\)?|^\s*(?:上午|下午|全天|晚上|晚)$|^\s*(?:前|左右|起)$"
)
RANGE = re.compile(r"^\s*(?:[-~至到—]+)\s*\(?\s*\d")
CHINESE = re.compile(
    r"^([零〇○一二三四五六七八九\d]{4})年(?:([一二三四五六七八九十\d]{1,3})月(?:([一二三四五六七八九十\d]{1,3})[日号])?)?(.*)$"
)
# No day that somebody wrote is longer, with its time and what follows it.
LONGEST = 120
LATER = {"下午", "晚上", "晚", "pm"}


def date(value: Any, blank_marks: Collection[str] = BLANK_MARKS) -> Parsed:
    """A day; None where the cell is empty.

    Warnings: date.month_only, date.year_only (the first day is taken), date.range (its first day).
    Faults: value.not_a_date, value.impossible_date, value.ambiguous_date.
    """
    if is_blank(value, blank_marks):
        return Parsed(None)
    day, _clock, warnings = _read(value)
    return Parsed(day, warnings)


def moment(value: Any, blank_marks: Collection[str] = BLANK_MARKS) -> Parsed:
    """A moment in Shanghai; a day alone is its first minute. Warnings and faults as for `date`."""
    if is_blank(value, blank_marks):
        return Parsed(None)
    if isinstance(value, datetime) and value.tzinfo:
        return Parsed(value)
    day, clock, warnings = _read(value)
    return Parsed(datetime.combine(day, clock, SHANGHAI), warnings)


def _read(value: Any) -> tuple[dt.date, time, tuple[str, ...]]:
    if isinstance(value, datetime):
        return _possible(value, value.year, value.month, value.day), value.time(), ()
    if isinstance(value, dt.date):
        return _possible(value, value.year, value.month, value.day), time(), ()
    if isinstance(value, float) and 1900 < value < 2200 and not value.is_integer():
        return _month_as_number(value)
    if isinstance(value, bool | time | timedelta) or (isinstance(value, str) and len(value.strip()) > LONGEST):
        raise ValueFault("value.not_a_date", value=value)
    written = _arabic(narrow(value))
    found = _whole(written) or _leading(written) or _less_exact(written)
    if found is None:
        raise ValueFault("value.not_a_date", value=value)
    return found


def _month_as_number(value: float) -> tuple[dt.date, time, tuple[str, ...]]:
    """2025.3 typed as a number is March; 2025.1 may have been October and lost its nought."""
    year, _point, part = f"{value:.15g}".partition(".")
    if part == "1" or len(part) > 2:
        raise ValueFault("value.ambiguous_date" if part == "1" else "value.not_a_date", value=value)
    return _possible(value, int(year), int(part), 1), time(), ("date.month_only",)


def _arabic(written: str) -> str:
    """A date in Chinese numerals with ordinary digits; anything else as it is."""
    match = CHINESE.match(written)
    if not match or not re.search("[零〇○一二三四五六七八九十]", written[: match.start(4)]):
        return written
    parts = [digits_of(match[1])] + [str(numeral(part)) for part in match.groups()[1:3] if part]
    return "".join(part + unit for part, unit in zip(parts, "年月日", strict=False)) + match[4]


def _whole(written: str) -> tuple[dt.date, time, tuple[str, ...]] | None:
    """A date without separators, or the number under which a spreadsheet keeps a day."""
    match = COMPACT.match(written)
    if match:
        clock = _clock(written, *(int(part or 0) for part in match.groups()[3:]))
        return _possible(written, *map(int, match.groups()[:3])), clock, ()
    if SERIAL.match(written) and SERIALS[0] <= float(written) <= SERIALS[1]:
        seconds = round(float(written) % 1 * 86_400)
        moved = datetime.combine(EPOCH, time()) + timedelta(days=int(float(written)), seconds=seconds)
        return moved.date(), moved.time(), ()
    return None


def _leading(written: str) -> tuple[dt.date, time, tuple[str, ...]] | None:
    """A day with what may follow it: a time, a day of the week, the end of a range."""
    match = DAY.match(written) or SPACED.match(written) or SHORT_YEAR.match(written)
    if not match:
        return None
    year = int(match[1]) if len(match[1]) == 4 else 2000 + int(match[1])
    rest = ASIDE.sub("", written[match.end() :])
    if RANGE.match(rest):
        return _possible(written, year, int(match[2]), int(match[3])), time(), ("date.range",)
    clock = CLOCK.match(rest)
    if rest.strip() and not clock:
        return None
    day = _possible(written, year, int(match[2]), int(match[3]))
    return day, _spoken(written, clock) if clock else time(), ()


def _spoken(written: str, match: re.Match[str]) -> time:
    hour = int(match[2])
    word = (match[1] or match[5] or "").lower()
    if (word in LATER or (word == "中午" and hour < 11)) and hour < 12:
        hour += 12
    return _clock(written, 0 if word == "am" and hour == 12 else hour, int(match[3] or 0), int(match[4] or 0))


def _less_exact(written: str) -> tuple[dt.date, time, tuple[str, ...]] | None:
    match = MONTH.match(written)
    if match and EARLIEST <= int(match[1]) <= LATEST:
        return _possible(written, int(match[1]), int(match[2] or match[3]), 1), time(), ("date.month_only",)
    match = YEAR.match(written)
    if match and EARLIEST <= int(match[1]) <= LATEST:
        return dt.date(int(match[1]), 1, 1), time(), ("date.year_only",)
    return None


def _possible(value: Any, year: int, month: int, day: int) -> dt.date:
    if not EARLIEST <= year <= LATEST:
        raise ValueFault("value.impossible_date", value=value)
    try:
        return dt.date(year, month, day)
    except ValueError as error:
        raise ValueFault("value.impossible_date", value=value) from error


def _clock(value: Any, hour: int, minute: int, second: int) -> time:
    if (hour, minute, second) == (24, 0, 0):
        hour, minute, second = 23, 59, 59
    try:
        return time(hour, minute, second)
    except ValueError as error:
        raise ValueFault("value.impossible_date", value=value) from error
