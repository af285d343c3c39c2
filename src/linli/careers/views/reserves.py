"""Pages of reserves: gaps by community, the list, a nomination, one candidate with what may be done."""

from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.careers import forms
from linli.careers.operations import reserves as operations
from linli.careers.queries import reserves as queries
from linli.careers.queries.talents import desk_places
from linli.careers.workflow import MANAGE, NOMINATE, RESERVES, TARGETS
from linli.core.actors import Actor
from linli.core.errors import DomainError, Mendable, NotFound
from linli.core.forms import plain
from linli.deliberation.views.topics import before, kept
from linli.organizations.views.requests import form_page, staff

PAGE: Final = "careers:reserve"
_VERBS: Final[dict[str, Callable[..., Any]]] = {
    "approve": operations.reserve_approve,
    "refuse": operations.reserve_refuse,
    "appoint": operations.reserve_appoint,
    "leave": operations.reserve_leave,
}


@require_GET
def reserves(request: HttpRequest) -> HttpResponse:
    """The communities that fall short, and the reserves a page at a time."""
    return _list(request, None)


@require_GET
def community(request: HttpRequest, pk: int) -> HttpResponse:
    """What one community holds in reserve against what it should."""
    return _list(request, pk)


def _list(request: HttpRequest, place_id: int | None) -> HttpResponse:
    actor = staff(request, NOMINATE, MANAGE)
    data = plain(request.GET)
    asked = queries.Wanted(data.get("target", ""), data.get("state", ""), data.get("q", "").strip(), before(request))
    held = [queries.holding_of(actor, place_id)] if place_id else queries.holdings(actor, short_only=True)
    lines, more = queries.listed(actor, asked, place_id)
    context = {"lines": lines, "more": more, "asked": asked, "query": kept(request), "held": held}
    context |= {"targets": TARGETS, "states": RESERVES.choices, "place": held[0].place if place_id else None}
    return render(request, "careers/reserves.html", context)


@require_http_methods(["GET", "POST"])
def reserve_new(request: HttpRequest) -> HttpResponse:
    """Nominate somebody."""
    actor = staff(request, NOMINATE, MANAGE)
    form = forms.NominationForm(
        request.POST or None, places=desk_places(actor), initial={"place": plain(request.GET).get("place", "")}
    )

    def save() -> HttpResponse:
        row = operations.reserve_nominate(actor=actor, nomination=form.nomination())
        return redirect(PAGE, pk=row.pk)

    return form_page(
        request, form, save, {"title": _("Nominate for the reserve"), "do": _("Nominate")}, "careers/form.html"
    )


@require_GET
def reserve(request: HttpRequest, pk: int) -> HttpResponse:
    """One candidate."""
    return _page(request, staff(request, NOMINATE, MANAGE), pk)


def _page(request: HttpRequest, actor: Actor, pk: int, fault: DomainError | None = None) -> HttpResponse:
    page = queries.reserve_page(actor, pk)
    context = {"page": page, "row": page.line.row, "fault": fault, "reason": plain(request.POST).get("reason", "")}
    return render(request, "careers/reserve.html", context, status=fault.status if fault else 200)


@require_POST
def reserve_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Decide on a candidate, or end a reserve; a refusal is shown on its page."""
    actor = staff(request, NOMINATE, MANAGE)
    call = _VERBS.get(verb)
    if call is None:
        raise NotFound
    given = {"reason": plain(request.POST).get("reason", "")} if verb in ("refuse", "leave") else {}
    try:
        call(actor=actor, reserve_id=pk, **given)
    except Mendable as error:
        return _page(request, actor, pk, error)
    return redirect(PAGE, pk=pk)
