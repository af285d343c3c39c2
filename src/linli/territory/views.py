"""Pages of the territory: list, place, map, coverage, boundaries. They parse, call one thing, render."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core import clock
from linli.core.actors import VISITOR, Actor
from linli.core.errors import DomainError, NotFound
from linli.records.importing.uploads import day
from linli.territory import coverage, drafts, locating, maps, policies, queries
from linli.territory.forms import BoundaryForm, ChangeForm, EndForm, PlaceForm
from linli.territory.models import Place
from linli.territory.operations import places
from linli.territory.operations.boundaries import boundaries_import, boundaries_read

FORM = ("GET", "POST")
SHOWN = 300


def actor_of(request: HttpRequest) -> Actor:
    """Who asks; a visitor where nobody is signed in."""
    actor = getattr(request, "actor", None)
    return actor if isinstance(actor, Actor) else VISITOR


def _viewer(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    policies.require_view(actor)
    return actor


@require_GET
def place_index(request: HttpRequest) -> HttpResponse:
    """A filtered page of places; the address holds the filters."""
    viewer = _viewer(request)
    query = request.GET.dict()
    page = queries.places_list(viewer, query)
    rest = request.GET.copy()
    rest.pop("after", None)
    within = queries.place_for(viewer, int(query["within"])) if query.get("within", "").isdigit() else None
    context = {
        "page": page,
        "query": query,
        "rest": rest.urlencode(),
        "within": within,
        "types": Place.Type.choices,
        "levels": queries.level_names(),
        "kinds": queries.kind_names(),
        "may_manage": viewer.can(policies.MANAGE),
    }
    template = "territory/_rows.html" if getattr(request, "htmx", False) else "territory/list.html"
    return render(request, template, context)


@require_GET
def place_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One place: what it is, what holds it and what lies in it, who answers there, where it lies."""
    viewer = _viewer(request)
    page = queries.place_page(viewer, pk)
    context = {
        "page": page,
        "place": page.place,
        "levels": queries.level_names(),
        "kinds": queries.kind_names(),
        "types": dict(Place.Type.choices),
        "may_manage": policies.may_manage(viewer, page.place) and page.place.until is None,
    }
    return render(request, "territory/place.html", context)


@require_GET
def place_map(request: HttpRequest) -> HttpResponse:
    """The grid map: outlines of what lies in a place, a search, and a way down by clicking."""
    viewer = _viewer(request)
    query = request.GET.dict()
    within = _within(viewer, query.get("within", ""))
    page = queries.place_page(viewer, within.pk)
    found = queries.places_list(viewer, {"q": query["q"]}).rows[:20] if query.get("q") else []
    context = {
        "page": page,
        "place": within,
        "query": query,
        "found": found,
        "types": dict(Place.Type.choices),
        "levels": queries.level_names(),
        "drawn": ("", "grid", "overlay"),
    }
    return render(request, "territory/map.html", context)


def _within(viewer: Actor, text: str) -> Place:
    """The place that the address names, else the root. Raises: not_found."""
    if text.isascii() and text.isdigit() and len(text) < 18:
        return queries.place_for(viewer, int(text))
    root = queries.root_place()
    if root is None:
        raise NotFound
    return queries.place_for(viewer, root.pk)


@require_GET
def outlines(request: HttpRequest) -> HttpResponse:
    """Outlines below a place as GeoJSON. Names and outlines hang on every corner: anyone may ask for them."""
    viewer = actor_of(request)
    text, level = request.GET.get("within", ""), request.GET.get("level", "")[:24]
    root = queries.root_place()
    pk = int(text) if text.isascii() and text.isdigit() and len(text) < 18 else root.pk if root else 0
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


@require_GET
def coverage_page(request: HttpRequest) -> HttpResponse:
    """Every fault of the coverage, listed and drawn."""
    viewer = _viewer(request)
    within = _within(viewer, request.GET.get("within", ""))
    summed = coverage.summed(coverage.named(coverage.findings(within.path)))
    labels = coverage.labels()
    counts = [(code, labels[code], count) for code, count in summed["counts"].items()]
    rows = [{**item, "label": labels[item["code"]]} for item in summed["findings"]]
    chosen = request.GET.get("code", "")
    if chosen:
        rows = [row for row in rows if row["code"] == chosen]
    context = {
        "place": within,
        "counts": counts,
        "rows": rows[:SHOWN],
        "more": max(0, len(rows) - SHOWN),
        "chosen": chosen,
    }
    return render(request, "territory/coverage.html", context)


