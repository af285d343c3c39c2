"""Work lists: issued for a period to everybody sent to a place, each task with its owner and day, and followed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.operations.clocks import Holder, calendar_of
from linli.cases.operations.owing import owe, settle
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.core.words import said
from linli.secondments import policies
from linli.secondments.models import Secondment, WorkList, WorkListItem
from linli.secondments.sections import duty_names
from linli.secondments.workflow import LIST, LIST_OWED
from linli.territory.models import Place

LONGEST_TITLE: Final = 120
LONGEST: Final = 200
MOST: Final = 20


@dataclass(frozen=True, slots=True)
class Issue:
    """What is asked of those who are sent to a place, in which period and by when."""

    place_id: int
    title: str
    since: date
    until: date
    due: date
    tasks: Sequence[str]
    role: str = ""
    duty: str = ""


@transaction.atomic
def work_list_issue(*, actor: Actor, issue: Issue) -> WorkList:
    """Issue a work list (RSP-13): everybody who serves at the place or below it owes each task by its day.

    Raises: not_found, work_list.words, work_list.period, work_list.tasks, work_list.duty, work_list.nobody
    """
    place = Place.objects.filter(policies.seats(actor), pk=issue.place_id).first()
    if place is None:
        raise NotFound
    if not issue.since <= issue.due <= issue.until or issue.due < clock.today():
        raise InvalidInput("work_list.period", _("The tasks are due within the period of the list, and from today on."))
    tasks = [said(text, LONGEST, "work_list.tasks") for text in issue.tasks]
    if not 0 < len(tasks) <= MOST:
        raise InvalidInput("work_list.tasks", _("A list has between 1 and %(most)s tasks."), most=MOST)
    if issue.duty not in {"", *duty_names()}:
        raise InvalidInput("work_list.duty", _("Choose from the list."))
    owners = _owners(place, issue.role)
    row = WorkList(place=place, since=issue.since, until=issue.until, issued=clock.now(), issued_by=actor.key)
    row.title = said(issue.title, LONGEST_TITLE, "work_list.words")
    row.save(force_insert=True)
    WorkListItem.objects.bulk_create(
        WorkListItem(work_list=row, secondment=owner, place=owner.place, duty=issue.duty, text=text, due=issue.due)
        for owner in owners
        for text in tasks
    )
    days = calendar_of(place)
    for owner in owners:
        if owner.post_id:
            due, holder = days.close_of(issue.due), Holder(post_id=owner.post_id)
            owe(LIST_OWED, (LIST, row.pk), row.title, owner.place_id, holder, due, days)
    facts = {"owners": len(owners), "tasks": len(tasks)}
    journal.write(actor, "work_list.issue", (LIST, row.pk), place_id=place.pk, facts=facts)
    return row


def _owners(place: Place, role: str) -> list[Secondment]:
    """Who serves at a place or below it now, in a role if one is named. Raises: work_list.nobody"""
    served = Secondment.objects.filter(state="serving", place__path__startswith=place.path).select_related("place")
    if role:
        served = served.filter(role=role)
    owners = list(served.order_by("place__path", "pk"))
    if not owners:
        raise RuleBroken("work_list.nobody", _("Nobody serves there now."))
    return owners


@transaction.atomic
def work_list_done(*, actor: Actor, item_id: int, result: str) -> WorkListItem:
    """Write down what came of a task of one's own.

    Raises: not_found, work_list_item.not_yours, work_list_item.done, work_list_item.result
    """
    rows = WorkListItem.objects.select_for_update(of=("self",)).select_related("secondment__place", "work_list")
    item = rows.filter(policies.parts_visible_to(actor), pk=item_id).first()
    if item is None:
        raise NotFound
    policies.require_owner(actor, item)
    if item.done:
        raise RuleBroken("work_list_item.done", _("This is done already."))
    item.result = said(result, LONGEST, "work_list_item.result")
    item.done, item.done_on = True, clock.today()
    item.save()
    # Whoever writes two of them at once waits here, so that the last one settles the list.
    WorkList.objects.select_for_update().get(pk=item.work_list_id)
    if not item.work_list.items.filter(secondment=item.secondment, done_on=None).exists():
        settle(LIST_OWED, (LIST, item.work_list_id), Holder(post_id=item.secondment.post_id))
    journal.write(actor, "work_list.done", (LIST, item.work_list_id), place_id=item.place_id, facts={"item": item.pk})
    return item
