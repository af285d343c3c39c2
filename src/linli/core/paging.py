"""Lists that are paged by key: by a day and an id, the latest first."""

from datetime import date

from django.db.models import Q


def older(field: str, key: tuple[date, int]) -> Q:
    """What follows the line with this day and id.

    That nothing is later than the day stands first, so that an index on the day is entered there and not at its end.
    """
    day, pk = key
    return Q(**{f"{field}__lte": day}) & (Q(**{f"{field}__lt": day}) | Q(pk__lt=pk))
