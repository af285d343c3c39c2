"""Pages of the library of policy documents: the list, a new one, one with its verbs and files, the public ones."""

from collections.abc import Callable
from typing import Any, BinaryIO, Final, cast

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.forms import Form
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core import clock, files
from linli.core.actors import Actor
from linli.core.errors import DomainError, InvalidInput, Mendable, NotFound
from linli.organizations.views.requests import form_page, staff
from linli.publishing.forms import policy_documents as forms
from linli.publishing.forms.policy_documents import DocumentForm, wanted
from linli.publishing.models import PolicyDocument, PolicyFile
from linli.publishing.operations import policy_document_ends as ends
from linli.publishing.operations import policy_document_files as attaching
from linli.publishing.operations import policy_documents as operations
from linli.publishing.policies import policy_documents as policies
from linli.publishing.queries import policy_documents as queries
from linli.publishing.workflow.policy_documents import KEEP, KINDS, VIEW

FORM: Final = "publishing/policy_document_form.html"
PAGE: Final = "policy_documents:policy_document"
VERB_FORMS: Final[dict[str, type[Form]]] = {
    "renew": forms.RenewForm,
    "replace": forms.ReplaceForm,
    "repeal": forms.RepealForm,
    "reinstate": forms.ReasonForm,
}


@require_GET
def documents(request: HttpRequest) -> HttpResponse:
    """The library: words, filters, a page at a time."""
    actor = staff(request, VIEW)
    rows = PolicyDocument.objects.filter(policies.documents_visible_to(actor))
    context = _listing(request, queries.listed(actor, wanted(request.GET.dict())), rows)
    return render(request, "publishing/policy_documents.html", {**context, "may_keep": actor.can(KEEP)})


@require_GET
def public_documents(request: HttpRequest) -> HttpResponse:
    """The documents that everybody may read."""
    rows = PolicyDocument.objects.filter(policies.public_documents())
    context = _listing(request, queries.public_listed(wanted(request.GET.dict())), rows)
    return render(request, "publishing/public_policy_documents.html", context)


def _listing(request: HttpRequest, found: QuerySet[PolicyDocument], rows: QuerySet[PolicyDocument]) -> dict[str, Any]:
    asked = wanted(request.GET.dict())
    page = Paginator(found, queries.PAGE).get_page(request.GET.get("page"))
    kept = request.GET.copy()
    kept.pop("page", None)
    today = clock.today()
    return {
        "page": page,
        "lines": [(row, *row.standing(today)) for row in page],
        "asked": asked,
        "issuers": queries.issuers(rows),
        "kinds": KINDS,
        "today": today,
        "query": kept.urlencode(),
    }


@require_http_methods(["GET", "POST"])
def document_new(request: HttpRequest) -> HttpResponse:
    """Record a document, with its files."""
    actor = staff(request, KEEP)
    form = DocumentForm(request.POST or None, actor=actor, initial={"issued": forms.today()})

    def save() -> HttpResponse:
        row = operations.policy_document_publish(actor=actor, sketch=form.sketch())
        return _attached(request, actor, row)

    return form_page(request, form, save, {"title": _("New document"), "do": _("Save"), "files": True}, FORM)


