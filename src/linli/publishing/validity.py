"""How long a document is valid, as lists write it: 长期, 三年, 5年, 至2028年12月31日."""

import re
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from linli.core.calendar import add_months
from linli.core.errors import InvalidInput

ENDLESS: Final = frozenset({"长期", "长期有效", "永久", "无期限", "无", "-", "—", "–"})
_DIGITS: Final = {sign: value for value, sign in enumerate("一二三四五六七八九十", start=1)} | {"两": 2}
_YEARS: Final = re.compile(r"^(?:有效期)?([0-9]{1,2}|[一二两三四五六七八九十])年$")
_DAY: Final = re.compile(r"^(?:有效期)?至?([0-9]{4})[-./年]([0-9]{1,2})[-./月]([0-9]{1,2})日?(?:止|为止)?$")


def last_day(since: date, text: str) -> date | None:
    """The last day of what is valid from a day; None where there is no end. Raises: policy_document.validity"""
    said = "".join(text.split())
    if not said or said in ENDLESS:
        return None
    if years := _YEARS.match(said):
        count = int(years[1]) if years[1].isdecimal() else _DIGITS[years[1]]
        return add_months(since, 12 * count) - timedelta(days=1)
    found = _DAY.match(said)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else _refused(text)
    except ValueError:
        return _refused(text)


def _refused(text: str) -> date:
    message = _("“%(text)s” is no validity; write a last day, a number of years, or 长期.")
    raise InvalidInput("policy_document.validity", message, text=text[:40])
