"""The grid map, the outlines it draws, and where a point lies."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from linli.core.errors import NotFound
from linli.core.forms import number_of
from linli.territory import locating, maps, policies, queries
from linli.territory.models import Place
from linli.territory.views.requests import actor_of, own_place, viewer_of, within_of

FOUND = 20


@require_GET
def place_map(request: HttpRequest) -> HttpResponse:
    """The grid map: what lies in a place, how much is open there, who answers; a search leads to another place."""
    viewer = viewer_of(request)
    query = request.GET.dict()
    within = within_of(viewer, query.get("within") or own_place(viewer))
    found = queries.places_list(viewer, {"q": query["q"]}).rows[:FOUND] if query.get("q", "").strip() else []
    if len(found) == 1:
        return redirect(_drill(found[0].pk))
    context = {
        "page": maps.map_page(within, query.get("level", "")[:24]),
        "place": within,
        "query": query,
        "found": found,
        "levels": queries.level_names(),
        "kinds": queries.kind_names(),
        "opens_load": maps.opens_loads(viewer),
        "legend": maps.LEGEND if maps.has_loads() else (),
    }
    return render(request, "territory/map.html", context)


@require_GET
def outlines(request: HttpRequest) -> HttpResponse:
    """Outlines below a place as GeoJSON. Names and outlines hang on every corner: anyone may ask for them."""
    viewer = actor_of(request)
    text, level = request.GET.get("within", ""), request.GET.get("level", "")[:24]
    root = queries.root_place()
    pk = key if (key := number_of(text)) is not None else root.pk if root else 0
    within = Place.objects.filter(policies.posted(), pk=pk).first()
    if within is None:
        raise NotFound
    known = policies.may_view(viewer)
    answer = JsonResponse(maps.document(maps.outlines(within, level), _drill if known else None))
    answer["Cache-Control"] = "private, max-age=60"
    return answer


def _drill(pk: int) -> str:
    return f"{reverse('territory:map')}?within={pk}"


@require_GET
def locate_point(request: HttpRequest) -> JsonResponse:
    """The chain of posted places at a point, for the page on which somebody reports. Raises: point.impossible."""
    try:
        lng, lat = float(request.GET.get("lng", "")), float(request.GET.get("lat", ""))
    except ValueError:
        lng = lat = float("nan")
    chain = locating.locate(lng, lat, request.GET.get("crs", "wgs84"))
    return JsonResponse(queries.chain_as_dict(chain))
