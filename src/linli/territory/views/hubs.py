"""Pages on which a hub community gets one more to serve, and stops serving one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from linli.core import clock
from linli.core.errors import NotFound
from linli.territory import policies, queries
from linli.territory.forms import HubForm
from linli.territory.models import Place
from linli.territory.operations.hubs import hub_end, hub_serve
from linli.territory.views.requests import FORM, actor_of, form_page, viewer_of


@require_http_methods(FORM)
def hub_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Let this community serve another."""
    viewer = viewer_of(request)
    place = queries.place_for(viewer, pk)
    policies.require_manage(viewer, place)
    if place.community_id != place.pk or place.until is not None:
        raise NotFound
    near = queries.servable(viewer, place)
    form = HubForm(request.POST or None, near=near, initial={"since": clock.today()})

    def save() -> Place:
        data = form.cleaned_data
        hub_serve(actor=actor_of(request), hub=pk, served=int(data["served"]), since=data["since"])
        return place

    return form_page(request, place, form, save, "hub")


@require_POST
def hub_stop(request: HttpRequest, pk: int) -> HttpResponse:
    """A hub serves one community less from today on."""
    row = hub_end(actor=viewer_of(request), service=pk)
    return redirect("territory:place", pk=row.hub_id)
