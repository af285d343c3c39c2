"""Pages of the ledger: one's own points and hours, the rules for everybody, the desk of a community, what is owed."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import DomainError, Mendable, NotFound
from linli.core.forms import number_of, plain, require_filled
from linli.organizations.models import Person
from linli.organizations.views.requests import actor_of, form_page, staff
from linli.points import forms, queries
from linli.points.models import Transfer
from linli.points.operations.desk import transfer_reverse
from linli.points.operations.members import member_enrol, member_join, member_leave, member_name
from linli.points.sections import section
from linli.points.workflow import BOOKS, HOURS, KEEP, OF_PEOPLE, POINTS


@require_http_methods(["GET", "POST"])
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """What one has, and how it came about; who has not joined does so here."""
    actor = actor_of(request)
    if request.method != "POST":
        return _mine(request, actor)
    named = Person.objects.filter(pk=actor.person_id or 0).exists()
    form = forms.JoinForm(request.POST, places=queries.communities(), named=named)
    try:
        require_filled(form, "points.form")
        member_join(actor=actor, **{"name": "", **form.cleaned_data})
    except Mendable as error:
        return _mine(request, actor, form, error)
    return redirect("points:mine")


def _mine(request: HttpRequest, actor: Actor, form: Any = None, fault: DomainError | None = None) -> HttpResponse:
    data = plain(request.GET)
    accounts = queries.own_accounts(actor)
    wanted = data.get("book", "") if data.get("book", "") in accounts else next(iter(accounts), POINTS)
    account = accounts.get(wanted)
    member = queries.member_of(POINTS, actor.person_id)
    joined = member is not None and member.left_on is None
    person = Person.objects.filter(pk=actor.person_id or 0).first()
    context = {
        "member": member,
        "joined": joined,
        "accounts": [(row, queries.shown(book, row.balance), dict(BOOKS)[book]) for book, row in accounts.items()],
        "book": queries.book_of(account, number_of(data.get("after", ""))) if account else None,
        "credit": queries.shown(HOURS, queries.credit_of(actor.person_id)),
        "form": form or (None if joined else forms.JoinForm(places=queries.communities(), named=person is not None)),
        "fault": fault,
        "expires": section().expire_months,
    }
    return render(request, "points/mine.html", context, status=fault.status if fault else 200)


@require_POST
@login_required
def alias(request: HttpRequest) -> HttpResponse:
    """Choose the name that others see."""
    return _own(
        request, lambda actor, given: member_name(actor=actor, alias=plain(request.POST).get("alias", ""), **given)
    )


@require_POST
@login_required
def leave(request: HttpRequest) -> HttpResponse:
    """Leave the points."""
    return _own(request, lambda actor, given: member_leave(actor=actor, **given))


def _own(request: HttpRequest, call: Any) -> HttpResponse:
    actor = actor_of(request)
    member = queries.member_of(POINTS, actor.person_id)
    if member is None:
        raise NotFound
    version = number_of(plain(request.POST).get("version", "")) or 0
    try:
        call(actor, {"member_id": member.pk, "version": version})
    except Mendable as error:
        return _mine(request, actor, fault=error)
    return redirect("points:mine")


@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """What earns how many points, for everybody."""
    context = {"rules": queries.rules_shown(), "expires": section().expire_months, "keeps": section().reserve_days}
    return render(request, "points/rules.html", context)


@require_GET
def members(request: HttpRequest) -> HttpResponse:
    """The members of a desk, masked, newest first."""
    actor = staff(request, KEEP)
    data = plain(request.GET)
    book = HOURS if data.get("book") == HOURS else POINTS
    lines = queries.members(actor, book, data.get("q", "").strip()[:60], number_of(data.get("after", "")))
    more = lines[queries.PAGE - 1].row.pk if len(lines) > queries.PAGE else None
    context = {"lines": lines[: queries.PAGE], "more": more, "book": book, "books": OF_PEOPLE, "q": data.get("q", "")}
    return render(request, "points/members.html", context)


@require_http_methods(["GET", "POST"])
def enrol(request: HttpRequest) -> HttpResponse:
    """Enrol somebody on paper."""
    actor = staff(request, KEEP)
    form = forms.EnrolForm(request.POST or None, places=queries.communities(actor))

    def save() -> HttpResponse:
        return redirect("points:member", pk=member_enrol(actor=actor, **form.cleaned_data).pk)

    return form_page(request, form, save, {"title": _("Enrol on paper")}, "points/enrol.html")


@require_GET
def member(request: HttpRequest, pk: int) -> HttpResponse:
    """One member for the desk, with the statement."""
    return _member(request, staff(request, KEEP), pk)


def _member(request: HttpRequest, actor: Actor, pk: int, fault: DomainError | None = None) -> HttpResponse:
    page = queries.member_page(actor, pk, number_of(plain(request.GET).get("after", "")))
    context = {"page": page, "row": page.row, "book": page.book, "fault": fault, "desk": True}
    return render(request, "points/member.html", context, status=fault.status if fault else 200)


@require_POST
def reverse_transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what a member was given in error."""
    actor = staff(request, KEEP)
    member_id = Transfer.objects.filter(pk=pk).values_list("member_id", flat=True).first()
    try:
        transfer_reverse(actor=actor, transfer_id=pk, reason=plain(request.POST).get("reason", ""))
    except Mendable as error:
        return _member(request, actor, member_id or 0, error)
    return redirect("points:member", pk=member_id)


@require_GET
def owed(request: HttpRequest) -> HttpResponse:
    """What is owed to members, and what was posted this year."""
    actor = staff(request, KEEP)
    today = clock.today()
    since = date(today.year, 1, 1)
    context = {"lines": queries.liability(actor, since, today), "since": since, "today": today}
    return render(request, "points/owed.html", context)
