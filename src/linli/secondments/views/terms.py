"""The list of terms, one term on one screen, its months, and who falls short."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import DomainError, InvalidInput, Mendable, NotFound
from linli.core.forms import day_of, number_of, plain, require_filled
from linli.deliberation.views.topics import before, kept
from linli.organizations.views.requests import actor_of, form_page, staff
from linli.secondments import forms, policies
from linli.secondments.operations import months as month_operations
from linli.secondments.operations import terms as operations
from linli.secondments.operations.terms import Support
from linli.secondments.queries import pages
from linli.secondments.queries.pages import Wanted
from linli.secondments.queries.short import falls_short
from linli.secondments.workflow import CONFIRM, KEEP, SECONDMENT

PAGE: Final = "secondments:secondment"
MONTH: Final = "secondments:secondment_month"


def reader(request: HttpRequest) -> Actor:
    """Who asks, if secondments are any of their business. Raises: not_found"""
    actor = actor_of(request)
    policies.require_reader(actor)
    return actor


@require_GET
def secondments(request: HttpRequest) -> HttpResponse:
    """The terms that somebody sees; whoever serves and does nothing else here comes to their own."""
    actor = reader(request)
    data = plain(request.GET)
    works = {"keeps": actor.can(KEEP), "confirms": actor.can(CONFIRM)}
    own = pages.own_term(actor)
    if own and not data and not any(works.values()):
        return redirect(PAGE, pk=own)
    asked = Wanted(data.get("role", ""), data.get("state", ""), before(request))
    lines, more = pages.listed(actor, asked)
    context: dict[str, Any] = {"lines": lines, "more": more, "asked": asked, "query": kept(request), "own": own}
    context |= works
    context |= {"states": SECONDMENT.choices, "roles": forms.role_choices()}
    return render(request, "secondments/secondments.html", context)


@require_http_methods(["GET", "POST"])
def secondment_new(request: HttpRequest) -> HttpResponse:
    """Send somebody to a community."""
    actor = staff(request, KEEP)
    form = forms.SendForm(request.POST or None, actor=actor, initial=plain(request.GET))

    def save() -> HttpResponse:
        return redirect(PAGE, pk=operations.secondment_begin(actor=actor, sending=form.sending()).pk)

    return form_page(request, form, save, {"title": _("Send somebody to a community")})


@require_GET
def secondment(request: HttpRequest, pk: int) -> HttpResponse:
    """One term on one screen."""
    return _page(request, reader(request), pk)


def _page(request: HttpRequest, actor: Actor, pk: int, fault: DomainError | None = None) -> HttpResponse:
    page = pages.term_page(actor, pk)
    row = page.row
    given = {name: getattr(row, name) for name in ("cover", "cover_on", "fund", "fund_on", "version")}
    sent = plain(request.POST) if fault else {}
    support = forms.SupportForm({**{name: f"{value or ''}" for name, value in given.items()}, **sent})
    context = {"page": page, "row": row, "fault": fault, "support_form": support, "today": clock.today(), "sent": sent}
    return render(request, "secondments/secondment.html", context, status=fault.status if fault else 200)


def _state(actor: Actor, pk: int, data: Mapping[str, str]) -> None:
    month_operations.month_state(
        actor=actor, secondment_id=pk, month=day_sent(data.get("month", "")), days=number_sent(data.get("days", ""))
    )


def _support(actor: Actor, pk: int, data: Mapping[str, str]) -> None:
    form = forms.SupportForm(dict(data))
    require_filled(form, "secondment.support")
    values = dict(form.cleaned_data)
    version = values.pop("version")
    operations.secondment_support(actor=actor, secondment_id=pk, version=version, support=Support(**values))


def _transfer(actor: Actor, pk: int, data: Mapping[str, str]) -> None:
    on = day_sent(data.get("on", ""))
    operations.transfer_make(actor=actor, secondment_id=pk, kind=data.get("kind", ""), on=on, to=data.get("to", ""))


def _reverse(actor: Actor, pk: int, data: Mapping[str, str]) -> None:
    operations.transfer_reverse(
        actor=actor, secondment_id=pk, kind=data.get("kind", ""), on=day_sent(data.get("on", ""))
    )


def _end(actor: Actor, pk: int, data: Mapping[str, str]) -> None:
    operations.secondment_end(actor=actor, secondment_id=pk, on=day_sent(data.get("on", "")))


def _recall(actor: Actor, pk: int, data: Mapping[str, str]) -> None:
    reason = data.get("reason", "")
    operations.secondment_recall(actor=actor, secondment_id=pk, on=day_sent(data.get("on", "")), reason=reason)


_VERBS: Final[Mapping[str, Callable[[Actor, int, Mapping[str, str]], None]]] = {
    "state": _state,
    "support": _support,
    "transfer": _transfer,
    "reverse": _reverse,
    "end": _end,
    "recall": _recall,
}


@require_POST
def secondment_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Do something with a term; a refusal is shown on its page."""
    actor = reader(request)
    call = _VERBS.get(verb)
    if call is None:
        raise NotFound
    try:
        call(actor, pk, plain(request.POST))
    except Mendable as error:
        return _page(request, actor, pk, error)
    return redirect(PAGE, pk=pk)


@require_GET
def months(request: HttpRequest) -> HttpResponse:
    """The statements that wait for the actor's community."""
    actor = staff(request, CONFIRM)
    return render(request, "secondments/months.html", {"lines": pages.months_to_confirm(actor)})


@require_GET
def month(request: HttpRequest, pk: int) -> HttpResponse:
    """One month."""
    return _month_page(request, reader(request), pk)


def _month_page(request: HttpRequest, actor: Actor, pk: int, fault: DomainError | None = None) -> HttpResponse:
    page = pages.month_page(actor, pk)
    context = {"page": page, "row": page.row, "line": page.line, "fault": fault, "sent": plain(request.POST)}
    return render(request, "secondments/month.html", context, status=fault.status if fault else 200)


@require_POST
def month_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Confirm a month, or correct one's own; a refusal is shown on its page."""
    actor = reader(request)
    data = plain(request.POST)
    try:
        if verb == "confirm":
            month_operations.month_confirm(actor=actor, month_id=pk)
        elif verb == "correct":
            version, days = number_sent(data.get("version", "")), number_sent(data.get("days", ""))
            month_operations.month_correct(
                actor=actor, month_id=pk, version=version, days=days, reason=data.get("reason", "")
            )
        else:
            raise NotFound
    except Mendable as error:
        return _month_page(request, actor, pk, error)
    if data.get("then") == "list" and actor.can(CONFIRM):
        return redirect("secondments:months")
    return redirect(MONTH, pk=pk)


@require_GET
def short(request: HttpRequest) -> HttpResponse:
    """Who falls short of the rules, and by how much."""
    actor = staff(request, KEEP, CONFIRM)
    return render(request, "secondments/short.html", {"short": falls_short(actor)})


def day_sent(text: str) -> date:
    """A day that was sent. Raises: secondment.day"""
    day = day_of(text)
    if day is None:
        raise InvalidInput("secondment.day", _("Choose a day."))
    return day


def number_sent(text: str) -> int:
    """A number of days that was sent. Raises: secondment_month.days"""
    number = number_of(text, 9)
    if number is None:
        raise InvalidInput("secondment_month.days", _("Write the days as a number."))
    return number
