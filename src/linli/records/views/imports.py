"""Import pages: hand files in, see what they hold, let the worker import them, see row by row what happened."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import DomainError
from linli.records import lists
from linli.records.exporting import noted
from linli.records.importing.faulty import faulty_rows
from linli.records.importing.previews import FilePreview, preview
from linli.records.importing.uploads import day
from linli.records.models import Batch, Upload
from linli.records.operations import uploads
from linli.records.operations.imports import import_take_back
from linli.records.policies import imports_visible_to
from linli.records.views.asking import actor_of

ABILITY = "imports.run"
PAGE = 30


@require_GET
def imports(request: HttpRequest) -> HttpResponse:
    """The form for another import, what waits, and the imports so far."""
    mine = imports_visible_to(actor_of(request, ABILITY))
    found = _light(Batch.objects.filter(mine).order_by("-id"))
    batches = Paginator(found, PAGE).get_page(request.GET.get("page"))
    waiting = list(Upload.objects.filter(mine).exclude(state=Upload.State.DONE).defer("checked").order_by("-id")[:20])
    context = {"batches": batches, "waiting": waiting, "today": clock.today(), "query": ""}
    return render(request, "records/imports.html", context)


def _light(batches: "QuerySet[Batch]") -> "QuerySet[Batch]":
    """Batches without their reports, with the number of refused rows counted by the database."""
    counted = "coalesce(jsonb_array_length(report->'rejected'), 0)"
    return batches.defer("report").extra(select={"refused": counted})


@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Take files in, and go on to their preview."""
    actor = actor_of(request, ABILITY)
    as_of = day(request.POST.get("as_of", "")) or clock.today()
    kept = uploads.upload_keep(actor=actor, files=request.FILES.getlist("files"), as_of=as_of)
    return redirect("records:upload", pk=kept.pk)


@require_GET
def upload_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What the files hold, how far their import is, or what came of it. htmx asks for the progress only."""
    actor = actor_of(request, ABILITY)
    found = get_object_or_404(Upload, imports_visible_to(actor), pk=pk)
    working = found.state in (Upload.State.CHECKING, Upload.State.RUNNING)
    context = {"upload": found, "batches": list(_light(found.batches.order_by("id"))), "working": working}
    if getattr(request, "htmx", False):
        if working:
            return render(request, "records/_progress.html", context)
        return HttpResponse(headers={"HX-Refresh": "true"})
    if found.state == Upload.State.WAITING:
        files = [_preview(actor, found, position) for position in range(len(found.files))]
        readable = any(file.reader or any(table.map for table in file.tables) for file in files)
        context |= {"previews": files, "readable": readable}
    return render(request, "records/upload.html", context)


def _preview(actor: Actor, found: Upload, position: int) -> FilePreview:
    try:
        return preview(actor, position, uploads.path_of(found, position), found.as_of)
    except DomainError as error:
        return FilePreview(position, found.files[position], fault=error.sentence)


@require_POST
def upload_start(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the worker import the files, or check every row."""
    actor = actor_of(request, ABILITY)
    uploads.upload_start(actor=actor, upload_id=pk, dry=request.POST.get("do") == "check")
    return redirect("records:upload", pk=pk)


@require_POST
def upload_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw files away that are not to be imported."""
    uploads.upload_discard(actor=actor_of(request, ABILITY), upload_id=pk)
    return redirect("records:imports")


def _batch(request: HttpRequest, pk: int) -> Batch:
    return get_object_or_404(Batch, imports_visible_to(actor_of(request, ABILITY)), pk=pk)


@require_GET
def import_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What one import did, row by row."""
    return render(request, "records/import_detail.html", {"batch": _batch(request, pk)})


@require_GET
def import_faulty(request: HttpRequest, pk: int) -> HttpResponse:
    """The refused rows as a workbook with a column that says why."""
    batch = _batch(request, pk)
    refused = len(batch.report.get("rejected", []))
    mark = noted(actor_of(request, ABILITY), f"refused-{batch.pk}", {}, refused, "xlsx")
    return HttpResponse(faulty_rows(batch, mark), content_type=lists.XLSX, headers=mark.headers("refused", "xlsx"))


@require_POST
def import_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a whole import back."""
    import_take_back(actor=actor_of(request, ABILITY), batch_id=pk)
    return redirect("records:import", pk=pk)
