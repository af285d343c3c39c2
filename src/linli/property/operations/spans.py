"""One mode at a time: what is said of a compound without a contract makes room for what begins after it.

Whoever writes holds the lock of the compounds, always in the order of their ids. That nothing overlaps, an exclusion
constraint checks once more by itself.
"""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.core.errors import RuleBroken
from linli.property.models import Management
from linli.territory.models import Place

DAY: Final = timedelta(days=1)


def compounds_locked(ids: Collection[int], among: Q) -> dict[int, Place]:
    """The compounds with these ids among those that somebody may touch, locked."""
    rows = Place.objects.select_for_update(of=("self",)).select_related("county", "street", "community")
    return {place.pk: place for place in rows.filter(among, pk__in=ids).order_by("pk")}


def held_in(compounds: Collection[int], since: date, last: date | None) -> list[Management]:
    """What holds of these compounds at any time between two days, the earliest first."""
    rows = Management.objects.filter(Q(last=None) | Q(last__gte=since), compound_id__in=compounds, void=False)
    if last:
        rows = rows.filter(since__lte=last)
    return list(rows.select_related("contract", "compound").order_by("since", "pk"))


def gives_way(row: Management, since: date) -> bool:
    """Whether what is said of a compound only holds until something else begins on this day."""
    return row.contract_id is None and row.since <= since


def require_room(compounds: Collection[int], since: date, last: date | None) -> None:
    """Refuse a time in which a compound has another contract, or something else was said of it since.

    Raises: contract.overlap
    """
    for row in held_in(compounds, since, last):
        if not gives_way(row, since):
            raise overlap(row)


def overlap(row: Management) -> RuleBroken:
    """The refusal that names what stands in the way."""
    facts: Mapping[str, Any] = {
        "compound": row.compound.name,
        "number": row.contract.number or row.contract_id if row.contract else "",
        "since": f"{row.since:%Y-%m-%d}",
        "last": f"{row.last:%Y-%m-%d}" if row.last else "…",
    }
    message = _("%(compound)s is managed otherwise from %(since)s to %(last)s: say something of a later day.")
    if row.contract_id:
        message = _(
            "%(compound)s is under contract %(number)s from %(since)s to %(last)s: choose other days, or end it first."
        )
    return RuleBroken("contract.overlap", message, **facts)


def make_room(compounds: Collection[int], since: date) -> None:
    """End the day before what is said of these compounds; what began on this very day never came about."""
    said = Management.objects.filter(Q(last=None) | Q(last__gte=since), compound_id__in=compounds, contract=None)
    said = said.filter(void=False)
    said.filter(since__lt=since).update(last=since - DAY)
    said.filter(since=since).update(void=True)


def last_before(compound_id: int, since: date) -> date | None:
    """The last day of what is said of a compound from a day on: that before anything else begins, if it does."""
    after = Management.objects.filter(compound_id=compound_id, since__gt=since, void=False)
    follows = after.order_by("since").values_list("since", flat=True).first()
    return follows - DAY if follows else None


def hold_again(compounds: Collection[int]) -> None:
    """What was said of these compounds holds on where nothing begins after it any longer."""
    for row in Management.objects.filter(compound_id__in=compounds, contract=None, void=False).exclude(last=None):
        last = last_before(row.compound_id, row.since)
        if last != row.last:
            row.last = last
            row.save(update_fields=["last"])
