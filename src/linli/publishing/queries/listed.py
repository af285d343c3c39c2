"""Everything that is or was owed of disclosure, as a list for other programs and for the terminal."""

from collections.abc import Iterator
from typing import Any, Final

from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.publishing.models import DisclosureDue
from linli.publishing.policies import publications as policies
from linli.publishing.queries.disclosure import OPEN, item_name
from linli.records.figures.compile import Scope
from linli.territory.models import Place

# What one may ask for, and the states that it means; all where it means none.
STATES: Final[dict[str, tuple[str, ...]]] = {
    "open": OPEN,
    "overdue": ("missing",),
    "posted": ("in_time", "late"),
    "all": (),
}


def dues_listed(actor: Actor, scope: Scope, states: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """What is owed in a place and below it, in these states, the earliest day first."""
    rows = DisclosureDue.objects.filter(policies.dues_visible_to(actor), place__path__startswith=scope.path)
    if states:
        rows = rows.filter(state__in=states)
    for row in rows.select_related("place").order_by("due", "place__code", "pk"):
        yield {
            "id": row.pk,
            "item": row.item,
            "label": item_name(row.item),
            "place": row.place.code,
            "name": row.place.name,
            "since": row.since.isoformat(),
            "until": row.until.isoformat(),
            "due": row.due.isoformat(),
            "state": row.state,
            "posted_on": row.posted_on.isoformat() if row.posted_on else None,
            "publication": row.publication_id,
        }


def place_by_code(code: str) -> Place:
    """The place of today with this code. Raises: not_found"""
    found = Place.objects.filter(code=code, until=None, placeholder=False).first() if code else None
    if found is None:
        raise NotFound
    return found
