"""Pages of commitments and of standing relations: the lists, one of each with its verbs, a new relation."""

from collections.abc import Callable
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.cases.requests import staff
from linli.core.actors import Actor
from linli.core.errors import DomainError, Mendable, NotFound
from linli.core.forms import plain
from linli.deliberation.forms.meetings import RelationForm, days_ahead
from linli.deliberation.models import Partnership
from linli.deliberation.operations import commitments as operations
from linli.deliberation.operations import partnerships
from linli.deliberation.policies.meetings import require_convene, require_report
from linli.deliberation.queries import commitments as queries
from linli.deliberation.queries import meetings
from linli.deliberation.views.meetings import ANYBODY, FORM, day_sent
from linli.deliberation.workflow.meetings import ACTORS, COMMITMENT, CONVENE, PARTNERSHIP, VIEW
from linli.organizations.views.requests import form_page

MOVES: Final = ("postpone", "drop")


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """What was promised, overdue first."""
    actor = staff(request, *ANYBODY)
    state = request.GET.get("state", "")
    rows = [(row, COMMITMENT.label(row.state)) for row in queries.commitments(actor, state)]
    context = {"rows": rows, "states": COMMITMENT.choices, "state": state, "tab": "commitments"}
    return render(request, "deliberation/commitments.html", context)


@require_GET
def commitment(request: HttpRequest, pk: int) -> HttpResponse:
    """One commitment with its history."""
    return _page(request, staff(request, *ANYBODY), pk)


def _page(request: HttpRequest, actor: Actor, pk: int, fault: DomainError | None = None) -> HttpResponse:
    page = queries.commitment_page(actor, pk)
    context = {"page": page, "row": page.row, "fault": fault, "soon": days_ahead(7), "today": days_ahead(0)}
    context |= {"said": plain(request.POST).get("text", "") if fault else ""}
    return render(request, "deliberation/commitment.html", context, status=fault.status if fault else 200)


@require_POST
def commitment_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Report on a commitment, say that it is done, set another day, or release the body from it."""
    actor = staff(request, *ANYBODY)
    row = queries.commitment_page(actor, pk).row
    if verb not in VERBS:
        raise NotFound
    if verb in MOVES:
        require_convene(actor, row.place)
    else:
        require_report(actor, row)
    try:
        VERBS[verb](request, actor, pk)
    except Mendable as error:
        return _page(request, actor, pk, error)
    return redirect("meetings:commitment", pk=pk)


VERBS: Final[dict[str, Callable[[HttpRequest, Actor, int], object]]] = {
    "report": lambda request, actor, pk: operations.commitment_report(
        actor=actor, commitment_id=pk, text=plain(request.POST).get("text", "")
    ),
    "keep": lambda request, actor, pk: operations.commitment_keep(
        actor=actor,
        commitment_id=pk,
        evidence=plain(request.POST).get("text", ""),
        on=day_sent(plain(request.POST).get("on", "")),
    ),
    "postpone": lambda request, actor, pk: operations.commitment_postpone(
        actor=actor,
        commitment_id=pk,
        due=day_sent(plain(request.POST).get("due", "")),
        reason=plain(request.POST).get("reason", ""),
    ),
    "drop": lambda request, actor, pk: operations.commitment_drop(
        actor=actor, commitment_id=pk, reason=plain(request.POST).get("reason", "")
    ),
}


@require_GET
def relations(request: HttpRequest) -> HttpResponse:
    """Standing relations of one type."""
    actor = staff(request, VIEW, CONVENE)
    chosen = _type(request)
    context = {
        "rows": [(row, PARTNERSHIP.label(row.state)) for row in queries.partnerships(actor, chosen)],
        "types": Partnership.Type.choices,
        "type": chosen,
        "may_convene": actor.can(CONVENE),
        "tab": "relations",
    }
    return render(request, "deliberation/partnerships.html", context)


@require_http_methods(["GET", "POST"])
def relation_new(request: HttpRequest) -> HttpResponse:
    """Record a standing relation."""
    actor = staff(request, CONVENE)
    chosen = _type(request)
    mechanism = chosen == Partnership.Type.MECHANISM
    places = meetings.place_choices(actor)
    offers = {"place": places}
    if not mechanism:
        bodies = [("", "—"), *meetings.body_choices(places)]
        offers |= {"organization": bodies, "partner": bodies}
    form = RelationForm(request.POST or None, mechanism=mechanism, offers=offers)

    def save() -> HttpResponse:
        row = partnerships.partnership_make(actor=actor, relation=form.relation(chosen))
        return redirect("meetings:partnership", pk=row.pk)

    title = dict(Partnership.Type.choices)[chosen]
    return form_page(request, form, save, {"title": _("New: %s") % title, "do": _("Save")}, FORM)


@require_GET
def relation(request: HttpRequest, pk: int) -> HttpResponse:
    """One standing relation with what both sides did together."""
    page = queries.partnership_page(staff(request, VIEW, CONVENE), pk)
    names = dict(ACTORS)
    context = {
        "page": page,
        "row": page.row,
        "actors": [names.get(code, code) for code in page.actors],
        "today": days_ahead(0),
        "state": PARTNERSHIP.label(page.row.state),
    }
    return render(request, "deliberation/partnership.html", context)


@require_POST
def relation_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Set a relation up, note a joint event, or end it."""
    actor = staff(request, VIEW, CONVENE)
    row = queries.partnership_page(actor, pk).row
    require_convene(actor, row.place)
    if verb not in RELATION_VERBS:
        raise NotFound
    try:
        RELATION_VERBS[verb](request, actor, pk)
    except Mendable as error:
        messages.error(request, error.sentence)
    return redirect("meetings:partnership", pk=pk)


RELATION_VERBS: Final[dict[str, Callable[[HttpRequest, Actor, int], object]]] = {
    "set_up": lambda request, actor, pk: partnerships.partnership_set_up(
        actor=actor,
        partnership_id=pk,
        since=day_sent(plain(request.POST).get("since", "")),
        evidence=plain(request.POST).get("evidence", ""),
    ),
    "event": lambda request, actor, pk: partnerships.partnership_event(
        actor=actor,
        partnership_id=pk,
        on=day_sent(plain(request.POST).get("on", "")),
        text=plain(request.POST).get("text", ""),
    ),
    "end": lambda request, actor, pk: partnerships.partnership_end(
        actor=actor, partnership_id=pk, reason=plain(request.POST).get("reason", "")
    ),
}


def _type(request: HttpRequest) -> str:
    chosen = request.GET.get("type", Partnership.Type.ARRANGEMENT.value)
    if chosen not in Partnership.Type.values:
        raise NotFound
    return chosen
