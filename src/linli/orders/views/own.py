"""A resident's pages: ask for a service, one's own orders, one with who has it now, its rating."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core.actors import Actor
from linli.core.errors import DomainError, Mendable, NotFound
from linli.core.forms import number_of, plain
from linli.orders import forms
from linli.orders.operations import asking, finishing
from linli.orders.queries import menu as menus
from linli.orders.queries import orders as queries
from linli.orders.queries.credit import cost_of, credit_left
from linli.orders.workflow import RATINGS
from linli.organizations.views.requests import actor_of, form_page

PAGE: Final = "orders:own"


@require_http_methods(["GET", "POST"])
@login_required
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for a service of a community: `?item=` one of its menu, else a wish in one's own words."""
    actor = actor_of(request)
    place = menus.community_with(code)
    text = plain(request.GET).get("item", "")
    item = None
    if text:
        item = menus.on_menu(place, number_of(text) or 0)
    form = forms.WishForm(request.POST or None, places=menus.ordering_places(place), item=item)

    def save() -> HttpResponse:
        return redirect(PAGE, pk=asking.order_ask(actor=actor, wish=form.wish()).pk)

    context = {"place": place, "item": item, "cost": cost_of(item), "left": credit_left(actor) or 0}
    return form_page(request, form, save, context, "orders/ask.html")


@require_GET
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """One's own orders."""
    actor = actor_of(request)
    left = credit_left(actor)
    context = {"lines": queries.own_of(actor), "offered": queries.offer_count(actor), "left": left}
    return render(request, "orders/mine.html", context)


@require_GET
@login_required
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """One of one's own orders."""
    return _page(request, actor_of(request), pk)


def _page(request: HttpRequest, actor: Actor, pk: int, fault: DomainError | None = None) -> HttpResponse:
    page = queries.own_page(actor, pk)
    context = {"page": page, "row": page.line.row, "fault": fault, "ratings": RATINGS}
    return render(request, "orders/own.html", context, status=fault.status if fault else 200)


def _rate(request: HttpRequest, actor: Actor, pk: int) -> Any:
    data = plain(request.POST)
    return finishing.order_rate(actor=actor, order_id=pk, rating=data.get("rating", ""), words=data.get("words", ""))


_VERBS: Final[dict[str, Callable[[HttpRequest, Actor, int], Any]]] = {
    "rate": _rate,
    "cancel": lambda _request, actor, pk: finishing.order_cancel(actor=actor, order_id=pk),
    "reopen": lambda _request, actor, pk: finishing.order_reopen(actor=actor, order_id=pk),
}


@require_POST
@login_required
def order_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Rate, cancel or open again one of one's own orders."""
    actor = actor_of(request)
    call = _VERBS.get(verb)
    if call is None:
        raise NotFound
    queries.own_page(actor, pk)
    try:
        call(request, actor, pk)
    except Mendable as error:
        return _page(request, actor, pk, error)
    return redirect(PAGE, pk=pk)
