"""Generic lists of any record type, with export under the same policy."""

from typing import Final

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from linli.core.errors import NotAllowed
from linli.records import lists
from linli.records.exporting import export
from linli.records.types import RecordType, record_type, record_types
from linli.records.views.asking import actor_of

# Who works with figures may take their rows along; who only works in a grid may not.
EXPORTS: Final = "figures.view"


@require_GET
def record_list(request: HttpRequest, code: str) -> HttpResponse:
    """A filtered page of one record type."""
    kind = record_type(code)
    actor = actor_of(request)
    # What has a page of its own is tagged there.
    tagged_here = kind.amendable if kind.added_dimensions() and not kind.url_name else None
    page = lists.listing(kind, actor, request.GET.dict())
    columns = lists.shown_columns(kind)
    table = [
        (row, cells, bool(tagged_here and tagged_here(actor, row)))
        for row, cells in lists.table(kind, page.rows, columns)
    ]
    query = request.GET.copy()
    query.pop("after", None)
    unsorted = query.copy()
    unsorted.pop("sort", None)
    context = {
        "heads": [(column, _turned(column.code, kind, request.GET.get("sort", ""))) for column in columns],
        "unsorted": unsorted.urlencode(),
        "sort": request.GET.get("sort", ""),
        "kind": kind,
        "exports": actor.can(EXPORTS),
        "amends": any(amends for _row, _cells, amends in table),
        "page": page,
        "columns": columns,
        "table": table,
        "query": query.urlencode(),
        "kinds": [item for item in record_types() if item.visible],
    }
    template = "records/_rows.html" if getattr(request, "htmx", False) else "records/list.html"
    return render(request, template, context)


def _turned(code: str, kind: RecordType, sort: str) -> str:
    """What a click on a column's head sorts by next; empty where the list cannot be sorted by it."""
    if code not in lists.sortable(kind):
        return ""
    return f"-{code}" if sort == code else code


@require_GET
def record_export(request: HttpRequest, code: str, form: str) -> HttpResponse | StreamingHttpResponse:
    """The filtered rows as CSV or XLSX, under the same policy as the list; grid posts have no bulk export (R22)."""
    actor = actor_of(request)
    if not actor.can(EXPORTS):
        raise NotAllowed("export.not_yours")
    kind = record_type(code)
    rows = lists.filtered(kind, actor, request.GET.dict())
    return export(actor, kind, rows, form, name=kind.code, query=request.GET.dict())
