"""Pages of mediation: the list, one with its next step, its form, its agreement on paper; what a party sees."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import DomainError, Mendable, NotFound
from linli.core.forms import numbers_of, plain, require_filled
from linli.deliberation.views.topics import before, kept
from linli.mediation import forms, queries
from linli.mediation.models import AgreementItem, MediationSession, Party
from linli.mediation.operations import agreements, sessions
from linli.mediation.operations import mediations as operations
from linli.mediation.queries import MediationPage, Wanted
from linli.mediation.sections import kind_names
from linli.mediation.workflow import KEEP, MEDIATE, MEDIATION, REFERRED
from linli.organizations.views.requests import actor_of, form_page, printed, staff

PAGE: Final = "mediations:mediation"


@require_GET
def mediations(request: HttpRequest) -> HttpResponse:
    """The mediations that somebody sees, a page at a time."""
    actor = staff(request, KEEP, MEDIATE)
    data = plain(request.GET)
    asked = Wanted(data.get("state", ""), data.get("kind", ""), before(request))
    lines, more = queries.listed(actor, asked)
    context = {
        "lines": lines,
        "more": more,
        "asked": asked,
        "query": kept(request),
        "states": MEDIATION.choices,
        "kinds": list(kind_names().items()),
        "keeps": actor.can(KEEP),
    }
    return render(request, "mediation/mediations.html", context)


@require_http_methods(["GET", "POST"])
def mediation_new(request: HttpRequest) -> HttpResponse:
    """Write down a dispute; one that comes from a matter brings its words and who reported it."""
    actor = staff(request, KEEP)
    case = queries.case_to_mediate(actor, plain(request.GET).get("case", ""))
    name, phone, user = queries.reporter_of(case.pk) if case else ("", "", None)
    initial = {"facts": case.text, "place": queries.place_of_case(case)} if case else {}
    places = queries.places_for(actor)
    form = forms.AskingForm(request.POST or None, places=places, from_case=case is not None, initial=initial)
    if name:
        form.fields["name_1"].required = False

    def save() -> HttpResponse:
        asking = form.asking(case.pk if case else None, user)
        if name and not form.cleaned_data["name_1"]:
            first = operations.Who(name, phone, user)
            asking = operations.Asking(**{**_fields(asking), "parties": [first, *asking.parties]})
        return redirect(PAGE, pk=operations.mediation_ask(actor=actor, asking=asking).pk)

    context = {"title": _("Write down a dispute"), "case": case, "reporter_known": bool(name)}
    return form_page(request, form, save, context, "mediation/mediation_form.html")


def _fields(asking: operations.Asking) -> dict[str, Any]:
    return {name: getattr(asking, name) for name in asking.__dataclass_fields__}


@require_GET
def mediation(request: HttpRequest, pk: int) -> HttpResponse:
    """One mediation."""
    return _page(request, staff(request, KEEP, MEDIATE), pk)


def _page(
    request: HttpRequest, actor: Actor, pk: int, fault: DomainError | None = None, looked: Any = None
) -> HttpResponse:
    page = queries.mediation_page(actor, pk)
    context = {
        "page": page,
        "row": page.row,
        "fault": fault,
        "looked": looked,
        "today": clock.today(),
        "referred": REFERRED,
        **_forms(page),
    }
    return render(request, "mediation/mediation.html", context, status=fault.status if fault else 200)


def _forms(page: MediationPage) -> dict[str, Any]:
    """The forms of what may be done now."""
    found: dict[str, Any] = {"day_form": forms.DayForm(initial=forms.today())}
    if "accept" in page.verbs:
        posts = [(item.pk, queries.post_name(item)) for item in queries.mediators_for(page.row)]
        found["mediators_form"] = forms.MediatorsForm(posts=posts)
    if "plan" in page.verbs:
        found["session_form"] = forms.SessionForm(studios=queries.studios_for(page.row))
    if "record" in page.verbs:
        found["held_form"] = forms.HeldForm(parties=_names(page), initial=forms.today())
    return found


def _names(page: MediationPage) -> list[tuple[int, str]]:
    return [(item.pk, f"{item.position}. {item.name}") for item in page.parties]


@require_http_methods(["GET", "POST"])
def agreement_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what the parties agreed, with who owes what by when."""
    actor = staff(request, KEEP, MEDIATE)
    page = queries.mediation_page(actor, pk)
    if "agree" not in page.verbs:
        raise NotFound
    data = request.POST or None
    form = forms.TermsForm(data, initial={"reached_on": clock.today()})
    rows = forms.item_forms(data, _names(page))

    def save() -> HttpResponse:
        for row in rows:
            require_filled(row, "mediation.form")
        promises = [item for row in rows if (item := row.promise())]
        agreements.agreement_reach(actor=actor, mediation_id=pk, terms=form.terms(promises))
        return redirect(PAGE, pk=pk)

    folded = rows[forms.OPEN_ROWS :]
    context = {"title": _("Record the agreement"), "row": page.row, "rows": rows[: forms.OPEN_ROWS], "folded": folded}
    context["unfolded"] = any(row.begun for row in folded)
    return form_page(request, form, save, context, "mediation/agreement_form.html")


