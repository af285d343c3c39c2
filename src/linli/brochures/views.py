"""Pages of brochures: the list with a new one, one with its pages and what went out, a page, a point, the PDF."""

from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.brochures import forms, printed, queries
from linli.brochures.fitting import LINES
from linli.brochures.operations import brochures as operations
from linli.brochures.operations import dispatching
from linli.brochures.policies import may_count
from linli.brochures.workflow import BROCHURES, KEEP, SOURCES
from linli.core.actors import Actor
from linli.core.errors import Mendable, NotFound
from linli.core.forms import plain
from linli.deliberation.views.topics import before, kept
from linli.organizations.views.requests import actor_of, form_page, staff

PAGE: Final = "brochures:brochure"
REASONED: Final[dict[str, Callable[..., Any]]] = {
    "withdraw": operations.brochure_withdraw,
    "drop": operations.brochure_drop,
}


@require_http_methods(["GET", "POST"])
def brochures(request: HttpRequest) -> HttpResponse:
    """The brochures that somebody keeps, where few copies are left, and the form for a new one."""
    actor = staff(request, KEEP)
    state = plain(request.GET).get("state", "")
    lines, more = queries.listed(actor, state, before(request))
    form = forms.BrochureForm(request.POST or None, places=queries.places_for(actor))

    def save() -> HttpResponse:
        data = form.cleaned_data
        row = operations.brochure_new(actor=actor, place_id=data["place"], title=data["title"])
        return redirect(PAGE, pk=row.pk)

    context = {"lines": lines, "more": more, "state": state, "query": kept(request), "states": BROCHURES.choices}
    context["low"] = queries.low_stocks(actor)
    return form_page(request, form, save, context, "brochures/brochures.html")


@require_GET
def brochure(request: HttpRequest, pk: int) -> HttpResponse:
    """One brochure."""
    return _page(request, staff(request, KEEP), pk)


def _page(request: HttpRequest, actor: Actor, pk: int, status: int = 200, **more: Any) -> HttpResponse:
    view = queries.brochure_of(actor, pk)
    context: dict[str, Any] = {"page": view, "row": view.row, "most": LINES, "reason_form": forms.ReasonForm()}
    if "send" in view.verbs:
        context["sending_form"] = forms.SendingForm(points=queries.points_for(view.row))
    return render(request, "brochures/brochure.html", context | more, status=status)


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One inner page: choose what it says from what is public, or write it; shorten it until it fits."""
    actor = staff(request, KEEP)
    view = queries.brochure_of(actor, pk)
    sheet = next((item for item in view.sheets if item.number == number), None)
    if sheet is None or "write" not in view.verbs:
        raise NotFound
    kind, source_id = forms.source_key(plain(request.GET).get("from", ""))
    source = queries.source_of(view.row.place, kind, source_id)
    form = forms.PageForm(request.POST or None, sheet=sheet, source=source)

    def save() -> HttpResponse:
        written = form.written()
        operations.page_write(actor=actor, brochure_id=pk, number=number, written=written)
        return redirect(PAGE, pk=pk)

    found = queries.sources(view.row.place)
    kinds = [(label, [item for item in found if item.kind == code]) for code, label in SOURCES]
    context = {"title": _("Page %(number)s") % {"number": number}, "row": view.row, "sheet": sheet, "most": LINES}
    context["kinds"] = [(label, items) for label, items in kinds if items]
    return form_page(request, form, save, context, "brochures/page.html")


@require_POST
def brochure_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Issue, send out, withdraw or drop a brochure; a refusal is shown on its page."""
    actor = staff(request, KEEP)
    more: dict[str, Any] = {}
    try:
        if verb == "issue":
            operations.brochure_issue(actor=actor, brochure_id=pk)
        elif verb == "send":
            view = queries.brochure_of(actor, pk)
            more["sending_form"] = form = forms.SendingForm(request.POST, points=queries.points_for(view.row))
            if not form.is_valid():
                return _page(request, actor, pk, 400, **more)
            dispatching.dispatch_make(actor=actor, brochure_id=pk, sending=form.sending())
        elif verb in REASONED:
            REASONED[verb](actor=actor, brochure_id=pk, reason=plain(request.POST).get("reason", ""))
        else:
            raise NotFound
    except Mendable as error:
        return _page(request, actor, pk, error.status, fault=error, **more)
    return redirect(PAGE, pk=pk)


@require_http_methods(["GET", "POST"])
def leaflet_stock(request: HttpRequest, pk: int) -> HttpResponse:
    """What is left at a point, written down by whoever keeps it."""
    actor = staff(request, KEEP)
    row = queries.stock_of(actor, pk)
    if not may_count(actor, row):
        raise NotFound
    form = forms.LeftForm(request.POST or None, initial={"left": row.left})

    def save() -> HttpResponse:
        dispatching.stock_count(actor=actor, stock_id=pk, left=form.cleaned_data["left"])
        return redirect(PAGE, pk=row.brochure_id)

    return form_page(request, form, save, {"title": row.facility.name, "row": row}, "brochures/stock.html")


@require_GET
def pdf(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """A brochure as single pages or as a sheet to fold; an edition that stands for everybody."""
    row = queries.readable(actor_of(request), pk)
    if form not in printed.FORMS:
        raise NotFound
    address = request.build_absolute_uri(reverse("site", args=[row.place.code]))
    headers = {"Content-Disposition": f'inline; filename="brochure-{pk}-{form}.pdf"'}
    return HttpResponse(printed.document(row, form, address), content_type="application/pdf", headers=headers)
