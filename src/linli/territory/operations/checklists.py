"""Ticking the items of a grid's checklist, and the work items for those that are due again (TER-07)."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, RuleBroken
from linli.core.models import WorkItem
from linli.territory import policies
from linli.territory.checklists import checklist, grids_due, items_of
from linli.territory.models import ChecklistEntry, Place
from linli.territory.operations.places import place_locked
from linli.territory.queries import tending_posts

KIND = "checklist"
SUBJECT = "place"


@transaction.atomic
def checklist_tick(*, actor: Actor, place: int, items: list[str], on: date, note: str = "") -> list[ChecklistEntry]:
    """Say that items of a grid's checklist are up to date on a day; work that waits for all of them ends.

    Raises: not_found, place.not_yours, place.ended, checklist.unknown, checklist.future
    """
    grid = place_locked(place)
    policies.require_tend(actor, grid)
    if grid.until is not None:
        raise RuleBroken("place.ended", _("%(name)s has ended."), name=grid.name)
    if on > clock.today():
        raise InvalidInput("checklist.future", _("The day lies in the future."))
    unknown = set(items) - {item.code for item in items_of(grid)}
    if unknown or not items:
        raise InvalidInput("checklist.unknown", _("Choose items of this grid's checklist."))
    rows = []
    for code in items:
        row, made = ChecklistEntry.objects.get_or_create(
            place=grid, item=code, defaults={"day": on, "note": note[:200]}
        )
        if not made and on >= row.day:
            row.day, row.note = on, note[:200]
            row.save(update_fields=["day", "note"])
        rows.append(row)
    if not any(line.overdue for line in checklist(grid)):
        WorkItem.objects.filter(kind=KIND, subject_type=SUBJECT, subject_id=grid.pk, ended=None).update(
            ended=clock.now()
        )
    facts = {"items": sorted(items), "on": on.isoformat()}
    journal.write(actor, "checklist.tick", (grid.type, grid.pk), place_id=grid.pk, facts=facts, count=len(items))
    return rows


@transaction.atomic
def checklists_remind(*, actor: Actor, limit: int = 2000) -> int:
    """Make one work item for each grid with something due again, for the post that tends it; returns how many.

    A grid without such a post makes none: the vacancy is listed elsewhere.
    """
    waiting = WorkItem.objects.filter(kind=KIND, subject_type=SUBJECT, ended=None).values("subject_id")
    due = grids_due(Place.objects.filter(type=Place.Type.GRID, until=None).exclude(pk__in=waiting))[:limit]
    posts = tending_posts([grid.pk for grid in due])
    now = clock.now()
    end = clock.day_end(clock.today() + timedelta(days=7))
    made = [
        WorkItem(
            kind=KIND,
            subject_type=SUBJECT,
            subject_id=grid.pk,
            title=str(_("Checklist of %(grid)s") % {"grid": grid.name})[:200],
            place_id=grid.pk,
            post_id=posts[grid.pk],
            raised=now,
            yellow_at=end - timedelta(days=2),
            due=end,
        )
        for grid in due
        if grid.pk in posts
    ]
    WorkItem.objects.bulk_create(made, ignore_conflicts=True)
    if made:
        journal.write(actor, "checklist.remind", None, count=len(made))
    return len(made)
