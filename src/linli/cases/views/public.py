"""Pages that need no login: report in three steps, follow by number and code, answer and rate."""

import secrets
from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.cases import forms, sections
from linli.cases.models import Attachment, Case
from linli.cases.operations import finishing, supervising
from linli.cases.operations.intake import Report, case_report, follow_code_matches
from linli.cases.operations.rating import Word, case_rate, rating_answer
from linli.cases.policies import moves_of, reporter_key
from linli.cases.queries.nearby import places_named, similar, suggest_category
from linli.cases.queries.pages import case_for, happenings, held_by
from linli.cases.requests import actor_of, refuse, uploads
from linli.core.actors import Actor
from linli.core.errors import DomainError, NotFound
from linli.core.models import Entry
from linli.territory.models import Place

FIELDS = ("text", "category", "address", "reporter_name", "phone", "callback", "hidden")
ANSWERS: Final[dict[str, Callable[..., Any]]] = {
    "confirm": finishing.case_confirm,
    "deny": finishing.case_deny,
    "withdraw": finishing.case_withdraw,
    "reopen": finishing.case_reopen,
    "urge": supervising.case_urge,
}
FOLLOWED = "followed"


@csrf_protect
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Report a problem; a poster's QR code brings the place along (`?place=CODE`)."""
    start = {"key": secrets.token_urlsafe(12)}
    form = forms.PublicReportForm(request.POST or None, initial=start)
    status = 200
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        given = Report(
            place_id=data["place"],
            kind=data["kind"] or "problem",
            photos=uploads(request, "photos"),
            **{name: data[name] for name in FIELDS if name != "category"},
            category=data["category"] or suggest_category(data["text"]),
        )
        try:
            receipt = case_report(actor=actor_of(request), report=given, key=data["key"] or None)
        except DomainError as error:
            status = refuse(form, error)
        else:
            _follow(request, receipt.case_id)
            if receipt.code:
                request.session[f"receipt:{receipt.case_id}"] = receipt.code
            return redirect("public:receipt", number=receipt.number)
    elif request.method == "POST":
        status = 400
    place = _place(request.POST.get("place", ""), request.GET.get("place", ""))
    context = {"form": form, "place": place, "channel": sections.section().petition_channel}
    return render(request, "cases/public_report.html", context, status=status)


@require_GET
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """The receipt: the number, and the code once."""
    case, _actor = _followed(request, number)
    code = request.session.pop(f"receipt:{case.pk}", "")
    return render(request, "cases/public_receipt.html", {"case": case, "code": code})


@require_GET
def places(request: HttpRequest) -> HttpResponse:
    """Places by name, for whoever has no poster at hand."""
    return render(request, "cases/_places.html", {"places": places_named(request.GET.get("q", ""), limit=8)})


@require_GET
def near(request: HttpRequest) -> HttpResponse:
    """Similar open matters nearby: only their category, place and state."""
    place = _place(request.GET.get("place", ""), "")
    text = request.GET.get("text", "")[:2000]
    category = request.GET.get("category") or suggest_category(text)
    found = similar(place.path, category, text, limit=3) if place else []
    known, states = sections.categories(), dict(sections.flow().choices)
    rows = [
        {
            "category": known[row.category].label if row.category in known else "",
            "place": row.place.name,
            "state": states.get(row.state, row.state),
        }
        for row in found
    ]
    return render(request, "cases/_public_near.html", {"rows": rows})


@csrf_protect
@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Open one's matter by receipt number and code; a wrong number and a wrong code look the same."""
    number = (request.POST.get("number") or request.GET.get("number", "")).strip()
    wrong = False
    if request.method == "POST":
        case = Case.objects.defer("search").filter(number=number).first()
        if case is not None and follow_code_matches(case, request.POST.get("code", "")):
            _follow(request, case.pk)
            return redirect("public:case", number=case.number)
        wrong = True
    context = {"number": number, "wrong": wrong}
    return render(request, "cases/public_follow.html", context, status=404 if wrong else 200)


@require_GET
def case(request: HttpRequest, number: str) -> HttpResponse:
    """One's own matter: its state, who holds it, what was said, and the answers one may give."""
    row, actor = _followed(request, number)
    shown = row.merged_into if row.merged_into_id and row.merged_into else row
    flow = sections.flow()
    entries = Entry.objects.filter(subject_type="case", subject_id=shown.pk).order_by("id")
    lines = happenings(entries, public=True)
    context = {
        "case": row,
        "shown": shown,
        "state": flow.state(shown.state).label,
        "steps": flow.line_of_steps(shown.state),
        "held": held_by(shown),
        "timeline": lines,
        "notes": shown.notes.filter(public=True).order_by("id"),
        "photos": Attachment.objects.filter(case=shown, cleared=True),
        "answers": [verb for verb in moves_of(actor, row, flow) if verb in ANSWERS],
        "rates": "rate" in moves_of(actor, row, flow),
        "form": forms.WordForm(),
        "category": sections.categories().get(shown.category),
    }
    return render(request, "cases/public_case.html", context)


@csrf_protect
@require_POST
def answer(request: HttpRequest, number: str, verb: str) -> HttpResponse:
    """Confirm, deny, urge, withdraw or reopen one's own matter."""
    row, actor = _followed(request, number)
    call = ANSWERS.get(verb)
    if call is None:
        raise NotFound
    reason = request.POST.get("reason", "").strip()
    call(actor=actor, case_id=row.pk, **({} if verb == "confirm" else {"reason": reason}))
    return redirect("public:case", number=number)


@csrf_protect
@require_POST
def rate(request: HttpRequest, number: str) -> HttpResponse:
    """Rate one's own closed matter."""
    row, actor = _followed(request, number)
    form = forms.WordForm(request.POST)
    if form.is_valid():
        case_rate(actor=actor, case_id=row.pk, word=Word(**form.cleaned_data))
    return redirect("public:case", number=number)


@csrf_protect
@require_http_methods(["GET", "POST"])
def rate_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Rate by the one-time link; what the matter is about is not shown, for links travel."""
    form = forms.WordForm(request.POST or None)
    status, thanks = 200, False
    if request.method == "POST" and form.is_valid():
        try:
            rating_answer(actor=actor_of(request), token=token, word=Word(**form.cleaned_data))
            thanks = True
        except DomainError as error:
            status = refuse(form, error)
    return render(request, "cases/public_rate.html", {"form": form, "thanks": thanks}, status=status)


def _follow(request: HttpRequest, pk: int) -> None:
    """Remember in the session which matters were opened by their codes."""
    known = [item for item in request.session.get(FOLLOWED, []) if item != pk]
    request.session[FOLLOWED] = [*known, pk][-20:]


def _followed(request: HttpRequest, number: str) -> tuple[Case, Actor]:
    """The matter and the reporter's own actor, if its code was given in this session. Raises: not_found"""
    found = Case.objects.filter(number=number).values_list("pk", flat=True).first()
    if found is None or found not in request.session.get(FOLLOWED, []):
        raise NotFound("case.follow", _("Open your matter with its number and code."))
    actor = Actor(key=reporter_key(found), label="")
    return case_for(actor, found), actor


def _place(pk: str, code: str) -> Place | None:
    if pk.isdigit() and len(pk) < 19:
        return Place.objects.filter(pk=int(pk)).first()
    return Place.objects.filter(code=code, until=None).order_by("-path").first() if code else None
