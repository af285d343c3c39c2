"""The day that an import's form names."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from linli.core.errors import InvalidInput


def day(text: str) -> date | None:
    """The day that a form names. Raises import.bad_day."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InvalidInput("import.bad_day", _("“%(value)s” is not a date."), value=text) from error
