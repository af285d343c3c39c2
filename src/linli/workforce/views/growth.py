"""Credentials and who verifies them; mentoring with its days; contests with their results."""

from collections.abc import Callable
from typing import Any, BinaryIO, Final, cast

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext as _p
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core import files
from linli.core.actors import Actor
from linli.core.errors import DomainError, InvalidInput, Mendable, NotFound
from linli.core.forms import number_of, plain, require_filled
from linli.organizations.views.requests import form_page, page_number, staff
from linli.workforce import forms
from linli.workforce.operations import credentials as credential_operations
from linli.workforce.operations import judging
from linli.workforce.operations import mentoring as mentoring_operations
from linli.workforce.queries import growth
from linli.workforce.workflow import CREDENTIAL, OWN, PLAN, VERIFY

CREDENTIAL_PAGE: Final = "workforce:credential"


@require_GET
def credentials(request: HttpRequest) -> HttpResponse:
    """The credentials of people who work where somebody verifies."""
    actor = staff(request, VERIFY)
    data = plain(request.GET)
    start = data.get("before", "") or "0"
    if number_of(start) is None:
        raise InvalidInput("list.bad_filter", "before", value=start)
    state = data.get("state", "")
    lines, more = growth.credentials_listed(actor, state, int(start))
    context = {"lines": lines, "more": more, "state": state, "states": CREDENTIAL.choices}
    return render(request, "workforce/credentials.html", context)


@require_http_methods(["GET", "POST"])
def credential_new(request: HttpRequest) -> HttpResponse:
    """Enter one's own credential."""
    actor = staff(request, OWN)
    form = forms.CredentialForm(request.POST or None)

    def save() -> HttpResponse:
        return redirect(CREDENTIAL_PAGE, pk=credential_operations.credential_enter(actor=actor, shown=form.shown()).pk)

    return form_page(request, form, save, {"title": _p("credential", "Enter a credential")}, "workforce/form.html")


@require_GET
def credential(request: HttpRequest, pk: int) -> HttpResponse:
    """One credential."""
    return _credential(request, staff(request, OWN, VERIFY), pk)


def _credential(request: HttpRequest, actor: Actor, pk: int, fault: DomainError | None = None) -> HttpResponse:
    line = growth.credential_page(actor, pk)
    context = {"line": line, "row": line.row, "fault": fault, "reason": plain(request.POST).get("reason", "")}
    context |= {"own": actor.person_id == line.row.person_id, "steps": CREDENTIAL.line_of_steps(line.row.state)}
    return render(request, "workforce/credential.html", context, status=fault.status if fault else 200)


_VERBS: Final[dict[str, Callable[..., Any]]] = {
    "verify": credential_operations.credential_verify,
    "refuse": credential_operations.credential_refuse,
    "scan": credential_operations.credential_scan,
    "withdraw": credential_operations.credential_withdraw,
}


@require_GET
def credential_scan(request: HttpRequest, pk: int) -> FileResponse:
    """The picture of a certificate."""
    scan = growth.scan_of(staff(request, OWN, VERIFY), pk)
    return FileResponse(files.path_of(scan.sha256).open("rb"), content_type=scan.media_type)


def _scan(request: HttpRequest) -> dict[str, Any]:
    item = request.FILES.get("scan")
    if item is None:
        raise InvalidInput("credential.no_scan", _("Choose a picture of the certificate."))
    return {"stream": cast(BinaryIO, item.file), "name": item.name or ""}


