"""Meetings for everybody: forums of a place, a calendar to subscribe to, a subject proposed or rated without a name."""

import secrets
from typing import Final

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_GET, require_http_methods

from linli.cases.requests import actor_of, refuse
from linli.core.errors import DomainError, Mendable, NotFound
from linli.core.forms import number_of
from linli.core.visitors import visitor_counted
from linli.deliberation.forms.meetings import ProposalForm
from linli.deliberation.operations.agenda import item_propose, item_rate_own
from linli.deliberation.queries import public_meetings as queries
from linli.deliberation.workflow.meetings import RATINGS

# Whoever proposed finds the proposal by a signed address; nothing of it is stored.
SALT: Final = "deliberation.proposal"
# Those who came are given the signed address under which they rate; a browser is known by a word in its session.
RATING: Final = "deliberation.rating"
RATER: Final = "agenda_rater"


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
    context = {"page": page, "form": form, "rated": [(row, rating_token(row.pk)) for row in page.rated]}
    return render(request, "deliberation/public_forum.html", context, status=status)


def rating_token(meeting_id: int) -> str:
    """By which residents reach the page on which they rate what came of a meeting."""
    return signing.dumps(meeting_id, salt=RATING)


@csrf_protect
@require_http_methods(["GET", "POST"])
def rate(request: HttpRequest, token: str) -> HttpResponse:
    """What came of a meeting, each item to be rated once: with an account, else once from a browser."""
    try:
        pk = int(signing.loads(token, salt=RATING))
    except signing.BadSignature as error:
        raise NotFound from error
    fault, status = None, 200
    if request.method == "POST":
        try:
            visitor_counted(request)
            return _rated(request, pk, token)
        except Mendable as error:
            fault, status = error, error.status
    context = {"page": queries.rating_page(pk, _rater(request)), "ratings": RATINGS, "fault": fault}
    return render(request, "deliberation/public_rating.html", context, status=status)


def _rated(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    text = request.POST.get("item", "")
    items = {item.pk for item, _done in queries.rating_page(pk, "").items}
    item_id = number_of(text) or 0
    if items and item_id not in items:
        raise NotFound
    if not _rater(request):
        request.session[RATER] = secrets.token_urlsafe(16)
    item_rate_own(item_id=item_id, rating=request.POST.get("rating", ""), rater=_rater(request))
    return redirect("public_meetings:rate", token=token)


def _rater(request: HttpRequest) -> str:
    """Who rates: an account, or a browser that rated before."""
    user = actor_of(request).user_id
    return f"user:{user}" if user else str(request.session.get(RATER, ""))


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
