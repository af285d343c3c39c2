"""Handing matters to the body that leads: dispatch, recall, take, return, reassign, and the arbiter's decisions.

The clock never stops for any of these; only a deferral pauses it, and says so.
"""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases import routing, sections
from linli.cases.models import Case
from linli.cases.operations import clocks
from linli.cases.operations.steps import locked, said, save
from linli.cases.operations.telling import extension_tell
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, RuleBroken
from linli.organizations.models import Organization


@transaction.atomic
def case_dispatch(*, actor: Actor, case_id: int, lead_id: int, note: str = "", version: int | None = None) -> Case:
    """Dispatch an accepted matter to the body that leads it, which must have the power to (R18).

    Raises: not_found, case.not_yours, case.stale, case.state, case.body_unknown, case.no_power, case.taken_back
    """
    case = locked(actor, case_id, "dispatch", version)
    lead(case, lead_id)
    return save(actor, case, "dispatch", lead=lead_id, note=note[:300])


@transaction.atomic
def case_recall(*, actor: Actor, case_id: int, reason: str, version: int | None = None) -> Case:
    """Take a dispatched matter back before the body has taken it.

    Raises: not_found, case.not_yours, case.stale, case.state, case.reason_missing
    """
    case = locked(actor, case_id, "recall", version)
    was = case.lead_id
    unlead(case)
    return save(actor, case, "recall", lead=was, reason=said(reason, "case.reason_missing"))


@transaction.atomic
def case_take(*, actor: Actor, case_id: int, version: int | None = None) -> Case:
    """Take a dispatched matter for one's own body.

    Raises: not_found, case.not_yours, case.stale, case.state
    """
    case = locked(actor, case_id, "take", version)
    case.taken = clock.now()
    case.handler_id = actor.person_id
    return save(actor, case, "take", lead=case.lead_id)


@transaction.atomic
def case_return(
    *, actor: Actor, case_id: int, reason: str, proposed_id: int | None = None, version: int | None = None
) -> Case:
    """Hand a dispatched matter back, with the body that should take it instead.

    The clock keeps running. The second return, or one that proposes no body, goes to the place's arbiter,
    who has one working day (R17).
    Raises: not_found, case.not_yours, case.stale, case.state, case.reason_missing, case.body_unknown
    """
    reason = said(reason, "case.reason_missing")
    if proposed_id is not None:
        body(proposed_id)
    first = locked(actor, case_id, "return", version)
    to_arbiter = proposed_id is None or first.returns >= 1
    case = _again(actor, first) if to_arbiter else first
    case.returns += 1
    was = case.lead_id
    case.extra = {**case.extra, "proposed": proposed_id, "returned_by": was}
    unlead(case)
    return save(actor, case, "return", reason=reason, proposed=proposed_id, lead=was, to_arbiter=to_arbiter)


@transaction.atomic
def case_reassign(*, actor: Actor, case_id: int, lead_id: int, reason: str, version: int | None = None) -> Case:
    """Give a matter to another body than the one that holds it; the clock keeps running.

    Raises: not_found, case.not_yours, case.stale, case.state, case.reason_missing, case.body_unknown,
    case.no_power, case.taken_back
    """
    case = locked(actor, case_id, "reassign", version)
    was = case.lead_id
    lead(case, lead_id)
    return save(actor, case, "reassign", anew=True, was=was, lead=lead_id, reason=said(reason, "case.reason_missing"))


@transaction.atomic
def case_arbitrate(*, actor: Actor, case_id: int, lead_id: int, reason: str, version: int | None = None) -> Case:
    """Decide, as the arbiter, who leads a matter that went back and forth; the decision binds.

    Raises: not_found, case.not_yours, case.stale, case.state, case.reason_missing, case.body_unknown,
    case.taken_back
    """
    case = locked(actor, case_id, "arbitrate", version)
    lead(case, lead_id, arbitrated=True)
    return save(actor, case, "arbitrate", lead=lead_id, reason=said(reason, "case.reason_missing"))


@transaction.atomic
def case_defer(*, actor: Actor, case_id: int, reason: str, days: int | None = None, version: int | None = None) -> Case:
    """Defer a matter (挂账), as the arbiter only, with a reason that the public reads and a review within 90 days.

    The clock pauses until it is resumed; the whole age stays visible.
    Raises: not_found, case.not_yours, case.stale, case.state, case.switched_off, case.reason_missing,
    case.review_too_late
    """
    case = locked(actor, case_id, "defer", version)
    case.public_reason = said(reason, "case.reason_missing")
    case.deferred_until = clock.today() + timedelta(days=_review(days))
    case.paused_since = clock.now()
    return save(actor, case, "defer", reason=case.public_reason, until=case.deferred_until.isoformat())


@transaction.atomic
def case_review(
    *, actor: Actor, case_id: int, reason: str, days: int | None = None, version: int | None = None
) -> Case:
    """Review a deferred matter and leave it deferred, with the reason and the next review.

    Raises: not_found, case.not_yours, case.stale, case.state, case.reason_missing, case.review_too_late
    """
    case = locked(actor, case_id, "review", version)
    case.public_reason = said(reason, "case.reason_missing")
    case.deferred_until = clock.today() + timedelta(days=_review(days))
    return save(actor, case, "review", anew=True, reason=case.public_reason, until=case.deferred_until.isoformat())


