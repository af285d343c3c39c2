"""The figure book: every figure with its dates and denominator, and the rows behind it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from linli.accountability import forms
from linli.accountability.views import asking
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import DomainError, NotFound
from linli.records import lists
from linli.records.exporting import export
from linli.records.figures import compute
from linli.records.figures.compile import Scope
from linli.records.figures.definitions import Figure
from linli.records.operations.figures import figure_define
from linli.records.types import RecordType, record_type

SIZE = 50
MOST = 36
BROKEN = ("choice", "flag")


def _viewer(request: HttpRequest, ability: str = "figures.view") -> Actor:
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Actor) or not actor.can(ability):
        raise NotFound
    return actor


@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """The whole book on a day, for a scope."""
    actor = _viewer(request)
    asked = asking.asked(request, actor)
    values = compute.compute_many(asked.at, asked.scope, figures=asked.figures)
    return render(
        request,
        "accountability/figures.html",
        {
            "values": [(value, compute.label(value.figure)) for value in values],
            "asked": asked,
            "may_define": actor.can("figures.define"),
        },
    )


@require_GET
def places(request: HttpRequest) -> HttpResponse:
    """Places whose name or code fits what was typed, as choices for the form."""
    found = asking.places_with_codes(request.GET.get("q", ""), _viewer(request))
    return render(request, "accountability/_places.html", {"places": found})


@require_GET
def figure(request: HttpRequest, figure_id: str) -> HttpResponse:
    """One figure: its value, how it comes about, its course, and the rows behind it."""
    actor = _viewer(request)
    asked = asking.asked(request, actor)
    at, scope, book = asked.at, asked.scope, asked.figures
    value = compute.compute(figure_id, at, scope, book)
    base = compute.leaf(value.figure, book)
    breakdowns = _breakdowns(record_type(base.of))
    by = request.GET.get("by", "") or next((code for code, _label in breakdowns), "")
    groups = _groups(base, at, scope, by) if by in dict(breakdowns) else []
    opened = compute.opened(figure_id, at, scope, actor, book)
    rows = opened.rows
    if request.GET.get("after", "").isdecimal():
        rows = rows.filter(pk__lt=int(request.GET["after"]))
    found = list(rows.select_related(*lists.related(opened.kind)).order_by("-pk")[: SIZE + 1])
    columns = [column for column in lists.exported_columns(opened.kind) if column.type != "place"][:7]
    return render(
        request,
        "accountability/figure.html",
        {
            "value": value,
            "label": compute.label(value.figure),
            "sentence": compute.sentence(value.figure, book),
            "opened": opened,
            "columns": columns,
            "table": [(row, lists.cells(opened.kind, row, columns)) for row in found[:SIZE]],
            "next_key": found[SIZE - 1].pk if len(found) > SIZE else "",
            "asked": asked,
            "by": by,
            "breakdowns": breakdowns,
            "groups": groups,
            "chart": {"names": [name for name, _n in groups], "values": [number for _name, number in groups]},
        },
    )


def _breakdowns(kind: RecordType) -> list[tuple[str, Any]]:
    """By what a figure over this record type can be broken down."""
    found: list[tuple[str, Any]] = [("month", _("month"))] if kind.dates or kind.span else []
    if kind.place or kind.dimension("street"):
        found += [("street", _("street")), ("community", _("community"))]
    return found + [(item.code, item.label or item.code) for item in kind.all_dimensions() if item.type in BROKEN]


def _groups(base: Figure, at: date, scope: Scope, by: str) -> list[tuple[str, int | float | None]]:
    """The figure by the values of a dimension, in words, the months in their order."""
    kind = record_type(base.of)
    words = dict(forms.choices_of(kind.dimension(by)))
    groups = compute.grouped(base, at, scope, by)
    named = [(_named(key, words), compute.number(value)) for key, value in groups]
    return named[-MOST:]


def _named(key: Any, words: Mapping[str, str]) -> str:
    if key in (None, ""):
        return str(_("not given"))
    if isinstance(key, bool):
        return str(_("yes") if key else _("no"))
    return f"{key:%Y-%m}" if isinstance(key, date) else words.get(str(key), str(key))


@require_GET
def figure_rows(request: HttpRequest, figure_id: str, form: str) -> HttpResponse | StreamingHttpResponse:
    """The rows behind a figure as CSV or XLSX, as far as the viewer may open them."""
    actor = _viewer(request)
    asked = asking.asked(request, actor)
    opened = compute.opened(figure_id, asked.at, asked.scope, actor, asked.figures)
    query = {**request.GET.dict(), "at": asked.at.isoformat()}
    return export(actor, opened.kind, opened.rows, form, name=figure_id, query=query)


@require_http_methods(["GET", "POST"])
def figure_new(request: HttpRequest) -> HttpResponse:
    """Define a figure without code: every change shows its value and its sentence; kept when asked for."""
    actor = _viewer(request, "figures.define")
    posted = request.POST.dict()
    preview: compute.FigureValue | None = None
    fault: DomainError | None = None
    words = ""
    if request.method == "POST":
        definition = forms.definition_of(posted)
        try:
            if "keep" in posted:
                figure_define(actor=actor, definition=definition)
                return redirect("accountability:figure", figure_id=definition["id"])
            tried = {"id": "preview", **definition}
            preview = compute.preview(tried, clock.today(), Scope())
            words = compute.sentence(preview.figure, compute.book() | {"preview": preview.figure})
        except DomainError as error:
            fault = error
    context = forms.offered(posted) | {"preview": preview, "fault": fault, "words": words}
    template = (
        "accountability/_figure_form.html" if getattr(request, "htmx", False) else "accountability/figure_new.html"
    )
    return render(request, template, context)
