"""Coverage and its faults, and boundaries from a file: looked at first, then brought in."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core import clock
from linli.core.errors import DomainError
from linli.records.importing.uploads import day
from linli.territory import coverage, coverage_kept, drafts, queries, trials
from linli.territory.forms import BoundaryForm
from linli.territory.geometry.crs import NAMES
from linli.territory.operations.boundaries import boundaries_import, boundaries_read
from linli.territory.operations.redrawing import redrawing_cancel, redrawing_plan
from linli.territory.views.requests import FORM, actor_of, manager_of, viewer_of, within_of

SHOWN = 300


@require_GET
def coverage_page(request: HttpRequest) -> HttpResponse:
    """Every fault of the coverage, listed and drawn."""
    viewer = viewer_of(request)
    within = within_of(viewer, request.GET.get("within", ""))
    kept = coverage_kept.latest(within.path)
    summed = coverage.summed(coverage.named(kept.findings))
    labels = coverage.labels()
    counts = [(code, labels[code], count) for code, count in summed["counts"].items()]
    rows = [{**item, "label": labels[item["code"]]} for item in summed["findings"]]
    chosen = request.GET.get("code", "")
    if chosen:
        rows = [row for row in rows if row["code"] == chosen]
    context = {
        "place": within,
        "looked": kept.at,
        "counts": counts,
        "rows": rows[:SHOWN],
        "more": max(0, len(rows) - SHOWN),
        "chosen": chosen,
    }
    return render(request, "territory/coverage.html", context)


@require_GET
def coverage_map(request: HttpRequest) -> JsonResponse:
    """The faults as GeoJSON."""
    viewer = viewer_of(request)
    within = within_of(viewer, request.GET.get("within", ""))
    found = coverage_kept.latest(within.path).findings
    chosen = request.GET.get("code", "")
    return JsonResponse(coverage.as_features([item for item in found if chosen in ("", item.code)]))


@require_http_methods(FORM)
def boundary_upload(request: HttpRequest) -> HttpResponse:
    """Take a file of boundaries and show what it would change, faults included; nothing is stored yet."""
    manager_of(request)
    form = BoundaryForm(request.POST or None, request.FILES or None, initial={"as_of": clock.today()})
    context: dict[str, Any] = {"form": form, "redrawings": queries.redrawings()}
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            key = drafts.keep(form.cleaned_data["file"])
            path = drafts.path_of(key)
            day_wanted, name = form.cleaned_data["as_of"], form.cleaned_data["file"].name
            report = boundaries_import(actor=actor_of(request), path=path, as_of=day_wanted, dry=True, name=name)
            reading = boundaries_read(name, path.read_bytes())
            compared = trials.compare(reading.wanted)
            context |= {"report": report, "as_of": day_wanted, "compared": compared[:SHOWN], "name": name}
            context |= {"to_come": day_wanted > clock.today(), "system": NAMES[reading.system]}
            if reading.wanted:
                context |= {"key": key, "usable": len(reading.wanted)}
            else:
                # Nothing can be brought in: there is only the form again.
                drafts.forget(key)
        except DomainError as error:
            form.add_error(None, error.sentence)
            status = error.status
    return render(request, "territory/boundaries.html", context, status=status)


@require_GET
def boundary_preview_map(request: HttpRequest, key: str) -> JsonResponse:
    """The outlines of an uploaded file and the faults they would make."""
    manager_of(request)
    reading = boundaries_read("preview", drafts.path_of(key).read_bytes())
    drawn = {pk: form for pk, (_place, form) in reading.wanted.items()}
    return JsonResponse(coverage.preview(reading.wanted.values(), drawn))


@require_POST
def boundary_keep(request: HttpRequest, key: str) -> HttpResponse:
    """Bring in a file that was looked at; one for a day to come is kept until then."""
    actor = manager_of(request)
    as_of = day(request.POST.get("as_of", "")) or clock.today()
    name = (request.POST.get("name", "") or "boundaries.geojson")[:120]
    if as_of > clock.today():
        planned = redrawing_plan(actor=actor, name=name, content=drafts.path_of(key).read_bytes(), day=as_of)
        drafts.forget(key)
        return redirect("territory:redrawing", pk=planned.pk)
    report = boundaries_import(actor=actor, path=drafts.path_of(key), as_of=as_of, name=name)
    drafts.forget(key)
    return render(request, "territory/boundaries.html", {"report": report, "done": True, "as_of": as_of})


@require_GET
def redrawing(request: HttpRequest, pk: int) -> HttpResponse:
    """One file of boundaries that waits for its day, or what became of it."""
    manager_of(request)
    row = queries.redrawing(pk)
    context = {"row": row, "places": queries.places_of(row), "may_cancel": row.state in ("waiting", "failed")}
    return render(request, "territory/redrawing.html", context)


@require_POST
def redrawing_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Give up boundaries that wait."""
    redrawing_cancel(actor=manager_of(request), redrawing=pk)
    return redirect("territory:redrawing", pk=pk)
