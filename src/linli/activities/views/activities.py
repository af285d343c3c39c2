"""Pages of activities: the list, planning, one with what comes next, calling it off, recording it, its hours."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.activities.forms import activities as forms
from linli.activities.models import ActivityProgramme
from linli.activities.operations import activities as operations
from linli.activities.operations import service
from linli.activities.operations.programmes import proposed_day
from linli.activities.policies.activities import require_keep
from linli.activities.queries import activities as queries
from linli.activities.queries.activities import Wanted
from linli.activities.workflow import KEEP, LINES, STATES
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import DomainError, InvalidInput, Mendable, NotFound
from linli.core.forms import number_of, plain, require_filled
from linli.core.paging import key_asked
from linli.organizations.views.requests import actor_of, form_page
from linli.territory.models import Place

PAGE: Final = "activities:activity"


def keyed(request: HttpRequest, name: str = "before") -> tuple[date, int] | None:
    """The key after which a page of a list begins. Raises: list.bad_filter"""
    return key_asked(request.GET.get(name, ""), name)


def kept(request: HttpRequest, name: str = "before") -> str:
    """The filters of the address, for the link to the next page."""
    asked = request.GET.copy()
    asked.pop(name, None)
    return asked.urlencode()


def number(text: str) -> int:
    """An id as it was sent; 0 for what is none."""
    return number_of(text) or 0


def working(request: HttpRequest, *abilities: str) -> Actor:
    """Who asks, if they hold a post, or one of these abilities. Raises: not_found"""
    actor = actor_of(request)
    if not actor.scopes or (abilities and not any(actor.can(item) for item in abilities)):
        raise NotFound
    return actor


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The activities of one's places, a page at a time."""
    actor = working(request)
    data = plain(request.GET)
    asked = Wanted(data.get("state", ""), data.get("line", ""), data.get("q", "")[:60], keyed(request))
    lines, more = queries.listed(actor, asked)
    context = {
        "lines": lines,
        "more": more,
        "asked": asked,
        "query": kept(request),
        "states": STATES,
        "of_lines": LINES,
        "keeps": actor.can(KEEP),
    }
    return render(request, "activities/activities.html", context)


def _offers(actor: Actor, place: Place | None) -> dict[str, Any]:
    places = queries.places_for(actor)
    here = place or Place.objects.filter(pk=int(places[0][0])).first() if place or places else None
    return {
        "place": places,
        "organization": queries.bodies_for(actor),
        "leader": queries.leaders_for(here) if here else [],
        "training": queries.trainings_for(actor),
    }


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """Plan an activity, of a programme where the address names one."""
    actor = working(request, KEEP)
    programme = _programme(request)
    soon = clock.today() + timedelta(days=7)
    initial: dict[str, Any] = {"day": soon, "joinable": True}
    starts, ends = None, None
    if programme:
        initial |= forms.PlanForm.of_programme(programme) | {"day": proposed_day(programme) or soon}
        starts = programme.starts
        if starts:
            ends = (datetime.combine(soon, starts) + timedelta(minutes=programme.minutes)).time()
    offers = _offers(actor, programme.place if programme else None)
    form = forms.PlanForm(request.POST or None, offers=offers, initial=initial)
    rows = forms.shift_forms(request.POST or None, starts, ends)

    def save() -> HttpResponse:
        for item in rows:
            require_filled(item, "activity.shift")
        shifts = [shift for item in rows if (shift := item.shift())]
        given = form.plan(int(form.cleaned_data["place"]), shifts, programme.pk if programme else None)
        return redirect(PAGE, pk=operations.activity_plan(actor=actor, plan=given).pk)

    context = {"title": programme.title if programme else _("Plan an activity"), "do": _("Plan it"), "rows": rows}
    return form_page(request, form, save, context, "activities/activity_form.html")


def _programme(request: HttpRequest) -> ActivityProgramme | None:
    """The programme that the address names. Raises: not_found"""
    text = request.GET.get("programme", "")
    if not text:
        return None
    row = ActivityProgramme.objects.filter(pk=number(text), until=None).select_related("place").first()
    if row is None:
        raise NotFound
    return row


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an activity that was not held yet."""
    actor = working(request)
    row = queries.activity_page(actor, pk).row
    require_keep(actor, row)
    initial = forms.PlanForm.of(row)
    form = forms.PlanForm(request.POST or None, offers=_offers(actor, row.place), fresh=False, initial=initial)

    def save() -> HttpResponse:
        version = form.cleaned_data["version"] or 0
        operations.activity_change(actor=actor, activity_id=pk, version=version, plan=form.plan(row.place_id))
        return redirect(PAGE, pk=pk)

    context = {"title": row.content, "do": _("Save"), "row": row}
    return form_page(request, form, save, context, "activities/activity_form.html")


@require_GET
@login_required
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    """One activity: for who works here; everybody else reads its public page."""
    actor = actor_of(request)
    if not actor.scopes:
        return redirect("public_activities:activity", pk=pk)
    return shown(request, actor, pk)


def shown(request: HttpRequest, actor: Actor, pk: int, fault: DomainError | None = None) -> HttpResponse:
    """The page of an activity, with what was refused."""
    page = queries.activity_page(actor, pk)
    context = {
        "page": page,
        "row": page.row,
        "fault": fault,
        "outcome_form": forms.OutcomeForm(),
        "named_form": forms.NamedForm(),
        "shift_form": forms.ShiftForm(),
    }
    return render(request, "activities/activity.html", context, status=fault.status if fault else 200)


Call = Callable[[HttpRequest, Actor, int], Any]


def _cancel(request: HttpRequest, actor: Actor, pk: int) -> Any:
    return operations.activity_cancel(actor=actor, activity_id=pk, reason=plain(request.POST).get("reason", ""))


def _hold(request: HttpRequest, actor: Actor, pk: int) -> Any:
    form = forms.OutcomeForm(request.POST)
    require_filled(form, "activity.form")
    return operations.activity_hold(actor=actor, activity_id=pk, outcome=form.outcome())


def _shift(request: HttpRequest, actor: Actor, pk: int) -> Any:
    form = forms.ShiftForm(request.POST)
    require_filled(form, "activity.shift")
    given = form.shift()
    if given is None:
        raise InvalidInput("activity.shift", _("Say when it begins and ends, and how many it takes."))
    return operations.shift_add(actor=actor, activity_id=pk, plan=given)


def _attest(request: HttpRequest, actor: Actor, pk: int) -> Any:
    """Confirm the hours that were sent, each with its minutes."""
    page = queries.activity_page(actor, pk)
    data = plain(request.POST)
    chosen = {number(text) for text in request.POST.getlist("record")}
    minutes = {
        item.pk: number(data.get(f"minutes_{item.pk}", ""))
        for item in page.records
        if item.pk in chosen and item.state == "waiting"
    }
    return service.service_attest_many(actor=actor, minutes=minutes)


VERBS: Final[dict[str, Call]] = {"cancel": _cancel, "hold": _hold, "shift": _shift, "attest": _attest}


@require_POST
def do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Take an activity a step further; a refusal is shown on its page."""
    actor = working(request)
    call = VERBS.get(verb)
    if call is None or not queries.activity_page(actor, pk).keeps:
        raise NotFound
    return done(request, actor, pk, lambda: call(request, actor, pk))


def done(request: HttpRequest, actor: Actor, pk: int, call: Callable[[], Any], to: str = PAGE) -> HttpResponse:
    """Do something about an activity and go back to it, or show there what was refused."""
    try:
        call()
    except Mendable as error:
        return shown(request, actor, pk, error)
    return redirect(to, pk=pk)
