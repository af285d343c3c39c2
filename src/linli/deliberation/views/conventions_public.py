"""Conventions for everybody, without a login: those of a place, one with its clauses, comments while it is open."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_GET, require_http_methods

from linli.cases.requests import actor_of, refuse
from linli.core.errors import DomainError
from linli.core.visitors import visitor_counted
from linli.deliberation.forms.conventions import CommentForm
from linli.deliberation.operations.conventions import convention_comment
from linli.deliberation.queries import conventions as queries
from linli.publishing.queries.divisions import public_division

SHOWN = 24


@require_GET
def place(request: HttpRequest, code: str) -> HttpResponse:
    """The conventions of a place and of all inside it."""
    division = public_division(code)
    lines = queries.public_listed(division.place)
    return render(request, "deliberation/public_conventions.html", {"division": division, "lines": lines})


@csrf_protect
@require_http_methods(["GET", "POST"])
def convention(request: HttpRequest, pk: int) -> HttpResponse:
    """One edition; while it is open everybody may comment on a clause, without a name."""
    page = queries.public_convention(pk)
    choices = [(line.position, f"第{line.number}条 {line.text[:SHOWN]}") for line in page.clauses]
    form = CommentForm(request.POST or None, clauses=choices)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            data = form.cleaned_data
            try:
                visitor_counted(request)
                position = int(data["position"])
                convention_comment(actor=actor_of(request), convention_id=pk, position=position, text=data["text"])
                return redirect("public_conventions:sent", pk=pk)
            except DomainError as error:
                status = refuse(form, error)
    context = {"page": page, "row": page.row, "form": form}
    return render(request, "deliberation/public_convention.html", context, status=status)


@require_GET
def sent(request: HttpRequest, pk: int) -> HttpResponse:
    """That a comment arrived."""
    return render(request, "deliberation/public_convention_sent.html", {"row": queries.public_convention(pk).row})
