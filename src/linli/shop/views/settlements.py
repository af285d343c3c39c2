"""Pages of settlements with partner shops: the list, one with what comes next, one on paper."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import DomainError, Mendable, NotFound
from linli.core.forms import plain, require_filled
from linli.organizations.views.requests import printed, staff
from linli.shop import forms, queries
from linli.shop.operations import settlements as operations
from linli.shop.views.desk import before
from linli.shop.workflow import BOTH, MANAGE


@require_GET
def settlement_list(request: HttpRequest) -> HttpResponse:
    """The settlements with the shops that somebody keeps or serves in."""
    lines, more = queries.settlements_of(staff(request, *BOTH), before(request))
    return render(request, "shop/settlements.html", {"lines": lines, "more": more})


@require_GET
def settlement(request: HttpRequest, pk: int) -> HttpResponse:
    """One settlement."""
    return _page(request, staff(request, *BOTH), pk)


def _page(request: HttpRequest, actor: Actor, pk: int, fault: DomainError | None = None) -> HttpResponse:
    page = queries.settlement_of(actor, pk)
    context = {"page": page, "row": page.row, "fault": fault, "pay_form": forms.PayForm(initial={"on": clock.today()})}
    return render(request, "shop/settlement.html", context, status=fault.status if fault else 200)


@require_GET
def settlement_print(request: HttpRequest, pk: int) -> HttpResponse:
    """A settlement on paper, for signatures."""
    page = queries.settlement_of(staff(request, *BOTH), pk)
    return printed("shop/settlement_print.html", {"page": page, "row": page.row}, f"settlement-{page.row.number}.pdf")


@require_POST
def settlement_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Check a settlement, send it back, or write down that it was paid."""
    actor = staff(request, MANAGE)
    queries.settlement_of(actor, pk)
    data = plain(request.POST)

    def pay() -> object:
        form = forms.PayForm(request.POST)
        require_filled(form, "settlement.form")
        return operations.settlement_pay(actor=actor, settlement_id=pk, **form.cleaned_data)

    calls: dict[str, Callable[[], Any]] = {
        "check": lambda: operations.settlement_check(actor=actor, settlement_id=pk),
        "send_back": lambda: operations.settlement_send_back(
            actor=actor, settlement_id=pk, reason=data.get("reason", "")
        ),
        "pay": pay,
    }
    if verb not in calls:
        raise NotFound
    try:
        calls[verb]()
    except Mendable as error:
        return _page(request, actor, pk, error)
    return redirect("shop:settlement", pk=pk)
