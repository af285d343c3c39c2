"""Codes of matters as words on a page: `{{ case.source|word:"source" }}`."""

from typing import Any, Final

from django import template

from linli.cases import words
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
    "fault": FAULTS,
}


@register.filter
def word(code: str, name: str) -> Any:
    """The word for a code of a list; a code that the place made up stands for itself."""
    return dict(LISTS[name]).get(code, code)
