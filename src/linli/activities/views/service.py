"""What somebody served: their own page, and one record with its correction."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from linli.activities.operations import service as operations
from linli.activities.queries import service as queries
from linli.activities.views.activities import kept, keyed, number
from linli.core.actors import Actor
from linli.core.errors import DomainError, Mendable, NotFound
from linli.core.forms import plain
from linli.organizations.views.requests import actor_of


@require_GET
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """My service: what is still to come, what was served, what I learned."""
    page = queries.mine(actor_of(request), keyed(request))
    return render(request, "activities/mine.html", {"page": page, "query": kept(request)})


@require_GET
@login_required
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """One record of service."""
    return _page(request, actor_of(request), pk)


def _page(request: HttpRequest, actor: Actor, pk: int, fault: DomainError | None = None) -> HttpResponse:
    page = queries.record_page(actor, pk)
    context = {"page": page, "row": page.row, "fault": fault, "hours": queries.hours(page.row.minutes)}
    return render(request, "activities/record.html", context, status=fault.status if fault else 200)


def _said(request: HttpRequest) -> dict[str, Any]:
    data = plain(request.POST)
    return {"minutes": number(data.get("minutes", "")), "reason": data.get("reason", "")}


def _with_minutes(operation: Callable[..., Any]) -> Callable[[HttpRequest, Actor, int], Any]:
    return lambda request, actor, pk: operation(actor=actor, record_id=pk, **_said(request))


def _with_reason(operation: Callable[..., Any]) -> Callable[[HttpRequest, Actor, int], Any]:
    return lambda request, actor, pk: operation(actor=actor, record_id=pk, reason=_said(request)["reason"])


def _attest(request: HttpRequest, actor: Actor, pk: int) -> Any:
    return operations.service_attest(actor=actor, record_id=pk, minutes=_said(request)["minutes"])


VERBS: Final[dict[str, Callable[[HttpRequest, Actor, int], Any]]] = {
    "attest": _attest,
    "refuse": _with_reason(operations.service_refuse),
    "ask": _with_minutes(operations.service_ask_correction),
    "correct": _with_minutes(operations.service_correct),
    "decline": _with_reason(operations.service_decline_correction),
}


@require_POST
@login_required
def do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Decide on a record, or ask for a correction; a refusal is shown on its page."""
    actor = actor_of(request)
    call = VERBS.get(verb)
    queries.record_page(actor, pk)
    if call is None:
        raise NotFound
    try:
        row = call(request, actor, pk)
    except Mendable as error:
        return _page(request, actor, pk, error)
    # A correction leads to the record that stands now.
    return redirect("activities:record", pk=row.pk if verb == "correct" else pk)
