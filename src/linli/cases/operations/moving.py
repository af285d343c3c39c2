"""Open matters go along when their place or the body that holds them is succeeded; what has ended stays where it was.

Called by receivers.py, in the transaction of whoever merges, splits, redraws or ends.
"""

from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet

from linli.cases.models import Case, Help
from linli.cases.operations import clocks
from linli.cases.operations.dispatching import unlead
from linli.cases.operations.intake import ground_above
from linli.cases.operations.steps import PLACES
from linli.cases.workflow import OPEN, WITH_HANDLER
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.bulk import change
from linli.core.models import WorkItem
from linli.organizations.models import Post
from linli.organizations.operations.handing import items_move
from linli.organizations.policies import held_on
from linli.territory.models import Place


@transaction.atomic
def place_left(*, actor: Actor, old_id: int, new_ids: tuple[int, ...], on: date) -> int:
    """Move the open matters of an ended place to what succeeds it; returns how many.

    Of several successors a matter goes to the one in which its grid now lies, else to the main one.
    """
    open_ones = Case.objects.select_for_update().filter(state__in=OPEN)
    rows = list(open_ones.filter(Q(place_id=old_id) | Q(grid_id=old_id)).order_by("pk"))
    homes = _homes([row.grid_id for row in rows if row.grid_id], new_ids)
    for row in rows:
        if row.place_id == old_id:
            row.place_id = homes.get(row.grid_id or 0, new_ids[0])
        if row.grid_id == old_id:
            row.grid_id = new_ids[0]
        row.version += 1
    change(Case, rows, ["place", "grid", "version"])
    by_place: dict[int, list[int]] = {}
    for row in rows:
        by_place.setdefault(row.place_id, []).append(row.pk)
        facts = {"from": old_id, "to": row.place_id, "on": on.isoformat()}
        journal.write(actor, "case.follow_place", ("case", row.pk), place_id=row.place_id, facts=facts)
    for place_id, held in by_place.items():
        items = WorkItem.objects.filter(subject_type="case", subject_id__in=held, ended=None)
        items.update(place_id=place_id)
    return len(rows)


def _homes(grid_ids: list[int], new_ids: tuple[int, ...]) -> dict[int, int]:
    """For grids, the successor in which each lies now."""
    rows = Place.objects.filter(pk__in=grid_ids).values_list("pk", "path")
    return {pk: new for pk, path in rows for new in new_ids if f"/{new}/" in path}


@transaction.atomic
def body_left(*, actor: Actor, old_id: int, new_id: int, on: date) -> int:
    """Give what an ended body led, helped with or had at its desk to the one that it merged into; returns how many.

    What was complained of either is kept from the new one, and goes to the body above it.
    """
    Case.objects.filter(complained_of_id=old_id).update(complained_of_id=new_id)
    lifted = _lifted(actor, old_id, new_id, on)
    open_ones: QuerySet[Case] = Case.objects.select_for_update().filter(state__in=OPEN)
    open_ones = open_ones.filter(~Q(complained_of_id=new_id) | Q(complained_of=None))
    rows = list(open_ones.filter(Q(lead_id=old_id) | Q(desk_id=old_id)).order_by("pk"))
    for row in rows:
        row.lead_id = new_id if row.lead_id == old_id else row.lead_id
        row.desk_id = new_id if row.desk_id == old_id else row.desk_id
        row.version += 1
        facts = {"from_body": old_id, "to_body": new_id, "on": on.isoformat()}
        journal.write(actor, "case.follow_body", ("case", row.pk), place_id=row.place_id, facts=facts)
    change(Case, rows, ["lead", "desk", "version"])
    helping = Help.objects.filter(organization_id=old_id, case__state__in=OPEN)
    helping = helping.filter(~Q(case__complained_of_id=new_id) | Q(case__complained_of=None))
    helping.exclude(case__helps__organization_id=new_id).update(organization_id=new_id)
    return len(rows) + lifted


