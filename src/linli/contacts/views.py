"""Pages of contacts: one's own year, who answers for what, visits, quotas, gaps, the chain of a place."""

from typing import Any, Final
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.contacts import forms, policies
from linli.contacts.operations import contacts as operations
from linli.contacts.operations.visits import visit_raise, visit_record, visit_step
from linli.contacts.queries import contacts as queries
from linli.contacts.queries import gaps as coverage
from linli.contacts.queries import quotas, visits
from linli.contacts.queries.visits import Wanted
from linli.contacts.workflow import KEEP, LEVELS, VISIT, VISITS
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import DomainError, InvalidInput, Mendable
from linli.core.forms import number_of, plain, require_filled
from linli.deliberation.views.topics import before, kept
from linli.organizations.policies import VIEW
from linli.organizations.views.requests import form_page, page_number, staff

SEEN: Final = (VIEW, KEEP, VISITS)
PAGE: Final = "contacts:visit"


def _year(request: HttpRequest) -> int:
    """The year that is asked for, this one unless said. Raises: list.bad_filter"""
    text = plain(request.GET).get("year") or str(clock.today().year)
    year = number_of(text, 4) or 0
    if not 2000 <= year <= clock.today().year:
        raise InvalidInput("list.bad_filter", "year", value=text)
    return year


def _wanted(request: HttpRequest) -> Wanted:
    data = plain(request.GET)
    return Wanted(data.get("state", ""), data.get("tier", ""), data.get("q", "").strip(), before(request))


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """One's own year on one screen: places, visits owed and made, problems raised and solved (RSP-04)."""
    actor, year = staff(request, VISITS), _year(request)
    lines, _more = visits.listed(visits.own_visits(actor, year), Wanted())
    context = {
        "year": year,
        "answers": queries.own_contacts(actor),
        "standings": quotas.own_standings(actor, year),
        "visits": lines,
        "others": visits.others_planned(actor),
        "matters": visits.own_matters(actor, year),
    }
    return render(request, "contacts/mine.html", context)


@require_GET
def contacts(request: HttpRequest) -> HttpResponse:
    """Who answers for what today, a page at a time."""
    actor = staff(request, *SEEN)
    asked, level = _wanted(request), plain(request.GET).get("level", "")
    lines, more = queries.listed_contacts(actor, asked, level)
    context = {"lines": lines, "more": more, "asked": asked, "level": level, "query": kept(request)}
    context |= {"tiers": queries.tier_choices(), "levels": LEVELS, "keeps": actor.can(KEEP)}
    return render(request, "contacts/contacts.html", context)


@require_http_methods(["GET", "POST"])
def contact_new(request: HttpRequest) -> HttpResponse:
    """Say who answers for a place."""
    actor = staff(request, KEEP)
    form = forms.AssignForm(request.POST or None, actor=actor, initial={"place": request.GET.get("place", "")})

    def save() -> HttpResponse:
        row = operations.contact_assign(actor=actor, assignment=form.assignment())
        return redirect("contacts:contact", pk=row.pk)

    return form_page(request, form, save, {"title": _("Say who answers for a place")})


@require_GET
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    """One contact."""
    return _contact(request, staff(request, *SEEN), pk)


def _contact(request: HttpRequest, actor: Actor, pk: int, fault: DomainError | None = None) -> HttpResponse:
    line = queries.contact_seen(actor, pk)
    ends = line.row.until is None and policies.may_keep(actor, line.row.place)
    context = {
        "line": line,
        "row": line.row,
        "fault": fault,
        "ends": ends,
        "form": forms.EndForm(initial={"version": line.row.version}),
    }
    return render(request, "contacts/contact.html", context, status=fault.status if fault else 200)


