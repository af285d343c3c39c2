"""One's inbox and how one is told beside it; the outbox for the system administrator.

Opening a message is a POST, because it marks the message as read.
"""

from typing import cast

from django.conf import settings as django_settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core.actors import VISITOR, Actor
from linli.core.errors import DomainError, NotFound
from linli.core.forms import number_of
from linli.messaging.channels import ready_channels
from linli.messaging.forms import PreferenceForm
from linli.messaging.operations.delivering import delivery_retry, job_retry
from linli.messaging.operations.preferring import preference_set
from linli.messaging.operations.reading import message_read, message_read_all
from linli.messaging.queries import inbox, outbox, preference_of


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
    message_read_all(actor=signed_in(request), up_to=number_of(newest) or 0)
    return redirect("messaging:inbox")


@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """How one wants to hear of messages beside the inbox."""
    actor = signed_in(request)
    chosen = preference_of(actor)
    initial = {"channel": chosen.channel, "address": chosen.address, "pace": chosen.pace} if chosen else {}
    form = PreferenceForm(request.POST or None, initial=initial)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                preference_set(actor=actor, **form.cleaned_data)
                messages.success(request, _("Saved."))
                return redirect("messaging:settings")
            except DomainError as error:
                form.add_error(None, error.sentence)
                status = error.status
    context = {"form": form, "channels": ready_channels(), "digest_at": django_settings.DIGEST_AT}
    return render(request, "messaging/settings.html", context, status=status)


@require_GET
def outbox_page(request: HttpRequest) -> HttpResponse:
    """What waits to leave the house and what failed for good."""
    page = outbox(signed_in(request), after=request.GET.get("after", ""))
    return render(request, "messaging/outbox.html", {"page": page, "channels": ready_channels()})


@require_POST
def retry_delivery(request: HttpRequest, pk: int) -> HttpResponse:
    """Try a delivery again."""
    delivery_retry(actor=signed_in(request), delivery_id=pk)
    messages.success(request, _("It is tried again now."))
    return redirect("messaging:outbox")


@require_POST
def retry_job(request: HttpRequest, pk: int) -> HttpResponse:
    """Try a job again."""
    job_retry(actor=signed_in(request), job_id=pk)
    messages.success(request, _("It is tried again now."))
    return redirect("messaging:outbox")