@require_GET
def coverage_map(request: HttpRequest) -> JsonResponse:
    """The faults as GeoJSON."""
    viewer = _viewer(request)
    within = _within(viewer, request.GET.get("within", ""))
    found = coverage.findings(within.path)
    chosen = request.GET.get("code", "")
    return JsonResponse(coverage.as_features([item for item in found if chosen in ("", item.code)]))


@require_http_methods(FORM)
def boundary_upload(request: HttpRequest) -> HttpResponse:
    """Take a file of boundaries and show what it would change, faults included; nothing is stored yet."""
    _manager(request)
    form = BoundaryForm(request.POST or None, request.FILES or None, initial={"as_of": clock.today()})
    context: dict[str, Any] = {"form": form}
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            key = drafts.keep(form.cleaned_data["file"])
            path = drafts.path_of(key)
            report = boundaries_import(actor=actor_of(request), path=path, as_of=form.cleaned_data["as_of"], dry=True)
            context |= {"key": key, "report": report, "as_of": form.cleaned_data["as_of"]}
        except DomainError as error:
            form.add_error(None, error.sentence)
            status = error.status
    return render(request, "territory/boundaries.html", context, status=status)


@require_GET
def boundary_preview_map(request: HttpRequest, key: str) -> JsonResponse:
    """The outlines of an uploaded file and the faults they would make."""
    _manager(request)
    reading = boundaries_read("preview", drafts.path_of(key).read_bytes())
    drawn = {pk: form for pk, (_place, form) in reading.wanted.items()}
    return JsonResponse(coverage.preview(reading.wanted.values(), drawn))


@require_POST
def boundary_keep(request: HttpRequest, key: str) -> HttpResponse:
    """Bring in a file that was looked at."""
    actor = _manager(request)
    as_of = day(request.POST.get("as_of", "")) or clock.today()
    report = boundaries_import(actor=actor, path=drafts.path_of(key), as_of=as_of)
    drafts.forget(key)
    return render(request, "territory/boundaries.html", {"report": report, "done": True, "as_of": as_of})


def _manager(request: HttpRequest) -> Actor:
    """Who may change the whole territory that the installation serves. Raises: not_found, place.not_yours."""
    actor = _viewer(request)
    policies.require_manage(actor, queries.root_place())
    return actor


@require_http_methods(FORM)
def place_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a place below this one."""
    parent = queries.place_for(_viewer(request), pk)
    policies.require_manage(actor_of(request), parent)
    form = PlaceForm(request.POST or None, initial={"since": clock.today()})
    upper = parent.pk if parent.type == Place.Type.GRID else None

    def save() -> Place:
        return places.place_create(actor=actor_of(request), sketch=form.sketch(), parent=parent.pk, upper=upper)

    return _form_page(request, parent, form, save, "new")


@require_http_methods(FORM)
def place_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a place."""
    place = queries.place_for(_viewer(request), pk)
    policies.require_manage(actor_of(request), place)
    form = ChangeForm(request.POST) if request.method == "POST" else ChangeForm.of(place)

    def save() -> Place:
        version, on, values = form.values()
        return places.place_change(actor=actor_of(request), place=pk, version=version, on=on, **values)

    return _form_page(request, place, form, save, "change")


@require_http_methods(FORM)
def place_close(request: HttpRequest, pk: int) -> HttpResponse:
    """End a place."""
    place = queries.place_for(_viewer(request), pk)
    policies.require_manage(actor_of(request), place)
    form = EndForm(request.POST or None, initial={"on": clock.today(), "version": place.version})

    def save() -> Place:
        values = form.cleaned_data
        code = values["successor"]
        path = queries.path_of_code(code) if code else ""
        successor = int(path.strip("/").rpartition("/")[2]) if path else None
        return places.place_end(
            actor=actor_of(request), place=pk, version=values["version"], on=values["on"], successor=successor
        )

    return _form_page(request, place, form, save, "end")


def _form_page(request: HttpRequest, place: Place, form: Form, save: Callable[[], Place], verb: str) -> HttpResponse:
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
