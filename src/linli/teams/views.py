"""Pages of teams: the list, a new one, which fall short of their composition, one team with everything it does."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import DomainError, Mendable, NotFound
from linli.core.forms import number_of, plain, require_filled
from linli.deliberation.views.topics import before, kept
from linli.organizations.policies import VIEW
from linli.organizations.views.requests import actor_of, form_page, staff
from linli.teams import forms, queries
from linli.teams.operations import doing
from linli.teams.operations import teams as operations
from linli.teams.policies import has_teams
from linli.teams.queries import VIEWS, Wanted
from linli.teams.sections import section
from linli.teams.workflow import KEEP, TEAM

PAGE: Final = "teams:task_team"


@require_GET
@login_required
def teams(request: HttpRequest) -> HttpResponse:
    """The teams that somebody sees, a page at a time; members without a post of their own see theirs."""
    actor = actor_of(request)
    if not has_teams(actor):
        raise NotFound
    data = plain(request.GET)
    words = data.get("q", "").strip()
    asked = Wanted(data.get("view", ""), data.get("kind", ""), data.get("state", ""), words, before(request))
    lines, more = queries.listed(actor, asked)
    context = {"lines": lines, "more": more, "asked": asked, "query": kept(request), "keeps": actor.can(KEEP)}
    context |= {"kinds": [(item.code, item.named) for item in section().kinds], "views": VIEWS}
    context |= {"states": TEAM.choices, "looks": actor.can(KEEP) or actor.can(VIEW)}
    return render(request, "teams/teams.html", context)


@require_GET
def short(request: HttpRequest) -> HttpResponse:
    """Which teams lack somebody by the composition of their kind, and by how much."""
    actor = staff(request, KEEP, VIEW)
    rules = section()
    ruled = [
        (kind.named, [(need, "、".join(rules.named(code) for code in need.of)) for need in kind.composition])
        for kind in rules.kinds
        if kind.composition
    ]
    return render(request, "teams/short.html", {"lines": queries.short_teams(actor), "ruled": ruled})


@require_http_methods(["GET", "POST"])
def team_new(request: HttpRequest) -> HttpResponse:
    """Form a team: where it is asked by the address, for the roster of the place is offered."""
    actor = staff(request, KEEP)
    places = {place.pk: place for place in queries.places(actor)}
    asked = request.GET.get("place", "")
    place = places.get(key if (key := number_of(asked)) is not None else next(iter(places), 0))
    if place is None:
        raise NotFound
    words = _words(request)
    known, branches = queries.roster(actor, place, words), queries.branches_at(place)
    initial = {"begins_on": clock.today()}
    form = forms.TeamForm(request.POST or None, place=place, known=known, branches=branches, initial=initial)

    def save() -> HttpResponse:
        return redirect(PAGE, pk=operations.team_form(actor=actor, plan=form.plan()).pk)

    named = [(str(item.pk), item.name) for item in places.values()]
    context = {"title": _("Form a team"), "place": place, "places": named, "chosen": str(place.pk), "q": words}
    return form_page(request, form, save, context, "teams/team_form.html")


def _words(request: HttpRequest) -> str:
    """By what the roster is searched."""
    return plain(request.GET).get("q", "").strip()[:60]


@require_GET
@login_required
def team(request: HttpRequest, pk: int) -> HttpResponse:
    """One team."""
    return _page(request, actor_of(request), pk)


def _page(
    request: HttpRequest, actor: Actor, pk: int, fault: DomainError | None = None, sent: Any = None
) -> HttpResponse:
    page = queries.team_page(actor, pk, words := _words(request))
    moves = [move for move in TEAM.moves if move.verb in page.verbs and move.verb in forms.FORMS]
    context = {
        "page": page,
        "row": page.row,
        "fault": fault,
        "q": words,
        "forms": [(move.verb, move.label, _form(move.verb, page, sent)) for move in moves],
    }
    return render(request, "teams/team.html", context, status=fault.status if fault else 200)


def _form(verb: str, page: queries.TeamPage, sent: Any) -> forms.VerbForm:
    """A form of the page; the one that was sent keeps what was typed."""
    if isinstance(sent, forms.FORMS[verb]) and sent.auto_id == f"{verb}_%s":
        return sent
    return forms.FORMS[verb](page=page, auto_id=f"{verb}_%s")


_VERBS: Final[dict[str, Callable[..., Any]]] = {
    "log": doing.team_log,
    "call": doing.team_call,
    "answer": doing.call_answer,
    "join": doing.team_join,
    "leave": doing.team_leave,
    "lead": doing.team_lead,
    "link": doing.team_link,
    "unlink": doing.team_unlink,
    "prolong": operations.team_prolong,
    "dissolve": operations.team_dissolve,
}


@require_POST
@login_required
def team_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Do something with a team; a refusal is shown on its page, with what was typed."""
    actor = actor_of(request)
    call = _VERBS.get(verb)
    if call is None:
        raise NotFound
    page = queries.team_page(actor, pk, _words(request))
    form = {**forms.FORMS, **forms.BUTTONS}[verb](request.POST, page=page, auto_id=f"{verb}_%s")
    try:
        require_filled(form, "team.form")
        call(actor=actor, team_id=pk, **form.values())
    except Mendable as error:
        return _page(request, actor, pk, error, form)
    return redirect(PAGE, pk=pk)
