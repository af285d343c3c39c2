"""Pages of the models of working: which there are, one with its components, and the rows that bear a component."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from linli.accountability.queries import models as queries
from linli.accountability.queries.models import Asking
from linli.accountability.views import asking
from linli.accountability.views.book import opened_page, viewer
from linli.records.exporting import export


@require_GET
def models(request: HttpRequest) -> HttpResponse:
    """Every model of the place."""
    actor = viewer(request)
    context = {"models": queries.models(), "may_configure": actor.can("system.configure")}
    return render(request, "accountability/models.html", context)


@require_GET
def model(request: HttpRequest, code: str) -> HttpResponse:
    """One model: its components in order, what bears each, and figures by component."""
    actor = viewer(request)
    asked = asking.asked(request, actor)
    page = queries.model_page(code, _asking(asked))
    context = {"page": page, "asked": asked, "may_configure": actor.can("system.configure")}
    return render(request, "accountability/model.html", context)


@require_GET
def model_rows(request: HttpRequest, code: str, component: str, of: str) -> HttpResponse:
    """The rows of a type that bear a component, as far as the viewer may open them."""
    actor = viewer(request)
    asked = asking.asked(request, actor)
    page, line, opened = queries.model_opened(code, component, of, _asking(asked), actor)
    context = {"page": page, "line": line, "asked": asked, **opened_page(opened, request.GET.get("after", ""))}
    return render(request, "accountability/model_rows.html", context)


@require_GET
def model_export(
    request: HttpRequest, code: str, component: str, of: str, form: str
) -> HttpResponse | StreamingHttpResponse:
    """The same rows as a file."""
    actor = viewer(request)
    asked = asking.asked(request, actor)
    _page, _line, opened = queries.model_opened(code, component, of, _asking(asked), actor)
    query = {**request.GET.dict(), "at": asked.at.isoformat()}
    return export(actor, opened.kind, opened.rows, form, name=f"{code}.{component}.{of}", query=query)


def _asking(asked: asking.Asked) -> Asking:
    return Asking(asked.at, asked.scope, asked.figures, asked.period)
