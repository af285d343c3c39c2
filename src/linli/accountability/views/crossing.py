"""The table of a figure by a dimension and by months as a file."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from linli.accountability.queries import breakdowns, crossing
from linli.accountability.views import asking
from linli.accountability.views.book import viewer
from linli.records.exporting import export_table
from linli.records.figures import compute


@require_GET
def figure_table(request: HttpRequest, figure_id: str, form: str) -> HttpResponse:
    """The table as CSV or XLSX, noted like every file that leaves. Raises: figure.unknown, figure.not_by_months"""
    actor = viewer(request)
    asked = asking.asked(request, actor)
    figure = compute.figure_of(figure_id, asked.figures)
    by = breakdowns.chosen(figure, asked.figures, request.GET.get("by", "street"))
    crossing.require_crossed(figure, by, asked.figures)
    table = crossing.table(figure, asked.at, asked.scope, by, asked.figures)
    query = {**request.GET.dict(), "at": asked.at.isoformat(), "by": by}
    return export_table(actor, crossing.sheet(table), form, name=f"{figure_id}-{by}-month", query=query)
