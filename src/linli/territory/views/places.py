"""Pages of places: the list, one place, a new one, a change, an end."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core import clock
from linli.core.forms import number_of
from linli.records import added
from linli.records.importing.uploads import day
from linli.territory import checklists, policies, queries
from linli.territory.forms import ChangeForm, EndForm, PlaceForm
from linli.territory.models import Place
from linli.territory.operations import places
from linli.territory.operations.checklists import checklist_tick
from linli.territory.views.requests import FORM, actor_of, form_page, viewer_of


@require_GET
def place_index(request: HttpRequest) -> HttpResponse:
    """A filtered page of places; the address holds the filters."""
    viewer = viewer_of(request)
    query = request.GET.dict()
    page = queries.places_list(viewer, query)
    rest = request.GET.copy()
    rest.pop("after", None)
    inside = query.get("within", "")
    within = queries.place_for(viewer, key) if (key := number_of(inside)) is not None else None
    context = {
        "page": page,
        "query": query,
        "rest": rest.urlencode(),
        "within": within,
        "types": Place.Type.choices,
        **_words(),
        "may_manage": policies.may_manage(viewer, queries.root_place()),
    }
    template = "territory/_rows.html" if getattr(request, "htmx", False) else "territory/list.html"
    return render(request, template, context)


@require_GET
def place_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One place: what it is, what holds it and what lies in it, who answers there, where it lies."""
    viewer = viewer_of(request)
    page = queries.place_page(viewer, pk)
    context = {
        "page": page,
        "place": page.place,
        **_words(),
        "types": dict(Place.Type.choices),
        "may_manage": policies.may_manage(viewer, page.place) and page.place.until is None,
        "checklist": checklists.checklist(page.place),
        "may_tend": policies.may_tend(viewer, page.place) and page.place.until is None,
        "models": added.models() if viewer.can("figures.view") and page.place.code else (),
        "services": queries.services_of(page.place),
        "today": clock.today(),
    }
    return render(request, "territory/place.html", context)


@require_POST
def checklist_save(request: HttpRequest, pk: int) -> HttpResponse:
    """Tick items of a grid's checklist."""
    on = day(request.POST.get("on", "")) or clock.today()
    note = request.POST.get("note", "").strip()
    checklist_tick(actor=viewer_of(request), place=pk, items=request.POST.getlist("item"), on=on, note=note)
    return redirect("territory:place", pk=pk)


@require_http_methods(FORM)
def place_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a place below this one."""
    parent = queries.place_for(viewer_of(request), pk)
    policies.require_manage(actor_of(request), parent)
    form = PlaceForm(request.POST or None, initial={"since": clock.today()}, **_words())
    upper = parent.pk if parent.type == Place.Type.GRID else None

    def save() -> Place:
        return places.place_create(actor=actor_of(request), sketch=form.sketch(), parent=parent.pk, upper=upper)

    return form_page(request, parent, form, save, "new")


@require_http_methods(FORM)
def place_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a place."""
    place = queries.place_for(viewer_of(request), pk)
    policies.require_manage(actor_of(request), place)
    form = ChangeForm(request.POST or None, place=place, **_words())

    def save() -> Place:
        version, on, values = form.values()
        return places.place_change(actor=actor_of(request), place=pk, version=version, on=on, **values)

    return form_page(request, place, form, save, "change")


@require_http_methods(FORM)
def place_close(request: HttpRequest, pk: int) -> HttpResponse:
    """End a place."""
    place = queries.place_for(viewer_of(request), pk)
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

    return form_page(request, place, form, save, "end")


def _words() -> dict[str, dict[str, str]]:
    """What levels and kinds are called here."""
    return {"levels": queries.level_names(), "kinds": queries.kind_names()}