@require_POST
def contact_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End that somebody answers for a place; a refusal is shown on its page."""
    actor, form = staff(request, KEEP), forms.EndForm(request.POST)
    try:
        require_filled(form, "contact.until")
        operations.contact_end(actor=actor, contact_id=pk, **form.cleaned_data)
    except Mendable as error:
        return _contact(request, actor, pk, error)
    return redirect("contacts:contact", pk=pk)


@require_GET
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """The chain of responsibility of a place, its visits and what came of them."""
    page = queries.place_page(staff(request, *SEEN), pk)
    return render(request, "contacts/place.html", {"page": page, "place": page.place})


@require_GET
def visits_list(request: HttpRequest) -> HttpResponse:
    """The visits that somebody sees, the latest first."""
    actor, asked = staff(request, *SEEN), _wanted(request)
    lines, more = visits.listed(visits.seen_by(actor), asked)
    context = {"lines": lines, "more": more, "asked": asked, "query": kept(request)}
    context |= {"tiers": queries.tier_choices(), "states": VISIT.choices, "visits": actor.can(VISITS)}
    return render(request, "contacts/visits.html", context)


@require_http_methods(["GET", "POST"])
def visit_new(request: HttpRequest) -> HttpResponse:
    """Write down a visit, or plan one; others who are there on the day are shown, to come along with."""
    actor = staff(request, VISITS, KEEP)
    initial = {name: request.GET.get(name, "") for name in ("contact", "on", "together") if request.GET.get(name)}
    form = forms.TripForm(request.POST or None, actor=actor, initial=initial)

    def save() -> HttpResponse:
        return redirect(PAGE, pk=visit_record(actor=actor, trip=form.trip()).pk)

    return form_page(request, form, save, {"title": _("Write down a visit")}, "contacts/visit_new.html")


@require_GET
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    """One visit with what came of it."""
    return _visit(request, staff(request, *SEEN), pk)


def _visit(
    request: HttpRequest, actor: Actor, pk: int, fault: DomainError | None = None, form: Any = None
) -> HttpResponse:
    page = visits.visit_page(actor, pk)
    status = fault.status if fault else 400 if form is not None and form.errors else 200
    joins = actor.can(VISITS) and page.row.state == "planned" and not page.verbs
    context = {"page": page, "row": page.row, "fault": fault, "form": form or forms.RaisedForm(), "joins": joins}
    return render(request, "contacts/visit.html", context, status=status)


@require_POST
def visit_raised(request: HttpRequest, pk: int) -> HttpResponse:
    """Take down what came up; a refusal is shown on the visit's page with what was typed."""
    actor, form = staff(request, VISITS, KEEP), forms.RaisedForm(request.POST)
    if not form.is_valid():
        return _visit(request, actor, pk, form=form)
    try:
        visit_raise(actor=actor, visit_id=pk, raised=form.raised())
    except Mendable as error:
        return _visit(request, actor, pk, error, form)
    return redirect(PAGE, pk=pk)


@require_POST
def visit_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Say of a planned visit whether it took place."""
    actor = staff(request, VISITS, KEEP)
    try:
        visit_step(actor=actor, visit_id=pk, verb=verb)
    except Mendable as error:
        return _visit(request, actor, pk, error)
    return redirect(PAGE, pk=pk)


@require_GET
def standing(request: HttpRequest) -> HttpResponse:
    """How everybody stands with the quotas of the year, one by one."""
    actor, year, data = staff(request, *SEEN), _year(request), plain(request.GET)
    tier, short = data.get("tier", ""), bool(data.get("short"))
    rows = quotas.standings_seen(actor, year, tier, short=short)
    page = Paginator(rows, queries.PAGE).get_page(page_number(request))
    context = {"page": page, "year": year, "tier": tier, "short": short, "tiers": queries.tier_choices()}
    context["rest"] = urlencode({"tier": tier, "year": year, "short": "1" if short else ""})
    return render(request, "contacts/standing.html", context)


@require_GET
def gaps(request: HttpRequest) -> HttpResponse:
    """The places for which nobody answers who should."""
    actor = staff(request, *SEEN)
    return render(request, "contacts/gaps.html", {"gaps": coverage.gaps(actor), "keeps": actor.can(KEEP)})
