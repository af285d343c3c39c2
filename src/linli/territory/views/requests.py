"""What the pages of the territory share: who asks, which place the address names, a form with its refusals."""

from collections.abc import Callable

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from linli.core.actors import VISITOR, Actor
from linli.core.errors import DomainError, NotFound
from linli.core.forms import number_of
from linli.territory import policies, queries
from linli.territory.models import Place

FORM = ("GET", "POST")


def actor_of(request: HttpRequest) -> Actor:
    """Who asks; a visitor where nobody is signed in."""
    actor = getattr(request, "actor", None)
    return actor if isinstance(actor, Actor) else VISITOR


def viewer_of(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    policies.require_view(actor)
    return actor


def manager_of(request: HttpRequest) -> Actor:
    """Who may change the whole territory that the installation serves. Raises: not_found, place.not_yours."""
    actor = viewer_of(request)
    policies.require_manage(actor, queries.root_place())
    return actor


def within_of(viewer: Actor, text: str) -> Place:
    """The place that the address names, else the root. Raises: not_found."""
    if number_of(text) is not None:
        return queries.place_for(viewer, int(text))
    root = queries.root_place()
    if root is None:
        raise NotFound
    return queries.place_for(viewer, root.pk)


def own_place(viewer: Actor) -> str:
    """The id of the one place that the viewer's posts are about; empty where there is none or there are several."""
    paths = {scope.path or scope.grid_path for scope in viewer.scopes if policies.VIEW in scope.abilities} - {""}
    return paths.pop().rstrip("/").rpartition("/")[2] if len(paths) == 1 else ""


def form_page(request: HttpRequest, place: Place, form: Form, save: Callable[[], Place], verb: str) -> HttpResponse:
    """Show a form, or do what it asks and go to the place; a refusal is shown on the form."""
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                return redirect("territory:place", pk=save().pk)
            except DomainError as error:
                form.add_error(None, error.sentence)
                status = error.status
    context = {"place": place, "form": form, "verb": verb}
    return render(request, "territory/form.html", context, status=status)
