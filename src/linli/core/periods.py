"""Quarters, half-years and years that are reported on: their codes (2026-Q1, 2026-H1, 2026), days, and words."""

import re
from datetime import date, timedelta
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from linli.core.calendar import add_months

MONTHS: Final = {"quarter": 3, "half_year": 6, "year": 12}
WORDS: Final = {"Q1": "第一季度", "Q2": "第二季度", "Q3": "第三季度", "Q4": "第四季度", "H1": "上半年", "H2": "下半年"}
WRITTEN: Final = re.compile(r"(19[5-9]\d|20\d\d)(?:年度?|-)?(.*)")
PARTS: Final = {
    **{name: part for part, word in WORDS.items() for name in (part, word)},
    **{
        f"{name}季度": f"Q{number}"
        for number in range(1, 5)
        for name in ("一二三四"[number - 1], f"{number}", f"第{number}")
    },
}


def span_of(kind: str, day: date) -> tuple[str, date, date]:
    """The period of a kind that a day lies in: its code, first and last day."""
    months = MONTHS[kind]
    first = date(day.year, months * ((day.month - 1) // months) + 1, 1)
    last = add_months(first, months) - timedelta(days=1)
    number = (first.month - 1) // months + 1
    code = {"quarter": f"{day.year}-Q{number}", "half_year": f"{day.year}-H{number}", "year": str(day.year)}[kind]
    return code, first, last


def period_label(code: str) -> str:
    """A period in words."""
    year, _dash, part = code.partition("-")
    if code.startswith("term"):
        return str(_("end of the term"))
    if (get_language() or "").startswith("en"):
        return f"{part} {year}".strip()
    return f"{year}年{WORDS.get(part, '度')}"


def period_code(text: str) -> str:
    """The code of a period that people wrote (2022年第一季度, 2022年上半年, 2022年度); empty where it is none."""
    found = WRITTEN.fullmatch("".join(text.split()))
    if found is None:
        return ""
    year, part = found.groups()
    if not part:
        return year
    return f"{year}-{PARTS[part]}" if part in PARTS else ""


def days_of(code: str) -> tuple[date, date]:
    """The first and last day of a period."""
    year, _dash, part = code.partition("-")
    months = {"Q": 3, "H": 6}.get(part[:1], 12)
    first = date(int(year), months * (int(part[1:] or 1) - 1) + 1, 1)
    return first, add_months(first, months) - timedelta(days=1)
