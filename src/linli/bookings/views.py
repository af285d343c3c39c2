"""Pages of bookings: what can be booked, one offer with its form, the bookings, one with its answer."""

from collections.abc import Callable
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.bookings import forms, queries
from linli.bookings.operations import bookings as operations
from linli.bookings.queries import VIEWS, Wanted
from linli.bookings.workflow import BOOK, BOOKING, LEND
from linli.core.actors import Actor
from linli.core.errors import DomainError, Mendable, NotFound
from linli.core.forms import plain
from linli.deliberation.views.topics import before, kept
from linli.organizations.views.requests import form_page, page_number, staff

PAGE: Final = "bookings:booking"


@require_GET
def bookings(request: HttpRequest) -> HttpResponse:
    """The bookings that somebody sees, a page at a time."""
    actor = staff(request, BOOK, LEND)
    data = plain(request.GET)
    asked = Wanted(data.get("view", ""), data.get("state", ""), before(request))
    lines, more = queries.listed(actor, asked)
    context = {"lines": lines, "more": more, "asked": asked, "query": kept(request)}
    context |= {"states": BOOKING.choices, "views": VIEWS}
    return render(request, "bookings/bookings.html", context)


@require_GET
def offers(request: HttpRequest) -> HttpResponse:
    """What can be booked today, and how much of it is free now."""
    actor = staff(request, BOOK, LEND)
    words = plain(request.GET).get("q", "").strip()
    page = Paginator(queries.bookable(words), queries.PAGE).get_page(page_number(request))
    return render(request, "bookings/offers.html", {"page": page, "q": words, "lends": actor.can(LEND)})


@require_http_methods(["GET", "POST"])
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    """One offer: what is held of it, and the form to book it."""
    actor = staff(request, BOOK, LEND)
    page = queries.offer_page(actor, pk)
    form = forms.WishForm(request.POST or None, page=page)

    def save() -> HttpResponse:
        if not page.books:
            raise NotFound
        return redirect(PAGE, pk=operations.booking_ask(actor=actor, wish=form.wish()).pk)

    context = {"title": _("Book"), "page": page, "offer": page.offer}
    return form_page(request, form, save, context, "bookings/offer.html")


@require_GET
def booking(request: HttpRequest, pk: int) -> HttpResponse:
    """One booking."""
    return _page(request, staff(request, BOOK, LEND), pk)


def _page(request: HttpRequest, actor: Actor, pk: int, fault: DomainError | None = None) -> HttpResponse:
    page = queries.booking_page(actor, pk)
    context = {"page": page, "row": page.row, "fault": fault, "reason": plain(request.POST).get("reason", "")}
    return render(request, "bookings/booking.html", context, status=fault.status if fault else 200)


_VERBS: Final[dict[str, Callable[..., Any]]] = {
    "approve": operations.booking_approve,
    "refuse": operations.booking_refuse,
    "cancel": operations.booking_cancel,
    "withdraw": operations.booking_withdraw,
}


@require_POST
def booking_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Answer a booking, or give it back; a refusal is shown on its page."""
    actor = staff(request, BOOK, LEND)
    call = _VERBS.get(verb)
    if call is None:
        raise NotFound
    given = {} if verb == "approve" else {"reason": plain(request.POST).get("reason", "")}
    try:
        call(actor=actor, booking_id=pk, **given)
    except Mendable as error:
        return _page(request, actor, pk, error)
    return redirect(PAGE, pk=pk)
