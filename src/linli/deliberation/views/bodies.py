"""Pages of those who keep self-government bodies: the list, one with its verbs, one election."""

from collections.abc import Callable
from typing import Any, Final

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import DomainError, Mendable, NotFound
from linli.core.forms import plain, require_filled
from linli.deliberation import bodies_section
from linli.deliberation.forms import bodies as forms
from linli.deliberation.operations import bodies as operations
from linli.deliberation.operations import body_elections as elections
from linli.deliberation.queries import bodies as queries
from linli.deliberation.queries.bodies import BodyPage, ElectionPage, Wanted
from linli.deliberation.views.topics import before, kept
from linli.deliberation.workflow.bodies import ELECTION, FOUNDING, KEEP, TERMS, VIEW
from linli.organizations.views.requests import form_page, staff

PAGE: Final = "bodies:body"
UNRECORDED: Final = (queries.UNRECORDED, _lazy("no founding recorded"))
ELECTION_PAGE: Final = "bodies:election"


@require_GET
def bodies(request: HttpRequest) -> HttpResponse:
    """The bodies that somebody sees, a page at a time, with how their terms stand."""
    actor = staff(request, VIEW)
    data = plain(request.GET)
    asked = Wanted(data.get("q", "").strip()[:60], data.get("kind", ""), data.get("term", ""), before(request))
    unrecorded = asked.term == queries.UNRECORDED
    lines, more = ([], "") if unrecorded else queries.listed(queries.seen_by(actor), asked)
    bodies, more = queries.unrecorded(actor, asked) if unrecorded else ([], more)
    states = [item for item in FOUNDING.choices if item[0] != "registered"]
    context = {
        "lines": lines,
        "bodies": bodies,
        "without": 0 if unrecorded else queries.unrecorded_count(actor),
        "unrecorded": unrecorded,
        "more": more,
        "asked": asked,
        "query": kept(request),
        "terms": [*TERMS, (queries.UNFILED, _("to be filed with the street")), *states, UNRECORDED],
        "kinds": [(kind.code, kind.named) for kind in bodies_section.named_kinds()],
        "keeps": actor.can(KEEP),
        "today": clock.today(),
    }
    return render(request, "deliberation/bodies.html", context)


@require_http_methods(["GET", "POST"])
def body_new(request: HttpRequest) -> HttpResponse:
    """Propose a body."""
    actor = staff(request, KEEP)
    initial = {"place": request.GET.get("place", "")}
    form = forms.ProposalForm(request.POST or None, places=queries.keeping(actor), initial=initial)

    def save() -> HttpResponse:
        place = int(form.cleaned_data["place"])
        row = operations.body_propose(actor=actor, place_id=place, proposal=form.proposal())
        return redirect(PAGE, pk=row.pk)

    return form_page(request, form, save, {"title": _("Propose a body")}, "deliberation/body_form.html")


@require_GET
def body(request: HttpRequest, pk: int) -> HttpResponse:
    """One body."""
    return _body(request, staff(request, VIEW), pk)


def _body(
    request: HttpRequest, actor: Actor, pk: int, fault: DomainError | None = None, contact: str = ""
) -> HttpResponse:
    page = queries.body_page(actor, pk)
    context = {
        "page": page,
        "row": page.row,
        "fault": fault,
        "contact": contact,
        "today": clock.today(),
        "forms": [
            (move.verb, move.label, _form(move.verb, page)) for move in FOUNDING.moves if move.verb in page.verbs
        ],
    }
    return render(request, "deliberation/body.html", context, status=fault.status if fault else 200)


def _form(verb: str, page: BodyPage, data: Any = None) -> Form:
    """The form of a verb."""
    row = page.row
    if verb == "register":
        return forms.RegisterForm(data, evidence=queries.evidence_for(row, page.kind))
    if verb == "leave":
        return forms.LeaveForm(data, members=page.members)
    if verb == "end":
        return forms.EndForm(data, bodies=queries.successors(row))
    plainly: dict[str, type[Form]] = {"call": forms.CallForm, "file": forms.FilingForm}
    return plainly.get(verb, forms.ReasonForm)(data, initial={"day": clock.today()})


