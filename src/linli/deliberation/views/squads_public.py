"""Squads and topic groups for everybody: those of a place, proposing a squad, acting for one, joining a group."""

from collections.abc import Callable
from typing import Any, Final

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.cases.requests import actor_of, refuse
from linli.core.errors import DomainError, NotFound
from linli.core.forms import number_of
from linli.core.visitors import visitor_counted
from linli.deliberation.forms import squads as forms
from linli.deliberation.operations import squads as operations
from linli.deliberation.operations import topic_groups as groups
from linli.deliberation.policies.squads import squad_of
from linli.deliberation.queries import squads as queries
from linli.publishing.queries.divisions import public_division

GROUP_PAGE: Final = "public_groups:topic_group"
OWN_PAGE: Final = "public_squads:own"


@require_GET
def place(request: HttpRequest, code: str) -> HttpResponse:
    """The squads and groups of a place and of all inside it."""
    division = public_division(code)
    context = {
        "division": division,
        "lines": queries.public_squads_of(division.place),
        "groups": queries.public_groups_of(division.place),
    }
    return render(request, "deliberation/public_squads.html", context)


@require_GET
def squad(request: HttpRequest, pk: int) -> HttpResponse:
    """One squad: what it is for, what it did, what came of it."""
    page = queries.public_squad(pk)
    return render(request, "deliberation/public_squad.html", {"page": page, "row": page.row})


@csrf_protect
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, code: str) -> HttpResponse:
    """Propose a squad at a community, without a name."""
    division = public_division(code)
    if division.level != "community":
        raise NotFound
    form = forms.ResidentSquadForm(request.POST or None, places=queries.places_inside(division.place))

    def send() -> HttpResponse:
        place_id = int(form.cleaned_data["place"])
        row = operations.squad_propose(actor=actor_of(request), place_id=place_id, sketch=form.sketch())
        return redirect(OWN_PAGE, token=queries.own_squad(row.pk).address)

    return _sent(request, form, send, "deliberation/public_squad_propose.html", {"division": division})


@csrf_protect
@require_http_methods(["GET", "POST"])
def own(request: HttpRequest, token: str) -> HttpResponse:
    """A squad for those who act for it, by its address: its sessions, and what it asks for."""
    pk = squad_of(token)
    page = queries.own_squad(pk)
    asks = request.POST.get("do") == "need"
    need = forms.NeedForm(request.POST if asks else None)
    session = forms.SessionForm(request.POST if request.POST and not asks else None)
    form: Any = need if asks else session

    def send() -> HttpResponse:
        actor = actor_of(request)
        if asks:
            operations.squad_need(actor=actor, squad_id=pk, address=token, **form.cleaned_data)
        else:
            operations.squad_session(actor=actor, squad_id=pk, address=token, session=form.session())
        return redirect(OWN_PAGE, token=token)

    address = request.build_absolute_uri(reverse(OWN_PAGE, args=[token]))
    context = {"page": page, "row": page.row, "need": need, "session": session, "address": address}
    return _sent(request, form, send, "deliberation/public_squad_own.html", context)


@csrf_protect
@require_http_methods(["GET", "POST"])
def topic_group(request: HttpRequest, pk: int) -> HttpResponse:
    """One group; members propose ideas."""
    asked = request.GET.get("before", "")
    page = queries.public_group(actor_of(request), pk, number_of(asked) or 0)
    form = forms.IdeaForm(request.POST or None)

    def send() -> HttpResponse:
        groups.idea_post(actor=actor_of(request), group_id=pk, text=form.cleaned_data["text"])
        return redirect(GROUP_PAGE, pk=pk)

    context = {"page": page, "row": page.row, "join": forms.JoinForm()}
    return _sent(request, form, send, "deliberation/public_topic_group.html", context)


@csrf_protect
@require_POST
def group_join(request: HttpRequest, pk: int) -> HttpResponse:
    """Join a group with one's account."""
    page = queries.public_group(actor_of(request), pk)
    form = forms.JoinForm(request.POST)

    def send() -> HttpResponse:
        groups.group_join(actor=actor_of(request), group_id=pk, **form.cleaned_data)
        return redirect(GROUP_PAGE, pk=pk)

    context = {"page": page, "row": page.row, "join": form}
    return _sent(request, form, send, "deliberation/public_topic_group.html", context)


@csrf_protect
@require_POST
def group_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a group."""
    groups.group_leave(actor=actor_of(request), group_id=pk)
    return redirect(GROUP_PAGE, pk=pk)


@csrf_protect
@require_POST
def idea_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own idea back."""
    idea = groups.idea_withdraw(actor=actor_of(request), idea_id=pk)
    return redirect(GROUP_PAGE, pk=idea.group_id)


def _sent(
    request: HttpRequest, form: Form, send: Callable[[], HttpResponse], template: str, context: dict[str, Any]
) -> HttpResponse:
    """Show a form of the public pages, or take in what was sent, counted as what visitors send."""
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                visitor_counted(request)
                return send()
            except DomainError as error:
                status = refuse(form, error)
    return render(request, template, {"form": form, **context}, status=status)
