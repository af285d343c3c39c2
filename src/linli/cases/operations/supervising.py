"""Urging (催办) and supervising (督办) by those above, and raising what is overdue to the next level.

A supervision asks for a written reply; what it finds is final only after that, or after the reply's day (DSP-11).
"""

from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.models import Case
from linli.cases.operations import clocks
from linli.cases.operations.steps import locked, said, save
from linli.cases.sections import Period
from linli.cases.words import CALL
from linli.core import clock
from linli.core.actors import SYSTEM, Actor
from linli.core.errors import RuleBroken
from linli.core.models import WorkItem

# Within what time a supervision is replied to, and concluded after the reply.
REPLY: Final = Period(amount=2)
LONGEST: Final = 1000


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
    """Put a matter under supervision (督办): its open work goes to the top, and its holder owes a written reply.

    Raises: not_found, case.not_yours, case.stale, case.state, case.switched_off, case.reason_missing
    """
    case = locked(actor, case_id, "supervise", version)
    reason = said(reason, "case.reason_missing")
    calendar = clocks.calendar_of(case.place)
    due = clocks.after(calendar, clock.now(), REPLY)
    case.supervised = True
    case.extra = {
        **case.extra,
        "supervision": {"reason": reason, "due": due.isoformat(), "post": _post_of(actor, case)},
    }
    saved = save(actor, case, "supervise", reason=reason)
    clocks.reply_owe(case, calendar)
    items = WorkItem.objects.filter(subject_type=clocks.SUBJECT, subject_id=case.pk, ended=None)
    items.update(urgent=True)
    return saved


@transaction.atomic
def case_reply(*, actor: Actor, case_id: int, text: str, version: int | None = None) -> Case:
    """Reply to a supervision as whoever holds the matter, once, before anything is found about it (DSP-11).

    Raises: not_found, case.not_yours, case.stale, case.state, case.switched_off, supervision.none,
    supervision.replied, supervision.text_missing, case.too_long
    """
    case = locked(actor, case_id, "reply", version)
    asked = _supervision(case)
    if asked.get("reply"):
        raise RuleBroken("supervision.replied", _("The reply was given already."))
    text = said(text, "supervision.text_missing", LONGEST)
    case.extra = {**case.extra, "supervision": {**asked, "reply": text}}
    saved = save(actor, case, "reply", reason=text)
    clocks.work_end(case.pk, kind=clocks.REPLY_OWED)
    calendar = clocks.calendar_of(case.place)
    holder = clocks.Holder(post_id=asked["post"])
    due = clocks.after(calendar, clock.now(), REPLY)
    clocks.work_raise("supervision.conclude", case, holder, due, calendar)
    return saved


@transaction.atomic
def case_conclude(*, actor: Actor, case_id: int, text: str, version: int | None = None) -> Case:
    """Say what a supervision found, after the reply or the day on which it was due; the finding is final.

    Raises: not_found, case.not_yours, case.stale, case.state, case.switched_off, supervision.none,
    supervision.reply_awaited, supervision.text_missing, case.too_long
    """
    case = locked(actor, case_id, "conclude", version)
    asked = _supervision(case)
    if not asked.get("reply") and clock.now() < datetime.fromisoformat(asked["due"]):
        raise RuleBroken("supervision.reply_awaited", _("The body may still reply; nothing is found before that."))
    text = said(text, "supervision.text_missing", LONGEST)
    case.supervised = False
    case.extra = {**case.extra, "supervision": {**asked, "finding": text}}
    saved = save(actor, case, "conclude", reason=text, replied=bool(asked.get("reply")))
    clocks.work_end(case.pk, kind="supervision.")
    return saved


def _supervision(case: Case) -> dict[str, Any]:
    """The supervision that goes on. Raises: supervision.none"""
    asked: dict[str, Any] = case.extra.get("supervision") or {}
    if not asked or asked.get("finding"):
        raise RuleBroken("supervision.none", _("This matter is not under supervision."))
    return asked


def _post_of(actor: Actor, case: Case) -> int | None:
    """The post that will conclude: the supervisor's own."""
    if actor.post_ids:
        return actor.post_ids[0]
    return clocks.post_at(case.place.path, "cases.supervise", without=case.complained_of_id).post_id


@transaction.atomic
def overdue_escalate(*, limit: int = 500) -> int:
    """Raise work on matters that is past its red line to the next level, once; returns how many were raised.

    The holder keeps the work; the nearest post above that supervises owes a look within one working day.
    """
    now = clock.now()
    items = list(
        WorkItem.objects.select_for_update(skip_locked=True)
        .filter(ended=None, subject_type=clocks.SUBJECT, level=0, red_at__lte=now)
        .exclude(kind__in=("case.overdue", "supervision.conclude", CALL))
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
