"""The page of bursts: near-identical matters side by side, and the sample that is drawn of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from linli.cases.operations.sampling import burst_draw
from linli.cases.queries.bursts import BACK, DAYS, LEAST, bursts_for
from linli.cases.requests import staff
from linli.cases.workflow import ABOVE, CHECKER
from linli.core.actors import Actor
from linli.core.errors import NotFound, RuleBroken
from linli.core.forms import number_of


@require_GET
def bursts(request: HttpRequest) -> HttpResponse:
    """Groups of near-identical matters where one verifies or supervises; never who reported them."""
    return _page(request, staff(request, CHECKER, ABOVE))


@require_POST
def draw(request: HttpRequest) -> HttpResponse:
    """Draw the sample of one of them."""
    actor = staff(request, CHECKER, ABOVE)
    named = request.POST.get("case", "")
    if number_of(named) is None:
        raise NotFound
    try:
        burst_draw(actor=actor, case_id=int(named))
    except RuleBroken as error:
        return _page(request, actor, error)
    return redirect("cases:bursts")


def _page(request: HttpRequest, actor: Actor, fault: RuleBroken | None = None) -> HttpResponse:
    context = {"bursts": bursts_for(actor), "back": BACK, "days": DAYS, "least": LEAST, "fault": fault}
    return render(request, "cases/bursts.html", context, status=fault.status if fault else 200)
