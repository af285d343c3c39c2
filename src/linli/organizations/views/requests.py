"""What the pages of bodies and posts share: who asks, a form with its refusals, a printed page."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from linli.core import printing
from linli.core.actors import VISITOR, Actor
from linli.core.errors import DomainError, InvalidInput, NotFound
from linli.core.forms import number_of


def actor_of(request: HttpRequest) -> Actor:
    """Who asks; a visitor where nobody is signed in."""
    actor = getattr(request, "actor", None)
    return actor if isinstance(actor, Actor) else VISITOR


def staff(request: HttpRequest, *abilities: str) -> Actor:
    """Who asks, if any of these abilities is theirs; the page is missing for everybody else. Raises: not_found."""
    actor = actor_of(request)
    if not any(actor.can(ability) for ability in abilities):
        raise NotFound
    return actor


def form_page(
    request: HttpRequest,
    form: Any,
    call: Callable[[], HttpResponse],
    context: dict[str, Any],
    template: str = "organizations/form.html",
) -> HttpResponse:
    """Show a form, or do what it asks for; a refusal is shown on the form with its own status."""
    assert isinstance(form, Form)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                return call()
            except DomainError as error:
                form.add_error(None, error.sentence)
                status = error.status
    return render(request, template, {"form": form, **context}, status=status)


def page_number(request: HttpRequest) -> int:
    """The page that is asked for, from 1. Raises: list.bad_filter."""
    text = request.GET.get("page", "1")
    number = number_of(text, 6)
    if not number:
        raise InvalidInput("list.bad_filter", "page", value=text)
    return number


def printed(template: str, context: dict[str, Any], name: str) -> HttpResponse:
    """A template as PDF, shown in the browser."""
    document = printing.pdf(render_to_string(template, context))
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(document, content_type="application/pdf", headers=headers)
