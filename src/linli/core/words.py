"""Words that people write: trimmed, there, and no longer than they may be."""

from django.utils.translation import gettext_lazy as _

from linli.core.errors import InvalidInput


def said(text: str, most: int, code: str) -> str:
    """What was written. Raises the code where it is nothing or too long."""
    words = text.strip()
    if not 0 < len(words) <= most:
        raise InvalidInput(code, _("Write something, at most %(most)s characters."), most=most)
    return words


def at_most(text: str, most: int, code: str) -> str:
    """What was written, which may be nothing. Raises the code where it is too long."""
    words = text.strip()
    if len(words) > most:
        raise InvalidInput(code, _("At most %(most)s characters."), most=most)
    return words
