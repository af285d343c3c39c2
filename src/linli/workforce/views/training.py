"""One's own page, the sessions, who came, and who falls short."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext as _p
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core.actors import Actor
from linli.core.errors import DomainError, Mendable, NotFound
from linli.core.forms import number_of, plain
from linli.deliberation.views.topics import before, kept
from linli.organizations.views.requests import form_page, staff
from linli.territory.models import Place
from linli.workforce import forms, policies
from linli.workforce.models import TrainingSession
from linli.workforce.operations import training as operations
from linli.workforce.queries import gaps, growth, training
from linli.workforce.queries.training import Wanted
from linli.workforce.sections import named, section
from linli.workforce.workflow import OUTCOMES, OWN, PLAN, SESSION, VERIFY

PAGE: Final = "workforce:session"
FIELD: Final = "person-"


@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """What somebody sees of their own growth."""
    actor = staff(request, OWN)
    context = {"page": training.own_page(actor), "plans": actor.can(PLAN), "verifies": actor.can(VERIFY)}
    return render(request, "workforce/own.html", context)


@require_GET
def sessions(request: HttpRequest) -> HttpResponse:
    """The sessions that somebody sees, a page at a time."""
    actor = staff(request, PLAN)
    data = plain(request.GET)
    asked = Wanted(data.get("state", ""), data.get("programme", ""), before(request))
    lines, more = training.listed(actor, asked)
    context = {"lines": lines, "more": more, "asked": asked, "query": kept(request)}
    context |= {"states": SESSION.choices, "programmes": named(section().programmes)}
    return render(request, "workforce/sessions.html", context)


@require_http_methods(["GET", "POST"])
def session_new(request: HttpRequest) -> HttpResponse:
    """Plan a session."""
    actor = staff(request, PLAN)
    form = forms.SessionForm(request.POST or None, actor=actor)

    def save() -> HttpResponse:
        return redirect(PAGE, pk=operations.session_plan(actor=actor, plan=form.plan()).pk)

    return form_page(request, form, save, {"title": _p("training", "Plan training")}, "workforce/form.html")


@require_http_methods(["GET", "POST"])
def session_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what was planned."""
    actor = staff(request, PLAN)
    row = _planned(actor, pk)
    names = (*("title", "programme", "since", "until", "posts", "channel", "mode", "batch"), "organizer", "venue")
    initial = {name: getattr(row, name) for name in (*names, "capacity")} | {"place": row.place_id}
    form = forms.SessionForm(request.POST or None, actor=actor, initial=initial)

    def save() -> HttpResponse:
        operations.session_change(actor=actor, session_id=pk, plan=form.plan())
        return redirect(PAGE, pk=pk)

    context = {"title": _p("training", "Change"), "planned": row}
    return form_page(request, form, save, context, "workforce/form.html")


@require_GET
def session(request: HttpRequest, pk: int) -> HttpResponse:
    """One session."""
    return _page(request, staff(request, OWN, PLAN), pk)


def _page(request: HttpRequest, actor: Actor, pk: int, fault: DomainError | None = None) -> HttpResponse:
    page = training.session_page(actor, pk)
    context = {"page": page, "row": page.row, "fault": fault, "reason": plain(request.POST).get("reason", "")}
    context |= {"counts": [(label, page.counts.get(code, 0)) for code, label in OUTCOMES]}
    return render(request, "workforce/session.html", context, status=fault.status if fault else 200)


@require_POST
def session_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a session, with a reason; a refusal is shown on its page."""
    actor = staff(request, PLAN)
    try:
        operations.session_cancel(actor=actor, session_id=pk, reason=plain(request.POST).get("reason", ""))
    except Mendable as error:
        return _page(request, actor, pk, error)
    return redirect(PAGE, pk=pk)


@require_http_methods(["GET", "POST"])
def session_people(request: HttpRequest, pk: int) -> HttpResponse:
    """The list of people on one screen: who is named, came, was excused or did not come."""
    actor = staff(request, PLAN)
    row = _planned(actor, pk)
    place = _chosen(row, plain(request.GET).get("place", ""))
    people, more = training.candidates(row, place)
    fault: DomainError | None = None
    typed = {name[len(FIELD) :]: value for name, value in plain(request.POST).items() if name.startswith(FIELD)}
    if request.method == "POST":
        try:
            named = plain(request.POST).get("named", "")
            given = {key: named if named and value == "named" else value for key, value in typed.items()}
            outcomes = {who: value for key, value in given.items() if (who := number_of(key)) is not None}
            operations.attendance_record(actor=actor, session_id=pk, outcomes=outcomes)
            return redirect(PAGE, pk=pk)
        except Mendable as error:
            fault = error
    lines = [(person, typed.get(str(person.person_id), person.outcome)) for person in people]
    context: dict[str, Any] = {"row": row, "lines": lines, "more": more, "fault": fault, "place": place}
    context |= {"outcomes": OUTCOMES, "places": training.places_of(row), "most": training.PEOPLE}
    return render(request, "workforce/people.html", context, status=fault.status if fault else 200)


def _planned(actor: Actor, pk: int) -> TrainingSession:
    """A session that the actor plans. Raises: not_found"""
    row = training.session_seen(actor, pk)
    if not policies.may_plan(actor, row.place) or row.state == "cancelled":
        raise NotFound
    return row


def _chosen(row: TrainingSession, place: str) -> Place | None:
    """The street or community that is looked at; all of them where none is chosen."""
    known = {str(item.pk): item for item in training.places_of(row)} if place else {}
    return known.get(place)


@require_GET
def gap_list(request: HttpRequest) -> HttpResponse:
    """Each rule, and by place what is missing."""
    actor = staff(request, PLAN)
    return render(request, "workforce/gaps.html", {"rules": gaps.rules_held(actor)})


@require_GET
def training_gap(request: HttpRequest, pk: int) -> HttpResponse:
    """What is missing in one place, and who."""
    actor = staff(request, PLAN)
    place = growth.gap_place(actor, pk)
    return render(request, "workforce/gap.html", {"place": place, "rules": gaps.rules_held(actor, place=place)})