@require_POST
def credential_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Verify, refuse or withdraw a credential; a refusal is shown on its page."""
    actor = staff(request, OWN, VERIFY)
    call = _VERBS.get(verb)
    if call is None:
        raise NotFound
    given: dict[str, Any] = {"reason": plain(request.POST).get("reason", "")} if verb == "refuse" else {}
    try:
        given |= _scan(request) if verb == "scan" else {}
        call(actor=actor, credential_id=pk, **given)
    except Mendable as error:
        return _credential(request, actor, pk, error)
    return redirect(CREDENTIAL_PAGE, pk=pk)


@require_GET
def mentorings(request: HttpRequest) -> HttpResponse:
    """The mentoring that somebody sees."""
    page = Paginator(growth.mentorings(staff(request, PLAN)), growth.PAGE).get_page(page_number(request))
    return render(request, "workforce/mentorings.html", {"page": page})


@require_http_methods(["GET", "POST"])
def mentoring_new(request: HttpRequest) -> HttpResponse:
    """Give somebody a mentor."""
    actor = staff(request, PLAN)
    form = forms.MentoringForm(request.POST or None)

    def save() -> HttpResponse:
        row = mentoring_operations.mentoring_begin(actor=actor, **form.cleaned_data)
        return redirect("workforce:mentoring", pk=row.pk)

    return form_page(request, form, save, {"title": _p("training", "Give somebody a mentor")}, "workforce/form.html")


@require_http_methods(["GET", "POST"])
def mentoring(request: HttpRequest, pk: int) -> HttpResponse:
    """One mentoring, with the form to write down a day."""
    actor = staff(request, OWN, PLAN)
    page = growth.mentoring_page(actor, pk)
    form = forms.LogForm(request.POST or None)

    def save() -> HttpResponse:
        mentoring_operations.mentoring_log(actor=actor, mentoring_id=pk, **form.cleaned_data)
        return redirect("workforce:mentoring", pk=pk)

    return form_page(request, form, save, {"page": page, "row": page.row}, "workforce/mentoring.html")


@require_POST
def mentoring_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a mentoring."""
    mentoring_operations.mentoring_end(actor=staff(request, PLAN), mentoring_id=pk)
    return redirect("workforce:mentoring", pk=pk)


@require_GET
def contests(request: HttpRequest) -> HttpResponse:
    """The contests that somebody sees."""
    page = Paginator(growth.contests(staff(request, PLAN)), growth.PAGE).get_page(page_number(request))
    return render(request, "workforce/contests.html", {"page": page})


@require_http_methods(["GET", "POST"])
def contest_new(request: HttpRequest) -> HttpResponse:
    """Write down a contest."""
    actor = staff(request, PLAN)
    form = forms.ContestForm(request.POST or None, actor=actor)

    def save() -> HttpResponse:
        return redirect("workforce:contest", pk=mentoring_operations.contest_hold(actor=actor, held=form.held()).pk)

    return form_page(request, form, save, {"title": _p("training", "Write down a contest")}, "workforce/form.html")


@require_http_methods(["GET", "POST"])
def contest(request: HttpRequest, pk: int) -> HttpResponse:
    """One contest, with the form to put down an entry."""
    return _contest(request, staff(request, OWN, PLAN), pk)


def _contest(request: HttpRequest, actor: Actor, pk: int, fault: DomainError | None = None) -> HttpResponse:
    page = growth.contest_page(actor, pk)
    form = forms.EntryForm(request.POST if request.method == "POST" and fault is None else None)
    scores = forms.ScoreForm(request.POST if fault else None, entries=page.entries, auto_id="score_%s")

    def save() -> HttpResponse:
        mentoring_operations.entry_record(actor=actor, contest_id=pk, **form.cleaned_data)
        return redirect("workforce:contest", pk=pk)

    context = {"page": page, "row": page.row, "scores": scores, "fault": fault}
    return form_page(request, form, save, context, "workforce/contest.html")


@require_POST
def contest_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Put down a score, or publish what the jury gave; a refusal is shown on the page."""
    actor = staff(request, PLAN)
    page = growth.contest_page(actor, pk)
    try:
        if verb == "score":
            form = forms.ScoreForm(request.POST, entries=page.entries)
            require_filled(form, "contest.form")
            data = {name: form.cleaned_data[name] for name in ("juror", "score")}
            entry_id = int(form.cleaned_data["entry"])
            judging.score_record(actor=actor, contest_id=pk, entry_id=entry_id, **data)
        elif verb == "publish":
            judging.contest_publish(actor=actor, contest_id=pk)
        else:
            raise NotFound
    except Mendable as error:
        return _contest(request, actor, pk, error)
    return redirect("workforce:contest", pk=pk)
