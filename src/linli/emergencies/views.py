"""Pages of emergencies: plans, what goes on, a help card; and what everybody reads."""

from datetime import timedelta
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import DomainError, Mendable, NotFound
from linli.core.forms import number_of, plain, require_filled
from linli.deliberation.views.topics import kept
from linli.emergencies import forms, queries
from linli.emergencies.models import ActivationStep
from linli.emergencies.operations import activations as acting
from linli.emergencies.operations import cards, plans
from linli.emergencies.policies import steps_visible_to
from linli.emergencies.sections import names, section
from linli.emergencies.workflow import ACTIVATE, KEEP, SEPARATOR
from linli.organizations.views.requests import actor_of, form_page, staff

PLAN: Final = "emergencies:emergency_plan"
ACTIVATION: Final = "emergencies:activation"
USUAL: Final = timedelta(days=1)


@require_http_methods(["GET", "POST"])
def emergencies(request: HttpRequest) -> HttpResponse:
    """Plans, what goes on and what was, how many help cards there are; a new plan."""
    actor, data = staff(request, KEEP, ACTIVATE), plain(request.GET)
    kind = data.get("kind", "")
    lines, more = queries.plans(actor, kind, number_of(data.get("before")))
    context: dict[str, Any] = {"lines": lines, "more": more, "kind": kind, "query": kept(request)}
    context |= {"kinds": names(section().kinds).items(), "activations": queries.activations(actor)}
    context |= {"cards": queries.cards_told(actor), "few": section().few, "keeps": actor.can(KEEP)}
    form = forms.NewPlanForm(request.POST or None, actor=staff(request, KEEP) if request.POST else actor)

    def save() -> HttpResponse:
        place_id = int(form.cleaned_data["place"])
        return redirect(PLAN, pk=plans.plan_add(actor=actor, place_id=place_id, sketch=form.sketch()).pk)

    return form_page(request, form, save, context, "emergencies/emergencies.html")


@require_GET
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """One plan."""
    return _plan(request, staff(request, KEEP, ACTIVATE), pk)


def _plan(
    request: HttpRequest, actor: Actor, pk: int, verb: str = "", fault: DomainError | None = None
) -> HttpResponse:
    page = queries.plan_page(actor, pk)
    sent = request.POST if fault else None
    context: dict[str, Any] = {"page": page, "row": page.row, "fault": fault, "verb": verb}
    if page.keeps:
        context["form"] = forms.PlanForm(sent if verb == "save" else None, plan=page.row)
        context["step_form"] = forms.StepForm(sent if verb == "step" else None, plan=page.row)
    if page.starts:
        context["start_form"] = _start_form(page.row, sent if verb == "start" else None)
    return render(request, "emergencies/plan.html", context, status=fault.status if fault else 200)


def _start_form(row: Any, sent: Any) -> forms.StartForm:
    return forms.StartForm(sent, place=row.place, ends=clock.now() + USUAL)


