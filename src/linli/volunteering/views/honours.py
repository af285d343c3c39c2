"""Pages of honours: the desk's list, a nomination, one with its steps; the public notice with its objections."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import Mendable, NotFound
from linli.core.forms import number_of, plain
from linli.core.visitors import visitor_counted
from linli.organizations.views.requests import actor_of, form_page, staff
from linli.volunteering import forms
from linli.volunteering.honours_section import kind_names
from linli.volunteering.operations import honours as operations
from linli.volunteering.operations.neighbours import neighbour_offer_end
from linli.volunteering.policies.neighbours import may_offer
from linli.volunteering.queries import honours as queries
from linli.volunteering.queries.neighbours import offer_of
from linli.volunteering.views.neighbours import offer_form, offer_from
from linli.volunteering.workflow import HONOURS, KEEP

PAGE: Final = "volunteering:honour"


@require_GET
def honours(request: HttpRequest) -> HttpResponse:
    """The honours of a desk's places, a page at a time."""
    actor = staff(request, KEEP)
    data = plain(request.GET)
    text = data.get("before", "")
    before = number_of(text) or 0
    state, kind = data.get("state", "")[:12], data.get("kind", "")[:64]
    lines, more = queries.listed(actor, state, kind, before)
    kept = request.GET.copy()
    kept.pop("before", None)
    context = {
        "lines": lines,
        "more": more,
        "state": state,
        "kind": kind,
        "states": HONOURS.choices,
        "kinds": list(kind_names().items()),
        "query": kept.urlencode(),
    }
    return render(request, "volunteering/honours.html", context)


@require_http_methods(["GET", "POST"])
def honour_new(request: HttpRequest) -> HttpResponse:
    """Nominate somebody or something."""
    actor = staff(request, KEEP)
    form = forms.NominationForm(
        request.POST or None,
        places=queries.places_for(actor),
        teams=queries.teams_for(actor),
        projects=queries.projects_for(actor),
    )

    def save() -> HttpResponse:
        return redirect(PAGE, pk=operations.honour_nominate(actor=actor, nomination=form.nomination()).pk)

    return form_page(request, form, save, {}, "volunteering/honour_form.html")


@require_GET
def honour(request: HttpRequest, pk: int) -> HttpResponse:
    """One honour."""
    return _page(request, staff(request, KEEP, "figures.view", "territory.view"), pk)


def _page(request: HttpRequest, actor: Actor, pk: int, fault: Mendable | None = None) -> HttpResponse:
    page = queries.honour_page(actor, pk)
    context: dict[str, Any] = {"page": page, "row": page.row, "fault": fault}
    if may_offer(actor, page.row):
        context |= {"offers": True, "offer": offer_of(page.row)}
        context["offer_form"] = offer_form(page.row, request.POST if fault and "text" in request.POST else None)
    return render(request, "volunteering/honour.html", context, status=fault.status if fault else 200)


Call = Callable[[Actor, int, Any], Any]


def _because(operation: Callable[..., Any]) -> Call:
    return lambda actor, pk, data: operation(actor=actor, honour_id=pk, reason=data.get("reason", ""))


def _award(actor: Actor, pk: int, data: Any) -> Any:
    given = {name: data.get(name, "") for name in ("awarded_by", "document")}
    return operations.honour_award(actor=actor, honour_id=pk, **given)


_VERBS: Final[dict[str, Call]] = {
    "accept": lambda actor, pk, _data: operations.honour_accept(actor=actor, honour_id=pk),
    "decline": _because(operations.honour_decline),
    "withdraw": _because(operations.honour_withdraw),
    "take_back": _because(operations.honour_take_back),
    "award": _award,
    "offer": lambda actor, pk, data: offer_from(actor, queries.seen_by(actor).get(pk=pk), data),
    "take_down": lambda actor, pk, _data: neighbour_offer_end(actor=actor, honour_id=pk),
}


@require_POST
def honour_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Take an honour a step further; a refusal is shown on its page."""
    actor = staff(request, KEEP)
    call = _VERBS.get(verb)
    if call is None or not queries.seen_by(actor).filter(pk=pk).exists():
        raise NotFound
    return _done(request, actor, pk, lambda: call(actor, pk, plain(request.POST)))


@require_POST
def objection(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer an objection."""
    actor = staff(request, KEEP)
    found = queries.objection_seen(actor, pk)
    data = plain(request.POST)
    upheld, answer = data.get("upheld") == "yes", data.get("answer", "")
    return _done(
        request,
        actor,
        found.honour_id,
        lambda: operations.objection_answer(actor=actor, objection_id=pk, upheld=upheld, answer=answer),
    )


def _done(request: HttpRequest, actor: Actor, pk: int, call: Callable[[], Any]) -> HttpResponse:
    try:
        call()
    except Mendable as error:
        return _page(request, actor, pk, error)
    return redirect(PAGE, pk=pk)


@require_GET
def public_list(request: HttpRequest) -> HttpResponse:
    """Honours in public notice, and those awarded lately."""
    return render(request, "volunteering/public_honours.html", {"page": queries.public_honours(clock.today())})


@csrf_protect
@require_http_methods(["GET", "POST"])
def public_honour(request: HttpRequest, pk: int) -> HttpResponse:
    """One honour in public notice; anybody may object."""
    line = queries.public_honour(pk)
    form = forms.ObjectionForm(request.POST or None)

    def save() -> HttpResponse:
        visitor_counted(request)
        given = {name: form.cleaned_data[name] for name in ("text", "contact")}
        operations.honour_object(actor=actor_of(request), honour_id=pk, **given)
        messages.success(request, _("Your objection was taken in. It is answered before anything is awarded."))
        return redirect("public_volunteering:honours")

    context = {"line": line, "row": line.row}
    return form_page(request, form, save, context, "volunteering/public_honour.html")
