"""Pages of the safety of places: lists, and one page each for a patrol, a round, a place of it, a hazard, an event."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from linli.core.actors import Actor
from linli.core.errors import DomainError, Mendable, NotFound
from linli.core.forms import number_of, plain, require_filled
from linli.core.paging import key_asked
from linli.deliberation.views.topics import kept
from linli.organizations.views.requests import form_page, staff
from linli.safety import forms, queries
from linli.safety.operations import events, hazards, patrols, rounds
from linli.safety.workflow import HAZARDS, KEEP, SEES

LISTS: Final[Mapping[str, Callable[..., Any]]] = {
    "rounds": queries.rounds,
    "hazards": queries.hazards,
    "patrols": queries.patrols,
    "events": queries.events,
}


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Rounds, hazards, patrols or events, a page at a time; with patrols, who falls short of the rule."""
    actor, data = staff(request, *SEES), plain(request.GET)
    part = data.get("part", "") or "rounds"
    if part not in LISTS:
        raise NotFound
    state = data.get("state", "")
    more_wanted = {"state": state} if part == "hazards" else {}
    lines, more = LISTS[part](actor, key_asked(data.get("before", ""), "before"), **more_wanted)
    context: dict[str, Any] = {"lines": lines, "more": more, "part": part, "state": state, "query": kept(request)}
    context |= {"states": HAZARDS.choices, "keeps": actor.can(KEEP)}
    context["shorts"] = queries.shortfalls(actor) if part == "patrols" else []
    return render(request, "safety/overview.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, what: str) -> HttpResponse:
    """Plan patrols, begin a round, plan an event."""
    actor = staff(request, KEEP)
    if what not in forms.NEW:
        raise NotFound
    form = forms.NEW[what](request.POST or None, actor=actor)

    def save() -> HttpResponse:
        if what == "patrol":
            return redirect("safety:patrol_shift", pk=patrols.patrols_plan(actor=actor, roster=form.wanted())[0].pk)
        if what == "round":
            return redirect("safety:inspection_round", pk=rounds.round_plan(actor=actor, plan=form.wanted()).pk)
        return redirect("safety:event_plan", pk=events.event_plan(actor=actor, plan=form.wanted()).pk)

    return form_page(request, form, save, {"title": forms.NEW[what].title})


def _shown(
    request: HttpRequest, template: str, context: dict[str, Any], fault: DomainError | None, verb: str = ""
) -> HttpResponse:
    context |= {"row": context["page"].row, "fault": fault, "verb": verb, "sent": plain(request.POST)}
    return render(request, f"safety/{template}.html", context, status=fault.status if fault else 200)


def _answered(
    request: HttpRequest, name: str, pk: int, call: Callable[[str], object], show: Callable[..., HttpResponse]
) -> HttpResponse:
    """Show a page, or do what its button says; a refusal is shown on the page, with what was written."""
    verb = plain(request.POST).get("verb", "")
    if request.method == "GET":
        return show(None, "")
    try:
        call(verb)
    except Mendable as error:
        return show(error, verb)
    return redirect(f"safety:{name}", pk=pk)


@require_http_methods(["GET", "POST"])
def patrol(request: HttpRequest, pk: int) -> HttpResponse:
    """One patrol: what came of it, hazards found, or why it is off."""
    actor = staff(request, *SEES)

    def call(verb: str) -> object:
        page = queries.patrol_page(actor, pk)
        if verb == "report":
            form = forms.ReportForm(request.POST)
            require_filled(form, "safety.form")
            given = {"came": form.came(), "found": form.cleaned_data["found"]}
            return patrols.patrol_report(actor=actor, shift_id=pk, **given)
        if verb == "cancel":
            return patrols.patrol_cancel(actor=actor, shift_id=pk, reason=plain(request.POST).get("reason", ""))
        if verb == "find":
            found = forms.FoundForm(request.POST, request.FILES, page=page)
            require_filled(found, "safety.form")
            place = int(found.cleaned_data["place"])
            return patrols.patrol_find(actor=actor, shift_id=pk, place_id=place, found=found.wanted())
        raise NotFound

    def show(fault: DomainError | None, verb: str) -> HttpResponse:
        page = queries.patrol_page(actor, pk)
        context: dict[str, Any] = {"page": page}
        context["report"] = forms.ReportForm(request.POST if verb == "report" else None)
        context["find"] = forms.FoundForm(request.POST if verb == "find" else None, page=page)
        return _shown(request, "patrol", context, fault, verb)

    return _answered(request, "patrol_shift", pk, call, show)


@require_http_methods(["GET", "POST"])
def inspection(request: HttpRequest, pk: int) -> HttpResponse:
    """One round: its places and hazards; it may be dropped."""
    actor = staff(request, *SEES)

    def call(verb: str) -> object:
        if verb != "drop":
            raise NotFound
        return rounds.round_drop(actor=actor, round_id=pk, reason=plain(request.POST).get("reason", ""))

    def show(fault: DomainError | None, verb: str) -> HttpResponse:
        return _shown(request, "round", {"page": queries.round_page(actor, pk)}, fault, verb)

    return _answered(request, "inspection_round", pk, call, show)


@require_http_methods(["GET", "POST"])
def target(request: HttpRequest, pk: int) -> HttpResponse:
    """One place of a round, gone through item by item."""
    actor = staff(request, *SEES)
    page = queries.target_page(actor, pk)

    def call(_verb: str) -> object:
        return rounds.target_go(actor=actor, target_id=pk, looked=_looked(request, page))

    def show(fault: DomainError | None, _verb: str) -> HttpResponse:
        # What was ticked and written stays as it was sent.
        data = plain(request.POST)
        items = [
            (item, grave, data.get(f"result-{item.code}", held), words, data.get(f"text-{item.code}", ""))
            for item, grave, held, words in page.items
        ]
        return _shown(request, "target", {"page": page, "items": items}, fault)

    return _answered(request, "target", pk, call, show)


def _looked(request: HttpRequest, page: queries.TargetPage) -> list[rounds.Looked]:
    data = plain(request.POST)
    found = []
    for item, _grave, _held, _words in page.items:
        photo = request.FILES.get(f"photo-{item.code}")
        photos: Any = [photo] if photo else []
        found.append(
            rounds.Looked(item.code, data.get(f"result-{item.code}", ""), data.get(f"text-{item.code}", ""), photos)
        )
    return found


@require_http_methods(["GET", "POST"])
def hazard(request: HttpRequest, pk: int) -> HttpResponse:
    """One hazard, and its re-check."""
    actor = staff(request, *SEES)

    def call(verb: str) -> object:
        if verb not in ("remove", "again"):
            raise NotFound
        note = plain(request.POST).get("note", "")
        return hazards.hazard_recheck(actor=actor, hazard_id=pk, removed=verb == "remove", note=note)

    def show(fault: DomainError | None, verb: str) -> HttpResponse:
        return _shown(request, "hazard", {"page": queries.hazard_page(actor, pk)}, fault, verb)

    return _answered(request, "hazard", pk, call, show)


@require_http_methods(["GET", "POST"])
def event(request: HttpRequest, pk: int) -> HttpResponse:
    """One plan for an event: its posts, approval, the look back."""
    actor = staff(request, *SEES)

    def call(verb: str) -> object:
        return _event(actor, pk, verb, request)

    def show(fault: DomainError | None, verb: str) -> HttpResponse:
        page = queries.event_page(actor, pk)
        post = forms.EventPostForm(request.POST if verb == "post" else None)
        return _shown(request, "event", {"page": page, "post": post}, fault, verb)

    return _answered(request, "event_plan", pk, call, show)


def _event(actor: Actor, pk: int, verb: str, request: HttpRequest) -> object:
    data = plain(request.POST)
    if verb == "post":
        form = forms.EventPostForm(request.POST)
        require_filled(form, "safety.form")
        title, many, body = (form.cleaned_data[name] for name in ("title", "many", "organization"))
        return events.event_post_add(actor=actor, plan_id=pk, title=title, many=many, organization_id=int(body))
    if verb == "fill":
        filled = number_of(data.get("filled"), 6)
        chosen = number_of(data.get("post")) or 0
        # -1 is refused like any other number that is none.
        return events.event_post_fill(actor=actor, post_id=chosen, filled=-1 if filled is None else filled)
    if verb == "approve":
        return events.event_approve(actor=actor, plan_id=pk)
    if verb == "close":
        return events.event_close(actor=actor, plan_id=pk, review=data.get("review", ""))
    if verb == "drop":
        return events.event_drop(actor=actor, plan_id=pk, review=data.get("review", ""))
    raise NotFound