@require_POST
def agreement_print(request: HttpRequest, pk: int) -> HttpResponse:
    """The agreement on paper, for signatures and stamp; names stand in the clear there, and each print is noted."""
    actor = staff(request, KEEP, MEDIATE)
    page = queries.mediation_page(actor, pk)
    if page.agreement is None:
        raise NotFound
    parties = operations.parties_print(actor=actor, mediation_id=pk)
    words = {name: (getattr(page.agreement, name) or "").splitlines() for name in ("liability", "content")}
    context = {"page": page, "row": page.row, "parties": parties, **words}
    return printed("mediation/agreement_print.html", context, f"mediation-{page.row.number}.pdf")


@require_GET
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """What a party sees: how its mediation stands, and when the next session is."""
    return render(request, "mediation/mine.html", {"lines": queries.own_of(actor_of(request))})


Call = Callable[[HttpRequest, Actor, int], Any]


def _accept(request: HttpRequest, actor: Actor, pk: int) -> Any:
    given = numbers_of(request.POST.getlist("mediators"))
    return operations.mediation_accept(actor=actor, mediation_id=pk, post_ids=given)


def _with_words(operation: Callable[..., Any], name: str = "reason") -> Call:
    def call(request: HttpRequest, actor: Actor, pk: int) -> Any:
        return operation(actor=actor, mediation_id=pk, **{name: plain(request.POST).get(name, "")})

    return call


def _plan(request: HttpRequest, actor: Actor, pk: int) -> Any:
    row = queries.seen_by(actor).select_related("place").get(pk=pk)
    form = forms.SessionForm(request.POST, studios=queries.studios_for(row))
    require_filled(form, "mediation.form")
    data = form.cleaned_data
    given = {name: data[name] for name in ("on", "starts", "venue")}
    return sessions.session_plan(actor=actor, mediation_id=pk, **given, studio_id=data.get("studio"))


def _fail(request: HttpRequest, actor: Actor, pk: int) -> Any:
    data = plain(request.POST)
    given = {name: data.get(name, "") for name in ("reason", "referred", "referred_to")}
    return operations.mediation_fail(actor=actor, mediation_id=pk, **given)


def _sign(request: HttpRequest, actor: Actor, pk: int) -> Any:
    ticked = all(request.POST.get(name) for name in ("parties", "mediator", "stamp"))
    return agreements.agreement_sign(actor=actor, mediation_id=pk, on=_day(request), complete=ticked)


def _confirm(request: HttpRequest, actor: Actor, pk: int) -> Any:
    answer = plain(request.POST).get("answer", "")
    return agreements.agreement_confirm(actor=actor, mediation_id=pk, answer=answer, on=_day(request))


def _day(request: HttpRequest) -> Any:
    form = forms.DayForm(request.POST)
    require_filled(form, "mediation.form")
    return form.cleaned_data["on"]


_VERBS: Final[dict[str, Call]] = {
    "accept": _accept,
    "refuse": _with_words(operations.mediation_refuse),
    "withdraw": _with_words(operations.mediation_withdraw),
    "plan": _plan,
    "fail": _fail,
    "sign": _sign,
    "confirm": _confirm,
    "reopen": _with_words(agreements.mediation_reopen),
    "visit": _with_words(operations.mediation_visit, "note"),
}


@require_POST
def mediation_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Take a mediation a step further; a refusal is shown on its page."""
    actor = staff(request, KEEP, MEDIATE)
    call = _VERBS.get(verb)
    if call is None or not queries.seen_by(actor).filter(pk=pk).exists():
        raise NotFound
    return _done(request, actor, pk, lambda: call(request, actor, pk))


@require_POST
def consent(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down whether a party consents."""
    actor, upper = _hanging(request, Party, pk)
    agrees = plain(request.POST).get("agrees", "") == "yes"
    return _done(request, actor, upper, lambda: operations.party_consent(actor=actor, party_id=pk, agrees=agrees))


@require_POST
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a party's name and phone once, with a reason."""
    actor, upper = _hanging(request, Party, pk)
    try:
        reason = plain(request.POST).get("reason", "")
        looked = operations.party_unmask(actor=actor, party_id=pk, reason=reason)
    except Mendable as error:
        return _page(request, actor, upper, error)
    return _page(request, actor, upper, looked=looked)


@require_POST
def session_held(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down a session that was held."""
    actor, upper = _hanging(request, MediationSession, pk)

    def call() -> object:
        form = forms.HeldForm(request.POST, parties=_names(queries.mediation_page(actor, upper)))
        require_filled(form, "mediation.form")
        data = form.cleaned_data
        came = [int(item) for item in data["came"]]
        return sessions.session_record(actor=actor, session_id=pk, on=data["on"], came=came, record=data["record"])

    return _done(request, actor, upper, call)


@require_POST
def item_done(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down that an item was fulfilled."""
    actor, upper = _hanging(request, AgreementItem, pk, "agreement__mediation")
    return _done(request, actor, upper, lambda: agreements.item_fulfil(actor=actor, item_id=pk, on=_day(request)))


def _hanging(request: HttpRequest, model: Any, pk: int, to: str = "mediation") -> tuple[Actor, int]:
    """Who asks, and the mediation on which a row hangs. Raises: not_found"""
    actor = staff(request, KEEP, MEDIATE)
    upper = model.objects.filter(**{f"{to}__in": queries.seen_by(actor)}, pk=pk).values_list(f"{to}_id", flat=True)
    found = upper.first()
    if found is None:
        raise NotFound
    return actor, int(found)


def _done(request: HttpRequest, actor: Actor, pk: int, call: Callable[[], Any]) -> HttpResponse:
    try:
        call()
    except Mendable as error:
        return _page(request, actor, pk, error)
    return redirect(PAGE, pk=pk)
