"""One's inbox. Opening a message is a POST, because it marks the message as read."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from linli.core.actors import VISITOR, Actor
from linli.core.errors import NotFound
from linli.messaging.operations.reading import message_read, message_read_all
from linli.messaging.queries import inbox


def signed_in(request: HttpRequest) -> Actor:
    """Who asks. Raises: not_found for visitors"""
    actor = cast(Actor, getattr(request, "actor", VISITOR))
    if actor.user_id is None:
        raise NotFound
    return actor


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """A page of one's messages; `?unread=1` leaves out what was read."""
    unread = request.GET.get("unread") == "1"
    page = inbox(signed_in(request), unread=unread, after=request.GET.get("after", ""))
    newest = page.lines[0].message.pk if page.lines else 0
    return render(request, "messaging/inbox.html", {"page": page, "only_unread": unread, "newest": newest})


@require_POST
def open_message(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a message as read and go where it leads."""
    message = message_read(actor=signed_in(request), message_id=pk)
    return redirect(message.link or "messaging:inbox")


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything that was shown as read."""
    newest = request.POST.get("newest", "")
    message_read_all(actor=signed_in(request), up_to=int(newest) if newest.isdigit() and len(newest) < 19 else 0)
    return redirect("messaging:inbox")
