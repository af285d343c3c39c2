"""Who lacks a legal adviser: each community against the number that the profile asks for (SVC-09)."""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from linli.core import clock
from linli.core.actors import Actor
from linli.organizations.models import Post
from linli.organizations.policies import held_on
from linli.services import policies
from linli.services.sections import section
from linli.territory.models import Place

SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class Lack:
    """How many communities there are, and those that have fewer advisers than they should."""

    needed: int
    places: int
    short: int
    rows: list[tuple[Place, int, int]]

    @property
    def met(self) -> int:
        """How many have enough."""
        return self.places - self.short


def advised(actor: Actor) -> Any:
    """The communities of somebody's desks, with how many people advise each of them today: people, not posts."""
    kinds = section().adviser_posts
    posts = Post.objects.filter(
        held_on(clock.today()), kind__in=kinds, person__isnull=False, place__community_id=OuterRef("pk")
    ).order_by()
    counted = posts.values("place__community_id").annotate(number=Count("person", distinct=True)).values("number")
    rows = Place.objects.filter(policies.desks(actor))
    return rows.annotate(advisers=Coalesce(Subquery(counted), Value(0)))


def lacking(actor: Actor) -> Lack:
    """Which communities lack advisers, and how many."""
    needed = section().advisers
    rows = advised(actor)
    short = rows.filter(advisers__lt=needed)
    found = [(row, row.advisers, needed - row.advisers) for row in short.order_by(F("path"))[:SHOWN]]
    return Lack(needed, rows.count(), short.count(), found)
