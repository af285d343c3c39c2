"""The grid worker's report page, which works without signal, and the door at which the phone's outbox knocks."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from linli.cases import sections
from linli.cases.forms import reports
from linli.cases.operations.intake import Report, case_register
from linli.cases.queries.nearby import suggest_category
from linli.cases.queries.posters import full_name, within
from linli.cases.requests import actor_of, staff, uploads
from linli.cases.views.desk import keep_code
from linli.core.errors import InvalidInput
from linli.territory.models import Place

ABLE = ("cases.register", "cases.dispatch")
# So many places fit on a page that must load over a slow connection.
PLACES = 2000


@require_GET
def patrol(request: HttpRequest) -> HttpResponse:
    """Report from the way; the phone keeps this page with the names of one's own places."""
    actor = staff(request, *ABLE)
    own = Place.objects.select_related("community", "compound").filter(within(actor, ABLE))
    rows = list(own.exclude(type=Place.Type.DIVISION).distinct().order_by("path")[:PLACES])
    several = len({place.community_id for place in rows}) > 1
    context = {
        "places": [(place.pk, full_name(place, community=several)) for place in rows],
        "categories": sections.category_choices(),
        "user": actor.user_id,
    }
    return render(request, "cases/patrol.html", context)


@require_GET
def outbox_state(request: HttpRequest) -> JsonResponse:
    """Who is signed in, and the token with which the outbox may send."""
    answer = JsonResponse({"user": actor_of(request).user_id or "", "token": get_token(request)})
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
def outbox(request: HttpRequest) -> JsonResponse:
    """Take in one report from a phone; the same key gives the same receipt and does nothing twice (R12)."""
    actor = staff(request, *ABLE)
    form = reports.PatrolForm(request.POST)
    if not form.is_valid():
        fields = sorted(form.errors)
        raise InvalidInput("form.invalid", _("Not complete: %(fields)s."), fields="、".join(_labels(form, fields)))
    data = form.cleaned_data
    report = Report(
        text=data["text"],
        place_id=data["place"],
        category=data["category"] or suggest_category(data["text"]),
        source="grid_patrol",
        address=data["address"],
        photos=uploads(request, "photos"),
    )
    receipt = case_register(actor=actor, report=report, door="patrol", key=data["key"])
    keep_code(request, receipt)
    address = f"{reverse('cases:receipt')}?case={receipt.case_id}"
    return JsonResponse({"id": receipt.case_id, "number": receipt.number, "receipt": address}, status=201)


def _labels(form: reports.PatrolForm, names: list[str]) -> list[str]:
    return [str(form.fields[name].label or name) for name in names]
