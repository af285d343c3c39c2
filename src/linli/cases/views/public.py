"""Pages that need no login: report in three steps, from a poster or by the place's name; the receipt.

What a reporter does with a matter afterwards is in following.py.
"""

import secrets
from typing import Final

import segno
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_GET, require_http_methods

from linli.cases import sections
from linli.cases.forms import reports
from linli.cases.operations.intake import Receipt, Report, case_report
from linli.cases.operations.joining import case_join
from linli.cases.queries.nearby import places_named, similar, suggest_category
from linli.cases.queries.posters import full_name, place_of_poster, poster_code
from linli.cases.queries.tasks import task_board
from linli.cases.requests import actor_of, refuse, uploads
from linli.cases.views.following import follow_on, followed
from linli.core.errors import DomainError
from linli.core.forms import number_of
from linli.core.visitors import visitor_counted
from linli.territory.models import Place
from linli.territory.operations.recording import root_place

FIELDS: Final = ("text", "address", "reporter_name", "phone", "callback", "hidden")
# What a reporter was shown as similar can be joined for a day; the sign keeps its number out of the page.
JOIN: Final = "cases.join"
JOIN_SECONDS: Final = 24 * 3600
ADDRESS: Final = 200


@csrf_protect
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, code: str = "") -> HttpResponse:
    """Report a problem; a poster's short address (`/public/r/CODE/`) or `?place=CODE` brings the place along.

    With `?asks=dispute` somebody asks for mediation, in the words of `?address=` at a studio; this is confidential.
    """
    named = place_of_poster(code) if code else None
    place = named or _place(request.POST.get("place", ""), request.GET.get("place", ""))
    dispute = request.GET.get("asks") == "dispute"
    extra: dict[str, object] = {"lost": bool(code) and named is None, "dispute": dispute}
    return _reporting(request, place, extra, kind="dispute" if dispute else "")


@csrf_protect
@require_http_methods(["GET", "POST"])
def about(request: HttpRequest) -> HttpResponse:
    """Complain about Linli itself, or praise it: a matter like any other, at the office of the whole place."""
    return _reporting(request, root_place(), {"about": True}, kind="platform")


@csrf_protect
@require_http_methods(["GET", "POST"])
def complain(request: HttpRequest) -> HttpResponse:
    """Complain about a body, its service or somebody who works there: it goes to the body above, never to that one."""
    return _reporting(request, root_place(), {"complain": True}, kind="complaint")


@require_GET
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """The receipt, to be kept, photographed or printed: the number, and the code once."""
    case, _actor = followed(request, number)
    code = request.session.pop(f"receipt:{case.pk}", "")
    address = request.build_absolute_uri(f"{reverse('public:follow')}?number={case.number}")
    context = {"case": case, "code": code, "address": address, "place": full_name(case.place)}
    context["call_by"] = case.contact_due if any(item.callback for item in case.raised_by) else None
    context["picture"] = segno.make(address, error="m").svg_data_uri(border=0)
    return render(request, "cases/public_receipt.html", context)


@require_GET
def places(request: HttpRequest) -> HttpResponse:
    """Places by name, for whoever has no poster at hand: choices for the form, or a page of links without script."""
    words = request.GET.get("q", "")
    found = places_named(words, limit=8)
    if getattr(request, "htmx", False):
        return render(request, "cases/_places.html", {"places": found})
    links = [(place, poster_code(place.pk)) for place in found]
    return render(request, "cases/public_places.html", {"places": links, "q": words})


@require_GET
def tasks(request: HttpRequest) -> HttpResponse:
    """What is planned and what was done for everybody at a place (DSP-06)."""
    return render(request, "cases/public_tasks.html", {"board": task_board(request.GET.get("place", ""))})


@require_GET
def near(request: HttpRequest) -> HttpResponse:
    """Similar open matters nearby: only their category, place and state, and a way to say "me too"."""
    place = _place(request.GET.get("place", ""), "")
    text = request.GET.get("text", "")[:2000]
    category = request.GET.get("category") or suggest_category(text)
    found = similar(place.path, category, text, limit=9) if place and text.strip() else []
    flow = sections.flow()
    rows: dict[tuple[str, str, str], str] = {}
    for row in found:
        label = sections.category_name(row.category)
        # Matters that look the same to the public are one line; it means the likest of them.
        rows.setdefault((label, row.place.name, str(flow.label(row.state))), signing.dumps(row.pk, salt=JOIN))
    return render(request, "cases/_public_near.html", {"rows": list(rows.items())[:3]})


def _reporting(request: HttpRequest, place: Place | None, extra: dict[str, object], kind: str = "") -> HttpResponse:
    """The report form and what becomes of it; the matter's kind may be fixed by the page."""
    start = {"key": secrets.token_urlsafe(12), "address": request.GET.get("address", "")[:ADDRESS]}
    data = request.POST.copy() if request.method == "POST" else None
    # Whoever only wants to be called need not say where: the office of the whole place calls.
    known = place or (root_place() if data and data.get("callback") else None)
    if data is not None and known is not None and (kind or not data.get("place")):
        data["place"] = str(known.pk)
    form = (reports.ComplaintForm if kind == "complaint" else reports.PublicReportForm)(data, initial=start)
    status = 200
    if data is not None and form.is_valid():
        try:
            return _received(request, _send(request, form, kind))
        except DomainError as error:
            status = refuse(form, error)
            if error.code == "idempotency.other_input":
                # The page was sent before and came back by the browser's "back": this is another matter.
                data["key"] = start["key"]
    elif data is not None:
        status = 400
    channel = sections.section().petition_channel
    context = {"form": form, "place": place, "place_name_full": full_name(place) if place else "", "channel": channel}
    return render(request, "cases/public_report.html", {**context, **extra}, status=status)


def _send(request: HttpRequest, form: reports.PublicReportForm, kind: str) -> Receipt:
    visitor_counted(request)
    data = form.cleaned_data
    given = Report(
        place_id=data["place"],
        kind=kind or data["kind"] or "problem",
        complained_of=data.get("complained_of"),
        category="" if kind else data["category"] or suggest_category(data["text"]),
        photos=uploads(request, "photos"),
        **{name: data[name] for name in FIELDS},
    )
    actor, key, joined = actor_of(request), data["key"] or None, _joined(data["joins"])
    if joined:
        return case_join(actor=actor, report=given, into_id=joined, key=key)
    return case_report(actor=actor, report=given, key=key)


def _joined(sign: str) -> int:
    """The matter that a "me too" means; none where the sign is old or made up."""
    try:
        return int(signing.loads(sign, salt=JOIN, max_age=JOIN_SECONDS)) if sign else 0
    except signing.BadSignature:
        return 0


def _received(request: HttpRequest, receipt: Receipt) -> HttpResponse:
    follow_on(request, receipt.case_id)
    if receipt.code:
        request.session[f"receipt:{receipt.case_id}"] = receipt.code
    return redirect("public:receipt", number=receipt.number)


def _place(pk: str, code: str) -> Place | None:
    rows = Place.objects.select_related("community", "compound", "parent").filter(placeholder=False)
    if number_of(pk) is not None:
        return rows.filter(pk=int(pk)).first()
    return rows.filter(code=code, until=None).order_by("-path").first() if code else None
