"""Cells as typed values: texts, names, numbers, flags, phones and lists in the spellings that ledgers really hold.

Each parser returns a Parsed value with warnings, or raises ValueFault with a code. An empty cell is None; where
no text is asked for, a mark that stands for nothing (— or /) is empty too. Days are in days.py, offered here too.
"""

import re
import unicodedata
from collections.abc import Collection
from decimal import Decimal
from typing import Any

from linli.records.ledgers.cells import (
    BLANK_MARKS,
    CONTROL,
    NO_MARKS,
    Parsed,
    ValueFault,
    is_blank,
    narrow,
    shown,
    trimmed,
)
from linli.records.ledgers.days import SHANGHAI, date, moment
from linli.records.ledgers.numerals import numeral
from linli.records.ledgers.safety import holds_identity_number, without_guard

__all__ = [
    "BLANK_MARKS",
    "SHANGHAI",
    "TEXT_LIMIT",
    "Parsed",
    "ValueFault",
    "date",
    "flag",
    "is_blank",
    "items",
    "moment",
    "narrow",
    "number",
    "person_name",
    "phone",
    "text",
    "whole",
]

TEXT_LIMIT = 20_000
NAME_LIMIT = 60
LONG_NAME = 4  # Beyond it, words of several characters are parts of a name or several names.
PHONE_LIMIT = 40
# No number that somebody wrote is longer, with its words and its unit.
NUMBER_LIMIT = 80
LARGEST = Decimal(10) ** 15
MULTIPLES = {
    "百": 100,
    "千": 1000,
    "万": 10_000,
    "十万": 100_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "亿": 100_000_000,
}
NUMBER = re.compile(
    r"^(?:约|近|大约|大概|共|共计|合计|计|≈|~|¥|\$|人民币|超过|超)*+\s*([-+]?)\s*(?:¥|\$)?"
    r"(\d{1,3}(?:,\d{3})+(?:\.\d*)?|\d+\.?\d*|\.\d+)\s*(?:余|多|来|\+)?\s*"
    r"(亿|十万|百万|千万|万|千(?![米克瓦卡帕伏焦])|百(?!分))?(?:余|多|\+)?\s*([^\d\s.,-][^\d]{0,11})?$"
)
ACCOUNTING = re.compile(r"^\((\d[\d,.]*)\)$")
SCIENTIFIC = re.compile(r"^[-+]?\d+(?:\.\d+)?[eE][-+]?\d{1,2}$")
COUNTED = re.compile(r"(?:余|多)?[人户个名件次支处栋元天场]次?$")
PARTS = {"%": 100, "‰": 1000}
UNSURE = re.compile(r"[-~至到/、]\s*\d|不|未|无")
YES = frozenset(
    {
        "是",
        "有",
        "√",
        "✓",
        "✔",
        "☑",
        "y",
        "yes",
        "1",
        "true",
        "t",
        "对",
        "已",
        "v",
        "同意",
        "在",
        "○是",
        "●",
    }
)
NO = frozenset(
    {"否", "无", "×", "✗", "✘", "x", "n", "no", "0", "false", "f", "未", "没有", "没", "不是", "不同意", "不"}
)
LATIN = re.compile(r"[A-Za-z]")
PARTING = re.compile(r"[()\uff08\uff09]|[、,;|\n\r\uff0c\uff1b\uff5c]|(?<!\d)/|/(?!\d)")
CALLABLE = re.compile(r"1\d{10}|0\d{9,11}|[48]00\d{7}|[2-9]\d{6,7}")
PHONES = re.compile(r"[、,;/|\n]|\s{2,}|或")


def text(value: Any, limit: int = TEXT_LIMIT, blank_marks: Collection[str] = NO_MARKS) -> Parsed:
    """Text without outer space; rare characters and emoji stay. Warns: text.identity_number. Faults: value.too_long."""
    result = trimmed(unicodedata.normalize("NFC", CONTROL.sub("", "" if value is None else shown(value))))
    if not result or (blank_marks and is_blank(result, blank_marks)):
        return Parsed(None)
    result = without_guard(result)
    if len(result) > limit:
        raise ValueFault("value.too_long", limit=limit)
    return Parsed(result, ("text.identity_number",) if holds_identity_number(result) else ())


def person_name(value: Any) -> Parsed:
    """A person's name; spaces inside a Chinese name (张 三) are only typography. Faults: value.too_long."""
    if is_blank(value):
        return Parsed(None)
    words = text(value).value.split()
    whole_words = sum(map(len, words)) > LONG_NAME and all(len(word) > 1 for word in words)
    result = (" " if whole_words or LATIN.search("".join(words)) else "").join(words)
    if len(result) > NAME_LIMIT:
        raise ValueFault("value.too_long", limit=NAME_LIMIT)
    return Parsed(result)


