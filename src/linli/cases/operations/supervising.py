"""Urging (催办) and supervising (督办) by those above, and raising what is overdue to the next level."""

from django.db import transaction

from linli.cases.models import Case
from linli.cases.operations import clocks
from linli.cases.operations.steps import locked, said, save
from linli.cases.words import CALL
from linli.core import clock
from linli.core.actors import SYSTEM, Actor
from linli.core.models import WorkItem


@transaction.atomic
def case_urge(*, actor: Actor, case_id: int, reason: str = "", version: int | None = None) -> Case:
    """Urge whoever holds a matter; counted, and seen on its timeline.

    Raises: not_found, case.not_yours, case.stale, case.state
    """
    case = locked(actor, case_id, "urge", version)
    case.extra = {**case.extra, "urged": case.extra.get("urged", 0) + 1}
    return save(actor, case, "urge", reason=reason.strip()[:300])


@transaction.atomic
def case_supervise(*, actor: Actor, case_id: int, reason: str, version: int | None = None) -> Case:
    """Put a matter under supervision (督办): its open work goes to the top of its holder's list.

    Raises: not_found, case.not_yours, case.stale, case.state, case.switched_off, case.reason_missing
    """
    case = locked(actor, case_id, "supervise", version)
    case.supervised = True
    WorkItem.objects.filter(subject_type=clocks.SUBJECT, subject_id=case.pk, ended=None).update(urgent=True)
    return save(actor, case, "supervise", reason=said(reason, "case.reason_missing"))


@transaction.atomic
def overdue_escalate(*, limit: int = 500) -> int:
    """Raise work on matters that is past its red line to the next level, once; returns how many were raised.

    The holder keeps the work; the nearest post above that supervises owes a look within one working day.
    """
    now = clock.now()
    items = list(
        WorkItem.objects.select_for_update(skip_locked=True)
        .filter(ended=None, subject_type=clocks.SUBJECT, level=0, red_at__lte=now)
        .exclude(kind__in=("case.overdue", CALL))
        .order_by("red_at")[:limit]
    )
    cases = Case.objects.select_related("place__county", "place__street", "place__community").defer("search")
    held = cases.in_bulk([item.subject_id for item in items])
    for item in items:
        case = held[item.subject_id]
        calendar = clocks.calendar_of(case.place)
        holder = clocks.post_at(case.place.path, "cases.supervise", without=case.complained_of_id)
        WorkItem.objects.filter(pk=item.pk).update(level=1)
        clocks.work_end(case.pk, kind="case.overdue")
        clocks.work_raise("case.overdue", case, holder, calendar.add_working(now, 1, "working_days"), calendar)
        clocks.escalated(SYSTEM, case, item)
    return len(items)
