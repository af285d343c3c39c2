"""What the desk decides about a matter that came in: accept, refuse, out of scope, refer, correct, contact.

Dispatching is in dispatching.py, finishing in finishing.py.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases import routing, sections
from linli.cases.models import Case
from linli.cases.operations import clocks
from linli.cases.operations.dispatching import body
from linli.cases.operations.ground import ground_at
from linli.cases.operations.intake import ground_above, planned
from linli.cases.operations.steps import locked, said, save
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, RuleBroken


@transaction.atomic
def case_accept(
    *,
    actor: Actor,
    case_id: int,
    category: str = "",
    urgency: str = "",
    planned_end: date | None = None,
    version: int | None = None,
) -> Case:
    """Accept a matter; the desk may set its category and urgency, from which its deadline follows.

    A public-benefit task is due when it is planned to end (DSP-06).
    Raises: not_found, case.not_yours, case.stale, case.state, case.category_unknown, case.urgency_unknown,
    case.planned_end
    """
    case = locked(actor, case_id, "accept", version)
    case.accepted = clock.now()
    _plan(case, planned_end)
    _classify(case, category, urgency)
    return save(actor, case, "accept", category=case.category, urgency=case.urgency)


@transaction.atomic
def case_correct(
    *,
    actor: Actor,
    case_id: int,
    place_id: int | None = None,
    category: str = "",
    urgency: str = "",
    planned_end: date | None = None,
    complained_of: int | None = None,
    version: int | None = None,
) -> Case:
    """Put a wrong place, category, urgency or planned end right; the clocks are computed anew from receipt.

    What turns out to be a complaint about a body goes to the desk above that body, out of its sight.
    Raises: not_found, case.not_yours, case.stale, case.state, case.place_unknown, case.category_unknown,
    case.planned_end, case.body_unknown
    """
    case = locked(actor, case_id, "correct", version)
    old = {"was_place": case.place_id, "was_category": case.category, "was_urgency": case.urgency}
    if complained_of is not None:
        _complain(case, complained_of)
    elif place_id is not None and place_id != case.place_id:
        ground = ground_at(place_id, without=case.complained_of_id)
        case.place_id, case.grid_id, case.desk_id = ground.place_id, ground.grid_id, ground.office_id
    _plan(case, planned_end)
    _classify(case, category, urgency)
    return save(actor, case, "correct", anew=True, **old)


@transaction.atomic
def case_refuse(*, actor: Actor, case_id: int, reason: str, version: int | None = None) -> Case:
    """Do not accept a matter, with a reason that the reporter reads (DSP-05).

    Raises: not_found, case.not_yours, case.stale, case.state, case.reason_missing
    """
    case = locked(actor, case_id, "refuse", version)
    case.public_reason = said(reason, "case.reason_missing")
    _end(case)
    return save(actor, case, "refuse", reason=case.public_reason)


@transaction.atomic
def case_propose_out_of_scope(
    *, actor: Actor, case_id: int, reason: str, ground: str, version: int | None = None
) -> Case:
    """Propose that a matter is outside every power here, with the legal ground; a second person decides (R19).

    Raises: not_found, case.not_yours, case.stale, case.state, case.reason_missing, case.ground_missing
    """
    case = locked(actor, case_id, "propose_out_of_scope", version)
    case.public_reason = said(reason, "case.reason_missing")
    case.why = said(ground, "case.ground_missing")
    case.extra = {**case.extra, "proposed_by": actor.key}
    return save(actor, case, "propose_out_of_scope", reason=case.public_reason, ground=case.why)


@transaction.atomic
def case_approve_out_of_scope(*, actor: Actor, case_id: int, version: int | None = None) -> Case:
    """Approve, as a second person, that a matter is out of scope; rates for in-scope matters leave it out.

    Raises: not_found, case.not_yours (also whoever proposed it), case.stale, case.state
    """
    case = locked(actor, case_id, "approve_out_of_scope", version)
    case.in_scope = False
    _end(case)
    return save(actor, case, "approve_out_of_scope", ground=case.why)


@transaction.atomic
def case_reject_out_of_scope(*, actor: Actor, case_id: int, reason: str, version: int | None = None) -> Case:
    """Say that a matter is ours after all; it goes on as accepted.

    Raises: not_found, case.not_yours, case.stale, case.state, case.reason_missing
    """
    case = locked(actor, case_id, "reject_out_of_scope", version)
    case.public_reason, case.why = "", ""
    case.accepted = case.accepted or clock.now()
    return save(actor, case, "reject_out_of_scope", reason=said(reason, "case.reason_missing"))


@transaction.atomic
def case_refer(
    *, actor: Actor, case_id: int, to: str, reason: str, at: datetime | None = None, version: int | None = None
) -> Case:
    """Record that a matter was passed on as the law demands: to whom and when, nothing else.

    Raises: not_found, case.not_yours, case.stale, case.state, case.reason_missing, case.body_missing
    """
    case = locked(actor, case_id, "refer", version)
    case.lead_name = said(to, "case.body_missing", 160)
    case.public_reason = said(reason, "case.reason_missing")
    case.outcome = "referred"
    _end(case)
    when = at or clock.now()
    return save(actor, case, "refer", to_body=case.lead_name, referred_at=when.isoformat(), reason=case.public_reason)


@transaction.atomic
def case_contact(*, actor: Actor, case_id: int, how: str = "phone", version: int | None = None) -> Case:
    """Record the first contact with the reporter; a later one is recorded in the journal only.

    Raises: not_found, case.not_yours, case.stale, case.state, case.switched_off
    """
    case = locked(actor, case_id, "contact", version)
    case.contacted = case.contacted or clock.now()
    return save(actor, case, "contact", how=how)


@transaction.atomic
def case_hand_up(*, actor: Actor, case_id: int, reason: str, version: int | None = None) -> Case:
    """Hand a matter to the desk one level above, by a visible trail: community, street, county (DSP-08).

    Raises: not_found, case.not_yours, case.stale, case.state, case.reason_missing, case.no_level_above
    """
    case = locked(actor, case_id, "hand_up", version)
    reason = said(reason, "case.reason_missing")
    here = case.desk.place if case.desk else case.place
    office = ground_at(here.parent_id, without=case.complained_of_id).office_id if here.parent_id else None
    if office is None or office == case.desk_id:
        raise RuleBroken("case.no_level_above", _("There is no desk above this one."))
    case.desk_id = office
    return save(actor, case, "hand_up", anew=True, reason=reason, desk=office)


def resolved_here(case: Case) -> None:
    """Refuse to resolve on the spot what only a department may lead (DSP-03).

    Raises: case.no_power
    """
    if case.kind != "consultation" and not routing.local_may_lead(case.category):
        message = _("Grid and community may not lead this; dispatch it, or whistle.")
        raise RuleBroken("case.no_power", message, category=case.category)


def _complain(case: Case, body_id: int) -> None:
    found = body(body_id)
    ground = ground_above(found)
    case.kind, case.complained_of, case.confidential = "complaint", found, False
    case.place_id, case.grid_id, case.desk_id = ground.place_id, ground.grid_id, ground.office_id


def _plan(case: Case, end: date | None) -> None:
    if end is not None and end != case.planned_end:
        planned(case.kind, end)
        case.planned_end = end


def _classify(case: Case, category: str, urgency: str) -> None:
    """Set category and urgency, and compute the clocks anew from receipt."""
    known = sections.categories()
    if category and category not in known:
        message = _("There is no such category: %(category)s.")
        raise InvalidInput("case.category_unknown", message, category=category)
    if urgency and urgency not in sections.DEADLINES:
        raise InvalidInput("case.urgency_unknown", _("There is no such urgency."), urgency=urgency)
    if category and category != case.category and not urgency:
        case.urgency = known[category].urgency
    case.category = category or case.category
    case.urgency = urgency or case.urgency
    clocks.set_due(case, clocks.calendar_of(case.place))


def _end(case: Case) -> None:
    case.closed = clock.now()
    case.closed_on = clock.day_of(case.closed)
