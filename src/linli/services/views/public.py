"""Pages that need no login: the service items, asking for one, one's own request, appointments."""

from collections.abc import Callable
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_GET, require_http_methods

from linli.cases.forms.reports import WordForm
from linli.cases.requests import actor_of, refuse
from linli.core.actors import Actor
from linli.core.errors import DomainError, InvalidInput, Mendable, NotFound
from linli.core.forms import plain, require_filled
from linli.core.visitors import visitor_counted
from linli.organizations.views.requests import page_number
from linli.services import forms, policies
from linli.services.operations import appointments as booking
from linli.services.operations import proxies
from linli.services.operations import requests as operations
from linli.services.queries import appointments, items
from linli.services.queries import requests as queries
from linli.services.sections import kind_names

OWN: Final = "public_services:own"
OWN_APPOINTMENT: Final = "public_services:own_appointment"
ROWS: Final = 30


@require_GET
def menu(request: HttpRequest) -> HttpResponse:
    """What one may ask for, searched by its words."""
    words = plain(request.GET).get("q", "").strip()
    page = Paginator(items.published(words), ROWS).get_page(page_number(request))
    return render(request, "services/public_items.html", {"page": page, "q": words})


@csrf_protect
@require_http_methods(["GET", "POST"])
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """One item: who may ask, what to bring, how long it takes; and the form to ask for it."""
    row = items.published_item(pk)
    form = forms.AskForm(request.POST or None, item=row, places=items.desks_for(row))

    def send() -> HttpResponse:
        receipt = operations.request_ask(actor=actor_of(request), ask=form.ask())
        request.session[f"service:{receipt.request.pk}"] = receipt.code
        return redirect(OWN, token=policies.address_of(receipt.request))

    return _sent(request, form, send, "services/public_item.html", {"item": row})


def _rate(request: HttpRequest, actor: Actor, token: str) -> Any:
    form = WordForm(request.POST)
    require_filled(form, "request.stars")
    return operations.request_rate(actor=actor, address=token, **form.cleaned_data)


_VERBS: Final[dict[str, Callable[[HttpRequest, Actor, str], Any]]] = {
    "rate": _rate,
    "withdraw": lambda _request, actor, token: operations.request_withdraw(actor=actor, address=token),
    "revoke": lambda _request, actor, token: proxies.proxy_revoke(actor=actor, address=token),
}


@csrf_protect
@require_http_methods(["GET", "POST"])
def own(request: HttpRequest, token: str) -> HttpResponse:
    """One's own request: how far it is, who has it now, what was said; withdrawn, rated, the proxy taken back."""
    page, fault = queries.own_page(token), None
    if request.method == "POST":
        call = _VERBS.get(plain(request.POST).get("do", ""))
        try:
            visitor_counted(request)
            if call is None:
                raise InvalidInput("request.verb", "?")
            call(request, actor_of(request), token)
        except Mendable as error:
            fault = error
        else:
            return redirect(OWN, token=token)
    code = request.session.pop(f"service:{page.row.pk}", "")
    context = {"page": page, "row": page.row, "code": code, "fault": fault, "form": WordForm()}
    context["follow"] = request.build_absolute_uri(reverse("public:follow"))
    return render(request, "services/public_own.html", context, status=fault.status if fault else 200)


@require_GET
def times(request: HttpRequest) -> HttpResponse:
    """The times for which one can book."""
    data = plain(request.GET)
    kind = data.get("kind", "")
    context = {"lines": appointments.bookable(data.get("place", ""), kind), "kind": kind, "kinds": kind_names().items()}
    return render(request, "services/public_times.html", context)


@csrf_protect
@require_http_methods(["GET", "POST"])
def time(request: HttpRequest, pk: int) -> HttpResponse:
    """One time, with the form to book it."""
    line = appointments.bookable_slot(pk)
    form = forms.BookForm(request.POST or None)

    def send() -> HttpResponse:
        row = booking.appointment_book(actor=actor_of(request), slot_id=pk, **form.cleaned_data)
        return redirect(OWN_APPOINTMENT, token=policies.address_of(row))

    return _sent(request, form, send, "services/public_time.html", {"line": line, "row": line.row})


@csrf_protect
@require_http_methods(["GET", "POST"])
def own_appointment(request: HttpRequest, token: str) -> HttpResponse:
    """One's own appointment, to be kept; given back by the same address."""
    fault: DomainError | None = None
    if request.method == "POST":
        try:
            visitor_counted(request)
            booking.appointment_cancel(actor=actor_of(request), address=token)
        except Mendable as error:
            fault = error
        else:
            return redirect(OWN_APPOINTMENT, token=token)
    page = appointments.own_appointment(token)
    context = {"page": page, "row": page.row, "line": page.line, "fault": fault}
    return render(request, "services/public_appointment.html", context, status=fault.status if fault else 200)


def _sent(
    request: HttpRequest, form: Any, send: Callable[[], HttpResponse], template: str, context: dict[str, Any]
) -> HttpResponse:
    """Show a form, or send it; what visitors send is counted."""
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                visitor_counted(request)
                return send()
            except NotFound:
                raise
            except DomainError as error:
                status = refuse(form, error)
    return render(request, template, {"form": form, **context}, status=status)
