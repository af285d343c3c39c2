"""Meetings for everybody: the forums of a place, a calendar to subscribe to, a subject proposed without a name."""

from typing import Final

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_GET, require_http_methods

from linli.cases.requests import refuse
from linli.core.errors import DomainError, NotFound
from linli.core.visitors import visitor_counted
from linli.deliberation.forms.meetings import ProposalForm
from linli.deliberation.operations.agenda import item_propose
from linli.deliberation.queries import public_meetings as queries

# Whoever proposed finds the proposal by a signed address; nothing of it is stored.
SALT: Final = "deliberation.proposal"


@require_GET
def place(request: HttpRequest, code: str = "") -> HttpResponse:
    """The public forums and meetings of a place."""
    return render(request, "deliberation/public_meetings.html", {"page": queries.place_page(code)})


@require_GET
def calendar(request: HttpRequest, code: str) -> HttpResponse:
    """The public sessions of a place as an iCalendar."""
    return HttpResponse(queries.calendar_of(code), content_type="text/calendar; charset=utf-8")


@csrf_protect
@require_http_methods(["GET", "POST"])
def forum(request: HttpRequest, pk: int) -> HttpResponse:
    """One forum; everybody may propose a subject."""
    page = queries.forum_page(pk)
    form, status = ProposalForm(request.POST or None), 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                visitor_counted(request)
                row = item_propose(series_id=pk, text=form.cleaned_data["text"])
                return redirect("public_meetings:proposal", token=signing.dumps(row.pk, salt=SALT))
            except DomainError as error:
                status = refuse(form, error)
    return render(request, "deliberation/public_forum.html", {"page": page, "form": form}, status=status)


@require_GET
def proposal(request: HttpRequest, token: str) -> HttpResponse:
    """One's own proposal by its signed address: whether it is taken up, and what came of it."""
    try:
        pk = int(signing.loads(token, salt=SALT))
    except signing.BadSignature as error:
        raise NotFound from error
    row = queries.proposal(pk)
    context = {"row": row, "address": request.build_absolute_uri()}
    return render(request, "deliberation/public_proposal.html", context)