@require_POST
def body_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Take a body a step further; a refusal is shown on its page."""
    actor = staff(request, VIEW)
    call = _VERBS.get(verb)
    if call is None:
        raise NotFound
    page = queries.body_page(actor, pk)
    try:
        found = call(actor, pk, _filled(_form(verb, page, plain(request.POST))))
    except Mendable as error:
        return _body(request, actor, pk, error)
    return redirect(ELECTION_PAGE, pk=found.pk) if verb == "call" else redirect(PAGE, pk=pk)


Call = Callable[[Actor, int, Any], Any]


def _register(actor: Actor, pk: int, form: Any) -> Any:
    led = form.cleaned_data["branch_led"]
    return operations.body_register(actor=actor, founding_id=pk, evidence=form.evidence(), branch_led=led)


def _leave(actor: Actor, pk: int, form: Any) -> Any:
    data = form.cleaned_data
    return elections.member_leave(actor=actor, founding_id=pk, post_id=int(data["post"]), reason=data["reason"])


def _end(actor: Actor, pk: int, form: Any) -> Any:
    data = form.cleaned_data
    successor = int(data["successor"]) if data["successor"] else None
    return operations.body_end(actor=actor, founding_id=pk, reason=data["reason"], successor_id=successor)


_VERBS: Final[dict[str, Call]] = {
    "register": _register,
    "drop": lambda actor, pk, form: operations.body_drop(actor=actor, founding_id=pk, **form.cleaned_data),
    "call": lambda actor, pk, form: elections.body_call(actor=actor, founding_id=pk, **form.cleaned_data),
    "leave": _leave,
    "file": lambda actor, pk, form: operations.body_file(actor=actor, founding_id=pk, **form.cleaned_data),
    "end": _end,
}


@require_POST
def body_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how to reach residents who proposed a body, this once, with a reason."""
    actor = staff(request, VIEW)
    queries.body_page(actor, pk)
    try:
        contact = operations.body_contact(actor=actor, founding_id=pk, reason=plain(request.POST).get("reason", ""))
    except Mendable as error:
        return _body(request, actor, pk, error)
    return _body(request, actor, pk, contact=contact)


@require_GET
def election(request: HttpRequest, pk: int) -> HttpResponse:
    """One election."""
    return _election(request, staff(request, VIEW), pk)


def _election(request: HttpRequest, actor: Actor, pk: int, fault: DomainError | None = None) -> HttpResponse:
    page = queries.election_page(actor, pk)
    context = {
        "page": page,
        "row": page.row,
        "fault": fault,
        "forms": [
            (move.verb, move.label, _election_form(move.verb, page))
            for move in ELECTION.moves
            if move.verb in page.verbs and move.verb != "strike"
        ],
    }
    return render(request, "deliberation/body_election.html", context, status=fault.status if fault else 200)


def _election_form(verb: str, page: ElectionPage, data: Any = None) -> Form:
    if verb == "nominate":
        return forms.CandidateForm(data, members=page.members)
    if verb == "elect":
        return forms.ResultForm(data, evidence=queries.evidence_for(page.row, page.kind), candidates=page.candidates)
    return forms.ReasonForm(data)


@require_POST
def election_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Take an election a step further; a refusal is shown on its page."""
    actor = staff(request, VIEW)
    page = queries.election_page(actor, pk)
    call = _ELECTION_VERBS.get(verb)
    if call is None:
        raise NotFound
    try:
        # A list of boxes needs every value that was sent.
        call(actor, pk, _filled(_election_form(verb, page, request.POST)))
    except Mendable as error:
        return _election(request, actor, pk, error)
    return redirect(ELECTION_PAGE, pk=pk)


_ELECTION_VERBS: Final[dict[str, Call]] = {
    "nominate": lambda actor, pk, form: elections.candidate_add(actor=actor, election_id=pk, **form.candidate()),
    "elect": lambda actor, pk, form: elections.election_hold(actor=actor, election_id=pk, result=form.result()),
    "void": lambda actor, pk, form: elections.election_void(actor=actor, election_id=pk, **form.cleaned_data),
}


@require_POST
def candidate_strike(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a candidate off the list."""
    election = elections.candidate_strike(actor=staff(request, VIEW), candidate_id=pk)
    return redirect(ELECTION_PAGE, pk=election.pk)


def _filled(form: Form) -> Form:
    """The form, filled in. Raises: body.form"""
    require_filled(form, "body.form")
    return form
