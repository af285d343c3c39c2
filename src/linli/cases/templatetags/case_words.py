"""Codes of matters as words on a page: `{{ case.source|word:"source" }}`, `{{ case.state|state }}`."""

from functools import lru_cache
from typing import Any, Final

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from linli.cases import sections, words
from linli.cases.queries.tables import FAULTS
from linli.cases.workflow import CASE, WHISTLE

register = template.Library()
LISTS: Final[dict[str, Any]] = {
    "kind": words.KINDS,
    "source": words.SOURCES,
    "door": words.DOORS,
    "outcome": words.OUTCOMES,
    "urgency": words.URGENCIES,
    "whistle_kind": words.WHISTLE_KINDS,
    "verification": words.VERIFICATIONS,
    "channel": words.CHANNELS,
    "state": CASE.choices,
    "whistle_state": WHISTLE.choices,
    "work": words.WORK,
    "told": words.TOLD,
    "fault": FAULTS,
}
TONES: Final = {
    **dict.fromkeys(("closed", "rated", "verified"), "green"),
    **dict.fromkeys(("received", "with_arbiter"), "orange"),
    "done": "teal",
}


@register.filter
def word(code: str, name: str) -> Any:
    """The word for a code of a list; a code that the place made up stands for itself."""
    return dict(LISTS[name]).get(code, code)


@register.filter
def category(code: str) -> str:
    """The label of a category, as the place words it."""
    return sections.category_name(code)


@register.filter
def state(code: str) -> SafeString:
    """The badge of a state, as the place calls it."""
    return _badge(TONES.get(code, "blue"), str(sections.flow().label(code)))


@lru_cache(maxsize=256)
def _badge(tone: str, label: str) -> SafeString:
    return format_html('<span class="badge bg-{}-lt">{}</span>', tone, label)
