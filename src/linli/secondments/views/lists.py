"""Work lists and selections."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import DomainError, InvalidInput, Mendable, NotFound
from linli.core.forms import plain
from linli.deliberation.views.topics import before, kept
from linli.organizations.views.requests import form_page, staff
from linli.secondments import forms
from linli.secondments.operations import selections as operations
from linli.secondments.operations import work_lists as list_operations
from linli.secondments.queries import pages
from linli.secondments.sections import role_of
from linli.secondments.views.terms import day_sent, number_sent, reader
from linli.secondments.workflow import KEEP

LIST: Final = "secondments:work_list"
SELECTION: Final = "secondments:selection"


@require_GET
def work_lists(request: HttpRequest) -> HttpResponse:
    """The work lists that somebody sees, with how much of them is done."""
    actor = reader(request)
    context = {"rows": pages.work_lists(actor), "keeps": actor.can(KEEP)}
    return render(request, "secondments/work_lists.html", context)


@require_http_methods(["GET", "POST"])
def work_list_new(request: HttpRequest) -> HttpResponse:
    """Issue a work list."""
    actor = staff(request, KEEP)
    form = forms.ListForm(request.POST or None, actor=actor)

    def save() -> HttpResponse:
        return redirect(LIST, pk=list_operations.work_list_issue(actor=actor, issue=form.issue()).pk)

    return form_page(request, form, save, {"title": _("Issue a work list")})


@require_GET
def work_list(request: HttpRequest, pk: int) -> HttpResponse:
    """One work list: who owes what, and what is done."""
    return _list_page(request, reader(request), pk)


def _list_page(request: HttpRequest, actor: Actor, pk: int, fault: DomainError | None = None) -> HttpResponse:
    page = pages.list_page(actor, pk, before(request))
    context = {"page": page, "row": page.row, "fault": fault, "query": kept(request), "today": clock.today()}
    return render(request, "secondments/work_list.html", context, status=fault.status if fault else 200)


@require_POST
def item_done(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what came of a task of one's own."""
    actor = reader(request)
    try:
        item = list_operations.work_list_done(actor=actor, item_id=pk, result=plain(request.POST).get("result", ""))
    except Mendable as error:
        return _list_page(request, actor, pages.list_of(actor, pk), error)
    return redirect(LIST, pk=item.work_list_id)


@require_GET
def selections(request: HttpRequest) -> HttpResponse:
    """The selections, with how many were wanted and sent."""
    return render(request, "secondments/selections.html", {"rows": pages.selections(staff(request, KEEP))})


@require_http_methods(["GET", "POST"])
def selection_new(request: HttpRequest) -> HttpResponse:
    """Open a selection."""
    actor = staff(request, KEEP)
    form = forms.CallForm(request.POST or None, actor=actor)

    def save() -> HttpResponse:
        return redirect(SELECTION, pk=operations.selection_open(actor=actor, call=form.call()).pk)

    return form_page(request, form, save, {"title": _("Open a selection")})


@require_GET
def selection(request: HttpRequest, pk: int) -> HttpResponse:
    """One selection: what it asks for, how it was decided, and whom it chose."""
    return _selection_page(request, staff(request, KEEP), pk)


def _selection_page(request: HttpRequest, actor: Actor, pk: int, fault: DomainError | None = None) -> HttpResponse:
    row, chosen = pages.selection_page(actor, pk)
    context = {"row": row, "chosen": chosen, "role": role_of(row.role), "fault": fault, "today": clock.today()}
    context |= {"sent": plain(request.POST)}
    return render(request, "secondments/selection.html", context, status=fault.status if fault else 200)


@require_POST
def selection_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Decide or drop a selection; a refusal is shown on its page."""
    actor = staff(request, KEEP)
    data = plain(request.POST)
    try:
        if verb == "decide":
            on, considered = day_sent(data.get("on", "")), _considered(data.get("considered", ""))
            operations.selection_decide(
                actor=actor, selection_id=pk, considered=considered, on=on, by=data.get("by", "")
            )
        elif verb == "drop":
            operations.selection_drop(actor=actor, selection_id=pk, reason=data.get("reason", ""))
        else:
            raise NotFound
    except Mendable as error:
        return _selection_page(request, actor, pk, error)
    return redirect(SELECTION, pk=pk)


def _considered(text: str) -> int:
    try:
        return number_sent(text)
    except InvalidInput as error:
        raise InvalidInput("selection_round.considered", _("Say how many people were looked at.")) from error