@require_http_methods(["GET", "POST"])
def document_succeed(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the document that replaces one."""
    actor, row = _kept(request, pk)
    form = DocumentForm(request.POST or None, actor=actor, initial=DocumentForm.after(row))

    def save() -> HttpResponse:
        version = form.cleaned_data["version"] or 0
        new = ends.policy_document_succeed(actor=actor, document_id=pk, version=version, sketch=form.sketch())
        return _attached(request, actor, new)

    title = _("What replaces “%(title)s”") % {"title": row.title}
    return form_page(request, form, save, {"title": title, "do": _("Save"), "files": True, "document": row}, FORM)


@require_http_methods(["GET", "POST"])
def document_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a document right."""
    actor, row = _kept(request, pk)
    form = DocumentForm(request.POST or None, actor=actor, initial=DocumentForm.of(row))

    def save() -> HttpResponse:
        version = form.cleaned_data["version"] or 0
        operations.policy_document_correct(actor=actor, document_id=pk, version=version, sketch=form.sketch())
        return redirect(PAGE, pk=pk)

    return form_page(request, form, save, {"title": _("Correct"), "do": _("Save"), "document": row}, FORM)


@require_GET
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """One document, with its chain, files, history and who refers to it."""
    return _page(request, staff(request, VIEW), pk)


def _page(request: HttpRequest, actor: Actor, pk: int, fault: DomainError | None = None) -> HttpResponse:
    page = queries.document_page(actor, pk)
    start = {"version": page.document.version, "on": forms.today()}
    context = {
        "page": page,
        "document": page.document,
        "fault": fault,
        "today": start["on"],
        "verbs": {verb: form(initial=start) for verb, form in VERB_FORMS.items() if verb in page.verbs},
        "offered": queries.offered(actor, pk) if "replace" in page.verbs else [],
    }
    return render(request, "publishing/policy_document.html", context, status=fault.status if fault else 200)


@require_POST
def document_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Renew, replace, repeal or put back in force; a refusal is shown on the page."""
    actor, _row = _kept(request, pk)
    return _done(request, actor, pk, lambda: _verb(request, actor, pk, verb))


def _verb(request: HttpRequest, actor: Actor, pk: int, verb: str) -> None:
    form = VERB_FORMS[verb](request.POST)
    if not form.is_valid():
        raise InvalidInput("policy_document.form", " ".join(str(line[0]) for line in form.errors.values()))
    data = form.cleaned_data
    version = data["version"]
    if verb == "renew":
        operations.policy_document_renew(
            actor=actor, document_id=pk, version=version, valid_until=data["valid_until"], reason=data["reason"]
        )
    elif verb == "repeal":
        ends.policy_document_repeal(actor=actor, document_id=pk, version=version, reason=data["reason"], on=data["on"])
    elif verb == "reinstate":
        ends.policy_document_reinstate(actor=actor, document_id=pk, version=version, reason=data["reason"])
    else:
        successor = queries.document_called(actor, data["successor"])
        if successor is None:
            raise InvalidInput("policy_document.successor", _("There is no such document in the library, or several."))
        ends.policy_document_replace(actor=actor, document_id=pk, version=version, successor_id=successor.pk)


@require_POST
def document_attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Add files to a document."""
    actor = staff(request, VIEW)
    return _done(request, actor, pk, lambda: _attach(request, actor, pk))


@require_POST
def file_detach(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file out."""
    actor = staff(request, VIEW)
    row = queries.file_for(policies.documents_visible_to(actor), pk)
    return _done(request, actor, row.document_id, lambda: attaching.policy_file_detach(actor=actor, file_id=pk))


def _done(request: HttpRequest, actor: Actor, pk: int, call: Callable[[], object]) -> HttpResponse:
    try:
        call()
    except Mendable as error:
        return _page(request, actor, pk, error)
    return redirect(PAGE, pk=pk)


def _attached(request: HttpRequest, actor: Actor, row: PolicyDocument) -> HttpResponse:
    """Add the files that came with a new document; it is kept whatever becomes of them."""
    return _done(request, actor, row.pk, lambda: _attach(request, actor, row.pk))


def _attach(request: HttpRequest, actor: Actor, pk: int) -> None:
    for item in request.FILES.getlist("files"):
        stream = cast(BinaryIO, item.file)
        attaching.policy_file_attach(actor=actor, document_id=pk, stream=stream, name=item.name or "")


@require_GET
def file(request: HttpRequest, pk: int) -> FileResponse:
    """A file of a document that one reads."""
    return _given(request, queries.file_for(policies.documents_visible_to(staff(request, VIEW)), pk))


@require_GET
def public_document(request: HttpRequest, pk: int) -> HttpResponse:
    """One document for everybody."""
    page = queries.public_page(pk)
    context = {"page": page, "document": page.document}
    return render(request, "publishing/public_policy_document.html", context)


@require_GET
def public_file(request: HttpRequest, pk: int) -> FileResponse:
    """A file of a public document."""
    return _given(request, queries.file_for(policies.public_documents(), pk))


def _given(request: HttpRequest, row: PolicyFile) -> FileResponse:
    small = request.GET.get("side") == "320" and row.file.media_type in files.PHOTOS
    path = files.thumbnail(row.file.sha256, 320) if small else files.path_of(row.file.sha256)
    kind = "image/webp" if small else row.file.media_type
    inline = row.file.media_type in files.PHOTOS
    return FileResponse(
        path.open("rb"), content_type=kind, as_attachment=not inline, filename="" if inline else row.name
    )


def _kept(request: HttpRequest, pk: int) -> tuple[Actor, PolicyDocument]:
    """Who keeps a document, and the document. Raises: not_found, policy_document.not_yours"""
    actor = staff(request, VIEW)
    rows = PolicyDocument.objects.filter(policies.documents_visible_to(actor), Q(pk=pk))
    row = rows.select_related("place", "organization").defer("search").first()
    if row is None:
        raise NotFound
    policies.require_keep(actor, row.place, row.organization_id)
    return actor, row
