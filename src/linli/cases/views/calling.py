"""What the desk says to a reporter who left only a phone, and how it went."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.cases.operations.calling import reporter_told
from linli.cases.operations.telling import REASONED
from linli.cases.policies import may_call
from linli.cases.queries.pages import CasePage
from linli.cases.reading import public_text
from linli.cases.requests import STAFF, staff
from linli.cases.words import CALL
from linli.cases.workflow import OPEN, UNDONE
from linli.core import clock
from linli.core.actors import Actor


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
    lines = standing(page)
    if case.public_reason and case.state in REASONED:
        lines.append(_("Reason: %(reason)s") % {"reason": public_text(case.public_reason)})
    return [*lines, *(public_text(note.text) for note in page.notes if note.public)]


def standing(page: CasePage) -> list[str]:
    """Where a matter stands, as its reporter may be told: without a phone or the report itself."""
    case = page.case
    lines = [_("Number %(number)s: %(state)s.") % {"number": case.number, "state": page.labels.get(case.state, "")}]
    if case.lead and case.state in OPEN:
        lines.append(_("It is with %(body)s.") % {"body": case.lead.name})
    if case.due and case.state in UNDONE:
        lines.append(_("Due by %(due)s.") % {"due": f"{case.due.astimezone(clock.SHANGHAI):%Y-%m-%d}"})
    if case.result:
        lines.append(_("What was done: %(result)s") % {"result": public_text(case.result)})
    return lines
