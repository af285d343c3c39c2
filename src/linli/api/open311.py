"""Open311 GeoReport v2: which services there are, a report with a key, and what the desk has published.

Off unless the place's profile turns it on; then reading needs no key.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.core import signing
from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from linli.api.georeport import chosen, published, refusal, request_of, response
from linli.api.keys import Unknown, actor_by
from linli.api.sections import open311
from linli.cases import sections
from linli.cases.models import Attachment, Case
from linli.cases.operations.intake import Report, case_register
from linli.core import files
from linli.core.errors import DomainError, InvalidInput, NotFound
from linli.core.forms import plain

SALT: Final = "open311 token"
URGENCIES: Final = (("normal", _("normal")), ("urgent", _("urgent")), ("emergency", _("emergency")))
View = Callable[..., HttpResponse]


def door(view: View) -> View:
    """Answer only where the place has turned Open311 on, and refuse in the form of the specification."""

    def refuse(error: DomainError, form: str, **_named: str) -> HttpResponse:
        return refusal(error if open311().on else NotFound(), form)

    @wraps(view)
    def inner(request: HttpRequest, *, form: str, **named: str) -> HttpResponse:
        try:
            if not open311().on:
                raise NotFound
            return view(request, form=form, **named)
        except DomainError as error:
            return refusal(error, form)

    # What is wrong with a body is found before the view is asked.
    vars(inner)["refuse"] = refuse
    return inner


@require_GET
@door
def discovery(request: HttpRequest, *, form: str) -> HttpResponse:
    """Where the endpoint is, and what it speaks."""
    url = request.build_absolute_uri("/open311/v2")
    document = {
        "changeset": "2026-01-01T00:00:00+08:00",
        "contact": open311().contact,
        "key_service": request.build_absolute_uri(reverse("api_keys:keys")),
        "endpoints": [
            {
                "specification": "http://wiki.open311.org/GeoReport_v2",
                "url": url,
                "changeset": "2026-01-01T00:00:00+08:00",
                "type": "production",
                "formats": ["text/xml", "application/json"],
            }
        ],
    }
    return response("discovery", document, form)


@require_GET
@door
def services(request: HttpRequest, *, form: str) -> HttpResponse:
    """The categories of the place that it deals with."""
    listed = [
        {
            "service_code": item.code,
            "service_name": item.label,
            "description": item.label_en,
            "metadata": True,
            "type": "realtime",
            "keywords": ",".join(item.also),
            "group": "",
        }
        for item in sections.categories().values()
        if item.in_scope
    ]
    return response("services", listed, form)


@require_GET
@door
def service(request: HttpRequest, *, code: str, form: str) -> HttpResponse:
    """What may be said beside the description."""
    _category(code)
    urgencies = [{"key": key, "name": str(label)} for key, label in URGENCIES]
    attributes = [
        _attribute("urgency", "singlevaluelist", str(_("How urgent it is")), 1, urgencies),
        _attribute("location", "string", str(_("Where exactly")), 2, []),
    ]
    return response("service_definition", {"service_code": code, "attributes": attributes}, form)


@csrf_exempt
@require_http_methods(["GET", "POST"])
@door
def requests(request: HttpRequest, *, form: str) -> HttpResponse:
    """Published requests by the standard filters, or a new one."""
    if request.method == "POST":
        return _post(request, form)
    found = [request_of(case, _photo_link(request, case)) for case in chosen(plain(request.GET))]
    return response("service_requests", found, form)


@require_GET
@door
def one(request: HttpRequest, *, number: str, form: str) -> HttpResponse:
    """One published request; what is not published is missing."""
    case = published().filter(number=number).first()
    if case is None:
        raise NotFound
    return response("service_requests", [request_of(case, _photo_link(request, case))], form)


@require_GET
@door
def token(request: HttpRequest, *, token: str, form: str) -> HttpResponse:
    """The request that a token stands for."""
    try:
        number = signing.loads(token, salt=SALT)
    except signing.BadSignature as error:
        raise NotFound from error
    return response("service_requests", [{"service_request_id": number, "token": token}], form)


@require_GET
def photo(request: HttpRequest, pk: int) -> FileResponse:
    """A photo that the desk has cleared, of a published matter, small and without its place."""
    row = Attachment.objects.select_related("file").filter(pk=pk, cleared=True).first()
    known = open311().on and row is not None and published().filter(pk=row.case_id).exists()
    if row is None or not known or row.file.media_type not in files.PHOTOS:
        raise NotFound
    return FileResponse(files.thumbnail(row.file.sha256, 320).open("rb"), content_type="image/webp")


def _post(request: HttpRequest, form: str) -> HttpResponse:
    data = plain(request.POST)
    if not data.get("api_key"):
        raise Unknown("api.key_missing", _("An API key is needed to report."))
    actor = actor_by(data["api_key"])
    category = _category(data.get("service_code", ""))
    report = Report(
        text=data.get("description", ""),
        category=category,
        urgency=data.get("attribute[urgency]", ""),
        lng=_number(data.get("long", "")),
        lat=_number(data.get("lat", "")),
        place_id=int(data["address_id"])
        if 0 < len(data.get("address_id", "")) < 18 and data["address_id"].isdecimal()
        else None,
        address=data.get("address_string", "") or data.get("attribute[location]", ""),
        reporter_name=f"{data.get('last_name', '')}{data.get('first_name', '')}".strip(),
        phone=data.get("phone", ""),
    )
    receipt = case_register(actor=actor, report=report, door="api", key=request.headers.get("Idempotency-Key") or None)
    answer: dict[str, Any] = {
        "service_request_id": receipt.number,
        "token": signing.dumps(receipt.number, salt=SALT),
        "service_notice": str(_("It is public once the desk has written a summary.")),
        "account_id": None,
    }
    return response("service_requests", [answer], form, 201)


def _attribute(code: str, datatype: str, label: str, order: int, values: list[dict[str, str]]) -> dict[str, Any]:
    return {
        "variable": True,
        "code": code,
        "datatype": datatype,
        "required": False,
        "datatype_description": None,
        "order": order,
        "description": label,
        "values": values,
    }


def _category(code: str) -> str:
    known = sections.categories().get(code)
    if known is None or not known.in_scope:
        raise NotFound("open311.service", _("There is no such service: %(code)s."), code=code)
    return code


def _number(text: str) -> float | None:
    if not text:
        return None
    try:
        return float(text)
    except ValueError as error:
        raise InvalidInput("open311.number", _("lat and long are numbers.")) from error


def _photo_link(request: HttpRequest, case: Case) -> str:
    shown: list[Attachment] = case.public_photos  # type: ignore[attr-defined]
    return request.build_absolute_uri(reverse("open311:photo", args=[shown[0].pk])) if shown else ""
