"""Pages of the registry of asks: the list with its counts, new asks and received forms, one ask with its verbs."""

from typing import Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.accountability.forms.asks import AskForm, ReceivedForm, SendForm
from linli.accountability.models import Ask
from linli.accountability.operations import asks as operations
from linli.accountability.policies import asks as policies
from linli.accountability.queries import asks as queries
from linli.accountability.queries.ask_answers import form_of
from linli.accountability.views.book import viewer
from linli.accountability.workflow.asks import ANSWER, ASK, PROPOSE, VIEW
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import DomainError, NotFound
from linli.core.forms import number_of
from linli.organizations.views.requests import form_page
from linli.publishing.queries.policy_documents import offered
from linli.records.exporting import noted

FORM_PAGE: Final = "accountability/ask_form.html"


@require_GET
def asks(request: HttpRequest) -> HttpResponse:
    """What one owes, what is to be decided, the counts that everybody sees, and the registry."""
    actor = viewer(request, VIEW, ANSWER)
    state, words = request.GET.get("state", ""), request.GET.get("q", "").strip()[:60]
    rows = queries.listed(actor, state=state if state in dict(queries.FILTERS) else "", words=words)
    context = {
        "page": Paginator(rows, queries.PAGE).get_page(request.GET.get("page")),
        "counts": queries.counts(actor) if actor.can(VIEW) else None,
        "owed": queries.owed(actor),
        "deciding": queries.to_decide(actor),
        "filters": queries.FILTERS,
        "state": state,
        "query": words,
        "today": clock.now(),
        "may_propose": actor.can(PROPOSE),
        "may_answer": bool(queries.own_places(actor)),
        "words": ASK,
    }
    return render(request, "accountability/asks.html", context)


@require_http_methods(["GET", "POST"])
def received(request: HttpRequest) -> HttpResponse:
    """Take in a form that came by another way, and go on to its cells."""
    actor = viewer(request, VIEW, ANSWER)
    if not queries.own_places(actor):
        raise NotFound
    form = ReceivedForm(request.POST or None, request.FILES or None, actor=actor)

    def save() -> HttpResponse:
        answer = operations.ask_receive(actor=actor, sketch=form.sketch(), asker=form.cleaned_data["asker"])
        return redirect("asks:ask_answer", pk=answer.pk)

    context = {"title": _("Fill in a form that came"), "do": _("Fill in from the records"), "received": True}
    return form_page(request, form, save, context, FORM_PAGE)


@require_http_methods(["GET", "POST"])
def ask_new(request: HttpRequest) -> HttpResponse:
    """Propose an ask."""
    actor = viewer(request, PROPOSE)
    form = AskForm(request.POST or None, request.FILES or None, actor=actor)

    def save() -> HttpResponse:
        ask = operations.ask_propose(actor=actor, sketch=form.sketch())
        return redirect("asks:ask", pk=ask.pk)

    context = {"title": _("Propose an ask"), "do": _("Propose"), "offered": offered(actor)}
    return form_page(request, form, save, context, FORM_PAGE)


@require_GET
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """One ask: what it wants, what of it exists already, who answered, and what may be done."""
    actor = viewer(request, VIEW, ANSWER)
    return _page(request, actor, queries.ask_of(actor, pk))


def _page(request: HttpRequest, actor: Actor, row: Ask, fault: DomainError | None = None) -> HttpResponse:
    answers = queries.answers_of(actor, row)
    sending = policies.may_send(actor, row) and ASK.can(row.state, "send")
    ending = ASK.can(row.state, "end") and (policies.may_send(actor, row) or _came_here(actor, row))
    context = {
        "ask": row,
        "document_shown": queries.ground_shown(actor, row),
        "steps": ASK.line_of_steps(row.state) if row.state not in ("outside", "refused") else [],
        "state_label": ASK.label(row.state),
        "coverage": queries.coverage(row) if row.forgotten is None else None,
        "duplicates": queries.duplicates(row),
        "answers": answers,
        "mine": next((answer for answer in answers if answer.is_owed and policies.may_answer(actor, answer)), None),
        "given": sum(1 for answer in answers if answer.answered),
        "asked_of": queries.asked_of(row),
        "may_decide": row.state == "proposed" and policies.may_decide(actor, row),
        "send_form": SendForm(initial={"version": row.version}) if sending else None,
        "may_end": ending,
        "fault": fault,
    }
    return render(request, "accountability/ask.html", context, status=fault.status if fault else 200)


def _came_here(actor: Actor, row: Ask) -> bool:
    return row.state == "outside" and policies.own_place(actor, row.place)


@require_POST
def ask_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Approve, refuse, send or end an ask; a refusal is shown on its page."""
    actor = viewer(request, VIEW, ANSWER)
    row = queries.ask_of(actor, pk)
    try:
        _verb(actor, row, verb, request)
    except DomainError as error:
        if error.status == NotFound.status:
            raise
        return _page(request, actor, queries.ask_of(actor, pk), error)
    return redirect("asks:ask", pk=pk)


def _verb(actor: Actor, row: Ask, verb: str, request: HttpRequest) -> None:
    version = request.POST.get("version", "")
    stamp = number_of(version, 8)
    if verb == "send":
        form = SendForm({**request.POST.dict(), "version": stamp or row.version})
        if not form.is_valid():
            raise operations.unreadable_day()
        data = form.cleaned_data
        operations.ask_send(actor=actor, ask_id=row.pk, due=data["due"], emergency=data["emergency"], version=stamp)
        return
    reason = request.POST.get("reason", "")
    if verb == "approve":
        operations.ask_approve(actor=actor, ask_id=row.pk, version=stamp)
    elif verb == "refuse":
        operations.ask_refuse(actor=actor, ask_id=row.pk, reason=reason, version=stamp)
    else:
        operations.ask_end(actor=actor, ask_id=row.pk, reason=reason, version=stamp)


@require_GET
def ask_blank(request: HttpRequest, pk: int) -> HttpResponse:
    """The form as it came, empty; where it may hold names of residents, to those only who ask or answer."""
    actor = viewer(request, VIEW, ANSWER)
    row = queries.ask_of(actor, pk)
    if row.personal and not (policies.is_asker(actor, row) or policies.is_asked(actor, row)):
        raise NotFound
    paper, _form = form_of(row)
    if paper is None:
        raise NotFound
    mark = noted(actor, "ask-form", {"ask": str(pk)}, 1, paper.suffix)
    return HttpResponse(paper.content, content_type=paper.media_type, headers=mark.headers("form", paper.suffix))
