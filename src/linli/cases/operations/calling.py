"""Calls to reporters who asked for one, or whom no text message reaches: one piece of work of the desk (R25).

The other half of texting.py: whoever left only a phone is called, or told at the counter, where nothing is sent. It
is owed until they know where their matter stands.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from linli.cases.models import Case, Reporter
from linli.cases.operations import clocks
from linli.cases.operations.texting import CHANNEL, TEXTED
from linli.cases.policies import cases_visible_to, may_call
from linli.cases.words import CALL, TOLD, callable_number
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.calendar import Unit, WorkingCalendar
from linli.core.errors import InvalidInput, NotAllowed, NotFound, RuleBroken, Stale
from linli.core.models import Entry, WorkItem
from linli.messaging.channels import channel_with

# So often somebody is tried in vain before the desk may let it be.
TRIES: Final = 3


def call_owe(*, case: Case, due: datetime | None = None) -> None:
    """Note that the desk owes a call, once however often the matter moves; part of the operation that moved it.

    Due on the next working day, or by a clock of its own.
    """
    if not _waiting(case) or calls_open([case.pk]).exists():
        return
    calendar = clocks.calendar_of(case.place)
    clocks.work_raise(CALL, case, clocks.desk_of(case), due or _next_day(calendar), calendar)


def callback_owe(*, case: Case, reporters: Sequence[Reporter]) -> None:
    """Note that a reporter of a new or merged report asked to be called: due when the first contact is."""
    if any(row.callback for row in reporters):
        call_owe(case=case, due=max(case.contact_due or clock.now(), clock.now()))


@transaction.atomic
def reporter_told(*, actor: Actor, case_id: int, outcome: str, state: str = "") -> bool:
    """Write down how telling the reporter went; returns whether it is settled.

    Who was not reached is tried again on the next working day, three times in all. `state` is what was told.
    Raises: not_found, call.not_yours, call.bad_outcome, case.stale, call.not_owed
    """
    case = _locked(actor, case_id)
    if outcome not in dict(TOLD):
        raise InvalidInput("call.bad_outcome", _("Please choose how it went."))
    if state and state != case.state:
        message = _("Somebody changed this matter since you opened it.")
        raise Stale("case.stale", message, yours=state, current=case.state)
    item = calls_open([case.pk]).select_for_update().first()
    if item is None:
        raise RuleBroken("call.not_owed", _("Nobody waits for a call about this matter."))
    facts = {"outcome": outcome, "state": case.state}
    journal.write(actor, "case.told", (clocks.SUBJECT, case.pk), place_id=case.place_id, facts=facts)
    settled = outcome != "not_reached" or _tried(case, item) >= TRIES
    if settled:
        calls_settle(case=case)
    else:
        _put_off(item, case)
        item.save()
    if outcome != "not_reached" and case.contacted is None:
        # Whoever was spoken to has had the first contact; nobody writes it down a second time.
        Case.objects.filter(pk=case.pk).update(contacted=clock.now())
    return settled


def calls_settle(*, case: Case) -> None:
    """End the call that is owed: the reporter knows where the matter stands, or was tried often enough."""
    clocks.work_end(case.pk, kind=CALL)
    Reporter.objects.filter(_heard(case), callback=True).update(callback=False)


def call_withdraw(*, case: Case) -> None:
    """End the call that only the reporters of an unmerged report waited for; part of taking it apart."""
    asked = Reporter.objects.filter(_heard(case), callback=True).exists()
    if not (_waiting(case) and (asked or _untold(case))):
        clocks.work_end(case.pk, kind=CALL)


def calls_drop(*, reporter_ids: Sequence[int]) -> None:
    """End what is owed to reporters who are forgotten, where nobody else waits; part of forgetting them."""
    theirs = Q(reporters__in=reporter_ids) | Q(merged__reporters__in=reporter_ids)
    for case in Case.objects.filter(theirs, pk__in=calls_open().values("subject_id")).distinct():
        if not _waiting(case):
            clocks.work_end(case.pk, kind=CALL)


def calls_open(case_ids: Sequence[int] | None = None) -> QuerySet[WorkItem]:
    """The calls that are owed, of all matters or of these."""
    items = WorkItem.objects.filter(kind=CALL, subject_type=clocks.SUBJECT, ended=None)
    return items if case_ids is None else items.filter(subject_id__in=case_ids)


def _waiting(case: Case) -> bool:
    """Whether somebody asked to be called, or left a number that can be called and no gateway takes."""
    gateway = channel_with(CHANNEL)
    for row in Reporter.objects.filter(_heard(case), phone__isnull=False):
        phone = row.phone or ""
        texted = row.user_id is not None or (gateway is not None and gateway.takes(phone))
        if callable_number(phone) and (row.callback or not texted):
            return True
    return False


def _untold(case: Case) -> bool:
    """Whether a matter came to something that reporters are told after they were last spoken to."""
    entries = Entry.objects.filter(subject_type=clocks.SUBJECT, subject_id=case.pk).order_by("-id")
    for operation, facts in entries.values_list("operation", "facts"):
        if operation == "case.contact" or (operation == "case.told" and facts["outcome"] != "not_reached"):
            return False
        moved = facts.get("to") in TEXTED and facts.get("from") != facts["to"]
        if moved or (operation == "case.decide_extension" and facts.get("granted")):
            return True
    return False


def _heard(case: Case) -> Q:
    """Who hears of a matter: those who raised it, or one that was merged into it."""
    return Q(case=case) | Q(case__merged_into=case)


def _next_day(calendar: WorkingCalendar) -> datetime:
    return calendar.add_working(clock.now(), 1, Unit.WORKING_DAYS)


def _tried(case: Case, item: WorkItem) -> int:
    """How often the reporter was not reached to be told of the present state, this time included."""
    told = Entry.objects.filter(operation="case.told", subject_type=clocks.SUBJECT, subject_id=case.pk)
    return told.filter(at__gte=item.raised, facts__outcome="not_reached", facts__state=case.state).count()


def _put_off(item: WorkItem, case: Case) -> None:
    calendar = clocks.calendar_of(case.place)
    anew = clocks.owed(CALL, case, clocks.desk_of(case), _next_day(calendar), calendar)
    item.due, item.yellow_at, item.red_at = anew.due, anew.yellow_at, anew.red_at


def _locked(actor: Actor, case_id: int) -> Case:
    rows = Case.objects.select_for_update(of=("self",)).select_related(
        "place__county", "place__street", "place__community", "grid"
    )
    case = rows.defer("search").filter(cases_visible_to(actor), pk=case_id).first()
    if case is None:
        raise NotFound
    if not may_call(actor, case):
        raise NotAllowed("call.not_yours", _("Only the desk tells the reporter."))
    return case
