"""What lacks management: how many compounds that were unmanaged before have it now, by community, and who has none."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

from django.db.models import Q, QuerySet

from linli.core.actors import Actor
from linli.property import policies
from linli.property.queries.compounds import biggest_first, with_mode
from linli.property.sections import section
from linli.property.workflow import UNMANAGED
from linli.territory.models import Place

LACKING = Q(mode__in=("", UNMANAGED))


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far compounds that were unmanaged before are managed now, in one community or in all that are seen."""

    community: Place | None
    before: int
    managed: int
    wanted: int

    @property
    def share(self) -> float:
        """The managed among them, in percent."""
        return 100 * self.managed / self.before if self.before else 100.0

    @property
    def short(self) -> int:
        """How many more should be managed."""
        return max(0, needed(self.before, self.wanted) - self.managed)


def needed(before: int, percent: int) -> int:
    """How many of those that were unmanaged before should be managed."""
    return ceil(before * percent / 100)


def coverage(actor: Actor, day: date) -> tuple[Coverage, list[Coverage]]:
    """All that somebody sees together, and each community that falls short, by how much."""
    rows = with_mode(Place.objects.filter(policies.compounds_visible_to(actor)), day).filter(before=True)
    before, managed = Counter[int | None](), Counter[int | None]()
    for community_id, mode in rows.values_list("community_id", "mode"):
        before[community_id] += 1
        managed[community_id] += mode not in ("", UNMANAGED)
    percent = section().covered
    places = Place.objects.select_related("street").in_bulk([pk for pk in before if pk])
    each = [Coverage(places.get(pk or 0), before[pk], managed[pk], percent) for pk in before]
    short = [item for item in each if item.short and item.community]
    short.sort(key=lambda item: item.community.path if item.community else "")
    return Coverage(None, before.total(), managed.total(), percent), short


def lacking(actor: Actor, day: date) -> QuerySet[Any]:
    """The compounds without management, where most households live first."""
    rows = with_mode(Place.objects.filter(policies.compounds_visible_to(actor)), day).filter(LACKING)
    return biggest_first(rows.select_related("street", "community"))
