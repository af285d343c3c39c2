"""Pages of reports: which there are, one as its writer sees it, and what was issued."""

from typing import Any
from urllib.parse import quote

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.accountability.documents.reading import spoken
from linli.accountability.forms.reports import TemplateForm, UploadForm
from linli.accountability.models import ReportTemplate
from linli.accountability.operations import reports as operations
from linli.accountability.policies import reports as policies
from linli.accountability.queries import issued as issued_queries
from linli.accountability.queries import reports as queries
from linli.accountability.queries.report_live import live
from linli.accountability.queries.report_values import Asked, place_of
from linli.accountability.views import asking
from linli.accountability.views.book import viewer
from linli.core import clock, files, printing
from linli.core.actors import Actor
from linli.core.errors import DomainError, InvalidInput, NotFound
from linli.core.forms import number_of
from linli.core.models import FileRow
from linli.organizations.views.requests import form_page
from linli.records.figures import compute
from linli.records.figures.words import wording
from linli.territory.operations.recording import root_place

FOUND = 12


@require_GET
def reports(request: HttpRequest) -> HttpResponse:
    """The reports that are written here, and those that were issued, the newest first."""
    actor = viewer(request)
    after = request.GET.get("after", "")
    before = number_of(after)
    rows, next_key = issued_queries.issued_reports(before=before)
    context = {
        "templates": [] if after else list(issued_queries.templates()),
        "root": root_place(),
        "issued": rows,
        "next_key": next_key,
        "may_write": actor.can(policies.WRITE),
    }
    return render(request, "accountability/reports.html", context)


@require_http_methods(["GET", "POST"])
def report_new(request: HttpRequest) -> HttpResponse:
    """Begin a report from a Word file or from a text."""
    actor = viewer(request)
    if not actor.can(policies.WRITE):
        raise NotFound
    form = TemplateForm(request.POST or None, request.FILES or None, actor=actor)

    def save() -> HttpResponse:
        data = form.cleaned_data
        template = operations.template_make(
            actor=actor, label=data["label"], content=form.content(), place_id=int(data["place"])
        )
        return redirect("reports:report", code=template.code)

    context = {"title": _("New report"), "do": _("Save")}
    return form_page(request, form, save, context, "accountability/report_new.html")


@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, code: str) -> HttpResponse:
    """A report with today's values: read, write, look at it as pages, issue it."""
    actor = viewer(request)
    template = _template(code)
    fault: DomainError | None = None
    if request.method == "POST":
        try:
            _save(actor, code, request)
            return redirect("reports:report", code=code)
        except DomainError as error:
            fault = error
    return _editor(request, actor, template, fault)


@require_POST
def report_upload(request: HttpRequest, code: str) -> HttpResponse:
    """Put another Word file in the place of a template; what is wrong with it is said paragraph by paragraph."""
    actor = viewer(request)
    template = _template(code)
    form = UploadForm(request.POST, request.FILES)
    try:
        if not form.is_valid():
            raise InvalidInput("report.no_file", _("Choose a Word file."))
        data = form.cleaned_data
        content = data["file"].read(operations.LIMIT + 1)
        operations.template_save(actor=actor, code=code, version=data["version"], content=content, note=data["note"])
    except DomainError as error:
        return _editor(request, actor, template, error)
    return redirect("reports:report", code=code)


@require_POST
def report_issue(request: HttpRequest, code: str) -> HttpResponse:
    """Issue a report."""
    actor = viewer(request)
    template = _template(code)
    version = request.POST.get("version", "")
    try:
        given = request.POST
        asked = asking.asked_for(given.get("at", ""), given.get("scope", ""))
        if number_of(version, 9) is None:
            raise InvalidInput("report.version", _("Open the report anew before you issue it."))
        done = operations.report_issue(actor=actor, code=code, asked=_asked(request, *asked), version=int(version))
    except DomainError as error:
        return _editor(request, actor, template, error)
    return redirect("reports:issued", pk=done.pk)


@require_GET
def report_figures(request: HttpRequest, code: str) -> HttpResponse:
    """Figures whose name fits what was typed, each with its value and the field to put into the text."""
    actor = viewer(request)
    asked = asking.asked(request, actor)
    words = request.GET.get("words", "").strip().lower()
    book = compute.book()
    ids = [key for key, item in book.items() if words in f"{key} {item.label} {item.label_en}".lower()][:FOUND]
    values = compute.compute_many(asked.at, asked.scope, ids, book) if ids else []
    labels = [item.label for item in book.values()]
    found = [
        (value.label, wording(value.figure, value.value), _field(value.figure.label, value.figure.id, labels))
        for value in values
    ]
    return render(request, "accountability/_report_figures.html", {"found": found, "code": code})


