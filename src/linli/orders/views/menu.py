"""The desk's pages of the menu: all items, one with its form, published and taken off."""

from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core.errors import InvalidInput, Mendable, NotFound
from linli.core.forms import number_of, plain
from linli.orders import forms
from linli.orders.models import ServiceMenuItem
from linli.orders.operations import menu as operations
from linli.orders.queries import menu as queries
from linli.orders.queries.orders import places_for
from linli.orders.workflow import KEEP
from linli.organizations.views.requests import form_page, staff

FORM: Final = "orders/item_form.html"
VERBS: Final[dict[str, Callable[..., ServiceMenuItem]]] = {
    "publish": operations.item_publish,
    "withdraw": operations.item_withdraw,
}


@require_GET
def menu(request: HttpRequest) -> HttpResponse:
    """Every item that somebody keeps."""
    actor = staff(request, KEEP)
    return render(request, "orders/menu.html", {"dishes": queries.menu_of(actor), "places": places_for(actor)})


@require_http_methods(["GET", "POST"])
def item_new(request: HttpRequest) -> HttpResponse:
    """Write down what could be ordered."""
    actor = staff(request, KEEP)
    places = places_for(actor)
    bodies = queries.bodies_for(places[0]) if places else []
    form = forms.DishForm(request.POST or None, places=places, bodies=bodies)

    def save() -> HttpResponse:
        return redirect("orders:item", pk=operations.item_draft(actor=actor, dish=form.dish()).pk)

    return form_page(request, form, save, {"title": _("New on the menu")}, FORM)


@require_http_methods(["GET", "POST"])
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """One item, with its form."""
    actor = staff(request, KEEP)
    row = queries.item_of(actor, pk)
    form = forms.DishForm(
        request.POST or None, places=[row.place], bodies=queries.bodies_for(row.place), initial=forms.dish_of(row)
    )

    def save() -> HttpResponse:
        version = plain(request.POST).get("version", "")
        if number_of(version, 9) is None:
            raise InvalidInput("menu.stale", _("Open the page again."))
        operations.item_change(actor=actor, item_id=pk, dish=form.dish(), version=int(version))
        return redirect("orders:item", pk=pk)

    return form_page(request, form, save, {"title": row.label, "row": row}, FORM)


@require_POST
def item_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Put an item on the menu, or take it off."""
    actor = staff(request, KEEP)
    call = VERBS.get(verb)
    if call is None:
        raise NotFound
    row = queries.item_of(actor, pk)
    try:
        call(actor=actor, item_id=pk)
    except Mendable as error:
        form = forms.DishForm(
            None, places=[row.place], bodies=queries.bodies_for(row.place), initial=forms.dish_of(row)
        )
        context: dict[str, Any] = {"title": row.label, "row": row, "form": form, "fault": error}
        return render(request, FORM, context, status=error.status)
    return redirect("orders:item", pk=pk)
