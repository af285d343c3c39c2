"""The desk's pages of appointments: its times, a new one, cancelled, counted; who lacks a legal adviser."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core.actors import Actor
from linli.core.errors import Mendable, NotFound
from linli.core.forms import plain, require_filled
from linli.organizations.views.requests import form_page, page_number, staff
from linli.services import forms
from linli.services.operations import appointments as operations
from linli.services.queries import appointments as queries
from linli.services.queries.advisers import lacking
from linli.services.queries.items import desks_of
from linli.services.workflow import KEEP


@require_http_methods(["GET", "POST"])
def slots(request: HttpRequest) -> HttpResponse:
    """The times of one's own desks, and the form for new ones."""
    actor = staff(request, KEEP)
    form = forms.TimesForm(request.POST or None, places=desks_of(actor))

    def save() -> HttpResponse:
        operations.slots_add(actor=actor, times=form.times())
        return redirect("services:slots")

    return form_page(request, form, save, _lines(request, actor), "services/slots.html")


def _lines(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    page = Paginator(queries.kept_by(actor), queries.PAGE).get_page(page_number(request))
    return {"page": page, "lines": queries.lines_of(list(page))}


@require_POST
def slot_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Say that a time does not take place, or how many came."""
    actor = staff(request, KEEP)
    try:
        if verb == "look":
            looked = operations.slot_look(actor=actor, slot_id=pk, reason=plain(request.POST).get("reason", ""))
            return _page(request, actor, {"looked": looked})
        if verb == "cancel":
            operations.slot_cancel(actor=actor, slot_id=pk, reason=plain(request.POST).get("reason", ""))
        elif verb == "count":
            form = forms.CountForm(request.POST)
            require_filled(form, "slot.came")
            operations.slot_count(actor=actor, slot_id=pk, came=form.cleaned_data["came"])
        else:
            raise NotFound
    except Mendable as error:
        return _page(request, actor, {"fault": error}, error.status)
    return redirect("services:slots")


def _page(request: HttpRequest, actor: Actor, more: dict[str, Any], status: int = 200) -> HttpResponse:
    context = {"form": forms.TimesForm(places=desks_of(actor)), **_lines(request, actor), **more}
    return render(request, "services/slots.html", context, status=status)


@require_GET
def advisers(request: HttpRequest) -> HttpResponse:
    """Which communities lack a legal adviser, and how many."""
    actor = staff(request, KEEP)
    return render(request, "services/advisers.html", {"lack": lacking(actor)})