@require_POST
def plan_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Change a plan, its steps, look it through, end it, or start it; a refusal is shown on its page."""
    actor = staff(request, KEEP, ACTIVATE)
    row = queries.plan_page(actor, pk).row
    try:
        if verb == "start":
            start = _filled(_start_form(row, request.POST)).start()
            begun = acting.activation_start(actor=actor, plan_id=pk, start=start)
            return redirect(ACTIVATION, pk=begun.pk)
        if verb == "save":
            form = _filled(forms.PlanForm(request.POST, plan=row))
            plans.plan_change(actor=actor, plan_id=pk, version=form.cleaned_data["version"], sketch=form.sketch())
        elif verb == "step":
            plans.step_add(actor=actor, plan_id=pk, **_filled(forms.StepForm(request.POST, plan=row)).step())
        elif verb == "drop":
            plans.step_drop(actor=actor, plan_id=pk, step_id=number_of(plain(request.POST).get("step")) or 0)
        elif verb == "check":
            plans.plan_check(actor=actor, plan_id=pk)
        elif verb == "end":
            plans.plan_end(actor=actor, plan_id=pk)
        else:
            raise NotFound
    except Mendable as error:
        return _plan(request, actor, pk, verb, error)
    return redirect(PLAN, pk=pk)


def _filled(form: Any) -> Any:
    require_filled(form, "emergency.form")
    return form


@require_GET
@login_required
def activation(request: HttpRequest, pk: int) -> HttpResponse:
    """One emergency as those see it who lead it or are called."""
    return _activation(request, actor_of(request), pk)


def _activation(
    request: HttpRequest,
    actor: Actor,
    pk: int,
    verb: str = "",
    fault: DomainError | None = None,
    shown: Any = None,
) -> HttpResponse:
    page = queries.activation_page(actor, pk)
    sent = request.POST if fault else None
    context: dict[str, Any] = {"page": page, "row": page.row, "fault": fault, "verb": verb, "cards": shown}
    if page.called:
        context["answer_form"] = forms.AnswerForm(sent if verb == "answer" else None)
    if "extend" in page.verbs:
        initial = {"ends": clock.now() + USUAL, "reason": page.row.reason}
        context["extend_form"] = forms.EndForm(sent if verb == "extend" else None, initial=initial)
    if "review" in page.verbs:
        context["review_form"] = forms.ReviewForm(sent if verb == "review" else None)
    return render(request, "emergencies/activation.html", context, status=fault.status if fault else 200)


@require_POST
@login_required
def activation_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Answer a call, give another end, end, review, or look at help cards; a refusal is shown on the page."""
    actor = actor_of(request)
    try:
        if verb == "cards":
            found = cards.cards_look(actor=actor, activation_id=pk)
            return _activation(request, actor, pk, verb, shown=_shown(found))
        if verb == "answer":
            answer = plain(request.POST).get("answer", "")
            acting.call_answer(actor=actor, activation_id=pk, answer=answer)
        elif verb == "extend":
            data = _filled(forms.EndForm(request.POST)).cleaned_data
            acting.activation_extend(actor=actor, activation_id=pk, **data)
        elif verb == "end":
            acting.activation_end(actor=actor, activation_id=pk)
        elif verb == "review":
            text = plain(request.POST).get("text", "")
            acting.activation_review(actor=actor, activation_id=pk, text=text)
        else:
            raise NotFound
    except Mendable as error:
        return _activation(request, actor, pk, verb, error)
    return redirect(ACTIVATION, pk=pk)


def _shown(found: Any) -> list[tuple[Any, list[str]]]:
    known = names(section().needs)
    return [(card, [known.get(code, code) for code in (card.needs or "").split(SEPARATOR)]) for card in found]


@require_http_methods(["GET", "POST"])
@login_required
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """A step on the page of its emergency; sent, it is done."""
    actor = actor_of(request)
    found = ActivationStep.objects.filter(steps_visible_to(actor), pk=pk).values_list("activation_id", flat=True)
    activation_id = found.first()
    if activation_id is None:
        raise NotFound
    if request.method == "POST":
        try:
            acting.step_tick(actor=actor, step_id=pk)
        except Mendable as error:
            return _activation(request, actor, activation_id, "step", error)
    return redirect(ACTIVATION, pk=activation_id)


@require_http_methods(["GET", "POST"])
@login_required
def card(request: HttpRequest) -> HttpResponse:
    """One's own help card; at the desk that of whoever asks for one, which the desk does not see again. Whoever works
    at the desk finds their own with `?own=1`."""
    actor, data = actor_of(request), plain(request.POST)
    keeps = actor.can(KEEP)
    desk = keeps and "own" not in request.GET
    back = reverse("emergencies:card") + ("?own=1" if keeps and not desk else "")
    own = None if desk else queries.own_card(actor)
    sent = request.POST if request.method == "POST" and "withdraw" not in data else None
    form = forms.DeskCardForm(sent, actor=actor) if desk else forms.CardForm(sent, initial=_initial(own))
    context: dict[str, Any] = {"desk": desk, "own": own, "looks": queries.looks_at(own) if own else []}
    context |= {"keeps": keeps, "shell": "base.html" if keeps else "public.html"}

    def save() -> HttpResponse:
        if desk:
            cards.card_take(actor=actor, card=form.card())
            messages.success(request, _("Kept. Nobody sees it before an emergency, this desk neither."))
        else:
            cards.card_keep(actor=actor, card=form.card())
            messages.success(request, _("Kept. Nobody sees it before an emergency."))
        return redirect(back)

    if "withdraw" in data:
        if desk and not data.get("phone"):
            raise NotFound
        cards.card_withdraw(actor=actor, phone=data.get("phone", "") if desk else "")
        messages.success(request, _("If there was a card, it is erased."))
        return redirect(back)
    return form_page(request, form, save, context, "emergencies/card.html")


def _initial(own: Any) -> dict[str, Any]:
    if own is None:
        return {}
    plain = {name: getattr(own, name) for name in ("name", "phone", "address", "contact")}
    return {**plain, "place": str(own.place_id), "needs": (own.needs or "").split(SEPARATOR)}


@require_GET
def public(request: HttpRequest) -> HttpResponse:
    """What everybody reads: what goes on, where, until when, what to do, where there is shelter, whom to call."""
    return render(request, "emergencies/public.html", {"notices": queries.notices()})
