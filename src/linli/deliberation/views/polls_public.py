"""Votes as everybody sees them, and the ballot on the phone: the code, the choice, done."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from linli.cases.requests import actor_of
from linli.core.actors import Actor
from linli.core.errors import DomainError, InvalidInput, NotFound
from linli.core.forms import number_of
from linli.core.visitors import visitor_counted
from linli.deliberation.models import Elector, Poll
from linli.deliberation.operations.ballots import ballot_cast, voter_of
from linli.deliberation.policies import polls as policies
from linli.deliberation.queries import polls as queries
from linli.deliberation.views.polls import count_file


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The votes that were announced, go on or are over."""
    page = Paginator(queries.public_listed(), queries.PAGE).get_page(request.GET.get("page"))
    return render(request, "deliberation/public_polls.html", {"page": page})


@require_GET
def poll(request: HttpRequest, pk: int) -> HttpResponse:
    """One vote: the question, who takes part and what is needed; its result once it is published."""
    return _page(request, pk)


def _page(request: HttpRequest, pk: int, fault: DomainError | None = None) -> HttpResponse:
    page = queries.public_page(pk)
    person = actor_of(request).person_id
    electors = page.poll.electors.all()
    context = {
        "page": page,
        "poll": page.poll,
        "fault": fault,
        "over": queries.is_over(page.poll),
        "votes": person is not None and not page.poll.secret and electors.filter(person_id=person).exists(),
        "options": queries.options_of(page.poll),
    }
    return render(request, "deliberation/public_poll.html", context, status=fault.status if fault else 200)


@sensitive_post_parameters()
@never_cache
@csrf_protect
@require_http_methods(["GET", "POST"])
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    """The ballot of whoever typed a code or is signed in; then that it was taken, with its receipt if it is secret."""
    row = queries.found(policies.public_polls(), pk)
    if request.method == "GET":
        return redirect("public_polls:poll", pk=pk)
    actor, code = actor_of(request), request.POST.get("code", "")[:40]
    try:
        visitor_counted(request)
        if request.POST.get("do") == "vote":
            return _cast(request, actor, row, code)
        return _ballot(request, row, code, voter_of(actor, row, code))
    except DomainError as error:
        if error.status == NotFound.status:
            raise
        return _page(request, pk, error)


def _ballot(
    request: HttpRequest, row: Poll, code: str, voter: Elector, fault: DomainError | None = None
) -> HttpResponse:
    electors = queries.voting_for(row, voter)
    context = {
        "poll": row,
        "code": code,
        "fault": fault,
        "electors": electors,
        "due": [elector for elector, done in electors if not done],
        "options": queries.options_of(row),
        "several": row.most > 1,
    }
    return render(request, "deliberation/public_ballot.html", context, status=fault.status if fault else 200)


def _cast(request: HttpRequest, actor: Actor, row: Poll, code: str) -> HttpResponse:
    elector_id = number_of(request.POST.get("elector", ""))
    choices = {number_of(text) or 0 for text in request.POST.getlist("choices")}
    try:
        receipt = ballot_cast(actor=actor, poll_id=row.pk, code=code, elector_id=elector_id, choices=choices)
    except InvalidInput as error:
        return _ballot(request, row, code, voter_of(actor, row, code), error)
    voter = voter_of(actor, row, code)
    more = [elector for elector, done in queries.voting_for(row, voter) if not done]
    context: dict[str, Any] = {"poll": row, "receipt": receipt, "more": more, "code": code}
    return render(request, "deliberation/public_voted.html", context)


@require_GET
def tally(request: HttpRequest, pk: int) -> HttpResponse:
    """The published count as a file."""
    row = queries.found(policies.public_polls(), pk)
    if row.state != "published":
        raise NotFound
    return count_file(row)
