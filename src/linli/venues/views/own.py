"""One's own bookings, and one of them: confirmed, given back; called off by those who keep the venue."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from linli.core.actors import Actor
from linli.core.errors import DomainError, Mendable, NotFound
from linli.core.forms import plain
from linli.organizations.views.requests import actor_of
from linli.venues.operations import holding
from linli.venues.queries import pages

PAGE = "venues:booking"


@require_GET
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """One's own bookings."""
    return render(request, "venues/mine.html", {"lines": pages.mine(actor_of(request))})


@require_GET
@login_required
def booking(request: HttpRequest, pk: int) -> HttpResponse:
    """One booking."""
    return _page(request, actor_of(request), pk)


def _page(request: HttpRequest, actor: Actor, pk: int, fault: DomainError | None = None) -> HttpResponse:
    page = pages.booking_page(actor, pk)
    context = {"page": page, "row": page.row, "fault": fault, "sent": plain(request.POST)}
    return render(request, "venues/booking.html", context, status=fault.status if fault else 200)


@require_POST
@login_required
def booking_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """A step of a booking; a refusal is shown on its page, with what was written."""
    actor, data = actor_of(request), plain(request.POST)
    whole = data.get("whole") == "1"
    try:
        if verb == "confirm":
            holding.room_confirm(actor=actor, booking_id=pk, purpose=data.get("purpose", ""))
        elif verb == "return":
            holding.room_return(actor=actor, booking_id=pk, whole=whole)
        elif verb == "cancel":
            holding.room_cancel(actor=actor, booking_id=pk, reason=data.get("reason", ""), whole=whole)
        else:
            raise NotFound
    except Mendable as error:
        return _page(request, actor, pk, error)
    return redirect(PAGE, pk=pk)
