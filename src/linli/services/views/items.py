"""The desk's pages of service items: what can be taken in, one with its form, published and taken back."""

from collections.abc import Callable
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core.errors import InvalidInput, Mendable, NotFound
from linli.core.forms import number_of, plain
from linli.organizations.views.requests import form_page, page_number, staff
from linli.services import forms
from linli.services.models import ServiceItem
from linli.services.operations import items as operations
from linli.services.queries import items as queries
from linli.services.workflow import KEEP

FORM: Final = "services/item_form.html"
PAGE: Final = "services:item"
ROWS: Final = 50
VERBS: Final[dict[str, Callable[..., ServiceItem]]] = {
    "publish": operations.item_publish,
    "withdraw": operations.item_withdraw,
}


@require_GET
def items(request: HttpRequest) -> HttpResponse:
    """The items that somebody takes in at their desk, and those that they keep."""
    actor = staff(request, KEEP)
    words = plain(request.GET).get("q", "").strip()
    page = Paginator(queries.at_desk(actor, words), ROWS).get_page(page_number(request))
    kept = set(queries.kept_by(actor).filter(pk__in=[row.pk for row in page]).values_list("pk", flat=True))
    desks = {row.pk for row in queries.taken_at(queries.desks_of(actor))}
    lines = [(row, row.pk in kept, row.pk in desks) for row in page]
    return render(request, "services/items.html", {"page": page, "lines": lines, "q": words})


@require_http_methods(["GET", "POST"])
def item_new(request: HttpRequest) -> HttpResponse:
    """Write down what people may ask for."""
    actor = staff(request, KEEP)
    places = queries.places_for(actor)
    form = forms.GuideForm(request.POST or None, places=places, bodies=queries.bodies_for(places))

    def save() -> HttpResponse:
        return redirect(PAGE, pk=operations.item_draft(actor=actor, guide=form.guide()).pk)

    return form_page(request, form, save, {"title": _("New service item")}, FORM)


@require_http_methods(["GET", "POST"])
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """One item, with its form."""
    actor = staff(request, KEEP)
    row = queries.item_of(actor, pk)
    form = _form(row, request.POST or None)

    def save() -> HttpResponse:
        version = number_of(plain(request.POST).get("version", ""), 9)
        if version is None:
            raise InvalidInput("service_item.stale", _("Open the page again."))
        operations.item_change(actor=actor, item_id=pk, guide=form.guide(), version=version)
        return redirect(PAGE, pk=pk)

    return form_page(request, form, save, {"title": row.label, "row": row}, FORM)


def _form(row: ServiceItem, data: Any) -> forms.GuideForm:
    return forms.GuideForm(
        data, places=[row.place], bodies=queries.bodies_for([row.place]), initial=forms.guide_of(row)
    )


@require_POST
def item_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Publish an item, or take it back."""
    actor = staff(request, KEEP)
    if verb not in VERBS:
        raise NotFound
    row = queries.item_of(actor, pk)
    try:
        VERBS[verb](actor=actor, item_id=pk)
    except Mendable as error:
        context = {"title": row.label, "row": row, "form": _form(row, None), "fault": error}
        return render(request, FORM, context, status=error.status)
    return redirect(PAGE, pk=pk)
