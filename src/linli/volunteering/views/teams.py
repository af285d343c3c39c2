"""Pages of teams: the list, one with its members, the corps as a tree; asking to join and answering."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from linli.core.actors import Actor
from linli.core.errors import Mendable, NotFound
from linli.core.forms import plain
from linli.organizations.views.requests import actor_of
from linli.volunteering.models import TeamMembership
from linli.volunteering.operations import teams as operations
from linli.volunteering.policies.volunteers import memberships_visible_to
from linli.volunteering.queries import teams as queries
from linli.volunteering.queries.teams import Wanted
from linli.volunteering.views.pages import kept, key, shown

PAGE: Final = "volunteering:team"


@require_GET
@login_required
def listed(request: HttpRequest) -> HttpResponse:
    """The teams that have not ended, a page at a time."""
    data = plain(request.GET)
    asked = Wanted(data.get("q", ""), data.get("kind", ""), key(request))
    lines, more = queries.listed(asked)
    context = {"lines": lines, "more": more, "asked": asked, "query": kept(request), "kinds": queries.kinds()}
    return shown(request, "volunteering/teams.html", context)


@require_GET
@login_required
def corps(request: HttpRequest) -> HttpResponse:
    """The corps with its detachments and branches, and what each level adds up to."""
    return shown(request, "volunteering/corps.html", {"corps": queries.corps()})


@require_GET
@login_required
def team(request: HttpRequest, pk: int) -> HttpResponse:
    """One team."""
    return _page(request, actor_of(request), pk)


def _page(request: HttpRequest, actor: Actor, pk: int, fault: Mendable | None = None) -> HttpResponse:
    page = queries.team_page(actor, pk, key(request))
    context = {"page": page, "team": page.team, "fault": fault}
    return shown(request, "volunteering/team.html", context, status=fault.status if fault else 200)


@require_POST
@login_required
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask to join."""
    return _done(request, pk, lambda actor: operations.membership_ask(actor=actor, team_id=pk))


@require_POST
@login_required
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Take in a volunteer by their number."""
    text = plain(request.POST).get("number", "")
    return _done(request, pk, lambda actor: operations.membership_add(actor=actor, team_id=pk, number=text))


_VERBS: Final[dict[str, Callable[[Actor, int], Any]]] = {
    "accept": lambda actor, pk: operations.membership_accept(actor=actor, membership_id=pk),
    "decline": lambda actor, pk: operations.membership_decline(actor=actor, membership_id=pk),
    "leave": lambda actor, pk: operations.membership_leave(actor=actor, membership_id=pk),
    "lead": lambda actor, pk: operations.membership_lead(actor=actor, membership_id=pk, lead=True),
    "unlead": lambda actor, pk: operations.membership_lead(actor=actor, membership_id=pk, lead=False),
}


@require_POST
@login_required
def membership_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Answer who asked, end a membership, name who leads."""
    actor = actor_of(request)
    rows = TeamMembership.objects.filter(memberships_visible_to(actor), pk=pk)
    team_id = rows.values_list("team_id", flat=True).first()
    call = _VERBS.get(verb)
    if team_id is None or call is None:
        raise NotFound
    return _done(request, team_id, lambda who: call(who, pk))


def _done(request: HttpRequest, pk: int, call: Callable[[Actor], Any]) -> HttpResponse:
    actor = actor_of(request)
    try:
        call(actor)
    except Mendable as error:
        return _page(request, actor, pk, error)
    return redirect(PAGE, pk=pk)
