"""What templates repeat many times on one page, written in Python: a loop in a template costs ten times as much."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from linli.core import clock

register = template.Library()


@register.simple_tag
def options(choices: Iterable[tuple[Any, Any]], chosen: Any = "") -> SafeString:
    """The options of a select, each a code and its label; `chosen` may be text as it stands in an address."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((code, SafeString(" selected") if str(code) == str(chosen) else "", label) for code, label in choices),
    )


@register.filter
def moment(value: datetime) -> SafeString:
    """A moment to the minute in local time, without its year."""
    local = value.astimezone(clock.SHANGHAI)
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), f"{local:%m-%d %H:%M}")


@register.filter
def last_day(until: date | None) -> date | None:
    """The last day of what is kept with the first day after it, as people say it."""
    return until - timedelta(days=1) if until else None
