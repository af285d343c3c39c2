"""A volunteer's pages: what was offered, one with accept, decline and done; what a unit's members did in total."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import DomainError, Mendable, NotFound
from linli.core.forms import require_filled
from linli.orders import forms
from linli.orders.operations import dispatching, finishing, looking
from linli.orders.queries import orders as queries
from linli.orders.queries.units import FEW, unit_totals
from linli.organizations.views.requests import actor_of

PAGE: Final = "orders:offer"


@require_GET
@login_required
def offers(request: HttpRequest) -> HttpResponse:
    """What was offered to somebody, what is in their hands, what they did."""
    new, held, over = queries.offered_to(actor_of(request))
    return render(request, "orders/offers.html", {"new": new, "held": held, "over": over})


@require_GET
@login_required
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    """One order that was offered."""
    return _page(request, actor_of(request), pk)


def _page(
    request: HttpRequest, actor: Actor, pk: int, fault: DomainError | None = None, looked: Any = None
) -> HttpResponse:
    page = queries.offer_page(actor, pk)
    row = page.offer.order
    minutes = row.item.minutes if row.item and row.item.minutes else 60
    form = forms.MinutesForm(initial={"minutes": minutes})
    context = {"page": page, "row": row, "fault": fault, "looked": looked, "form": form}
    return render(request, "orders/offer.html", context, status=fault.status if fault else 200)


def _finish(request: HttpRequest, actor: Actor, pk: int) -> Any:
    form = forms.MinutesForm(request.POST)
    require_filled(form, "order.minutes")
    return finishing.order_finish(actor=actor, offer_id=pk, minutes=form.cleaned_data["minutes"])


_VERBS: Final[dict[str, Callable[[HttpRequest, Actor, int], Any]]] = {
    "accept": lambda _request, actor, pk: dispatching.order_accept(actor=actor, offer_id=pk),
    "decline": lambda _request, actor, pk: dispatching.order_decline(actor=actor, offer_id=pk),
    "hand-on": lambda _request, actor, pk: dispatching.order_hand_on(actor=actor, offer_id=pk),
    "finish": _finish,
}


@require_POST
@login_required
def offer_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Accept, decline, hand on or finish what was offered; or see once who asked."""
    actor = actor_of(request)
    queries.offer_page(actor, pk)
    try:
        if verb == "contact":
            return _page(request, actor, pk, looked=looking.contact_for_taker(actor=actor, offer_id=pk))
        call = _VERBS.get(verb)
        if call is None:
            raise NotFound
        call(request, actor, pk)
    except Mendable as error:
        return _page(request, actor, pk, error)
    return redirect("orders:offers") if verb in ("decline", "hand-on") else redirect(PAGE, pk=pk)


@require_GET
@login_required
def units(request: HttpRequest) -> HttpResponse:
    """What the members of one's own bodies did, by community and period: totals only."""
    actor = actor_of(request)
    if not actor.organization_ids:
        raise NotFound
    today = clock.today()
    start = {"first": today.replace(month=1, day=1), "last": today}
    form = forms.PeriodForm(request.GET if "first" in request.GET else None, initial=start)
    period = form.cleaned_data if form.is_bound and form.is_valid() else start
    totals = unit_totals(actor, period["first"], period["last"])
    return render(request, "orders/units.html", {"form": form, "totals": totals, "few": FEW, "period": period})