def number(value: Any, minimum: float | Decimal | None = 0, blank_marks: Collection[str] = BLANK_MARKS) -> Parsed:
    """A number: thousands, 约, 万 and units are understood, a percentage is its fraction; None where it is empty.

    Faults: value.not_a_number, value.negative (below `minimum`), value.too_large.
    """
    if is_blank(value, blank_marks):
        return Parsed(None)
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        raise ValueFault("value.not_a_number", value=value)
    result, unit = _number(narrow(value)) if isinstance(value, str) else (Decimal(str(value)), "")
    if not result.is_finite():
        raise ValueFault("value.not_a_number", value=value)
    if minimum is not None and result < Decimal(str(minimum)):
        raise ValueFault("value.negative", value=value)
    if abs(result) >= LARGEST:
        raise ValueFault("value.too_large", value=value)
    return Parsed(result, (), unit)


def _number(written: str) -> tuple[Decimal, str]:
    match = NUMBER.match(written) if len(written) <= NUMBER_LIMIT else None
    if match and not UNSURE.search(match[4] or ""):
        amount = Decimal(match[1] + match[2].replace(",", "").rstrip(".")) * MULTIPLES.get(match[3] or "", 1)
        unit = (match[4] or "").strip()
        return (amount / PARTS[unit], "") if unit in PARTS else (amount, unit)
    if ACCOUNTING.match(written):
        return -_number(written[1:-1])[0], ""
    if SCIENTIFIC.match(written):
        return Decimal(written), ""
    bare = COUNTED.sub("", written.removeprefix("约").removeprefix("近"))
    spelled = numeral(bare) if len(bare) <= 12 else None
    if spelled is None:
        raise ValueFault("value.not_a_number", value=written)
    return Decimal(spelled), ""


def whole(value: Any, minimum: float | Decimal | None = 0, blank_marks: Collection[str] = BLANK_MARKS) -> Parsed:
    """A whole number, as `number`. Faults: value.not_a_number, value.not_whole, value.negative, value.too_large."""
    parsed = number(value, minimum, blank_marks)
    if parsed.value is None:
        return parsed
    if parsed.value != parsed.value.to_integral_value():
        raise ValueFault("value.not_whole", value=value)
    return Parsed(int(parsed.value), (), parsed.unit)


def flag(value: Any, blank_marks: Collection[str] = BLANK_MARKS) -> Parsed:
    """Yes or no; None where the cell is empty. Faults: value.not_a_flag."""
    if isinstance(value, bool):
        return Parsed(value)
    if is_blank(value, blank_marks):
        return Parsed(None)
    word = narrow(value).lower()
    if word in YES or word in NO:
        return Parsed(word in YES)
    raise ValueFault("value.not_a_flag", value=value)


def phone(value: Any, blank_marks: Collection[str] = BLANK_MARKS) -> Parsed:
    """A phone number as digits; of several the first; None where there is no digit. Never a fault.

    Warnings: phone.short (too few digits), phone.several, phone.odd (no number that anyone could call).
    """
    if is_blank(value, blank_marks):
        return Parsed(None)
    written = narrow(value)
    found = [digits for part in PHONES.split(written) if len(digits := _digits(part)) >= 7]
    digits = (found or [_digits(written)])[0][:PHONE_LIMIT]
    if not digits or "*" in written:
        return Parsed(None, ("phone.odd",))
    several = ("phone.several",) if len(found) > 1 else ()
    if CALLABLE.fullmatch(digits):
        return Parsed(digits, several)
    return Parsed(digits, (*several, "phone.short" if 7 <= len(digits) <= 10 else "phone.odd"))


def _digits(written: str) -> str:
    """The digits of one phone number, without the country's code."""
    digits = re.sub(r"\D", "", written)
    return re.sub(r"^(?:00)?86(?=1\d{10}$)", "", digits)


def items(value: Any, blank_marks: Collection[str] = BLANK_MARKS) -> Parsed:
    """A list written with any of the usual separators, those inside brackets left alone; empty where nothing is."""
    if is_blank(value, blank_marks):
        return Parsed([])
    parts = [trimmed(part) for part in _parted(CONTROL.sub("", shown(value)))]
    return Parsed([part for part in parts if part])


def _parted(text: str) -> list[str]:
    """The parts between separators outside brackets: a separator is inside where the next bracket is a closing one."""
    parts, end, inside = [], len(text), False
    for mark in reversed(list(PARTING.finditer(text))):
        if mark[0] in "()\uff08\uff09":
            inside = mark[0] in ")\uff09"
        elif not inside:
            parts.append(text[mark.end() : end])
            end = mark.start()
    return [text[:end], *reversed(parts)]
