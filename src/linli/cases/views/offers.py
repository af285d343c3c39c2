"""What bodies offer for a matter, and what was taken up for it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from linli.cases.operations.offering import offer_take
from linli.cases.queries.pages import case_for
from linli.cases.requests import staff
from linli.core import clock
from linli.core.errors import DomainError
from linli.core.forms import number_of
from linli.organizations.models import OfferUse
from linli.organizations.queries.groups import offers_for, uses_of
from linli.records.importing.uploads import day

WHO = ("cases.view", "cases.dispatch", "cases.handle")


@require_http_methods(["GET", "POST"])
def offers(request: HttpRequest, pk: int) -> HttpResponse:
    """Offers for the matter's place and category, each with a way to record that it was taken up (ORG-20)."""
    actor = staff(request, *WHO)
    case = case_for(actor, pk)
    fault: DomainError | None = None
    if request.method == "POST":
        given = request.POST
        offer = given.get("offer", "")
        try:
            offer_take(
                actor=actor,
                case_id=pk,
                offer_id=number_of(offer) or 0,
                on=day(given.get("on", "")) or clock.today(),
                result=given.get("result", ""),
                note=given.get("note", ""),
            )
            return redirect("cases:offers", pk=pk)
        except DomainError as error:
            fault = error
    context = {
        "case": case,
        "offers": list(offers_for(case.place_id, case.category)[:50]),
        "uses": list(uses_of(("case", case.pk))),
        "results": OfferUse.Result.choices,
        "today": clock.today(),
        "fault": fault,
    }
    return render(request, "cases/offers.html", context, status=fault.status if fault else 200)
