"""The desk's and the back office's pages of requests: the list, taking one in, one with what may be done, a copy."""

from collections.abc import Callable
from typing import Any, Final, cast

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core import files
from linli.core.actors import Actor
from linli.core.errors import DomainError, Mendable, NotFound
from linli.core.forms import plain, require_filled
from linli.deliberation.views.topics import before, kept
from linli.organizations.views.requests import form_page, staff
from linli.services import forms
from linli.services.operations import proxies
from linli.services.operations import requests as operations
from linli.services.queries import items
from linli.services.queries import requests as queries
from linli.services.workflow import HANDLE, KEEP, REQUEST

PAGE: Final = "services:request"


@require_GET
def requests(request: HttpRequest) -> HttpResponse:
    """The requests that somebody sees, a page at a time."""
    actor = staff(request, KEEP, HANDLE)
    asked = queries.Wanted(plain(request.GET).get("state", ""), before(request))
    lines, more = queries.listed(actor, asked)
    states = [("open", pgettext("service request", "open")), *REQUEST.choices]
    context = {"lines": lines, "more": more, "asked": asked, "query": kept(request), "states": states}
    return render(request, "services/requests.html", {**context, "keeps": actor.can(KEEP)})


@require_http_methods(["GET", "POST"])
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a request for an item in; what is missing is told before anything is taken."""
    actor = staff(request, KEEP)
    places = items.desks_of(actor)
    item = next((row for row in items.taken_at(places) if row.pk == pk), None)
    if item is None:
        raise NotFound
    own = [place for place in places if place.path.startswith(item.place.path)]
    form = forms.TakeForm(request.POST or None, item=item, places=own)

    def save() -> HttpResponse:
        receipt = operations.request_take(actor=actor, ask=form.ask())
        request.session[f"service:{receipt.request.pk}"] = receipt.code
        return redirect(PAGE, pk=receipt.request.pk)

    return form_page(request, form, save, {"title": item.label, "item": item}, "services/take.html")


@require_GET
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One request."""
    return _page(request, staff(request, KEEP, HANDLE), pk)


def _page(
    request: HttpRequest, actor: Actor, pk: int, fault: DomainError | None = None, looked: Any = None
) -> HttpResponse:
    page = queries.request_page(actor, pk)
    code = request.session.pop(f"service:{pk}", "") if fault is None else ""
    context = {
        "page": page,
        "row": page.row,
        "fault": fault,
        "looked": looked,
        "code": code,
        "address": request.build_absolute_uri(reverse("public:follow")) if code else "",
        "labels": {item.verb: item.label for item in REQUEST.moves},
        "seen": forms.SeenForm(item=page.row.item),
        "copy": forms.CopyForm(),
        "copies": _copies(actor, page),
        "words": plain(request.POST).get("words", ""),
    }
    return render(request, "services/request.html", context, status=fault.status if fault else 200)


def _copies(actor: Actor, page: queries.RequestPage) -> list[Any]:
    return list(page.proxy.copies.order_by("pk")) if page.proxy and actor.can(KEEP) else []


Call = Callable[[HttpRequest, Actor, int], Any]


def _plain(operation: Callable[..., Any]) -> Call:
    return lambda _request, actor, pk: operation(actor=actor, request_id=pk)


def _words(operation: Callable[..., Any]) -> Call:
    return lambda request, actor, pk: operation(actor=actor, request_id=pk, words=plain(request.POST).get("words", ""))


def _complete(request: HttpRequest, actor: Actor, pk: int) -> Any:
    return operations.request_complete(actor=actor, request_id=pk, seen_papers=request.POST.getlist("seen"))


def _copy(request: HttpRequest, actor: Actor, pk: int) -> Any:
    form = forms.CopyForm(request.POST, request.FILES)
    require_filled(form, "request.paper")
    data = form.cleaned_data
    return proxies.copy_add(actor=actor, request_id=pk, name=data["name"], content=cast(Any, data["content"]))


_VERBS: Final[dict[str, Call]] = {
    "take": _complete,
    "accept": _plain(proxies.proxy_accept),
    "copy": _copy,
    "start": _plain(operations.request_start),
    "ask_papers": _words(operations.request_ask_papers),
    "bring": _plain(operations.request_bring),
    "finish": _words(operations.request_finish),
    "refuse": _words(operations.request_refuse),
    "report": _words(operations.request_report),
    "hand_over": _words(operations.request_hand_over),
    "drop": _words(operations.request_drop),
}


@require_POST
def do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Take a request a step further; a refusal is shown on its page."""
    actor = staff(request, KEEP, HANDLE)
    try:
        if verb == "look":
            reason = plain(request.POST).get("reason", "")
            looked = operations.contact_unmask(actor=actor, request_id=pk, reason=reason)
            return _page(request, actor, pk, looked=looked)
        if verb not in _VERBS:
            raise NotFound
        _VERBS[verb](request, actor, pk)
    except Mendable as error:
        return _page(request, actor, pk, error)
    return redirect(PAGE, pk=pk)


@require_GET
def copy(request: HttpRequest, pk: int) -> FileResponse:
    """A copy of a paper, for the desk; the look is logged and no browser keeps it."""
    row = proxies.copy_look(actor=staff(request, KEEP), copy_id=pk)
    stream = files.path_of(row.sha256).open("rb")
    return FileResponse(stream, content_type=row.media_type, headers={"Cache-Control": "no-store"})