@transaction.atomic
def case_resume(*, actor: Actor, case_id: int, lead_id: int | None = None, version: int | None = None) -> Case:
    """Resume a deferred matter; the time it was paused is counted and added to its deadline.

    Raises: not_found, case.not_yours, case.stale, case.state, case.body_unknown, case.body_missing
    """
    case = locked(actor, case_id, "resume", version)
    calendar = clocks.calendar_of(case.place)
    if case.paused_since:
        case.paused_minutes += calendar.working_minutes_between(case.paused_since, clock.now())
    case.paused_since, case.deferred_until = None, None
    chosen = lead_id or case.lead_id
    if chosen is None:
        raise InvalidInput("case.body_missing", _("Say which body goes on with it."))
    lead(case, chosen, arbitrated=True)
    clocks.set_due(case, calendar)
    return save(actor, case, "resume", lead=chosen, paused_minutes=case.paused_minutes)


@transaction.atomic
def case_ask_extension(*, actor: Actor, case_id: int, reason: str, days: int, version: int | None = None) -> Case:
    """Ask for more working days; those above decide, and the reporter sees both.

    Raises: not_found, case.not_yours, case.stale, case.state, case.switched_off, case.reason_missing,
    case.days, case.extension_open
    """
    case = locked(actor, case_id, "ask_extension", version)
    if not 1 <= days <= 30:
        raise InvalidInput("case.days", _("Ask for 1 to 30 working days."))
    if "extension" in case.extra:
        raise RuleBroken("case.extension_open", _("An extension was asked for already."))
    reason = said(reason, "case.reason_missing")
    case.extra = {**case.extra, "extension": {"days": days, "reason": reason, "by": actor.key}}
    saved = save(actor, case, "ask_extension", days=days, reason=reason)
    calendar = clocks.calendar_of(case.place)
    due = clocks.after(calendar, clock.now(), sections.Period(amount=1))
    clocks.work_raise("case.extension", case, clocks.decider_of(case), due, calendar)
    return saved


@transaction.atomic
def case_decide_extension(
    *, actor: Actor, case_id: int, granted: bool, reason: str = "", version: int | None = None
) -> Case:
    """Grant or refuse the extension that was asked for; a refusal needs a reason. More time is told to the reporter.

    Raises: not_found, case.not_yours, case.stale, case.state, case.no_extension, case.reason_missing
    """
    case = locked(actor, case_id, "decide_extension", version)
    asked = case.extra.get("extension")
    if asked is None:
        raise RuleBroken("case.no_extension", _("Nobody has asked for more time."))
    reason = reason.strip() if granted else said(reason, "case.reason_missing")
    case.extra = {name: value for name, value in case.extra.items() if name != "extension"}
    calendar = clocks.calendar_of(case.place)
    if granted and case.due:
        case.due = calendar.add_working(case.due, asked["days"], "working_days")
        case.extensions += 1
    saved = save(actor, case, "decide_extension", anew=True, granted=granted, days=asked["days"], reason=reason)
    if granted:
        extension_tell(actor=actor, case=saved)
    return saved


def lead(case: Case, lead_id: int, *, arbitrated: bool = False) -> None:
    """Make a body the lead. An arbiter's decision stands above the table, but not above duties taken back.

    Raises: case.body_unknown, case.no_power, case.taken_back, case.complained_of
    """
    found = body(lead_id)
    not_complained_of(case, found)
    try:
        routing.power_check(case.place, case.category, found)
    except RuleBroken as refusal:
        if not (arbitrated and refusal.code == "case.no_power"):
            raise
    case.lead = found
    case.lead_name = ""
    case.dispatched = clock.today()
    case.taken, case.handler_id = None, None


def not_complained_of(case: Case, found: Organization) -> None:
    """Keep a complaint from the body complained of, as lead, helper or called. Raises: case.complained_of"""
    if case.complained_of_id == found.pk:
        message = _("A complaint never goes to the body complained of.")
        raise RuleBroken("case.complained_of", message, body=found.name)


def unlead(case: Case) -> None:
    """Nobody leads the matter any more; the desk or the arbiter holds it."""
    case.lead, case.dispatched, case.taken, case.handler_id = None, None, None, None


def body(organization_id: int) -> Organization:
    """A body in force. Raises: case.body_unknown"""
    found = Organization.objects.select_related("place").filter(pk=organization_id, until=None).first()
    if found is None:
        raise InvalidInput("case.body_unknown", _("There is no such body."), body=organization_id)
    return found


def _again(actor: Actor, case: Case) -> Case:
    """The same locked matter on the way to the arbiter instead of the desk."""
    was = case.was  # type: ignore[attr-defined]
    case.state = sections.flow().step(was, "return_again")
    return case


def _review(days: int | None) -> int:
    longest = sections.section().review_days
    if days is not None and not 1 <= days <= longest:
        raise InvalidInput("case.review_too_late", _("Review within %(days)s days."), days=longest)
    return days or longest
