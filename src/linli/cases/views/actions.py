"""One page for every step of a matter: what is asked before it is made, and the operation that makes it."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from linli.cases import sections
from linli.cases.actions import ACTIONS
from linli.cases.forms import reports
from linli.cases.models import Case
from linli.cases.operations import helping, whistles
from linli.cases.operations.looking import reporter_unmask
from linli.cases.operations.rating import Word, rating_ask, rating_not_reached, rating_record
from linli.cases.operations.talking import attachment_add, attachment_clear, note_add
from linli.cases.policies import cases_visible_to
from linli.cases.queries.nearby import similar_to
from linli.cases.queries.pages import case_for
from linli.cases.requests import STAFF, refuse, staff, uploads
from linli.cases.workflow import WHISTLE
from linli.core.actors import Actor
from linli.core.errors import DomainError, InvalidInput, NotFound
from linli.core.forms import number_of
from linli.core.workflow import Move

# The field of each step that the reporter reads: the place's wordings are offered for it.
WORDED: Final = {
    **dict.fromkeys(("finish", "resolve_on_the_spot"), "result"),
    **dict.fromkeys(("close", "close_unconfirmed"), "answer"),
    **dict.fromkeys(("propose_out_of_scope", "refuse"), "reason"),
}


@require_http_methods(["GET", "POST"])
def case_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Ask for what a step needs, and make it."""
    actor = staff(request, *STAFF)
    case = case_for(actor, pk)
    action, move = ACTIONS.get(verb), _move(case, verb)
    if action is None or move is None:
        raise NotFound
    form = action.form(request.POST or None, case=case, verb=verb)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            action.call(actor=actor, case_id=pk, **form.values())
        except DomainError as error:
            status = refuse(form, error)
        else:
            messages.success(request, _("Done: %(step)s.") % {"step": move.label})
            return _onward(actor, pk)
    elif request.method == "POST":
        status = 400
    wording_field = WORDED.get(verb, "")
    context = {
        "case": case,
        "form": form,
        "move": move,
        "danger": action.danger,
        "wordings": sections.templates(verb) if wording_field else (),
        "wording_field": wording_field,
        "near": similar_to(actor, case) if verb == "merge" else (),
        "current": case_for(actor, pk) if status == 409 else None,
    }
    return render(request, "cases/do.html", context, status=status)


