"""Pages of the surveys of satisfaction: which there are, a new one, one of them and its correction."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from linli.accountability.forms.surveys import SurveyForm
from linli.accountability.operations import surveys as operations
from linli.accountability.policies import surveys as policies
from linli.accountability.views.book import viewer
from linli.core.errors import NotFound
from linli.organizations.views.requests import form_page
from linli.records import lists
from linli.records.types import record_type

KIND = "satisfaction_survey"
TEMPLATE = "accountability/survey.html"


@require_GET
def surveys(request: HttpRequest) -> HttpResponse:
    """Surveys of the places whose figures one reads, the newest first."""
    actor = viewer(request)
    page = lists.listing(record_type(KIND), actor, request.GET.dict())
    context = {"page": page, "may_record": actor.can(policies.RECORD), "query": request.GET.get("q", "")}
    return render(request, "accountability/surveys.html", context)


@require_http_methods(["GET", "POST"])
def survey_new(request: HttpRequest) -> HttpResponse:
    """Record a survey."""
    actor = viewer(request)
    if not actor.can(policies.RECORD):
        raise NotFound
    form = SurveyForm(request.POST or None, actor=actor)

    def save() -> HttpResponse:
        operations.survey_record(actor=actor, counted=form.counted())
        return redirect("accountability:surveys")

    return form_page(request, form, save, {"title": _("New satisfaction survey"), "do": _("Save")}, TEMPLATE)


@require_http_methods(["GET", "POST"])
def survey(request: HttpRequest, pk: int) -> HttpResponse:
    """One survey; whoever may record one there puts it right."""
    actor = viewer(request)
    row = record_type(KIND).rows_for(actor).select_related("place").filter(pk=pk).first()
    if row is None:
        raise NotFound
    context: dict[str, Any] = {"survey": row, "title": row.title}
    if not policies.may_change_survey(actor, row):
        if request.method == "POST":
            policies.require_record(actor, row.place)
        return render(request, TEMPLATE, context)
    form = SurveyForm(request.POST or None, actor=actor, initial=SurveyForm.of(row))

    def save() -> HttpResponse:
        version = form.cleaned_data["version"] or 0
        operations.survey_change(actor=actor, survey_id=pk, version=version, counted=form.counted())
        return redirect("accountability:surveys")

    return form_page(request, form, save, {**context, "do": _("Save")}, TEMPLATE)
