"""The page where the system administrator issues API keys and revokes them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from linli.api.forms import KeyForm
from linli.api.keys import LABELS, key_issue, key_revoke, keys_for
from linli.cases.requests import refuse, staff
from linli.core import clock
from linli.core.errors import DomainError


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
