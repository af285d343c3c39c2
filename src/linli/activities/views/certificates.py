"""Pages of certificates: one's own, the desk's, one with its paper, and the public check."""

from collections.abc import Callable
from typing import Any, Final

import segno
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_lockout_response
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.activities.forms import certificates as forms
from linli.activities.operations import certificates as operations
from linli.activities.policies.certificates import KEEP, is_own
from linli.activities.queries import certificates as queries
from linli.activities.queries.stars import hours, stars_of
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import Mendable, NotFound, TooMany
from linli.core.forms import number_of, plain
from linli.core.masks import mask_name
from linli.core.visitors import visitor_counted
from linli.organizations.views.requests import actor_of, form_page, printed, staff

PAGE: Final = "certificates:certificate"


@require_GET
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """A person's own certificates, their hours, and the way to a new certificate."""
    person = actor_of(request).person_id
    lines = queries.own_of(person) if person else []
    context = {"lines": lines, "stars": stars_of(person) if person else None, "person": person}
    return render(request, "activities/certificates_mine.html", context)


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """The certificates of a desk's places, and for whom it may issue one."""
    actor = staff(request, KEEP)
    data = plain(request.GET)
    text = data.get("before", "")
    before = number_of(text) or 0
    number, name = data.get("number", "").strip()[:24], data.get("name", "").strip()[:60]
    lines, more = queries.listed(actor, number, before)
    people = queries.people_named(actor, name)
    context = {"lines": lines, "more": more, "number": number, "name": name, "people": people}
    return render(request, "activities/certificates.html", context)


@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue a certificate for a person: themselves, or at the desk on their behalf."""
    actor = actor_of(request)
    somebody = queries.person_for(actor, pk)
    rows = list(queries.to_certify(actor, pk)[: queries.CHOICES])
    data = request.POST if request.method == "POST" else None
    form = forms.IssueForm(data, units=queries.units_for(rows))
    own = is_own(actor, pk)

    def save() -> HttpResponse:
        asked = form.asked(request.POST.getlist("records"))
        return redirect(PAGE, pk=operations.certificate_issue(actor=actor, person_id=pk, asked=asked).pk)

    context = {
        "records": [(row, queries.unit_of(row), hours(row.minutes)) for row in rows],
        "ticked": request.POST.getlist("records"),
        "own": own,
        "name": somebody.name if own else mask_name(somebody.name),
        "shell": _shell(own),
    }
    return form_page(request, form, save, context, "activities/certificate_form.html")


@require_GET
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """One certificate."""
    return _page(request, actor_of(request), pk)


def _page(request: HttpRequest, actor: Actor, pk: int, fault: Mendable | None = None) -> HttpResponse:
    page = queries.certificate_page(actor, pk)
    context = {"page": page, "row": page.row, "fault": fault, "shell": _shell(page.own)}
    return render(request, "activities/certificate.html", context, status=fault.status if fault else 200)


def _shell(own: bool) -> str:
    return "public.html" if own else "base.html"


@require_POST
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The certificate on paper, with a place for the seal and the way to check it."""
    page = queries.certificate_page(actor_of(request), pk)
    if page.line.standing != "valid":
        raise NotFound
    known = urlencode({"number": page.row.number, "code": page.code})
    plain_address = request.build_absolute_uri(reverse("public_certificates:check"))
    context = {
        "page": page,
        "row": page.row,
        "address": plain_address,
        "picture": segno.make(f"{plain_address}?{known}", error="m").svg_data_uri(border=0),
    }
    return printed("activities/certificate_print.html", context, f"certificate-{page.row.number}.pdf")


def _revoke(actor: Actor, pk: int, data: Any) -> int:
    operations.certificate_revoke(actor=actor, certificate_id=pk, reason=data.get("reason", ""))
    return pk


def _renew(actor: Actor, pk: int, _data: Any) -> int:
    return operations.certificate_renew(actor=actor, certificate_id=pk).pk


_VERBS: Final[dict[str, Callable[[Actor, int, Any], int]]] = {"renew": _renew, "revoke": _revoke}


@require_POST
def certificate_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Issue one again after a correction, or revoke it; a refusal is shown on its page."""
    actor = actor_of(request)
    call = _VERBS.get(verb)
    if call is None or not queries.seen_by(actor).filter(pk=pk).exists():
        raise NotFound
    try:
        return redirect(PAGE, pk=call(actor, pk, plain(request.POST)))
    except Mendable as error:
        return _page(request, actor, pk, error)


@csrf_protect
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Whether a certificate is true, for anyone who holds it; number and code come from the paper or its picture.

    Wrong tries at a number are limited as those at a password are.
    """
    data = plain(request.POST if request.method == "POST" else request.GET)
    asked = bool(data.get("number") and data.get("code"))
    form = forms.CheckForm(data if request.method == "POST" or asked else None, initial=data)
    context: dict[str, Any] = {"form": form, "on": clock.today()}
    status = 200
    if form.is_bound:
        status = 400
        if form.is_valid():
            answer = _checked(request, form.cleaned_data, context)
            if isinstance(answer, HttpResponse):
                return answer
            status = answer
    return render(request, "activities/certificate_check.html", context, status=status)


def _checked(request: HttpRequest, data: dict[str, str], context: dict[str, Any]) -> HttpResponse | int:
    tried = {"username": f"certificate {data['number'][:24]}"}
    try:
        if request.method == "POST":
            visitor_counted(request)
    except TooMany as error:
        context["fault"] = error
        return error.status
    if not AxesProxyHandler.is_allowed(request, tried):
        locked: HttpResponse = get_lockout_response(request, credentials=tried)
        return locked
    context["found"] = queries.checked(data["number"], data["code"], data["name"])
    if context["found"] is None:
        AxesProxyHandler.user_login_failed(check, credentials=tried, request=request)
        context["wrong"] = True
        return 404
    return 200
