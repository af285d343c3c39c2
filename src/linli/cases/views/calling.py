"""What the desk says to a reporter who must or wants to be called, how it went, and the slip to hand over."""

from typing import Final

import segno
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from linli.cases.operations.calling import reporter_told
from linli.cases.policies import may_call
from linli.cases.queries.news import answers, reason, slip_for, standing
from linli.cases.queries.pages import CasePage, case_for
from linli.cases.queries.posters import full_name
from linli.cases.requests import STAFF, staff
from linli.cases.words import CALL
from linli.core import clock, printing
from linli.core.actors import Actor
from linli.core.errors import NotAllowed

# The code is shown once; the page that shows it sends it back signed, for as long as a desk is open.
SLIP: Final = "cases.slip"
SLIP_SECONDS: Final = 12 * 3600


@require_POST
def told(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down whether the reporter was told."""
    outcome, state = request.POST.get("outcome", ""), request.POST.get("state", "")
    settled = reporter_told(actor=staff(request, *STAFF), case_id=pk, outcome=outcome, state=state)
    messages.success(request, _("Written down.") if settled else _("Written down; it comes back next working day."))
    return redirect("cases:case", pk=pk)


def to_say(viewer: Actor, page: CasePage) -> list[str]:
    """What to say to the reporter where a call is owed and the viewer may make it: nothing personal."""
    case = page.case
    if not any(item.kind == CALL for item in page.held) or not may_call(viewer, case):
        return []
    why = reason(case)
    return [*standing(page), *([_("Reason: %(reason)s") % {"reason": why}] if why else []), *answers(page)]


def slip_sign(pk: int, code: str) -> str:
    """What a page that shows the code sends along to have it printed."""
    return signing.dumps([pk, code], salt=SLIP) if code else ""


@require_http_methods(["GET", "POST"])
def slip(request: HttpRequest, pk: int) -> HttpResponse:
    """The slip for the reporter, A5: the number, where the matter stands, what was answered and who answers.

    For the desk of the matter; whoever registered it elsewhere prints it from the page that shows the code.
    """
    actor = staff(request, *STAFF)
    code = _signed(request.POST.get("slip", ""), pk)
    if not code and not may_call(actor, case_for(actor, pk)):
        raise NotAllowed("call.not_yours", _("Only the desk tells the reporter."))
    found = slip_for(pk)
    address = request.build_absolute_uri(f"{reverse('public:follow')}?number={found.case.number}")
    context = {
        "slip": found,
        "place": full_name(found.case.place),
        "code": code,
        "address": address,
        "picture": segno.make(address, error="m").svg_data_uri(border=0),
        "now": clock.now(),
    }
    text = render_to_string("cases/slip.html", context, request)
    headers = {"Content-Disposition": f'inline; filename="{found.case.number}-slip.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(printing.pdf(text), content_type="application/pdf", headers=headers)


def _signed(sign: str, pk: int) -> str:
    """The code of this very matter; none where the sign is old, another's or made up."""
    try:
        of, code = signing.loads(sign, salt=SLIP, max_age=SLIP_SECONDS) if sign else (0, "")
    except signing.BadSignature:
        return ""
    return str(code) if of == pk else ""
