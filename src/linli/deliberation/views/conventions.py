"""Pages of those who keep conventions: the list, one edition with its verbs, its text, its print."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import DomainError, Mendable, NotFound
from linli.core.forms import number_of, plain, require_filled
from linli.deliberation import conventions_section
from linli.deliberation.forms import conventions as forms
from linli.deliberation.models import ConventionComment
from linli.deliberation.operations import convention_ends as ends
from linli.deliberation.operations import conventions as operations
from linli.deliberation.queries import conventions as queries
from linli.deliberation.queries.conventions import ConventionPage, Wanted
from linli.deliberation.views.topics import before, kept
from linli.deliberation.workflow.conventions import CONVENTION, DRAFT, KINDS, VIEW
from linli.organizations.views.requests import form_page, printed, staff

PAGE: Final = "conventions:convention"


@require_GET
def conventions(request: HttpRequest) -> HttpResponse:
    """The conventions that somebody sees, a page at a time; which communities have none."""
    actor = staff(request, VIEW)
    data = plain(request.GET)
    asked = Wanted(data.get("q", "").strip()[:60], data.get("state", ""), data.get("kind", ""), before(request))
    lines, more = queries.listed(queries.seen_by(actor), asked)
    context = {
        "lines": lines,
        "more": more,
        "asked": asked,
        "query": kept(request),
        "states": [(queries.UNFILED, _("in force, not filed")), *CONVENTION.choices],
        "kinds": KINDS,
        "drafts": actor.can(DRAFT),
        "without": queries.without(actor),
        "today": clock.today(),
    }
    return render(request, "deliberation/conventions.html", context)


@require_http_methods(["GET", "POST"])
def convention_new(request: HttpRequest) -> HttpResponse:
    """Draft a first convention."""
    actor = staff(request, DRAFT)
    initial = {"place": request.GET.get("place", ""), "title": _("Residents' convention")}
    form = forms.TextForm(request.POST or None, places=queries.drafting(actor), initial=initial)

    def save() -> HttpResponse:
        place = int(form.cleaned_data["place"])
        row = operations.convention_draft(actor=actor, place_id=place, sketch=form.sketch())
        return redirect(PAGE, pk=row.pk)

    context = {"title": _("Draft a convention"), "back": "conventions:list"}
    return form_page(request, form, save, context, "deliberation/convention_form.html")


@require_http_methods(["GET", "POST"])
def convention_write(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the text of a draft."""
    actor = staff(request, DRAFT)
    page = queries.convention_page(actor, pk)
    if "write" not in page.verbs:
        raise NotFound
    row = page.row
    text = "\n".join(line.text for line in page.clauses)
    initial = {"kind": row.kind, "title": row.title, "purpose": row.purpose, "text": text}
    form = forms.TextForm(request.POST or None, row=row, initial=initial)
    given = plain(request.POST).get("version", "")
    version = row.version if (sent := number_of(given, 9)) is None else sent

    def save() -> HttpResponse:
        operations.convention_write(actor=actor, convention_id=pk, version=version, sketch=form.sketch())
        return redirect(PAGE, pk=pk)

    context = {"title": row.title, "back": "conventions:list", "row": row, "version": version}
    return form_page(request, form, save, context, "deliberation/convention_form.html")


@require_GET
def convention(request: HttpRequest, pk: int) -> HttpResponse:
    """One edition."""
    return _page(request, staff(request, VIEW), pk)


@require_GET
def convention_print(request: HttpRequest, pk: int) -> HttpResponse:
    """One edition on paper, for the notice board and for filing."""
    page = queries.convention_page(staff(request, VIEW), pk)
    return printed("deliberation/convention_print.html", {"page": page, "row": page.row}, f"convention-{pk}.pdf")


def _page(request: HttpRequest, actor: Actor, pk: int, fault: DomainError | None = None) -> HttpResponse:
    page = queries.convention_page(actor, pk)
    context = {
        "page": page,
        "row": page.row,
        "fault": fault,
        "forms": _forms(page),
        "today": clock.today(),
        "evidence": queries.evidence_for(page.row) if "adopt" in page.verbs else None,
        "ends": [
            (move.verb, move.label) for move in CONVENTION.moves if move.verb in _ENDS and move.verb in page.verbs
        ],
    }
    return render(request, "deliberation/convention.html", context, status=fault.status if fault else 200)