def _lifted(actor: Actor, old_id: int, new_id: int, on: date) -> int:
    """Take open complaints about a body out of its hands, and of those of the body that it took over.

    They go to the desk above, as when they came in: what the two led is dispatched anew, and what else they owed is
    owed by whoever would owe it without them.
    """
    theirs = (old_id, new_id)
    open_ones = Case.objects.select_for_update(of=("self",)).filter(state__in=OPEN, complained_of_id=new_id)
    count = 0
    for case in open_ones.select_related(*PLACES, "complained_of__place").defer("search").order_by("pk"):
        was = case.state
        held = (case.desk_id, case.lead_id)
        _leave(case, theirs)
        left = (case.desk_id, case.lead_id) != held
        if left:
            case.version += 1
            case.save()
        if case.state != was:
            clocks.hold(case)
        items = _owed_by(case, new_id, theirs)
        if not (left or items):
            continue
        _hand_on(case, items)
        facts = {"from": was, "to": case.state, "from_body": old_id, "to_body": case.desk_id, "on": on.isoformat()}
        journal.write(actor, "case.follow_body", ("case", case.pk), place_id=case.place_id, facts=facts)
        count += 1
    return count


def _leave(case: Case, theirs: tuple[int, int]) -> None:
    """Nobody of these bodies leads the matter or has it at the desk any more; not yet written."""
    if case.complained_of is not None and case.desk_id in theirs:
        ground = ground_above(case.complained_of)
        case.place_id, case.grid_id, case.desk_id = ground.place_id, ground.grid_id, ground.office_id
        WorkItem.objects.filter(subject_type="case", subject_id=case.pk, ended=None).update(place_id=case.place_id)
    if case.lead_id in theirs and case.state in (*WITH_HANDLER, "deferred"):
        unlead(case)
        case.state = "accepted" if case.state in WITH_HANDLER else case.state


def _owed_by(case: Case, body_id: int, theirs: tuple[int, int]) -> list[WorkItem]:
    """The open steps of a matter that these bodies owe, or a post of somebody who works at the body now."""
    people = Post.objects.filter(held_on(clock.today()), organization_id=body_id, person__isnull=False)
    posts = Post.objects.filter(person_id__in=people.values("person_id")).values("id")
    return list(_open_steps(case).filter(Q(organization_id__in=theirs) | Q(post_id__in=posts)))


def _open_steps(case: Case) -> QuerySet[WorkItem]:
    """What is owed for a matter, locked, in the order in which it came."""
    items = WorkItem.objects.select_for_update().filter(subject_type="case", subject_id=case.pk, ended=None)
    return items.order_by("id")


def _hand_on(case: Case, items: list[WorkItem]) -> None:
    """Give open steps of a matter to whoever owes them now."""
    for item in items:
        holder = clocks.owes(item.kind, case)
        items_move([item], post_id=holder.post_id, organization_id=holder.organization_id)


@transaction.atomic
def post_left(*, actor: Actor, old_id: int, post_id: int | None, organization_id: int | None, on: date) -> int:
    """Pass on what an ended post leaves of complaints to the body complained of or to who works there.

    It goes to whoever owes it without them; returns of how many matters.
    """
    person = Post.objects.filter(pk=post_id or 0).values("person_id")
    works_at = Post.objects.filter(held_on(clock.today()), person_id__in=person, organization__isnull=False)
    bodies = {organization_id} if organization_id else set(works_at.values_list("organization_id", flat=True))
    about = Case.objects.filter(state__in=OPEN, complained_of_id__in=bodies).select_related(*PLACES).defer("search")
    count = 0
    for case in about.order_by("pk"):
        items = list(_open_steps(case).filter(post_id=post_id, organization_id=organization_id))
        if items:
            _hand_on(case, items)
            facts = {"from_post": old_id, "on": on.isoformat()}
            journal.write(actor, "case.follow_post", ("case", case.pk), place_id=case.place_id, facts=facts)
            count += 1
    return count