@require_POST
def case_note(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a note, or a public answer."""
    public = request.POST.get("public") == "1"
    note_add(actor=staff(request, *STAFF), case_id=pk, text=request.POST.get("text", ""), public=public)
    return redirect("cases:case", pk=pk)


@require_POST
def case_attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Add photos or papers."""
    actor = staff(request, *STAFF)
    for stream in uploads(request, "files"):
        attachment_add(actor=actor, case_id=pk, stream=stream, name=str(getattr(stream, "name", "")))
    return redirect("cases:case", pk=pk)


@require_POST
def attachment_show(request: HttpRequest, pk: int) -> HttpResponse:
    """Clear a photo for the public, or take that back."""
    row = attachment_clear(actor=staff(request, *STAFF), attachment_id=pk, cleared=request.POST.get("cleared") == "1")
    return redirect("cases:case", pk=row.case_id)


@require_POST
def case_unmask(request: HttpRequest, pk: int, reporter: int) -> HttpResponse:
    """Show one reporter in the clear, after a reason was given; the look is logged."""
    actor = staff(request, *STAFF)
    case = case_for(actor, pk)
    if reporter not in {item.pk for item in case.raised_by}:
        raise NotFound
    seen = reporter_unmask(actor=actor, reporter_id=reporter, reason=request.POST.get("reason", ""))
    return render(request, "cases/unmasked.html", {"case": case, "seen": seen})


@require_POST
def case_ask_rating(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the reporter for a rating; a link is shown once, to be sent or printed."""
    asked = rating_ask(actor=staff(request, *STAFF), case_id=pk, channel=request.POST.get("channel", "link"))
    if not asked.token:
        return redirect("cases:case", pk=pk)
    return render(request, "cases/asked.html", {"pk": pk, "token": asked.token})


@require_http_methods(["GET", "POST"])
def case_record_rating(request: HttpRequest, pk: int, rating: int) -> HttpResponse:
    """Write down what the reporter said on the phone or on paper, or that nobody was reached."""
    actor = staff(request, *STAFF)
    case = case_for(actor, pk)
    if not case.ratings.filter(pk=rating).exists():
        raise NotFound
    form = reports.WordForm(request.POST or None)
    status = 200
    if request.method == "POST":
        try:
            if request.POST.get("reached") == "0":
                rating_not_reached(actor=actor, rating_id=rating)
                return redirect("cases:case", pk=pk)
            if form.is_valid():
                rating_record(actor=actor, rating_id=rating, word=Word(**form.cleaned_data))
                return redirect("cases:case", pk=pk)
            status = 400
        except DomainError as error:
            status = refuse(form, error)
    return render(request, "cases/record_rating.html", {"case": case, "form": form}, status=status)


@require_http_methods(["GET", "POST"])
def whistle_do(request: HttpRequest, pk: int, whistle: int, verb: str) -> HttpResponse:
    """Report in to a whistle, take it to a consultation, resolve it, rate either side."""
    actor = staff(request, *STAFF)
    case = case_for(actor, pk)
    shown = next((item for item in case.whistles.all() if item.pk == whistle), None)
    if shown is None or verb not in WHISTLE_VERBS:
        raise NotFound
    error, status = "", 200
    if request.method == "POST":
        try:
            WHISTLE_VERBS[verb](actor, whistle, request.POST)
            return redirect("cases:case", pk=pk)
        except DomainError as refusal:
            error, status = refusal.sentence, refusal.status
    calls = list(shown.calls.select_related("organization"))
    if verb == "rate_caller":
        calls = [call for call in calls if call.organization_id in actor.organization_ids]
    label = next(move.label for move in WHISTLE.moves if move.verb == verb)
    context = {"case": case, "whistle": shown, "verb": verb, "label": label, "calls": calls, "error": error}
    return render(request, "cases/whistle.html", context, status=status)


def _report_in(actor: Actor, pk: int, data: QueryDict) -> None:
    whistles.whistle_report_in(actor=actor, whistle_id=pk)


def _consult(actor: Actor, pk: int, data: QueryDict) -> None:
    whistles.whistle_consult(actor=actor, whistle_id=pk, reason=data.get("text", ""))


def _resolve(actor: Actor, pk: int, data: QueryDict) -> None:
    outcome = data.get("outcome", "resolved")
    whistles.whistle_resolve(actor=actor, whistle_id=pk, result=data.get("text", ""), outcome=outcome)


def _rate(actor: Actor, pk: int, data: QueryDict, *, of_caller: bool = False) -> None:
    body, stars = _number(data.get("organization", "")), _number(data.get("stars", ""))
    whistles.whistle_rate(actor=actor, whistle_id=pk, organization_id=body, stars=stars, of_caller=of_caller)


WHISTLE_VERBS: Final[Mapping[str, Callable[[Actor, int, QueryDict], None]]] = {
    "report_in": _report_in,
    "consult": _consult,
    "resolve": _resolve,
    "rate_department": _rate,
    "rate_caller": partial(_rate, of_caller=True),
}


@require_POST
def help_done(request: HttpRequest, pk: int, help_id: int) -> HttpResponse:
    """Report one's part of a joint matter as done."""
    actor = staff(request, *STAFF)
    if not case_for(actor, pk).helps.filter(pk=help_id).exists():
        raise NotFound
    helping.help_finish(actor=actor, help_id=help_id, result=request.POST.get("text", ""))
    return redirect("cases:case", pk=pk)


def _onward(actor: Actor, pk: int) -> HttpResponse:
    """To the matter, or to the list where it is no longer the actor's to see."""
    seen = Case.objects.filter(cases_visible_to(actor), pk=pk).exists()
    return redirect("cases:case", pk=pk) if seen else redirect("cases:list")


def _number(text: str) -> int:
    if number_of(text) is None:
        raise InvalidInput("form.number", _("Please choose one."))
    return int(text)


def _move(case: Case, verb: str) -> Move | None:
    return next((item for item in sections.flow().moves if item.verb == verb), None)
