"""Resolutions as they are read: the ledger with its open and overdue tasks, one with its tasks."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, Q

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.paging import older
from linli.deliberation.models import Resolution, ResolutionTask
from linli.deliberation.policies import topics as policies
from linli.organizations.models import Organization
from linli.organizations.policies import held_on
from linli.territory.models import Place

PAGE: Final = 50
OFFERED: Final = 300
# Who carries out what residents decide.
CARRYING: Final = (
    Organization.Type.OFFICE,
    Organization.Type.DEPARTMENT,
    Organization.Type.PARTY,
    Organization.Type.SELF_GOVERNMENT,
    Organization.Type.PROPERTY,
)


@dataclass(frozen=True, slots=True)
class ResolutionPage:
    """One resolution: its tasks, each with whether this person may finish or drop it."""

    resolution: Resolution
    tasks: list[tuple[ResolutionTask, bool]]
    hosts: bool
    excepts: bool


def listed(
    actor: Actor, words: str, state: str, before: tuple[date, int] | None, *, late: bool = False
) -> tuple[list[Any], str]:
    """A page of resolutions with how many tasks are open and overdue, and the key of the next page."""
    rows = Resolution.objects.filter(policies.resolutions_visible_to(actor))
    if words:
        rows = rows.filter(Q(title__icontains=words) | Q(number__istartswith=words))
    if state:
        rows = rows.filter(state=state)
    overdue = Q(tasks__state="open", tasks__due__lt=clock.today())
    if late:
        rows = rows.filter(
            pk__in=ResolutionTask.objects.filter(state="open", due__lt=clock.today()).values("resolution")
        )
    if before:
        rows = rows.filter(older("decided_on", before))
    counted = rows.annotate(
        many=Count("tasks"), open=Count("tasks", filter=Q(tasks__state="open")), late=Count("tasks", filter=overdue)
    )
    page = list(counted.select_related("place").order_by("-decided_on", "-pk")[: PAGE + 1])
    more = page[PAGE - 1] if len(page) > PAGE else None
    return page[:PAGE], f"{more.decided_on}.{more.pk}" if more else ""


def resolution_page(actor: Actor, pk: int) -> ResolutionPage:
    """One resolution as somebody sees it. Raises: not_found"""
    rows = Resolution.objects.filter(policies.resolutions_visible_to(actor)).select_related("place", "topic")
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NotFound
    tasks = list(row.tasks.select_related("owner", "case").order_by("due", "pk"))
    for task in tasks:
        task.resolution = row
    lines = [(task, policies.may_finish(actor, task)) for task in tasks]
    return ResolutionPage(row, lines, policies.may_host(actor, row.place), policies.may_except(actor, row.place))


def task_seen(actor: Actor, pk: int) -> ResolutionTask:
    """A task of a resolution that somebody sees. Raises: not_found"""
    seen = Resolution.objects.filter(policies.resolutions_visible_to(actor))
    task = ResolutionTask.objects.filter(pk=pk, resolution__in=seen).first()
    if task is None:
        raise NotFound
    return task


def owners(place: Place) -> list[tuple[str, str]]:
    """The bodies that may be given a task at a place: those there, and those above it."""
    above = [int(step) for step in place.path.split("/") if step]
    near = Q(place__path__startswith=place.path) | Q(place_id__in=above)
    rows = Organization.objects.filter(held_on(clock.today()), near, type__in=CARRYING)
    # The nearest first.
    return [(str(pk), name) for pk, name in rows.order_by("-place__path", "name").values_list("pk", "name")[:OFFERED]]
