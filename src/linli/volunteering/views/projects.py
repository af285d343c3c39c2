"""Pages of projects: the list, a new one of each kind, one with its line of steps, reviews and claims."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core.actors import Actor
from linli.core.errors import Mendable, NotFound
from linli.core.forms import plain, require_filled
from linli.organizations.views.requests import actor_of, form_page, staff
from linli.volunteering import forms
from linli.volunteering.models import ProjectClaim, ServiceProject
from linli.volunteering.operations import claims, projects
from linli.volunteering.policies.projects import claims_visible_to
from linli.volunteering.queries import projects as queries
from linli.volunteering.queries import roster, teams
from linli.volunteering.queries.projects import ProjectPage, Wanted
from linli.volunteering.views.pages import kept, key, known, number, shown
from linli.volunteering.workflow import KEEP, KINDS, PROJECTS

PAGE: Final = "volunteering:project"
FORM: Final = "volunteering/form.html"
LIST: Final = "volunteering:projects"


@require_GET
@login_required
def listed(request: HttpRequest) -> HttpResponse:
    """Projects of all kinds, a page at a time."""
    actor = actor_of(request)
    data = plain(request.GET)
    asked = Wanted(data.get("kind", ""), data.get("stage", ""), key(request))
    lines, more = queries.listed(asked)
    context = {
        "lines": lines,
        "more": more,
        "asked": asked,
        "query": kept(request),
        "kinds": KINDS,
        "stages": PROJECTS.choices,
        "keeps": actor.can(KEEP),
        "proposes": bool(teams.led_choices(actor)),
    }
    return shown(request, "volunteering/projects.html", context)


@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """Propose a project for the incubator, for a team that one leads or keeps."""
    actor = known(request)
    choices = teams.led_choices(actor)
    if not choices:
        raise NotFound
    form = forms.ProposalForm(request.POST or None, teams=choices)

    def save() -> HttpResponse:
        team = int(form.cleaned_data["team"])
        return redirect(PAGE, pk=projects.project_propose(actor=actor, team_id=team, proposal=form.proposal()).pk)

    return _form(request, form, save, _("Propose a project"))


@require_http_methods(["GET", "POST"])
def brand_new(request: HttpRequest) -> HttpResponse:
    """Create a brand."""
    actor = staff(request, KEEP)
    form = forms.PlacedForm(request.POST or None, places=roster.keeping(actor))

    def save() -> HttpResponse:
        place = int(form.cleaned_data["place"])
        return redirect(PAGE, pk=projects.brand_make(actor=actor, place_id=place, proposal=form.proposal()).pk)

    return _form(request, form, save, _("Create a brand"))


@require_http_methods(["GET", "POST"])
def micro_new(request: HttpRequest) -> HttpResponse:
    """Post a micro-project to be claimed."""
    actor = staff(request, KEEP)
    form = forms.MicroForm(request.POST or None, places=roster.keeping(actor))

    def save() -> HttpResponse:
        data = form.cleaned_data
        place = int(data["place"])
        made = projects.micro_post(actor=actor, place_id=place, proposal=form.proposal(), due=data["due"])
        return redirect(PAGE, pk=made.pk)

    return _form(request, form, save, _("Post a micro-project"))


def _form(request: HttpRequest, form: Any, save: Callable[[], HttpResponse], title: str) -> HttpResponse:
    shell = "base.html" if actor_of(request).scopes else "public.html"
    return form_page(request, form, save, {"title": title, "shell": shell, "back": LIST}, FORM)


@require_GET
@login_required
def project(request: HttpRequest, pk: int) -> HttpResponse:
    """One project."""
    return _page(request, actor_of(request), pk)


def _page(request: HttpRequest, actor: Actor, pk: int, fault: Mendable | None = None) -> HttpResponse:
    page = queries.project_page(actor, pk)
    context = {"page": page, "row": page.row, "fault": fault, **_forms(page)}
    return shown(request, "volunteering/project.html", context, status=fault.status if fault else 200)


def _forms(page: ProjectPage) -> dict[str, Any]:
    """The forms of what may be done now."""
    found: dict[str, Any] = {}
    if {"support", "improve", "graduate", "close"} & page.verbs:
        found["review_form"] = forms.ReviewForm(verbs=page.verbs)
    if page.keeps and page.row.stage == "graduated":
        chosen = {"teams": [item.pk for item in page.teams]}
        found["teams_form"] = forms.TeamsForm(teams=teams.choices_of(page.row.place), initial=chosen)
    return found


Call = Callable[[HttpRequest, Actor, ServiceProject], Any]


def _review(request: HttpRequest, actor: Actor, row: ServiceProject) -> Any:
    form = forms.ReviewForm(request.POST, verbs=queries.project_page(actor, row.pk).verbs)
    require_filled(form, "project.form")
    return projects.project_review(actor=actor, project_id=row.pk, verdict=form.verdict_given())


def _group(request: HttpRequest, actor: Actor, row: ServiceProject) -> Any:
    form = forms.TeamsForm(request.POST, teams=teams.choices_of(row.place))
    require_filled(form, "project.form")
    chosen = [int(item) for item in form.cleaned_data["teams"]]
    return projects.brand_group(actor=actor, project_id=row.pk, team_ids=chosen)


def _activity(request: HttpRequest, actor: Actor, row: ServiceProject) -> Any:
    data = plain(request.POST)
    activity, out = number(data.get("activity", "")), data.get("out") == "1"
    return projects.brand_add_activity(actor=actor, project_id=row.pk, activity_id=activity, out=out)


def _claim(request: HttpRequest, actor: Actor, row: ServiceProject) -> Any:
    body = number(plain(request.POST).get("organization", ""))
    return claims.project_claim(actor=actor, project_id=row.pk, organization_id=body or None)


def _settled(accepted: bool) -> Call:
    def call(_request: HttpRequest, actor: Actor, row: ServiceProject) -> Any:
        return claims.project_confirm(actor=actor, project_id=row.pk, accepted=accepted)

    return call


_VERBS: Final[dict[str, Call]] = {
    "review": _review,
    "group": _group,
    "activity": _activity,
    "claim": _claim,
    "confirm": _settled(True),
    "reopen": _settled(False),
    "withdraw": lambda _request, actor, row: projects.micro_withdraw(actor=actor, project_id=row.pk),
}


@require_POST
@login_required
def project_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Take a project a step further; a refusal is shown on its page."""
    actor = actor_of(request)
    call = _VERBS.get(verb)
    row = ServiceProject.objects.select_related("place").filter(pk=pk).first()
    if call is None or row is None:
        raise NotFound
    return _done(request, actor, pk, lambda: call(request, actor, row))


@require_POST
@login_required
def claim_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Give a claim back, or say that the project is delivered."""
    actor = actor_of(request)
    rows = ProjectClaim.objects.filter(claims_visible_to(actor), pk=pk)
    project_id = rows.values_list("project_id", flat=True).first()
    if project_id is None or verb not in ("release", "deliver"):
        raise NotFound

    def call() -> Any:
        if verb == "release":
            return claims.claim_release(actor=actor, claim_id=pk)
        return claims.project_deliver(actor=actor, claim_id=pk, words=plain(request.POST).get("words", ""))

    return _done(request, actor, project_id, call)


def _done(request: HttpRequest, actor: Actor, pk: int, call: Callable[[], Any]) -> HttpResponse:
    try:
        call()
    except Mendable as error:
        return _page(request, actor, pk, error)
    return redirect(PAGE, pk=pk)
