"""Pages of circles: a division with its kinds of services, the map of one, the streets; what the public reads."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.circles import forms, policies
from linli.circles.operations.computing import circle_compute
from linli.circles.operations.networks import network_bring
from linli.circles.queries import reading as queries
from linli.circles.sections import section
from linli.circles.workflow import KEEP, VIEW
from linli.core.actors import Actor
from linli.core.forms import number_of, plain
from linli.organizations.views.requests import form_page, staff
from linli.publishing.queries.divisions import public_division
from linli.territory.models import Place

FORM: Final = ["GET", "POST"]
VERSIONS: Final = 30


@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """What is within a walk in the widest division of one's own."""
    actor = staff(request, VIEW, KEEP)
    return _page(request, actor, queries.own_division(actor))


@require_GET
def division(request: HttpRequest, pk: int) -> HttpResponse:
    """What is within a walk in a county, a street or a community."""
    actor = staff(request, VIEW, KEEP)
    return _page(request, actor, queries.division_for(actor, pk))


def _page(request: HttpRequest, actor: Actor, place: Place) -> HttpResponse:
    page = queries.page_of(place)
    codes = [line.kind.code for line in page.kinds]
    asked = plain(request.GET).get("kind", "")
    # Without a choice the map shows the kind that most households lack.
    most = max(page.kinds, key=lambda line: line.lacking).kind.code if page.kinds else ""
    context: dict[str, Any] = {
        "page": page,
        "place": place,
        "rules": section(),
        "small": place.pk == place.community_id,
    }
    context |= {"chosen": asked if asked in codes else most, "keeps": actor.can(KEEP)}
    context |= {"computes": page.network is not None and policies.may_compute(actor, page.network)}
    return render(request, "circles/division.html", context)


@require_GET
def reach_map(request: HttpRequest, pk: int) -> JsonResponse:
    """Compounds, facilities and the best site of one kind, for the map."""
    place = queries.division_for(staff(request, VIEW, KEEP), pk)
    features = queries.on_the_map(place, plain(request.GET).get("kind", ""))
    return JsonResponse({"type": "FeatureCollection", "features": features})


@require_http_methods(FORM)
def streets(request: HttpRequest) -> HttpResponse:
    """The streets that were brought in, with their faults; a file with the next version."""
    actor = staff(request, KEEP)
    form = forms.StreetsForm(request.POST or None, request.FILES or None, places=queries.keepable(actor))

    def save() -> HttpResponse:
        row = network_bring(actor=actor, place_id=form.cleaned_data["place"], brought=form.brought())
        return redirect("circles:division", pk=row.place_id)

    context = {"title": _("Streets"), "networks": queries.networks_of(actor)[:VERSIONS]}
    return form_page(request, form, save, context, "circles/streets.html")


@require_POST
def compute(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the walks along a network computed anew."""
    circle = circle_compute(actor=staff(request, KEEP), network_id=pk)
    wanted = plain(request.POST).get("place", "")
    place = number_of(wanted)
    return redirect("circles:division", pk=circle.network.place_id if place is None else place)


@require_GET
def public(request: HttpRequest, code: str) -> HttpResponse:
    """Which kinds of services the households of a community have within a walk, for everybody."""
    found = public_division(code)
    kinds = queries.kind_lines(found.place, None) if found.level == "community" else []
    network = queries.network_of(found.place) if kinds else None
    circle = network.circles.order_by("-pk").first() if network else None
    context = {"division": found, "kinds": kinds, "rules": section(), "circle": circle}
    return render(request, "circles/public.html", context)