@require_GET
def report_file(request: HttpRequest, code: str, version: int) -> FileResponse:
    """The Word file of a template, to be edited in Word."""
    viewer(request)
    template = _template(code)
    held = queries.version_of(template, version)
    return _sent(held.file, f"{template.label}-{held.number}.docx")


@require_GET
def report_draft(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The report as it would be issued now, as a Word file, as PDF or as pages."""
    actor = viewer(request)
    template = _template(code)
    asked = asking.asked(request, actor)
    written = queries.written(queries.content_of(queries.version_of(template)), _asked(request, asked.at, asked.scope))
    if form == "html":
        # The text is escaped when the document is read.
        context = {"template": template, "body": mark_safe(written.html), "asked": asked}
        return render(request, "accountability/report_pages.html", context)
    content = written.content if form == "docx" else queries.printed(written)
    name = quote(f"{written.title}.{form}")
    shown = "attachment" if form == "docx" else "inline"
    headers = {"Content-Disposition": f"{shown}; filename*=UTF-8''{name}", "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=files.DOCX if form == "docx" else files.PDF, headers=headers)


@require_GET
def issued(request: HttpRequest, pk: int) -> HttpResponse:
    """An issued report: each figure as it was printed, what it would be today, and the change since the last one."""
    viewer(request)
    return render(request, "accountability/report_issued.html", {"page": issued_queries.issued_page(pk)})


@require_GET
def issued_file(request: HttpRequest, pk: int, form: str) -> FileResponse:
    """The file that was issued."""
    viewer(request)
    held = issued_queries.issued_report(pk)
    row = held.document if form == "docx" else held.printed
    if row is None:
        raise NotFound
    return _sent(row, f"{held.title}-{held.as_of}.{form}")


def _editor(request: HttpRequest, actor: Actor, template: ReportTemplate, fault: DomainError | None) -> HttpResponse:
    asked = asking.asked(request, actor)
    version = queries.version_of(template)
    told = live(queries.content_of(version), _asked(request, asked.at, asked.scope))
    place = asked.place or root_place()
    context: dict[str, Any] = {
        "template": template,
        "version": version,
        "versions": template.versions.order_by("-number")[:10],
        "asked": asked,
        "where": place_of(asked.scope),
        "live": told,
        "faults": [spoken(item) for item in told.faults],
        "refused": fault.sentence.splitlines() if fault else [],
        "may_write": policies.may_write(actor, template.place or root_place()),
        "may_issue": not told.faults and policies.may_issue(actor, template, place),
        "may_print": printing.available(),
        "issued": issued_queries.issued_reports(template.code)[0][:5],
    }
    return render(request, "accountability/report.html", context, status=fault.status if fault else 200)


def _save(actor: Actor, code: str, request: HttpRequest) -> None:
    """Take over the paragraphs that were written anew."""
    version = request.POST.get("version", "")
    if number_of(version, 9) is None:
        raise InvalidInput("report.version", _("Open the report anew before you issue it."))
    texts = {
        number: str(text)
        for name, text in request.POST.items()
        if name.startswith("p") and (number := number_of(name[1:], 5)) is not None
    }
    operations.template_rewrite(actor=actor, code=code, version=int(version), texts=texts)


def _template(code: str) -> ReportTemplate:
    found = ReportTemplate.objects.select_related("place").filter(code=code, retired=False).first()
    if found is None:
        raise NotFound
    return found


def _asked(request: HttpRequest, at: Any, scope: Any) -> Asked:
    return Asked(at, scope, clock.today(), request.build_absolute_uri("/"))


def _field(name: str, figure_id: str, labels: list[str]) -> str:
    """What is put into the text: the figure's name, its id where others have the same name."""
    plain = name and labels.count(name) == 1 and not set(name) & set("{},，|｜+＋:：")
    return f"{{{{{name if plain else figure_id}}}}}"


def _sent(row: FileRow, name: str) -> FileResponse:
    stream = files.path_of(row.sha256).open("rb")
    headers = {"Cache-Control": "no-store"}
    return FileResponse(stream, as_attachment=True, filename=name, content_type=row.media_type, headers=headers)
