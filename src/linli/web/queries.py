"""What a post owes today, read from the one table of work items."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from linli.core import clock
from linli.core.actors import Actor
from linli.core.models import WorkItem

LIMIT = 100


@dataclass(frozen=True, slots=True)
class Owed:
    """One work item as the list shows it: never by colour alone."""

    title: str
    url: str
    due: datetime | None
    tone: str
    icon: str
    word: Any


def owed(actor: Actor) -> list[Owed]:
    """What the actor's posts and bodies owe and what waits at places the actor dispatches for, soonest first."""
    now = clock.now()
    mine = Q(post_id__in=actor.post_ids) | Q(organization_id__in=actor.organization_ids)
    items = WorkItem.objects.filter(mine, ended=None).order_by(F("due").asc(nulls_last=True), "id")[:LIMIT]
    return [_shown(item, now) for item in items]


def _shown(item: WorkItem, now: datetime) -> Owed:
    tone, icon = "green", "circle-check"
    word: Any = ""
    if item.red_at and item.red_at <= now:
        tone, icon, word = "red", "alert-triangle", _("long overdue")
    elif item.due and item.due <= now:
        tone, icon, word = "orange", "alert-triangle", _("overdue")
    elif item.yellow_at and item.yellow_at <= now:
        tone, icon, word = "yellow", "clock", _("due soon")
    try:
        url = reverse(f"{item.subject_type}s:{item.subject_type}", args=[item.subject_id])
    except NoReverseMatch:
        url = ""
    return Owed(item.title, url, item.due, tone, icon, word)
