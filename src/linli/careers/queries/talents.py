"""The talent pool: who let it be known what they can do, searched by words and category."""

from datetime import date
from typing import Final

from django.db.models import F, Q, QuerySet

from linli.careers import policies
from linli.careers.models import TalentEntry
from linli.careers.sections import names, section
from linli.careers.workflow import MANAGE
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.territory.models import Place

PAGE: Final = 50


def pool_places() -> QuerySet[Place]:
    """The communities in whose pool one may be."""
    there = Q(placeholder=False, until=None, community_id=F("pk"))
    return Place.objects.filter(there).select_related("county", "street", "community")


def desk_places(actor: Actor) -> QuerySet[Place]:
    """The communities whose pool the actor keeps."""
    return Place.objects.filter(policies.communities_of(actor)).order_by("path")


def pool(
    actor: Actor, *, words: str = "", category: str = "", elders: bool = False, before: tuple[date, int] | None = None
) -> tuple[list[tuple[TalentEntry, str]], str]:
    """A page of the pool, the latest first, with the names of the categories, and the key of the next."""
    known = names(section().talents)
    rows = TalentEntry.objects.filter(policies.talents_visible_to(actor)).select_related("person", "place")
    rows = rows.filter(category=category) if category else rows
    rows = rows.filter(category__in=[item.code for item in section().talents if item.elder]) if elders else rows
    rows = rows.filter(Q(person__name__icontains=words) | Q(skills__icontains=words)) if words else rows
    rows = rows.filter(pk__lt=before[1]) if before else rows
    page = list(rows.order_by("-pk")[: PAGE + 1])
    more = page[PAGE - 1] if len(page) > PAGE else None
    lines = [(row, known.get(row.category, row.category)) for row in page[:PAGE]]
    return lines, f"{more.consent_on}.{more.pk}" if more else ""


def talent_page(actor: Actor, pk: int) -> tuple[TalentEntry, str, bool]:
    """One entry with the name of its category and whether the actor may take it off. Raises: not_found"""
    rows = TalentEntry.objects.filter(policies.talents_visible_to(actor)).select_related("person", "place")
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row, names(section().talents).get(row.category, row.category), policies.may_leave(actor, row)


def talents_of(person_id: int) -> list[tuple[TalentEntry, str]]:
    """The entries of somebody, for themselves."""
    known = names(section().talents)
    rows = TalentEntry.objects.filter(person_id=person_id).select_related("place").order_by("pk")
    return [(row, known.get(row.category, row.category)) for row in rows]


def managed_places(actor: Actor) -> QuerySet[Place]:
    """The places at which the actor decides: those of their posts, and the communities below."""
    paths = [scope.path for scope in actor.scopes if MANAGE in scope.abilities and scope.path]
    below = Q(placeholder=False, until=None, community_id=F("pk")) & actor.places(MANAGE, "")
    return Place.objects.filter(below | Q(path__in=paths)).order_by("path")
