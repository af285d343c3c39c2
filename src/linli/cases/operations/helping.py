"""Joint handling: one lead, and bodies that help it, each with a clock of its own (DSP-09)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.models import Case, Help
from linli.cases.operations import clocks
from linli.cases.operations.dispatching import body, not_complained_of
from linli.cases.operations.steps import locked, said, save
from linli.cases.policies import cases_visible_to, may_help
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotAllowed, NotFound, RuleBroken


@transaction.atomic
def help_ask(
    *,
    actor: Actor,
    case_id: int,
    organization_id: int,
    task: str,
    due: datetime | None = None,
    version: int | None = None,
) -> Help:
    """Ask another body for help with a part of a matter; without a date it is due with the matter.

    Raises: not_found, case.not_yours, case.stale, case.state, case.body_unknown, help.task_missing, help.twice,
    help.lead, case.complained_of
    """
    task = said(task, "help.task_missing", 200)
    found = body(organization_id)
    case = locked(actor, case_id, "ask_help", version)
    not_complained_of(case, found)
    if case.lead_id == found.pk:
        raise InvalidInput("help.lead", _("This body leads the matter already."))
    if case.helps.filter(organization=found, whistle=None).exists():
        raise RuleBroken("help.twice", _("This body was asked already."))
    row = Help.objects.create(case=case, organization=found, task=task, asked=clock.now(), due=due or case.due)
    clocks.work_raise(
        "help.do",
        case,
        clocks.Holder(organization_id=found.pk),
        row.due,
        clocks.calendar_of(case.place),
        task,
    )
    save(actor, case, "ask_help", organization=found.pk, task=task)
    return row


@transaction.atomic
def help_finish(*, actor: Actor, help_id: int, result: str) -> Help:
    """Report one's part of a joint matter as done, or one's answer to a whistle.

    Where the body that was asked has ended and none took its part over, the desk says what became of it.

    Raises: not_found, help.not_yours, help.done, case.result_missing
    """
    rows = Help.objects.select_for_update(of=("self",)).select_related(
        "case__place", "case__grid", "case__desk", "organization"
    )
    row = rows.filter(pk=help_id).first()
    if row is None or not Case.objects.filter(cases_visible_to(actor), pk=row.case_id).exists():
        raise NotFound
    ended = row.organization is not None and row.organization.until is not None
    if not may_help(actor, row.case, row.organization_id, ended=ended):
        raise NotAllowed("help.not_yours", _("This part is another body's."))
    if row.done is not None:
        raise RuleBroken("help.done", _("This part is done already."))
    row.result, row.done = said(result, "case.result_missing", 2000), clock.now()
    row.save(update_fields=["result", "done"])
    kind = "whistle." if row.whistle_id else "help."
    holder = clocks.desk_of(row.case).organization_id if ended else row.organization_id
    clocks.work_end(row.case_id, kind=kind, organization_id=holder)
    facts = {"organization": row.organization_id, "help": row.pk}
    journal.write(actor, "case.help_finish", ("case", row.case_id), place_id=row.case.place_id, facts=facts)
    return row
