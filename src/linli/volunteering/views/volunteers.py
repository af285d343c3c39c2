"""Pages of the roster, one volunteer, a registration on paper, and one's own."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core.actors import Actor
from linli.core.errors import Mendable, NotFound
from linli.core.forms import plain
from linli.organizations.views.requests import actor_of, form_page, staff
from linli.points.queries import credit_of
from linli.volunteering import forms
from linli.volunteering.models import Volunteer
from linli.volunteering.operations import volunteers as operations
from linli.volunteering.queries import projects, roster, teams
from linli.volunteering.queries.roster import VolunteerPage, Wanted
from linli.volunteering.sections import skill_names
from linli.volunteering.views.pages import kept, key, number, shown
from linli.volunteering.workflow import KEEP, VOLUNTEERS

OWN: Final = "volunteering:mine"
PAGE: Final = "volunteering:volunteer"
FILLED: Final = "volunteering/register.html"


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """The roster, a page at a time."""
    actor = staff(request, KEEP)
    data = plain(request.GET)
    names = ("place", "skill", "team", "state")
    asked = Wanted(data.get("q", ""), **{name: data.get(name, "") for name in names}, after=key(request))
    lines, more = roster.listed(actor, asked)
    context = {
        "lines": lines,
        "more": more,
        "asked": asked,
        "query": kept(request),
        "states": VOLUNTEERS.choices,
        "skills": list(skill_names().items()),
        "places": [(item.code, item.name) for item in roster.keeping(actor)],
        "team": teams.named(number(asked.team)),
    }
    return render(request, "volunteering/roster.html", context)


@require_http_methods(["GET", "POST"])
def registered(request: HttpRequest) -> HttpResponse:
    """Register somebody who signed the form on paper."""
    actor = staff(request, KEEP)
    places = roster.living(actor, at_desk=True)
    form = forms.RegistrationForm(request.POST or None, places=places, on_paper=True)

    def save() -> HttpResponse:
        made = operations.volunteer_register(actor=actor, form=form.registration(), on_paper=True)
        return redirect(PAGE, pk=made.pk)

    context = {"title": _("Register a volunteer"), "shell": "base.html", "back": "volunteering:roster"}
    return form_page(request, form, save, context, FILLED)


@require_GET
def volunteer(request: HttpRequest, pk: int) -> HttpResponse:
    """One volunteer, masked."""
    return _page(request, staff(request, KEEP), pk)


def _page(
    request: HttpRequest, actor: Actor, pk: int, fault: Mendable | None = None, looked: Any = None
) -> HttpResponse:
    page = roster.volunteer_page(actor, pk)
    context = {"page": page, "row": page.row, "fault": fault, "looked": looked}
    return render(request, "volunteering/volunteer.html", context, status=fault.status if fault else 200)


@require_POST
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a volunteer's name and phone once, with a reason."""
    actor = staff(request, KEEP)
    try:
        reason = plain(request.POST).get("reason", "")
        looked = operations.volunteer_unmask(actor=actor, volunteer_id=pk, reason=reason)
    except Mendable as error:
        return _page(request, actor, pk, error)
    return _page(request, actor, pk, looked=looked)


Verb = Callable[[Actor, Volunteer, int], Any]


def _versioned(operation: Callable[..., Any]) -> Verb:
    def call(actor: Actor, row: Volunteer, version: int) -> Any:
        return operation(actor=actor, volunteer_id=row.pk, version=version)

    return call


_VERBS: Final[dict[str, Verb]] = {
    "pause": _versioned(operations.volunteer_pause),
    "resume": _versioned(operations.volunteer_resume),
    "end": _versioned(operations.volunteer_end),
}
_OWN_VERBS: Final[dict[str, Verb]] = {
    **_VERBS,
    "forget": lambda actor, row, _version: operations.volunteer_forget(actor=actor, volunteer_id=row.pk),
}


@require_POST
def do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Pause, go on with or end a registration at the desk; a refusal is shown on its page."""
    actor = staff(request, KEEP)
    call = _VERBS.get(verb)
    page = roster.volunteer_page(actor, pk)
    if call is None:
        raise NotFound
    try:
        call(actor, page.row, number(plain(request.POST).get("version", "")))
    except Mendable as error:
        return _page(request, actor, pk, error)
    return redirect(PAGE, pk=pk)


@require_GET
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """What one is as a volunteer: the registration, teams, posts, claims; or how to become one."""
    return _mine(request, actor_of(request))


def _mine(request: HttpRequest, actor: Actor, fault: Mendable | None = None) -> HttpResponse:
    page = roster.own_page(actor)
    credit = credit_of(actor.person_id) if page else 0
    context = {"page": page, "fault": fault, "claims": projects.own_claims(actor), "credit": credit}
    return shown(request, "volunteering/mine.html", context, status=fault.status if fault else 200)


@require_http_methods(["GET", "POST"])
@login_required
def register(request: HttpRequest) -> HttpResponse:
    """Become a volunteer."""
    actor = actor_of(request)
    form = forms.RegistrationForm(request.POST or None, places=roster.living(actor, at_desk=False))

    def save() -> HttpResponse:
        operations.volunteer_register(actor=actor, form=form.registration())
        return redirect(OWN)

    context = {"title": _("Become a volunteer"), "shell": _shell(actor), "back": OWN}
    return form_page(request, form, save, context, FILLED)


@require_http_methods(["GET", "POST"])
@login_required
def correct(request: HttpRequest) -> HttpResponse:
    """Correct what is kept of oneself."""
    actor = actor_of(request)
    page = roster.own_page(actor)
    if page is None:
        raise NotFound
    form = forms.RegistrationForm(
        request.POST or None, places=roster.living(actor, at_desk=False), initial=_initial(page)
    )

    def save() -> HttpResponse:
        version = number(plain(request.POST).get("version", ""))
        given = form.registration()
        operations.volunteer_correct(actor=actor, volunteer_id=page.row.pk, version=version, form=given)
        return redirect(OWN)

    version = plain(request.POST).get("version", "") or page.row.version
    context = {"title": _("Correct what is kept of you"), "shell": _shell(actor), "back": OWN, "version": version}
    return form_page(request, form, save, context, FILLED)


def _initial(page: VolunteerPage) -> dict[str, Any]:
    row = page.row
    same = {name: getattr(row, name) for name in ("sex", "skills", "services", "times", "guardian")}
    own = {"name": page.name, "phone": page.phone, "place": row.community_id, "born": row.birth_date}
    return {**same, **own, "consent": True}


def _shell(actor: Actor) -> str:
    return "base.html" if actor.scopes else "public.html"


@require_POST
@login_required
def own_do(request: HttpRequest, verb: str) -> HttpResponse:
    """Pause, go on, end or delete one's own registration; a refusal is shown on the page."""
    actor = actor_of(request)
    call, page = _OWN_VERBS.get(verb), roster.own_page(actor)
    if call is None or page is None:
        raise NotFound
    try:
        call(actor, page.row, number(plain(request.POST).get("version", "")))
    except Mendable as error:
        return _mine(request, actor, error)
    return redirect(OWN)
