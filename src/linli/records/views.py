"""Pages of the spine: generic lists with export, and imports. Views parse, call one operation or query, render."""

from pathlib import Path

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound
from linli.records import lists
from linli.records.importing import uploads
from linli.records.importing.faulty import faulty_rows
from linli.records.models import Batch
from linli.records.operations.imports import files_import, import_take_back
from linli.records.types import record_type, record_types


def _actor(request: HttpRequest) -> Actor:
    actor = getattr(request, "actor", None)
    assert isinstance(actor, Actor)
    return actor


@require_GET
def record_list(request: HttpRequest, code: str) -> HttpResponse:
    """A filtered page of one record type."""
    kind = record_type(code)
    page = lists.listing(kind, _actor(request), request.GET.dict())
    columns = [column for column in lists.exported_columns(kind) if column.type != "place"][:8]
    table = [(row, lists.cells(kind, row, columns)) for row in page.rows]
    query = request.GET.copy()
    query.pop("after", None)
    context = {
        "kind": kind,
        "page": page,
        "columns": columns,
        "table": table,
        "query": query.urlencode(),
        "kinds": [item for item in record_types() if item.visible],
    }
    template = "records/_rows.html" if getattr(request, "htmx", False) else "records/list.html"
    return render(request, template, context)


@require_GET
def record_export(request: HttpRequest, code: str, form: str) -> HttpResponse | StreamingHttpResponse:
    """The filtered rows as CSV or XLSX, under the same policy as the list."""
    kind = record_type(code)
    rows = lists.filtered(kind, _actor(request), request.GET.dict())
    name = f"{kind.code}-{clock.today():%Y%m%d}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    if form == "csv":
        return StreamingHttpResponse(
            lists.export_csv(kind, rows), content_type="text/csv; charset=utf-8", headers=headers
        )
    return HttpResponse(lists.export_xlsx(kind, rows), content_type=lists.XLSX, headers=headers)


@require_GET
def imports(request: HttpRequest) -> HttpResponse:
    """The imports so far and the form for another."""
    _require(request)
    batches = Paginator(Batch.objects.order_by("-id"), 30).get_page(request.GET.get("page"))
    return render(request, "records/imports.html", {"batches": batches, "today": clock.today()})


@require_POST
def import_upload(request: HttpRequest) -> HttpResponse:
    """Take files, and either preview them or import them."""
    _require(request)
    files = request.FILES.getlist("files")
    if not files:
        raise InvalidInput("import.no_files", _("Choose at least one file."))
    as_of = uploads.day(request.POST.get("as_of", "")) or clock.today()
    dry = request.POST.get("do") == "preview"
    with uploads.kept(files) as folder:
        reports = files_import(actor=_actor(request), paths=[Path(folder)], as_of=as_of, dry=dry)
    return render(request, "records/import_result.html", {"reports": reports, "dry": dry, "as_of": as_of})


@require_GET
def import_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What one import did, row by row."""
    _require(request)
    return render(request, "records/import_detail.html", {"batch": get_object_or_404(Batch, pk=pk)})


@require_GET
def import_faulty(request: HttpRequest, pk: int) -> HttpResponse:
    """The refused rows as a workbook with a column that says why."""
    _require(request)
    batch = get_object_or_404(Batch, pk=pk)
    headers = {"Content-Disposition": f'attachment; filename="refused-{batch.pk}.xlsx"'}
    return HttpResponse(faulty_rows(batch), content_type=lists.XLSX, headers=headers)


@require_POST
def import_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a whole import back."""
    import_take_back(actor=_actor(request), batch_id=pk)
    return redirect("records:import", pk=pk)


def _require(request: HttpRequest) -> None:
    if not _actor(request).can("imports.run"):
        raise NotFound
