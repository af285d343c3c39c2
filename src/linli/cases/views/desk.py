"""The one-window desk: take a matter in by keyboard alone, with place finder, similar matters and suggestions."""

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.cases import routing, sections
from linli.cases.forms import reports
from linli.cases.models import Case
from linli.cases.operations.intake import Receipt, Report, case_register
from linli.cases.policies import cases_visible_to
from linli.cases.queries.nearby import places_in, places_named, similar, suggest_category
from linli.cases.queries.pages import held_by, slip_of
from linli.cases.reading import read_message
from linli.cases.requests import refuse, staff, uploads
from linli.cases.views.calling import slip_sign
from linli.core.actors import Actor
from linli.core.calendar_table import unknown_ahead
from linli.core.errors import DomainError, NotFound
from linli.core.forms import number_of
from linli.territory.models import Place

DESK = ("cases.register", "cases.dispatch")
FIELDS = (
    "text",
    "kind",
    "category",
    "urgency",
    "source",
    "address",
    "reporter_name",
    "phone",
    "behalf_of",
    "callback",
    "hidden",
    "register_number",
    "given_due",
    "planned_end",
    "complained_of",
)
FROM_MESSAGE = ("text", "phone", "reporter_name", "address", "register_number")


@require_http_methods(["GET", "POST"])
def desk(request: HttpRequest) -> HttpResponse:
    """Take in one matter."""
    actor = staff(request, *DESK)
    start = {"key": secrets.token_urlsafe(12), "text": request.GET.get("text", "")}
    form = reports.DeskForm(request.POST or None, initial=start)
    status = 200
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in FIELDS}
        values["category"] = values["category"] or suggest_category(values["text"])
        report = Report(
            place_id=form.cleaned_data["place"],
            photos=uploads(request, "photos"),
            **values,
        )
        pasted = request.POST.get("door") == "paste"
        door = "paste" if pasted else "phone" if values["source"] == "phone" else "desk"
        try:
            receipt = case_register(actor=actor, report=report, door=door, key=form.cleaned_data["key"] or None)
        except DomainError as error:
            status = refuse(form, error)
        else:
            return _registered(request, actor, receipt)
    elif request.method == "POST":
        status = 400
    place = _place(request.POST.get("place") or request.GET.get("place", ""))
    context = {
        "form": form,
        "places": [place] if place else [],
        "pasted": request.POST.get("door") == "paste",
        "may_import": actor.can("imports.run"),
        **_warned(actor),
    }
    return render(request, "cases/desk.html", context, status=status)


def _registered(request: HttpRequest, actor: Actor, receipt: Receipt) -> HttpResponse:
    """To the matter, or to its receipt where it concerns others than those who saw it."""
    keep_code(request, receipt)
    if Case.objects.filter(cases_visible_to(actor), pk=receipt.case_id).exists():
        return redirect("cases:case", pk=receipt.case_id)
    return redirect(f"{reverse('cases:receipt')}?case={receipt.case_id}")


def keep_code(request: HttpRequest, receipt: Receipt) -> None:
    """Remember the code for the one page that will show it; a repeated call has none and leaves it as it is."""
    name = f"receipt:{receipt.case_id}"
    request.session[name] = receipt.code or request.session.get(name, "")


@require_GET
def receipt(request: HttpRequest) -> HttpResponse:
    """What whoever registered a matter for others to deal with gets: its number, where it went and why.

    The code is shown once; everything later is on the page that the code opens. Whoever sees the matter anyway gets
    its page, which shows the code too.
    """
    actor = staff(request, *DESK)
    pk = request.GET.get("case", "")
    if number_of(pk) is not None and Case.objects.filter(cases_visible_to(actor), pk=int(pk)).exists():
        return redirect("cases:case", pk=int(pk))
    code = request.session.get(f"receipt:{pk}")
    if code is None or number_of(pk) is None:
        raise NotFound
    request.session[f"receipt:{pk}"] = ""
    case = slip_of(int(pk))
    context = {"case": case, "code": code, "slip": slip_sign(case.pk, code), "held": held_by(case)}
    return render(request, "cases/receipt.html", context)


@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Fill the desk's form from a pasted message or work order, for a look before it is taken in; writes nothing."""
    actor = staff(request, *DESK)
    pasted = request.POST.get("pasted", "")[:5000]
    message = read_message(pasted)
    start = {
        "key": secrets.token_urlsafe(12),
        "category": suggest_category(message.text),
        "source": "hotline" if message.register_number else "resident",
        **{name: getattr(message, name) for name in FROM_MESSAGE},
        "given_due": f"{message.given_due:%Y-%m-%dT%H:%M}" if message.given_due else "",
    }
    found = places_in(f"{message.address} {pasted}", actor)
    context = {"form": reports.DeskForm(initial=start), "places": found, "pasted": True, **_warned(actor)}
    return render(request, "cases/desk.html", context)


@require_GET
def places(request: HttpRequest) -> HttpResponse:
    """Places whose name or code fits what was typed, as choices for the form."""
    actor = staff(request, *DESK)
    found = places_named(request.GET.get("q", ""), actor)
    return render(request, "cases/_places.html", {"places": found})


@require_GET
def suggest(request: HttpRequest) -> HttpResponse:
    """What the words suggest: a category, a body with the reason, and similar open matters."""
    actor = staff(request, *DESK)
    text = request.GET.get("text", "")[:2000]
    place = _place(request.GET.get("place", ""))
    category = request.GET.get("category") or suggest_category(text)
    known = sections.categories().get(category)
    context = {
        "category": known,
        "route": routing.route(place, category) if place and category else None,
        "near": similar(place.path, category, text, viewer=actor) if place else [],
    }
    return render(request, "cases/_suggest.html", context)


def _warned(actor: Actor) -> dict[str, Any]:
    """The years that deadlines reach into and nobody has entered, and whether the actor may."""
    return {"unknown_ahead": unknown_ahead(), "may_enter_days": actor.can("calendar.edit")}


def _place(text: str) -> Place | None:
    return Place.objects.filter(pk=number_of(text) or 0).first()
