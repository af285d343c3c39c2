"""Signing up, withdrawing, and the day itself: the code, the list, who came by hand."""

from typing import Any

import segno
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.activities import codes
from linli.activities.forms.activities import NamedForm
from linli.activities.operations import activities as operations
from linli.activities.operations import attending, signing
from linli.activities.queries import activities as queries
from linli.activities.views.activities import done, number, working
from linli.activities.views.public import shown as shown_public
from linli.core.actors import Actor
from linli.core.errors import Mendable, NotFound
from linli.core.forms import plain, require_filled
from linli.organizations.views.requests import actor_of


@require_POST
@login_required
def sign_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign up for a shift, on the phone."""
    actor = actor_of(request)
    shift = queries.shift_joinable(pk)
    data = plain(request.POST)
    try:
        given = signing.sign_up(actor=actor, shift_id=pk, fits=data.get("fits") == "yes", name=data.get("name", ""))
    except Mendable as error:
        return shown_public(request, actor, shift.activity_id, error)
    address = reverse("public_activities:activity", args=[shift.activity_id])
    return redirect(f"{address}?touching=1" if given.touching else address)


@require_POST
@login_required
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a sign-up: one's own, or somebody's who asked the organiser."""
    actor = actor_of(request)
    row = queries.sign_up_seen(actor, pk)
    own = row.person_id == actor.person_id
    if not own:
        return done(request, actor, row.activity_id, lambda: signing.withdraw(actor=actor, sign_up_id=pk))
    try:
        signing.withdraw(actor=actor, sign_up_id=pk)
    except Mendable as error:
        return shown_public(request, actor, row.activity_id, error)
    return redirect("public_activities:activity", pk=row.activity_id)


def _named(request: HttpRequest, pk: int, call: Any) -> HttpResponse:
    actor = working(request)
    shift = queries.shift_kept(actor, pk)

    def act() -> object:
        form = NamedForm(request.POST)
        require_filled(form, "activity.form")
        return call(actor=actor, shift_id=pk, named=form.named())

    return done(request, actor, shift.activity_id, act)


@require_POST
def sign_up_for(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign somebody up who asked at the desk."""
    return _named(request, pk, signing.sign_up_for)


@require_POST
def by_hand(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down somebody who came without having signed up."""
    return _named(request, pk, attending.attendance_by_hand)


@require_POST
def resize(request: HttpRequest, pk: int) -> HttpResponse:
    """Change how many a shift takes."""
    actor = working(request)
    shift = queries.shift_kept(actor, pk)
    capacity = number(plain(request.POST).get("capacity", ""))
    return done(
        request, actor, shift.activity_id, lambda: operations.shift_resize(actor=actor, shift_id=pk, capacity=capacity)
    )


def _kept(request: HttpRequest, pk: int) -> tuple[Actor, queries.ActivityPage]:
    actor = working(request)
    page = queries.activity_page(actor, pk)
    if not page.keeps:
        raise NotFound
    return actor, page


@require_GET
def day(request: HttpRequest, pk: int) -> HttpResponse:
    """The organiser's page of the day: the code that changes, and the list."""
    _actor, page = _kept(request, pk)
    return render(request, "activities/day.html", {"page": page, "row": page.row, **_code(request, pk)})


@require_GET
def code(request: HttpRequest, pk: int) -> HttpResponse:
    """The code of this half minute, for the page of the day."""
    _actor, page = _kept(request, pk)
    return render(request, "activities/_code.html", {"page": page, "row": page.row, **_code(request, pk)})


def _code(request: HttpRequest, pk: int) -> dict[str, str]:
    address = f"{reverse('activities:sign_in', args=[pk])}?code={codes.code_of(pk)}"
    picture = segno.make(request.build_absolute_uri(address), error="m").svg_data_uri(border=2)
    return {"picture": picture, "every": f"{codes.EVERY}s"}


@require_http_methods(["GET", "POST"])
@login_required
def sign_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign in with the code that was scanned."""
    actor = actor_of(request)
    given = plain(request.POST or request.GET).get("code", "")
    page = queries.activity_page(actor, pk)
    context: dict[str, Any] = {"page": page, "row": page.row, "code": given}
    status = 200
    if request.method == "POST":
        try:
            context["came"] = attending.sign_in(actor=actor, activity_id=pk, code=given)
        except Mendable as error:
            context["fault"], status = error, error.status
    return render(request, "activities/sign_in.html", context, status=status)


@require_POST
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down from the list who came."""
    actor, _page = _kept(request, pk)
    came = {number(text) for text in request.POST.getlist("came")}
    paid = {number(text) for text in request.POST.getlist("paid")}
    reason = plain(request.POST).get("reason", "")
    call = attending.attendance_list
    return done(request, actor, pk, lambda: call(actor=actor, activity_id=pk, came=came, paid=paid, reason=reason))
