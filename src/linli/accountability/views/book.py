"""The figure book: every figure with its dates and denominator, and the rows behind it."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from linli.accountability.board_section import boards
from linli.accountability.forms import figures as forms
from linli.accountability.queries import book as browsing
from linli.accountability.queries import breakdowns, crossing
from linli.accountability.queries.completeness import completeness
from linli.accountability.queries.definitions import changes
from linli.accountability.queries.figure_users import uses
from linli.accountability.queries.models import models
from linli.accountability.views import asking
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import DomainError, NotFound
from linli.core.forms import number_of
from linli.records import lists
from linli.records.exporting import export
from linli.records.figures import breaking, compute, opening
from linli.records.figures.compile import Scope
from linli.records.figures.compute import rounded
from linli.records.figures.definitions import Figure
from linli.records.figures.opening import Opened, Part
from linli.records.operations.figures import figure_define
from linli.records.types import RecordType

SIZE = 50
MOST = 36
PARTS = {Part.ALL: _("all of them"), Part.MET: _("meet it"), Part.SHORT: _("fall short")}


def viewer(request: HttpRequest, *abilities: str) -> Actor:
    """Who asks, if one of the abilities lets them know of the page. Raises: not_found"""
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Actor) or not any(map(actor.can, abilities or ("figures.view",))):
        raise NotFound
    return actor


@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """The book on a day, for a scope: by what is counted, or by words; a page of it at a time."""
    actor = viewer(request)
    asked = asking.asked(request, actor)
    domain, words = request.GET.get("domain", ""), request.GET.get("words", "").strip()
    page = Paginator(browsing.found(asked.figures, domain, words), browsing.SIZE).get_page(request.GET.get("page"))
    return render(
        request,
        "accountability/figures.html",
        {
            "lines": browsing.lines(list(page.object_list), asked.at, asked.scope, asked.figures),
            "page": page,
            "domains": browsing.domains(asked.figures),
            "domain": domain,
            "words": words,
            "kept": urlencode({"domain": domain, "words": words}),
            "asked": asked,
            "may_define": actor.can("figures.define"),
            "models": models(),
            "boards": [(item.code, item.named) for item in boards()],
        },
    )


@require_GET
def places(request: HttpRequest) -> HttpResponse:
    """Places whose name or code fits what was typed, as choices for the form."""
    found = asking.places_with_codes(request.GET.get("q", ""), viewer(request))
    return render(request, "accountability/_places.html", {"places": found})


@require_GET
def figure(request: HttpRequest, figure_id: str) -> HttpResponse:
    """One figure: its value, how it comes about, its course, and the rows behind it."""
    actor = viewer(request)
    asked = asking.asked(request, actor)
    at, scope, book = asked.at, asked.scope, asked.figures
    value = compute.compute(figure_id, at, scope, book)
    by = breakdowns.chosen(value.figure, book, request.GET.get("by", ""))
    can_cross = crossing.can_cross(value.figure, by, book)
    crossed = crossing.table(value.figure, at, scope, by, book) if can_cross and "months" in request.GET else None
    groups = _groups(value.figure, asked, by) if by and not crossed else []
    opened = opening.opened(value.figure, at, scope, actor, book, request.GET.get("part", ""))
    told = value.figure if breaking.is_told(value.figure, book) else compute.leaf(value.figure, book)
    return render(
        request,
        "accountability/figure.html",
        {
            "value": value,
            "label": compute.label(value.figure),
            "both": browsing.in_both(value.figure, book),
            "below": browsing.below(value.figure, book),
            "namesakes": [
                (item, compute.label(item), browsing.below(item, book))
                for item in browsing.namesakes(value.figure, book)
            ],
            "completeness": completeness(value.figure, at, scope, book),
            "uses": uses(figure_id),
            "changes": changes(figure_id),
            "asked": asked,
            "by": by,
            "breakdowns": breakdowns.dimensions(value.figure, book),
            "groups": groups,
            "can_cross": can_cross,
            "crossed": crossed,
            "told": told,
            "shape": "bar" if by == "month" else "rows",
            "told_label": compute.label(told),
            "chart": {"names": [name for name, _n in groups], "values": [number for _name, number in groups]},
            **opened_page(opened, request.GET.get("after", "")),
        },
    )


def opened_page(opened: Opened, after: str) -> dict[str, Any]:
    """A page of opened rows in words, with the key of the next one."""
    rows = opened.rows.filter(pk__lt=key) if (key := number_of(after)) is not None else opened.rows
    found = list(rows.select_related(*lists.related(opened.kind)).order_by("-pk")[: SIZE + 1])
    columns = lists.shown_columns(opened.kind, 7)
    return {
        "opened": opened,
        "parts": [(part, PARTS[part], count) for part, count in (opened.parts or {}).items()],
        "columns": columns,
        "table": lists.table(opened.kind, found[:SIZE], columns),
        "next_key": found[SIZE - 1].pk if len(found) > SIZE else "",
    }


def _groups(figure: Figure, asked: asking.Asked, by: str) -> list[tuple[str, int | float | None]]:
    """The figure by the values of a dimension, in words: the months in their order, all else from the largest."""
    words = _words(breaking.kinds_of(figure, asked.figures)[0], by)
    groups = breaking.broken_down(figure, asked.at, asked.scope, by, asked.figures)
    if by != "month":
        groups = sorted(groups, key=lambda group: (group[1] is not None, group[1] or 0))
    named = [(_named(key, words, by), compute.number(rounded(value, figure.decimals))) for key, value in groups[-MOST:]]
    return named if by == "month" else named[::-1]


def _words(kind: RecordType, by: str) -> dict[str, str]:
    dimension = kind.dimension(by)
    return dict(lists.choices(dimension)) if dimension else {}


def _named(key: Any, words: Mapping[str, str], by: str) -> str:
    if key in (None, ""):
        return breakdowns.nothing_named(by)
    return f"{key:%Y-%m}" if isinstance(key, date) else lists.spoken(key, words)


@require_GET
def figure_rows(request: HttpRequest, figure_id: str, form: str) -> HttpResponse | StreamingHttpResponse:
    """The rows behind a figure as CSV or XLSX, as far as the viewer may open them."""
    actor = viewer(request)
    asked = asking.asked(request, actor)
    part = request.GET.get("part", "")
    opened = opening.figure_opened(figure_id, asked.at, asked.scope, actor, asked.figures, part)
    query = {**request.GET.dict(), "at": asked.at.isoformat()}
    return export(actor, opened.kind, opened.rows, form, name=figure_id, query=query)


@require_http_methods(["GET", "POST"])
def figure_new(request: HttpRequest) -> HttpResponse:
    """Define a figure without code: every change shows its value and its sentence; kept when asked for."""
    actor = viewer(request, "figures.define")
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
