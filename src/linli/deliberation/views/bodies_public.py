"""Self-government bodies for everybody, without a login: those of a place, one with what is public of its affairs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from linli.cases.requests import actor_of
from linli.deliberation.queries import bodies as queries
from linli.publishing.queries.divisions import public_division
from linli.publishing.views.disclosure_public import HOME


@require_GET
def place(request: HttpRequest, code: str) -> HttpResponse:
    """The bodies of a place and of all inside it."""
    division = public_division(code)
    context = {"division": division, "lines": queries.public_listed(division.place)}
    return render(request, "deliberation/public_bodies.html", context)


@require_GET
def body(request: HttpRequest, pk: int) -> HttpResponse:
    """One body: its term, its members who agreed to be named, and where it is asked."""
    home = request.session.get(HOME)
    page = queries.public_body(actor_of(request), home if isinstance(home, int) else None, pk)
    return render(request, "deliberation/public_body.html", {"page": page, "row": page.row})
