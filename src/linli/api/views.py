"""The pages where the system administrator issues and revokes API keys, and tends webhooks."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.api import announcing
from linli.api.forms import KeyForm, WebhookForm
from linli.api.keys import LABELS, key_issue, key_revoke, keys_for
from linli.api.webhooks import (
    ABILITY,
    deliveries_of,
    webhook_end,
    webhook_for,
    webhook_make,
    webhook_pause,
    webhook_renew,
    webhook_resume,
    webhook_settle,
    webhook_test,
    webhook_try_again,
    webhooks_for,
)
from linli.cases.requests import refuse, staff
from linli.core import clock
from linli.core.errors import DomainError, NotFound

VERBS: Final[Mapping[str, Callable[..., Any]]] = {
    "pause": webhook_pause,
    "resume": webhook_resume,
    "end": webhook_end,
    "test": webhook_test,
    "settle": webhook_settle,
}


@never_cache
@require_http_methods(["GET", "POST"])
def keys(request: HttpRequest) -> HttpResponse:
    """The keys, and a new one, whose secret is shown in this answer only."""
    actor = staff(request, "system.configure")
    form = KeyForm(request.POST or None, actor=actor)
    issued, status = None, 200
    if request.method == "POST" and form.is_valid():
        try:
            issued = key_issue(actor=actor, **form.cleaned_data)
            form = KeyForm(None, actor=actor)
        except DomainError as refusal:
            status = refuse(form, refusal)
    rows = keys_for(actor)[:200]
    context = {"form": form, "issued": issued, "rows": rows, "labels": dict(LABELS), "today": clock.today()}
    return render(request, "api/keys.html", context, status=status)


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Revoke a key."""
    key_revoke(actor=staff(request, "system.configure"), key_id=pk)
    return redirect("api_keys:keys")


@never_cache
@require_http_methods(["GET", "POST"])
def webhooks(request: HttpRequest) -> HttpResponse:
    """The webhooks, and a new one, whose secret is shown in this answer only."""
    actor = staff(request, ABILITY)
    form = WebhookForm(request.POST or None, actor=actor)
    made, status = None, 200
    if request.method == "POST" and form.is_valid():
        try:
            made = webhook_make(actor=actor, home=request.build_absolute_uri("/"), **form.cleaned_data)
            form = WebhookForm(None, actor=actor)
        except DomainError as refusal:
            status = refuse(form, refusal)
    context = {"form": form, "made": made, "rows": webhooks_for(actor), "labels": dict(announcing.LABELS)}
    return render(request, "api/webhooks.html", context, status=status)


@require_GET
def webhook(request: HttpRequest, pk: int) -> HttpResponse:
    """One webhook with what it was told."""
    return _webhook_page(request, pk)


@never_cache
@require_POST
def webhook_secret(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a webhook a new secret, which is shown in this answer only."""
    made = webhook_renew(actor=staff(request, ABILITY), webhook_id=pk)
    return _webhook_page(request, pk, made.secret)


def _webhook_page(request: HttpRequest, pk: int, secret: str = "") -> HttpResponse:
    row = webhook_for(staff(request, ABILITY), pk)
    page = deliveries_of(row, after=request.GET.get("after", ""))
    context = {"row": row, "page": page, "labels": dict(announcing.LABELS), "kept": announcing.KEPT.days}
    changing = row.former_until is not None and row.former_until > clock.now()
    return render(request, "api/webhook.html", {**context, "secret": secret, "changing": changing})


@require_POST
def webhook_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Pause, resume or end a webhook, or send it a test."""
    actor = staff(request, ABILITY)
    if verb not in VERBS:
        raise NotFound
    VERBS[verb](actor=actor, webhook_id=pk)
    if verb == "end":
        return redirect("api_keys:webhooks")
    if verb == "test":
        messages.success(request, _("The test message is sent within a minute."))
    return redirect("api_keys:webhook", pk)


@require_POST
def webhook_retry(request: HttpRequest, pk: int, delivery: int) -> HttpResponse:
    """Try a delivery again that failed for good."""
    webhook_try_again(actor=staff(request, ABILITY), webhook_id=pk, delivery_id=delivery)
    messages.success(request, _("It is tried again within a minute."))
    return redirect("api_keys:webhook", pk)
