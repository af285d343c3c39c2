"""Pages of property management: compounds with their mode, what lacks it, contracts; what the public reads."""

from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import DomainError, InvalidInput, Mendable, NotFound
from linli.core.forms import number_of, plain, require_filled
from linli.organizations.views.requests import form_page, page_number, staff
from linli.property import forms
from linli.property.operations.contracts import contract_conclude, contract_end, contract_withdraw
from linli.property.operations.saying import mode_say
from linli.property.queries import answering
from linli.property.queries import compounds as queries
from linli.property.queries import contracts as agreed
from linli.property.queries import gaps as lacking
from linli.property.queries.compounds import FILTERS, PAGE, Wanted
from linli.property.sections import section
from linli.property.workflow import CONTRACT, KEEP, VIEW
from linli.publishing.queries.divisions import public_division

FORM: Final = ["GET", "POST"]


def _within(request: HttpRequest) -> int | None:
    """The place in which one looks. Raises: list.bad_filter"""
    text = plain(request.GET).get("within", "")
    if text and number_of(text) is None:
        raise InvalidInput("list.bad_filter", "within", value=text)
    return int(text) if text else None


def _rest(request: HttpRequest) -> str:
    asked = request.GET.copy()
    asked.pop("page", None)
    return asked.urlencode()


@require_GET
def compounds(request: HttpRequest) -> HttpResponse:
    """The compounds that somebody sees with their mode, by community, a page at a time."""
    actor, today = staff(request, KEEP, VIEW), clock.today()
    data = plain(request.GET)
    asked = Wanted(data.get("mode", ""), data.get("q", "").strip(), _within(request))
    page = Paginator(queries.listed(actor, asked, today), PAGE).get_page(page_number(request))
    context = {"page": page, "lines": queries.lines(page.object_list, today), "asked": asked, "modes": FILTERS}
    context |= {"rest": _rest(request), "keeps": actor.can(KEEP)}
    return render(request, "property/compounds.html", context)


@require_http_methods(FORM)
def compound(request: HttpRequest, pk: int) -> HttpResponse:
    """One compound: how it is managed, how it was, how residents were answered; who keeps it says how it is."""
    actor = staff(request, KEEP, VIEW)
    page = queries.compound_page(actor, pk)
    form = forms.ModeForm(request.POST or None)

    def save() -> HttpResponse:
        mode_say(actor=actor, compound_id=pk, mode=form.said())
        return redirect("property:compound", pk=pk)

    context = {"page": page, "place": page.place, "halves": answering.halves(actor, page.place, clock.today())}
    context |= {"hours": section().response_hours, "surveys": actor.can("figures.view")}
    return form_page(request, form, save, context, "property/compound.html")


@require_GET
def gaps(request: HttpRequest) -> HttpResponse:
    """What lacks management: communities that fall short and by how much, compounds that have nobody."""
    actor, today = staff(request, KEEP, VIEW), clock.today()
    whole, short = lacking.coverage(actor, today)
    page = Paginator(lacking.lacking(actor, today), PAGE).get_page(page_number(request))
    context = {"whole": whole, "short": short, "page": page, "lines": queries.lines(page.object_list, today)}
    return render(request, "property/gaps.html", context | {"keeps": actor.can(KEEP)})


@require_GET
def contracts(request: HttpRequest) -> HttpResponse:
    """The contracts that somebody sees, those that end first at the top."""
    actor, data = staff(request, KEEP, VIEW), plain(request.GET)
    state, words = data.get("state", ""), data.get("q", "").strip()
    page = Paginator(agreed.listed(actor, state, words), PAGE).get_page(page_number(request))
    rows = [(row, agreed.standing(row)) for row in page.object_list]
    context = {"page": page, "rows": rows, "state": state, "words": words, "states": CONTRACT.choices}
    return render(request, "property/contracts.html", context | {"rest": _rest(request), "keeps": actor.can(KEEP)})


@require_http_methods(FORM)
def contract_new(request: HttpRequest) -> HttpResponse:
    """Write down a contract for one or many compounds."""
    actor = staff(request, KEEP)
    form = forms.ContractForm(request.POST or None, actor=actor, within=_within(request))

    def save() -> HttpResponse:
        return redirect("property:contract", pk=contract_conclude(actor=actor, terms=form.terms()).pk)

    return form_page(request, form, save, {"title": _("New contract")}, "property/contract_new.html")


@require_GET
def contract(request: HttpRequest, pk: int) -> HttpResponse:
    """One contract with its compounds."""
    return _page(request, staff(request, KEEP, VIEW), pk)


def _page(request: HttpRequest, actor: Actor, pk: int, fault: DomainError | None = None) -> HttpResponse:
    page = agreed.contract_page(actor, pk)
    given = plain(request.POST)
    context: dict[str, Any] = {"page": page, "row": page.row, "fault": fault, "given": given, "today": clock.today()}
    return render(request, "property/contract.html", context, status=fault.status if fault else 200)


@require_POST
def contract_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """End a contract early, or withdraw it before it begins; a refusal is shown on its page."""
    actor = staff(request, KEEP)
    try:
        if verb == "end":
            form = forms.EndForm(request.POST)
            require_filled(form, "contract.form")
            contract_end(actor=actor, contract_id=pk, **form.cleaned_data)
        elif verb == "withdraw":
            contract_withdraw(actor=actor, contract_id=pk, reason=plain(request.POST).get("reason", ""))
        else:
            raise NotFound
    except Mendable as error:
        return _page(request, actor, pk, error)
    return redirect("property:contract", pk=pk)


@require_GET
def public(request: HttpRequest, code: str) -> HttpResponse:
    """Who manages which compound of a community, for everybody."""
    division = public_division(code)
    lines = queries.public_lines(division.place) if division.level == "community" else []
    return render(request, "property/public.html", {"division": division, "lines": lines})
