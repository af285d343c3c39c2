"""Publishing the summary of a matter, and withdrawing it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.cases.operations.publishing import summary_publish, summary_withdraw
from linli.cases.requests import STAFF, staff
from linli.core.errors import InvalidInput


@require_POST
def summary(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish what was written, or withdraw what is public; what cannot be published is said on the matter's page."""
    actor = staff(request, *STAFF)
    if request.POST.get("withdraw") == "1":
        summary_withdraw(actor=actor, case_id=pk)
        messages.success(request, _("The summary is no longer public."))
        return redirect("cases:case", pk=pk)
    try:
        summary_publish(actor=actor, case_id=pk, text=request.POST.get("text", ""))
    except InvalidInput as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("The summary is public."))
    return redirect("cases:case", pk=pk)
