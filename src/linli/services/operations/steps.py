"""What all writers of requests share: the locked row, a step, who owes the next one, the journal.

Titles of work and facts of the journal hold numbers only, never who asked or what was written to them.
"""

from typing import Any, Final

from django.db.models import Q

from linli.cases.operations.clocks import Holder, after, calendar_of, post_at
from linli.cases.operations.owing import owe, settle
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.services import policies
from linli.services.models import RequestStep, ServiceRequest
from linli.services.sections import section
from linli.services.workflow import (
    HAND_OVER_OWED,
    HANDLE_OWED,
    KEEP,
    OVER,
    PAPERS_OWED,
    REQUEST,
    SUBJECT,
    TAKE_OWED,
    WORK,
)

LONGEST: Final = 300
OWED: Final = {
    "asked": TAKE_OWED,
    "taken": HANDLE_OWED,
    "in_hand": HANDLE_OWED,
    "waiting": PAPERS_OWED,
    "done": HAND_OVER_OWED,
    "refused": HAND_OVER_OWED,
}


def locked(which: Q) -> ServiceRequest:
    """A request, locked, with its proxy. Raises: not_found"""
    rows = ServiceRequest.objects.select_for_update(of=("self",)).select_related("place", "item", "organization")
    row = rows.filter(which).first()
    if row is None:
        raise NotFound
    return row


def seen(actor: Actor, request_id: int) -> ServiceRequest:
    """A request that the actor keeps or handles, locked. Raises: not_found"""
    return locked(policies.requests_visible_to(actor) & Q(pk=request_id))


def goes(row: ServiceRequest, verb: str, words: str = "") -> None:
    """Take a request a step further, and note it for its page. Raises: request.state"""
    row.state = REQUEST.step(row.state, verb)
    if row.state in OVER:
        row.ended = clock.now()
    passed(row, verb, words)


def passed(row: ServiceRequest, verb: str, words: str = "") -> None:
    """Note a step, and what is said with it, for the page of a request."""
    RequestStep.objects.create(request=row, at=clock.now(), verb=verb, state=row.state, words=words)


def saved(actor: Actor, verb: str, row: ServiceRequest, **facts: Any) -> ServiceRequest:
    """Save a request as its next version, hand its next step to who owes it, and write what was done."""
    hold(row)
    return noted(actor, verb, row, **facts)


def noted(actor: Actor, verb: str, row: ServiceRequest, **facts: Any) -> ServiceRequest:
    """Save a request as its next version, and write what was done; who owes its next step stays."""
    row.version += 1
    row.save()
    journal.write(actor, f"request.{verb}", (SUBJECT, row.pk), place_id=row.place_id, facts=facts)
    return row


def hold(row: ServiceRequest) -> None:
    """Put the next step of a request on the list of who owes it; what was owed before is settled."""
    kind = OWED.get(row.state)
    for other in WORK:
        if other.code != kind:
            settle(other.code, (SUBJECT, row.pk))
    if kind is None:
        return
    days, rules = calendar_of(row.place), section()
    within = {TAKE_OWED: rules.take_within, PAPERS_OWED: rules.papers_within, HAND_OVER_OWED: rules.hand_over_within}
    due = row.due if kind == HANDLE_OWED and row.due else after(days, clock.now(), within.get(kind, rules.take_within))
    desk = post_at(row.place.path, KEEP)
    back = kind == HANDLE_OWED and row.organization_id
    owe(
        kind,
        (SUBJECT, row.pk),
        f"{row.number} {row.item.label}",
        row.place_id,
        Holder(organization_id=row.organization_id) if back else desk,
        due,
        days,
    )
