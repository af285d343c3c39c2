"""Lists that are paged by key: by a day and an id, the latest first."""

from datetime import date

from django.db.models import Q

from linli.core.errors import InvalidInput
from linli.core.forms import day_of, number_of


def key_asked(text: str, name: str) -> tuple[date, int] | None:
    """The day and the id, as `2026-03-31.17`, of the line after which a page begins; None for the first page.

    `name` is what the address calls it. Raises: list.bad_filter
    """
    if not text:
        return None
    on, _dot, pk = text.partition(".")
    day, number = day_of(on), number_of(pk[:18])
    if day is None or number is None:
        raise InvalidInput("list.bad_filter", name, value=text)
    return day, number


def older(field: str, key: tuple[date, int]) -> Q:
    """What follows the line with this day and id.

    That nothing is later than the day stands first, so that an index on the day is entered there and not at its end.
    """
    day, pk = key
    return Q(**{f"{field}__lte": day}) & (Q(**{f"{field}__lt": day}) | Q(pk__lt=pk))
