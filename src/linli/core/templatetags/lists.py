"""What templates repeat many times on one page, written in Python: a loop in a template costs ten times as much."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString

from linli.core import clock

register = template.Library()


@register.simple_tag
def options(choices: Iterable[tuple[Any, Any]], chosen: Any = "") -> SafeString:
    """The options of a select, each a code and its label; `chosen` may be text as it stands in an address."""
    return SafeString("".join(_option(str(code), str(label), str(chosen)) for code, label in choices))


def _option(code: str, label: str, chosen: str) -> str:
    return f'<option value="{escape(code)}"{" selected" if code == chosen else ""}>{escape(label)}</option>'


@register.filter
def brief(text: Any, most: int) -> str:
    """The beginning of a text, at most so many characters."""
    whole = str(text)
    return whole if len(whole) <= most else f"{whole[: most - 1]}…"


@register.filter
def moment(value: datetime) -> SafeString:
    """A moment to the minute in local time, without its year."""
    local = value.astimezone(clock.SHANGHAI)
    return SafeString(f'<time datetime="{local.isoformat()}">{local:%m-%d %H:%M}</time>')


@register.filter
def named_in(code: str, words: Mapping[str, Any]) -> Any:
    """What a code is called by these words, themselves names or items that bear one; the code where none speaks."""
    item = words.get(code, code)
    return getattr(item, "named", item)


@register.filter
def last_day(until: date | None) -> date | None:
    """The last day of what is kept with the first day after it, as people say it."""
    return until - timedelta(days=1) if until else None
