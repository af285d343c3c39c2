"""Words that people write: trimmed, there, no longer than they may be, and without signs that cannot be shown."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from linli.core.errors import InvalidInput

# Signs that no feed and no Word file may hold; office programs paste the first two for a new line.
_SIGNS: Final = {code: " " for code in range(32) if chr(code) not in "\t\n\r"} | {0x0B: "\n", 0x0C: "\n"}


def said(text: str, most: int, code: str) -> str:
    """What was written. Raises the code where it is nothing or too long."""
    words = text.translate(_SIGNS).strip()
    if not 0 < len(words) <= most:
        raise InvalidInput(code, _("Write something, at most %(most)s characters."), most=most)
    return words


def at_most(text: str, most: int, code: str) -> str:
    """What was written, which may be nothing. Raises the code where it is too long."""
    words = text.translate(_SIGNS).strip()
    if len(words) > most:
        raise InvalidInput(code, _("At most %(most)s characters."), most=most)
    return words
