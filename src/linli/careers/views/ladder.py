"""Pages of the ladder: who works where, promotions with their steps, recruitment rounds."""

from datetime import date
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.careers import forms
from linli.careers.operations import promotions as operations
from linli.careers.policies import may_manage
from linli.careers.queries import ladder as queries
from linli.careers.queries.recruiting import left_of
from linli.careers.queries.talents import managed_places
from linli.careers.workflow import MANAGE, NOMINATE, PROMOTIONS
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import DomainError, InvalidInput, Mendable, NotFound
from linli.core.forms import day_of, plain
from linli.deliberation.views.topics import before, kept
from linli.organizations.operations.posts import post_appoint
from linli.organizations.policies import MANAGE as ROSTER
from linli.organizations.views.requests import actor_of, form_page, page_number, staff

PROMOTION: Final = "careers:promotion"


@require_GET
def workers(request: HttpRequest) -> HttpResponse:
    """Who works on the ladder, each once."""
    actor = staff(request, MANAGE)
    words = plain(request.GET).get("q", "").strip()
    page = Paginator(queries.workers(actor, words), queries.PAGE).get_page(page_number(request))
    return render(request, "careers/workers.html", {"page": page, "q": words})


@require_http_methods(["GET", "POST"])
def worker(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody on the ladder, and the form by which they come one rung up."""
    actor = staff(request, MANAGE)
    page = queries.worker_page(actor, pk)
    form = forms.ClimbForm(request.POST or None, page=page, initial={"to_rung": page.above.code if page.above else ""})

    def save() -> HttpResponse:
        return redirect(PROMOTION, pk=operations.promotion_begin(actor=actor, climb=form.climb()).pk)

    return form_page(request, form, save, {"page": page}, "careers/worker.html")


@require_GET
def promotions(request: HttpRequest) -> HttpResponse:
    """The promotions, a page at a time."""
    actor = staff(request, MANAGE)
    data = plain(request.GET)
    state, words = data.get("state", ""), data.get("q", "").strip()
    lines, more = queries.promotions(actor, state=state, words=words, before=before(request))
    context = {"lines": lines, "more": more, "state": state, "q": words, "query": kept(request)}
    return render(request, "careers/promotions.html", context | {"states": PROMOTIONS.choices})


@require_GET
def promotion(request: HttpRequest, pk: int) -> HttpResponse:
    """One promotion: for whoever decides, and for whose it is."""
    return _promotion(request, actor_of(request), pk)


def _promotion(request: HttpRequest, actor: Actor, pk: int, fault: DomainError | None = None) -> HttpResponse:
    page = queries.promotion_page(actor, pk)
    context = {"page": page, "row": page.line.row, "fault": fault, "given": plain(request.POST)}
    return render(request, "careers/promotion.html", context, status=fault.status if fault else 200)


@require_POST
def promotion_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Note a step, appoint, or end without appointment; a refusal is shown on its page."""
    actor = staff(request, MANAGE)
    data = plain(request.POST)
    try:
        if verb == "step":
            operations.promotion_step(actor=actor, promotion_id=pk, step=data.get("step", ""), on=_day(data))
        elif verb == "appoint":
            operations.promotion_appoint(actor=actor, promotion_id=pk, on=_day(data))
        elif verb == "drop":
            operations.promotion_drop(actor=actor, promotion_id=pk, reason=data.get("reason", ""))
        else:
            raise NotFound
    except Mendable as error:
        return _promotion(request, actor, pk, error)
    return redirect(PROMOTION, pk=pk)


@require_GET
def rounds(request: HttpRequest) -> HttpResponse:
    """The rounds, a page at a time."""
    actor = staff(request, NOMINATE, MANAGE)
    lines, more = queries.rounds(actor, before=before(request))
    context = {"lines": lines, "more": more, "manages": actor.can(MANAGE)}
    return render(request, "careers/rounds.html", context)


@require_http_methods(["GET", "POST"])
def round_new(request: HttpRequest) -> HttpResponse:
    """Open a round."""
    actor = staff(request, MANAGE)
    form = forms.RoundForm(request.POST or None, places=managed_places(actor))

    def save() -> HttpResponse:
        return redirect("careers:round", pk=operations.round_open(actor=actor, opening=form.opening()).pk)

    context = {"title": _("Open a recruitment round"), "do": _("Open")}
    return form_page(request, form, save, context, "careers/form.html")


@require_http_methods(["GET", "POST"])
def round_one(request: HttpRequest, pk: int) -> HttpResponse:
    """One round, and the form by which it is closed."""
    actor = staff(request, NOMINATE, MANAGE)
    line = queries.round_page(actor, pk)
    form = forms.CloseForm(request.POST or None)

    def save() -> HttpResponse:
        operations.round_close(actor=actor, round_id=pk, **form.cleaned_data)
        return redirect("careers:round", pk=pk)

    closes = may_manage(actor, line.row.place) and line.row.state == "open"
    left = left_of(line.row) if actor.can(ROSTER) and may_manage(actor, line.row.place) else 0
    context = {"line": line, "row": line.row, "closes": closes, "left": left}
    return form_page(request, form, save, context, "careers/round.html")


@require_http_methods(["GET", "POST"])
def round_appoint(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a post to somebody who was chosen in a round."""
    actor = staff(request, ROSTER)
    line = queries.round_page(actor, pk)
    form = forms.RoundAppointForm(request.POST or None, actor=actor, row=line.row, initial={"since": clock.today()})

    def save() -> HttpResponse:
        post = post_appoint(actor=actor, appointment=form.appointment())
        return redirect("organizations:post", pk=post.pk)

    context = {"title": _("Give a post by this round"), "of": line.row.title, "do": _("Appoint")}
    return form_page(request, form, save, context)


def _day(data: Any) -> date:
    """The day that was said. Raises: promotion.day"""
    day = day_of(data.get("on", ""))
    if day is None:
        raise InvalidInput("promotion.day", _("Say on which day."))
    return day
