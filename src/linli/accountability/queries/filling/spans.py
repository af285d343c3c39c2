"""Periods as forms name them: 1月, 二季度, 上半年, 去年同期, and that of a whole form by its title."""

import calendar
import re
from datetime import date, timedelta
from typing import Final

from linli.core.calendar import add_months
from linli.records.ledgers.labels import plain

NUMERALS: Final = {word: number for number, word in enumerate("一二三四五六七八九十", start=1)} | {
    "十一": 11,
    "十二": 12,
}
MONTH: Final = re.compile(r"^(?:(\d{4})年)?(\d{1,2}|[一二三四五六七八九十]{1,2})月份?$")
RANGE: Final = re.compile(r"^(?:(\d{4})年|今年|本年)?(\d{1,2})月?[-—~至](\d{1,2})月份?(?:累计)?$")
QUARTER: Final = re.compile(r"^(?:(\d{4})年)?第?([1-4一二三四])季度?$")
HALF: Final = re.compile(r"^(?:(\d{4})年)?([上下])半年$")
YEAR: Final = re.compile(r"^(\d{4})年度?$")
SAME: Final = re.compile(r"^(?:上年同期|去年同期|上年|去年)(?:数|完成数?)?$")
OWN: Final = re.compile(r"^(?:本期|报告期)(?:数|情况|完成数?)?$")
WORDS: Final = (
    (re.compile(r"^(?:本月|当月|本月数|本月情况|本月完成)$"), "month"),
    (re.compile(r"^(?:上月|上月数)$"), "last_month"),
    (re.compile(r"^(?:本季度?|当季)$"), "quarter"),
    (
        re.compile(r"^(?:本年|今年|本年累计|全年|年度累计|今年累计|1-本月累计|年初至今|累计|本年数|累计数|累计完成)$"),
        "year_to_date",
    ),
)
OF_YEAR: Final = re.compile(r"^(\d{4})年度?(?=\D)(?!末|底|初|[上下第])")
TITLE_MONTH: Final = re.compile(r"(\d{4})年(\d{1,2})月")
TITLE_QUARTER: Final = re.compile(r"(\d{4})年(?:度)?第?([1-4一二三四])季度")
TITLE_YEAR: Final = re.compile(r"(\d{4})年度?")


def named(text: str, day: date, own: str = "") -> str:
    """The period that a word of a form names, seen from a day and the form's own period; empty where it names none."""
    bare = plain(text).strip("()（）:：")
    if OWN.match(bare):
        return own or "month"
    if SAME.match(bare) and ".." in own:
        first, last = (_year_before(day) for day in (begins(own), ends(own)) if day)
        return _code(first, last)
    for pattern, code in WORDS:
        if pattern.match(bare):
            return code
    if SAME.match(bare):
        end = add_months(day, -12)
        return _code(date(end.year, 1, 1), end)
    return _dated(bare, day)


def year_apart(text: str, day: date) -> tuple[int | None, str]:
    """The year that stands before the words of a heading, and these: 2026 and 受理诉求; none where it is a period."""
    bare = plain(text)
    found = OF_YEAR.match(bare)
    if found is None or _dated(bare, day):
        return None, text
    return int(found[1]), bare[found.end() :]


def in_year(period: str, year: int, day: date) -> str:
    """The same period in a year: of another year the same months, or all of it where none is named.

    Empty where that is not known: up to which day an earlier year is meant, nobody has said.
    """
    if year == day.year:
        return period or "year_to_date"
    if period == "month":
        return of_month(year, day.month)
    first = begins(period)
    if first is not None and first.year == day.year:
        return _months(year, first.month, _length(period))
    return "" if period else _months(year, 1, 12)


def _length(period: str) -> int:
    """How many months a period of whole months has."""
    first, last = (date.fromisoformat(text) for text in period.split(".."))
    return 12 * (last.year - first.year) + last.month - first.month + 1


def _year_before(day: date) -> date:
    """The same day a year earlier; the last of a month stays the last."""
    is_last = (day + timedelta(days=1)).day == 1
    found = add_months(day, -12)
    return date(found.year, found.month, calendar.monthrange(found.year, found.month)[1]) if is_last else found


def _dated(bare: str, day: date) -> str:
    if found := MONTH.match(bare):
        month = _number(found[2])
        return of_month(int(found[1] or day.year), month) if 1 <= month <= 12 else ""
    if found := RANGE.match(bare):
        first, last = int(found[2]), int(found[3])
        return _months(int(found[1] or day.year), first, last - first + 1) if 1 <= first < last <= 12 else ""
    if found := QUARTER.match(bare):
        return _months(int(found[1] or day.year), 3 * _number(found[2]) - 2, 3)
    if found := HALF.match(bare):
        return _months(int(found[1] or day.year), 1 if found[2] == "上" else 7, 6)
    if found := YEAR.match(bare):
        return _months(int(found[1]), 1, 12)
    return ""


def of_title(title: str) -> str:
    """The period of a whole form by its title; empty where it names none."""
    bare = plain(title)
    if found := TITLE_MONTH.search(bare):
        return of_month(int(found[1]), int(found[2])) if 1 <= int(found[2]) <= 12 else ""
    if found := TITLE_QUARTER.search(bare):
        return _months(int(found[1]), 3 * _number(found[2]) - 2, 3)
    if found := TITLE_YEAR.search(bare):
        return _months(int(found[1]), 1, 12) if 2000 <= int(found[1]) <= 2100 else ""
    return ""


def of_month(year: int, month: int) -> str:
    """A whole month."""
    return _months(year, month, 1)


def ends(code: str) -> date | None:
    """The last day of a period that is given by its days."""
    return date.fromisoformat(code.split("..")[1]) if ".." in code else None


def begins(code: str) -> date | None:
    """The first day of a period that is given by its days."""
    return date.fromisoformat(code.split("..")[0]) if ".." in code else None


def of_period(period: str, day: date) -> str:
    """The days of the month, quarter or year that ended last before a day, for asks of that period."""
    months = {"monthly": 1, "quarterly": 3, "yearly": 12}.get(period)
    if months is None:
        return ""
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    before = first - timedelta(days=1)
    return _months(before.year, (before.month - 1) // months * months + 1, months)


def _months(year: int, month: int, count: int) -> str:
    last = month + count - 1
    return _code(date(year, month, 1), date(year, last, calendar.monthrange(year, last)[1]))


def _code(first: date, last: date) -> str:
    return f"{first.isoformat()}..{last.isoformat()}"


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else NUMERALS.get(text, 0)
