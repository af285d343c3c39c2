"""Duplicates: merging a matter into another and taking that apart again. Every reporter keeps a thread."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.models import Case
from linli.cases.operations import clocks
from linli.cases.operations.calling import call_withdraw
from linli.cases.operations.steps import locked, said, save
from linli.cases.policies import cases_visible_to
from linli.cases.workflow import OPEN
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotFound, RuleBroken


@transaction.atomic
def case_merge(*, actor: Actor, case_id: int, into_id: int, reason: str = "", version: int | None = None) -> Case:
    """Merge a duplicate into another open matter; its reporter goes on following it by the same number.

    Raises: not_found, case.not_yours, case.stale, case.state, case.merge_self, case.merge_closed
    """
    if case_id == into_id:
        raise RuleBroken("case.merge_self", _("A matter is no duplicate of itself."))
    _lock_pair(case_id, into_id)
    case = locked(actor, case_id, "merge", version)
    into = Case.objects.filter(cases_visible_to(actor), pk=into_id).first()
    if into is None:
        raise NotFound
    if into.state not in OPEN:
        raise RuleBroken("case.merge_closed", _("Merge into a matter that is still open."))
    case.merged_into = into
    case.extra = {**case.extra, "state_before_merge": case.was}  # type: ignore[attr-defined]
    return save(actor, case, "merge", into=into_id, reason=reason.strip()[:300])


@transaction.atomic
def case_unmerge(*, actor: Actor, case_id: int, reason: str, version: int | None = None) -> Case:
    """Take a merged matter apart again; it goes on as accepted, with its own clock from receipt.

    Its reporter is called for itself again, no longer for the matter that it was merged into.
    Raises: not_found, case.not_yours, case.stale, case.state, case.reason_missing
    """
    _lock_pair(case_id, Case.objects.filter(pk=case_id).values_list("merged_into_id", flat=True).first())
    case = locked(actor, case_id, "unmerge", version)
    into = case.merged_into
    case.merged_into = None
    case.accepted = case.accepted or clock.now()
    case.lead, case.dispatched, case.taken = None, None, None
    clocks.set_due(case, clocks.calendar_of(case.place))
    was_in = into.pk if into else None
    saved = save(actor, case, "unmerge", was_in=was_in, reason=said(reason, "case.reason_missing"))
    if into is not None:
        call_withdraw(case=into)
    return saved


def _lock_pair(case_id: int, into_id: int | None) -> None:
    """Always in the order of their numbers, so that two who take the same pair cannot wait for each other."""
    pair = Case.objects.select_for_update().filter(pk__in=(case_id, into_id or case_id))
    list(pair.order_by("pk").values("pk"))