def _forms(page: ConventionPage) -> dict[str, Form]:
    """The forms of the verbs that somebody has now."""
    found: dict[str, Form] = {}
    if "open" in page.verbs:
        until = clock.today() + timedelta(days=conventions_section.section().comment_days)
        found["open"] = forms.OpenForm(initial={"until": until})
    if "adopt" in page.verbs:
        found["adopt"] = forms.AdoptionForm(evidence=queries.evidence_for(page.row))
    if "receive" in page.verbs:
        found["receive"] = forms.FilingForm(initial={"day": clock.today()})
    return found


@require_POST
def convention_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Take an edition a step further; a refusal is shown on its page."""
    actor = staff(request, VIEW)
    call = _VERBS.get(verb)
    if call is None:
        raise NotFound
    if not queries.seen_by(actor).filter(pk=pk).exists():
        raise NotFound
    return _done(request, actor, pk, lambda: call(request, actor, pk))


@require_POST
def comment_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a comment, or take it up with a new text of its clause."""
    actor = staff(request, VIEW)
    row = ConventionComment.objects.filter(pk=pk, convention__in=queries.seen_by(actor)).first()
    if row is None:
        raise NotFound
    data = plain(request.POST)
    clause = data.get("clause", "") if data.get("how") == "take_up" else ""

    def call() -> object:
        answer = data.get("answer", "")
        return operations.comment_answer(actor=actor, comment_id=pk, answer=answer, clause=clause)

    return _done(request, actor, row.convention_id, call)


# What is done with a reason, below what comes next.
_ENDS: Final = ("revise", "send_back", "repeal", "drop")
Call = Callable[[HttpRequest, Actor, int], Any]


def _plainly(operation: Callable[..., Any]) -> Call:
    def call(_request: HttpRequest, actor: Actor, pk: int) -> Any:
        return operation(actor=actor, convention_id=pk)

    return call


def _with_reason(operation: Callable[..., Any]) -> Call:
    def call(request: HttpRequest, actor: Actor, pk: int) -> Any:
        return operation(actor=actor, convention_id=pk, reason=plain(request.POST).get("reason", ""))

    return call


def _open(request: HttpRequest, actor: Actor, pk: int) -> Any:
    form = forms.OpenForm(request.POST)
    require_filled(form, "convention.form")
    return operations.convention_open(actor=actor, convention_id=pk, until=form.cleaned_data["until"])


def _adopt(request: HttpRequest, actor: Actor, pk: int) -> Any:
    row = queries.convention_page(actor, pk).row
    form = forms.AdoptionForm(request.POST, evidence=queries.evidence_for(row))
    require_filled(form, "convention.form")
    return ends.convention_adopt(actor=actor, convention_id=pk, adoption=form.adoption())


def _receive(request: HttpRequest, actor: Actor, pk: int) -> Any:
    form = forms.FilingForm(request.POST)
    require_filled(form, "convention.form")
    data = form.cleaned_data
    return ends.convention_receive(actor=actor, convention_id=pk, number=data["number"], day=data["day"])


_VERBS: Final[dict[str, Call]] = {
    "amend": _plainly(operations.convention_amend),
    "open": _open,
    "put": _plainly(ends.convention_put),
    "adopt": _adopt,
    "publish": _plainly(ends.convention_publish),
    "submit": _plainly(ends.convention_submit),
    "receive": _receive,
    "send_back": _with_reason(ends.convention_send_back),
    "revise": _with_reason(operations.convention_revise),
    "repeal": _with_reason(operations.convention_repeal),
    "drop": _with_reason(operations.convention_drop),
}


def _done(request: HttpRequest, actor: Actor, pk: int, call: Callable[[], Any]) -> HttpResponse:
    try:
        row = call()
    except Mendable as error:
        return _page(request, actor, pk, error)
    # The next edition has a page of its own.
    return redirect(PAGE, pk=getattr(row, "convention_id", None) or row.pk)
