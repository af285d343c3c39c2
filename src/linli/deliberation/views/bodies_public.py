"""Self-government bodies for everybody, without a login: those of a place, one with what is public of its affairs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_GET, require_http_methods

from linli.cases.requests import actor_of, refuse
from linli.core.errors import DomainError, NotFound
from linli.core.visitors import visitor_counted
from linli.deliberation.forms.bodies import ResidentProposalForm
from linli.deliberation.operations.bodies import body_propose
from linli.deliberation.queries import bodies as queries
from linli.publishing.queries.divisions import public_division
from linli.publishing.views.disclosure_public import HOME


@require_GET
def place(request: HttpRequest, code: str) -> HttpResponse:
    """The bodies of a place and of all inside it."""
    division = public_division(code)
    context = {
        "division": division,
        "lines": queries.public_listed(division.place),
        "bodies": queries.public_unrecorded(division.place),
    }
    return render(request, "deliberation/public_bodies.html", context)


@csrf_protect
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, code: str) -> HttpResponse:
    """Propose a body at a community, without a name."""
    division = public_division(code)
    if division.level != "community":
        raise NotFound
    form = ResidentProposalForm(request.POST or None, places=queries.proposing_places(division.place))
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                visitor_counted(request)
                place_id = int(form.cleaned_data["place"])
                body_propose(actor=actor_of(request), place_id=place_id, proposal=form.proposal())
                return render(request, "deliberation/public_body_proposed.html", {"division": division})
            except DomainError as error:
                status = refuse(form, error)
    context = {"division": division, "form": form}
    return render(request, "deliberation/public_body_propose.html", context, status=status)


@require_GET
def body(request: HttpRequest, pk: int) -> HttpResponse:
    """One body: its term, its members who agreed to be named, and where it is asked."""
    home = request.session.get(HOME)
    page = queries.public_body(actor_of(request), home if isinstance(home, int) else None, pk)
    return render(request, "deliberation/public_body.html", {"page": page, "row": page.row})
