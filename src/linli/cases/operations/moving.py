"""Open matters go along when their place or the body that holds them is succeeded; what has ended stays where it was.

Called by receivers.py, in the transaction of whoever merges, splits, redraws or ends.
"""

from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet

from linli.cases.models import Case, Help
from linli.cases.workflow import OPEN
from linli.core import journal
from linli.core.actors import Actor
from linli.core.models import WorkItem
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
    Case.objects.bulk_update(rows, ["place", "grid", "version"], batch_size=1000)
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

    What was complained of the ended body is kept from the new one; what the new one is complained of stays where it is.
    """
    Case.objects.filter(complained_of_id=old_id).update(complained_of_id=new_id)
    open_ones: QuerySet[Case] = Case.objects.select_for_update().filter(state__in=OPEN)
    open_ones = open_ones.filter(~Q(complained_of_id=new_id) | Q(complained_of=None))
    rows = list(open_ones.filter(Q(lead_id=old_id) | Q(desk_id=old_id)).order_by("pk"))
    for row in rows:
        row.lead_id = new_id if row.lead_id == old_id else row.lead_id
        row.desk_id = new_id if row.desk_id == old_id else row.desk_id
        row.version += 1
        facts = {"from_body": old_id, "to_body": new_id, "on": on.isoformat()}
        journal.write(actor, "case.follow_body", ("case", row.pk), place_id=row.place_id, facts=facts)
    Case.objects.bulk_update(rows, ["lead", "desk", "version"], batch_size=1000)
    helping = Help.objects.filter(organization_id=old_id, case__state__in=OPEN)
    helping = helping.filter(~Q(case__complained_of_id=new_id) | Q(case__complained_of=None))
    helping.exclude(case__helps__organization_id=new_id).update(organization_id=new_id)
    return len(rows)
