"""Pages of inspections: the list, a plan, one inspection with its findings and what is done about them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.accountability.forms.assessments import PlanForm, RecordForm, named, places_run
from linli.accountability.operations import inspecting as operations
from linli.accountability.policies.assessments import RATE
from linli.accountability.policies.figures import VIEW
from linli.accountability.queries import inspecting as queries
from linli.accountability.workflow.assessments import RUN
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.forms import number_of
from linli.organizations.views.requests import form_page
from linli.organizations.views.requests import staff as able


def staff(request: HttpRequest) -> Actor:
    """Who asks, if they may come upon inspections. Raises: not_found"""
    return able(request, RUN, RATE, VIEW)


@require_GET
def inspections(request: HttpRequest) -> HttpResponse:
    """The inspections that one sees, the newest first."""
    actor = staff(request)
    after = request.GET.get("after", "")
    key = number_of(after)
    lines, next_key = queries.inspections_for(actor, key)
    context = {"lines": lines, "next_key": next_key, "places": named(places_run(actor)) if actor.can(RUN) else []}
    return render(request, "accountability/inspections.html", context)


@require_http_methods(["GET", "POST"])
def plan_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan inspections at a place."""
    actor = able(request, RUN)
    place = next((item for item in places_run(actor) if item.pk == pk), None)
    if place is None:
        raise NotFound
    form = PlanForm(request.POST or None, actor=actor, place=place)

    def save() -> HttpResponse:
        operations.inspections_plan(actor=actor, planned=form.planned())
        return redirect("inspections:list")

    context: dict[str, Any] = {"title": _("Plan inspections"), "state": place.name, "do": _("Plan them")}
    return form_page(
        request, form, save, {**context, "back": "inspections:list"}, "accountability/assessment_form.html"
    )


@require_http_methods(["GET", "POST"])
def inspection(request: HttpRequest, pk: int) -> HttpResponse:
    """One inspection; whoever makes it records what was found."""
    actor = staff(request)
    page = queries.page(actor, pk)
    form = RecordForm(request.POST or None, actor=actor, initial={"on": clock.today().isoformat()})

    def save() -> HttpResponse:
        operations.inspection_record(actor=actor, inspection_id=pk, made=form.made())
        return redirect("inspections:inspection", pk=pk)

    context: dict[str, Any] = {"page": page, "do": _("Record the inspection")}
    return form_page(request, form, save, context, "accountability/inspection.html")


@require_POST
def inspection_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an inspection off its plan."""
    actor = staff(request)
    operations.inspection_cancel(actor=actor, inspection_id=pk, reason=request.POST.get("reason", ""))
    return redirect("inspections:inspection", pk=pk)


@require_POST
def finding_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Say how a finding was put right, verify it, or give it back."""
    actor, words = staff(request), request.POST.get("text", "")
    if verb == "rectify":
        row = operations.finding_rectify(actor=actor, finding_id=pk, text=words)
    elif verb == "verify":
        row = operations.finding_verify(actor=actor, finding_id=pk)
    elif verb == "return":
        row = operations.finding_return(actor=actor, finding_id=pk, reason=words)
    else:
        raise NotFound
    return redirect("inspections:inspection", pk=row.inspection_id)
