"""Pages of programmes: what comes again, its sessions and what came of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.activities.forms.activities import ProgrammeForm
from linli.activities.operations import programmes as operations
from linli.activities.queries import activities as queries
from linli.activities.views.activities import working
from linli.activities.workflow import KEEP
from linli.core.actors import Actor
from linli.core.errors import DomainError, Mendable, NotFound
from linli.core.forms import plain
from linli.organizations.views.requests import form_page

PAGE = "activities:programme"
FORM = "activities/activity_form.html"


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The programmes of one's places, with what came of them."""
    actor = working(request)
    context = {"lines": queries.programmes_listed(actor), "keeps": actor.can(KEEP)}
    return render(request, "activities/programmes.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Open a programme."""
    actor = working(request, KEEP)
    offers = {"place": queries.places_for(actor), "organization": queries.bodies_for(actor)}
    form = ProgrammeForm(request.POST or None, offers=offers)

    def save() -> HttpResponse:
        return redirect(PAGE, pk=operations.programme_open(actor=actor, programme=form.programme()).pk)

    context = {"title": _("Open a programme"), "do": _("Open it"), "of_programmes": True}
    return form_page(request, form, save, context, FORM)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a programme."""
    actor = working(request, KEEP)
    line, _sessions, keeps = queries.programme_page(actor, pk)
    if not keeps:
        raise NotFound
    offers = {"place": [(str(line.row.place_id), line.row.place.name)], "organization": queries.bodies_for(actor)}
    form = ProgrammeForm(request.POST or None, offers=offers, initial=ProgrammeForm.of(line.row))

    def save() -> HttpResponse:
        version = form.cleaned_data["version"] or 0
        operations.programme_change(actor=actor, programme_id=pk, version=version, programme=form.programme())
        return redirect(PAGE, pk=pk)

    context = {"title": line.row.title, "do": _("Save"), "of_programmes": True}
    return form_page(request, form, save, context, FORM)


@require_GET
def programme(request: HttpRequest, pk: int) -> HttpResponse:
    """One programme with its sessions."""
    return _page(request, working(request), pk)


def _page(request: HttpRequest, actor: Actor, pk: int, fault: DomainError | None = None) -> HttpResponse:
    line, sessions, keeps = queries.programme_page(actor, pk)
    proposed = operations.proposed_day(line.row) if keeps and not line.ended else None
    context = {
        "line": line,
        "row": line.row,
        "sessions": sessions,
        "keeps": keeps,
        "proposed": proposed,
        "fault": fault,
    }
    context["fault"] = fault
    return render(request, "activities/programme.html", context, status=fault.status if fault else 200)


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a programme."""
    actor = working(request, KEEP)
    try:
        operations.programme_end(actor=actor, programme_id=pk, reason=plain(request.POST).get("reason", ""))
    except Mendable as error:
        return _page(request, actor, pk, error)
    return redirect(PAGE, pk=pk)
