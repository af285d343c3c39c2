"""Pages on which accounts are counted before they end or change hands."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from linli.core.actors import Actor
from linli.core.errors import Mendable, NotFound
from linli.deliberation.forms.funds import CountForm
from linli.deliberation.operations import fund_counts
from linli.deliberation.policies.funds import require_keep
from linli.deliberation.queries import funds as queries
from linli.deliberation.views.funds import account_page
from linli.deliberation.workflow.funds import KEEP
from linli.organizations.views.requests import form_page, staff


@require_http_methods(["GET", "POST"])
def count(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter what was counted of an account that is to be closed or handed over."""
    actor = staff(request, KEEP)
    row = queries.account_of(actor, pk)
    require_keep(actor, row)
    form = CountForm(request.POST or None, bodies=queries.bodies_beside(row))

    def save() -> HttpResponse:
        fund_counts.fund_count_enter(actor=actor, account_id=pk, counted=form.counted_of())
        messages.success(request, _("Entered. It counts once a second person confirms it."))
        return redirect("funds:account", pk=pk)

    context = {"title": _("Count, then close or hand over"), "do": _("Enter"), "account": row, "books": row.balance}
    return form_page(request, form, save, context, "deliberation/fund_form.html")


@require_POST
def count_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Confirm or refuse a count; a refusal is shown on the page of its account."""
    actor = staff(request, KEEP)
    call = _VERBS.get(verb)
    if call is None:
        raise NotFound
    account_id = queries.count_of(actor, pk).account_id
    try:
        call(actor, pk, request.POST.get("reason", ""))
    except Mendable as error:
        return account_page(request, actor, account_id, error)
    messages.success(request, _("Done."))
    return redirect("funds:account", pk=account_id)


_VERBS: Final[dict[str, Callable[[Actor, int, str], Any]]] = {
    "confirm": lambda actor, pk, _reason: fund_counts.fund_count_confirm(actor=actor, count_id=pk),
    "refuse": lambda actor, pk, reason: fund_counts.fund_count_refuse(actor=actor, count_id=pk, reason=reason),
}
