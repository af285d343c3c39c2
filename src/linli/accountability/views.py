"""The figure book: every figure with its dates and denominator, and the rows behind it."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from linli.accountability.forms import FigureForm
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import DomainError, InvalidInput, NotFound
from linli.records import lists
from linli.records.figures import compute
from linli.records.figures.compile import Scope
from linli.records.operations.figures import figure_define
from linli.records.types import record_type, record_types

SIZE = 50


def _viewer(request: HttpRequest, ability: str = "figures.view") -> Actor:
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Actor) or not actor.can(ability):
        raise NotFound
    return actor


def _asked(request: HttpRequest) -> tuple[date, Scope]:
    """The day and the scope that the address names. Raises: figure.bad_day, scope.unknown."""
    written = request.GET.get("at", "")
    try:
        at = date.fromisoformat(written) if written else clock.today()
    except ValueError as error:
        raise InvalidInput("figure.bad_day", _("“%(value)s” is not a date."), value=written) from error
    return at, compute.scope_of(request.GET.get("scope", ""))


@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """The whole book on a day, for a scope."""
    actor = _viewer(request)
    at, scope = _asked(request)
    values = [(value, compute.label(value.figure)) for value in compute.compute_many(at, scope)]
    return render(
        request,
        "accountability/figures.html",
        {
            "values": values,
            "at": at,
            "scope": scope,
            "may_define": actor.can("figures.define"),
        },
    )


@require_GET
def figure(request: HttpRequest, figure_id: str) -> HttpResponse:
    """One figure: its value, how it comes about, its course, and the rows behind it."""
    actor = _viewer(request)
    at, scope = _asked(request)
    value = compute.compute(figure_id, at, scope)
    opened = compute.opened(figure_id, at, scope, actor)
    rows = opened.rows
    if request.GET.get("after", "").isdigit():
        rows = rows.filter(pk__lt=int(request.GET["after"]))
    found = list(rows.select_related(*lists.related(opened.kind)).order_by("-pk")[: SIZE + 1])
    columns = [column for column in lists.exported_columns(opened.kind) if column.type != "place"][:7]
    return render(
        request,
        "accountability/figure.html",
        {
            "value": value,
            "label": compute.label(value.figure),
            "sentence": compute.sentence(value.figure, compute.book()),
            "opened": opened,
            "columns": columns,
            "table": [(row, lists.cells(opened.kind, row, columns)) for row in found[:SIZE]],
            "next_key": found[SIZE - 1].pk if len(found) > SIZE else "",
            "at": at,
            "scope": scope,
            "chart": _course(value.figure.id, at, scope),
        },
    )


def _course(figure_id: str, at: date, scope: Scope) -> dict[str, list[Any]]:
    """The figure by month where it counts events, else by street."""
    base = compute.leaf(compute.figure_of(figure_id), compute.book())
    by = "month" if record_type(base.of).dates and not record_type(base.of).span else "street"
    if by == "street" and not record_type(base.of).dimension("street") and not record_type(base.of).dimension("place"):
        return {"names": [], "values": []}
    groups = [(key, value) for key, value in compute.grouped(base, at, scope, by) if key is not None][-36:]
    return {
        "names": [f"{key:%Y-%m}" if isinstance(key, date) else str(key) for key, _value in groups],
        "values": [compute.number(value) for _key, value in groups],
    }


@require_GET
def figure_rows(request: HttpRequest, figure_id: str, form: str) -> HttpResponse | StreamingHttpResponse:
    """The rows behind a figure as CSV or XLSX, as far as the viewer may open them."""
    actor = _viewer(request)
    at, scope = _asked(request)
    opened = compute.opened(figure_id, at, scope, actor)
    headers = {"Content-Disposition": f'attachment; filename="{figure_id}-{at:%Y%m%d}.{form}"'}
    if form == "csv":
        return StreamingHttpResponse(
            lists.export_csv(opened.kind, opened.rows), content_type="text/csv; charset=utf-8", headers=headers
        )
    return HttpResponse(lists.export_xlsx(opened.kind, opened.rows), content_type=lists.XLSX, headers=headers)


def figure_new(request: HttpRequest) -> HttpResponse:
    """Define a figure without code: a preview on every change, kept when asked for."""
    actor = _viewer(request, "figures.define")
    form = FigureForm(request.POST or None)
    preview: compute.FigureValue | None = None
    fault: DomainError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            preview = compute.preview(form.definition(), clock.today(), Scope())
            if "keep" in request.POST:
                figure_define(actor=actor, definition=form.definition())
                return redirect("accountability:figure", figure_id=form.cleaned_data["id"])
        except DomainError as error:
            fault = error
    kinds = [
        (kind.code, kind.label, [item.code for item in kind.all_dimensions()], [m.code for m in kind.measures])
        for kind in record_types()
        if kind.visible
    ]
    context = {"form": form, "preview": preview, "fault": fault, "kinds": kinds}
    return render(request, "accountability/figure_new.html", context)
