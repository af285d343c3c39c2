"""Pages of alerts: those one holds or sees, one of them with its answers, and the rules with a try-out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from linli.accountability.operations import alerts as operations
from linli.accountability.policies.figures import VIEW
from linli.accountability.queries import alerts as queries
from linli.accountability.views.book import viewer
from linli.accountability.workflow.alerts import COLOURS
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotFound

CONFIGURE = "figures.define"


def holder(request: HttpRequest) -> Actor:
    """Who asks, if they read figures or hold posts that alerts may come to. Raises: not_found"""
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Actor) or not (actor.can(VIEW) or actor.post_ids):
        raise NotFound
    return actor


@require_GET
def alerts(request: HttpRequest) -> HttpResponse:
    """The alerts that stand, one's own first; or those that ended."""
    actor = viewer(request)
    colour = request.GET.get("colour", "")
    mine, ended = "mine" in request.GET, "ended" in request.GET
    lines = queries.alerts_for(actor, mine=mine, colour=colour if colour in dict(COLOURS) else "", ended=ended)
    context = {"lines": lines, "colours": COLOURS, "colour": colour, "mine": mine, "ended": ended}
    return render(request, "accountability/alerts.html", context)


@require_GET
def alert(request: HttpRequest, pk: int) -> HttpResponse:
    """One alert: what it says, why, since when, whose it is, and what to do next."""
    page = queries.alert_page(holder(request), pk)
    return render(request, "accountability/alert.html", {"page": page})


@require_POST
def alert_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Take an alert in hand, or settle it with a note."""
    actor = holder(request)
    if verb == "acknowledge":
        operations.alert_acknowledge(actor=actor, alert_id=pk)
    elif verb == "settle":
        operations.alert_settle(actor=actor, alert_id=pk, note=request.POST.get("note", ""))
    else:
        raise NotFound
    return redirect("alerts:alert", pk=pk)


@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """The rules in force; who defines figures sees what one would say today."""
    actor = viewer(request)
    code = request.GET.get("try", "")
    may_try = actor.can(CONFIGURE)
    tried = queries.tried(code, clock.today()) if code and may_try else None
    context = {"lines": queries.rule_lines(actor), "may_try": may_try, "tried": tried}
    return render(request, "accountability/alert_rules.html", context)
