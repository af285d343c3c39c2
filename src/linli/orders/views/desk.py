"""The desk's pages of orders: the list, one with its steps and who might do it, one written down for somebody."""

from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core.actors import Actor
from linli.core.errors import DomainError, Mendable, NotFound
from linli.core.forms import number_of, plain, require_filled
from linli.deliberation.views.topics import before, kept
from linli.orders import forms
from linli.orders.operations import asking, dispatching, finishing, looking
from linli.orders.queries import menu as menus
from linli.orders.queries import orders as queries
from linli.orders.queries.suggesting import suggested
from linli.orders.sections import category_names
from linli.orders.workflow import CALLS, KEEP, ORDER, ROLES
from linli.organizations.views.requests import actor_of, form_page, staff

PAGE: Final = "orders:order"


@require_GET
def orders(request: HttpRequest) -> HttpResponse:
    """The orders that somebody keeps, a page at a time."""
    actor = staff(request, KEEP)
    data = plain(request.GET)
    asked = queries.Wanted(data.get("state", ""), data.get("category", ""), data.get("place", ""), before(request))
    lines, more = queries.listed(actor, asked)
    states = [
        ("open", pgettext("orders", "open")),
        ("call", _("to be called back or rated")),
        *ORDER.choices,
    ]
    context = {
        "lines": lines,
        "more": more,
        "asked": asked,
        "query": kept(request),
        "states": states,
        "categories": list(category_names().items()),
        "places": [(item.pk, item.name) for item in queries.places_for(actor)],
    }
    return render(request, "orders/orders.html", context)


@require_http_methods(["GET", "POST"])
def order_new(request: HttpRequest) -> HttpResponse:
    """Write down an order for somebody who calls or comes."""
    actor = staff(request, KEEP)
    places = queries.places_for(actor)
    where = queries.order_places_for(actor)
    form = forms.OnBehalfForm(request.POST or None, places=where, items=menus.on_menus(places))

    def save() -> HttpResponse:
        return redirect(PAGE, pk=asking.order_write_down(actor=actor, wish=form.wish()).pk)

    return form_page(request, form, save, {"title": _("Write down an order")}, "orders/order_form.html")


@require_GET
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """One order; who was offered it and keeps none is led to their own page of it."""
    actor = actor_of(request)
    if not actor.can(KEEP):
        offer_id = queries.offer_of_order(actor, pk)
        if offer_id is None:
            raise NotFound
        return redirect("orders:offer", pk=offer_id)
    return _page(request, actor, pk)


def _page(
    request: HttpRequest, actor: Actor, pk: int, fault: DomainError | None = None, looked: Any = None
) -> HttpResponse:
    page = queries.order_page(actor, pk)
    offers = page.dispatches and "dispatch" in page.verbs
    ready = offers and ("supply" not in page.row.steps or page.row.supplied_on is not None)
    context = {
        "page": page,
        "row": page.row,
        "fault": fault,
        "looked": looked,
        "suggestions": suggested(page.row) if ready else [],
        "ready": ready,
        "roles": dict(ROLES),
        "calls": CALLS,
        "minutes_form": forms.MinutesForm(initial={"minutes": page.row.minutes or 60}),
    }
    return render(request, "orders/order.html", context, status=fault.status if fault else 200)


Call = Callable[[HttpRequest, Actor, int], Any]


def _dispatch(request: HttpRequest, actor: Actor, pk: int) -> Any:
    chosen: dict[int, str] = {}
    for text in request.POST.getlist("people"):
        person, _dot, role = text.partition(".")
        if number_of(person) is not None:
            chosen[int(person)] = role
    return dispatching.order_dispatch(actor=actor, order_id=pk, people=chosen)


def _minutes(operation: Callable[..., Any]) -> Call:
    def call(request: HttpRequest, actor: Actor, pk: int) -> Any:
        form = forms.MinutesForm(request.POST)
        require_filled(form, "order.minutes")
        return operation(actor=actor, order_id=pk, minutes=form.cleaned_data["minutes"])

    return call


def _words(operation: Callable[..., Any], *names: str) -> Call:
    def call(request: HttpRequest, actor: Actor, pk: int) -> Any:
        data = plain(request.POST)
        return operation(actor=actor, order_id=pk, **{name: data.get(name, "") for name in names})

    return call


def _without(operation: Callable[..., Any]) -> Call:
    def call(request: HttpRequest, actor: Actor, pk: int) -> Any:
        data = plain(request.POST)
        return operation(actor=actor, order_id=pk, reason=data.get("reason", ""), as_case=data.get("instead") == "case")

    return call


_VERBS: Final[dict[str, Call]] = {
    "supply": _words(dispatching.order_supply, "supply"),
    "dispatch": _dispatch,
    "take-back": _words(dispatching.order_take_back),
    "finish": _minutes(finishing.order_finish_for),
    "confirm": _minutes(finishing.order_confirm),
    "call": _words(finishing.order_call, "call", "note"),
    "reopen": _words(finishing.order_reopen),
    "refuse": _without(finishing.order_refuse),
    "fail": _without(finishing.order_fail),
    "cancel": _words(finishing.order_cancel_for, "reason"),
}


@require_POST
def order_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Take an order a step further; a refusal is shown on its page."""
    actor = staff(request, KEEP)
    if not queries.seen_by(actor).filter(pk=pk).exists():
        raise NotFound
    try:
        if verb == "look":
            reason = plain(request.POST).get("reason", "")
            looked = looking.contact_unmask(actor=actor, order_id=pk, reason=reason)
            return _page(request, actor, pk, looked=looked)
        call = _VERBS.get(verb)
        if call is None:
            raise NotFound
        call(request, actor, pk)
    except Mendable as error:
        return _page(request, actor, pk, error)
    return redirect(PAGE, pk=pk)
