"""Pages of pay: for the clerk the statements and rules, for the worker their own."""

from datetime import date
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from linli.careers import forms
from linli.careers.operations import pay as operations
from linli.careers.queries import pay as queries
from linli.careers.queries.recruiting import recruited
from linli.careers.sections import section
from linli.careers.workflow import ALLOWANCES, MANAGE, PAY
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound
from linli.core.forms import day_of, number_of, plain
from linli.deliberation.views.topics import before, kept
from linli.organizations.views.requests import actor_of, form_page, staff

STATEMENT: Final = "careers:statement"


@require_GET
def statements(request: HttpRequest) -> HttpResponse:
    """The statements that the clerk writes, a page at a time."""
    actor = staff(request, PAY)
    data = plain(request.GET)
    words, month = data.get("q", "").strip(), data.get("month", "")
    lines, more = queries.statements(actor, words=words, month=_month(month), before=before(request))
    context = {"lines": lines, "more": more, "q": words, "month": month, "query": kept(request)}
    return render(request, "careers/statements.html", context)


@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """The grades and the allowances with their bands."""
    actor = staff(request, PAY, MANAGE)
    grades, allowances = queries.rules(actor)
    context = {"grades": grades, "allowances": allowances, "bands": section().allowances, "pays": actor.can(PAY)}
    context["recruited"] = recruited(actor) if actor.can(MANAGE) else None
    return render(request, "careers/rules.html", context)


@require_http_methods(["GET", "POST"])
def grade_new(request: HttpRequest) -> HttpResponse:
    """Add a grade."""
    actor = staff(request, PAY)
    form = forms.GradeForm(request.POST or None, places=queries.pay_places(actor))

    def save() -> HttpResponse:
        data = form.cleaned_data
        given = {name: data[name] for name in ("title", "rung", "base")}
        operations.grade_add(actor=actor, place_id=int(data["place"]), **given)
        return redirect("careers:rules")

    context = {"title": _("New pay grade"), "do": _("Add")}
    return form_page(request, form, save, context, "careers/form.html")


@require_http_methods(["GET", "POST"])
def allowance_new(request: HttpRequest) -> HttpResponse:
    """Add a rule of an allowance."""
    actor = staff(request, PAY)
    form = forms.AllowanceForm(request.POST or None, places=queries.pay_places(actor))

    def save() -> HttpResponse:
        data = form.cleaned_data
        given = {name: data[name] for name in ("kind", "condition", "monthly", "since")}
        operations.allowance_add(actor=actor, place_id=int(data["place"]), **given)
        return redirect("careers:rules")

    context = {"title": _("New allowance"), "do": _("Add")}
    return form_page(request, form, save, context, "careers/form.html")


@require_http_methods(["GET", "POST"])
def statement_new(request: HttpRequest) -> HttpResponse:
    """Write the statement of a month."""
    actor = staff(request, PAY)
    form = _form(request, actor)

    def save() -> HttpResponse:
        data = form.cleaned_data
        person = queries.paid_person(actor, data["number"].strip())
        if person is None:
            raise InvalidInput("pay.unknown", _("Nobody who works here has this staff number."))
        pay = form.pay(person_id=person.pk, place_id=int(data["place"]), month=data["month"])
        return redirect(STATEMENT, pk=operations.statement_write(actor=actor, pay=pay).pk)

    context = {"title": _("New pay statement"), "do": _("Save")}
    return form_page(request, form, save, context, "careers/form.html")


@require_GET
def statement(request: HttpRequest, pk: int) -> HttpResponse:
    """One statement: for whose it is, and for the clerk."""
    shown, corrects = queries.statement_page(actor_of(request), pk)
    return render(request, "careers/statement.html", {"item": shown, "row": shown.row, "corrects": corrects})


@require_http_methods(["GET", "POST"])
def statement_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a statement."""
    actor = staff(request, PAY)
    shown, corrects = queries.statement_page(actor, pk)
    if not corrects:
        raise NotFound
    row = shown.row
    fields = [code if code not in ALLOWANCES else f"{code}_level" for code in section().components]
    begin = {name: getattr(row, name) for name in ("paid_on", *fields)} | {"grade": row.grade_id or ""}
    form = _form(request, actor, initial=begin, again=True)

    def save() -> HttpResponse:
        pay = form.pay(person_id=row.person_id, place_id=row.place_id, month=row.month)
        version = plain(request.POST).get("version", "")
        seen = number_of(version, 8) or 0
        operations.statement_correct(actor=actor, statement_id=pk, version=seen, pay=pay)
        return redirect(STATEMENT, pk=pk)

    context = {"title": _("Correct the pay statement"), "of": f"{row.person} {row.month:%Y-%m}", "do": _("Save")}
    context["version"] = f"{row.version}"
    return form_page(request, form, save, context, "careers/form.html")


def _form(request: HttpRequest, actor: Actor, *, again: bool = False, **more: Any) -> forms.StatementForm:
    grades, _allowances = queries.rules(actor)
    levels = {kind: queries.levels(kind) for kind in ALLOWANCES}
    places = list(queries.pay_places(actor))
    return forms.StatementForm(request.POST or None, places=places, grades=grades, levels=levels, again=again, **more)


def _month(text: str) -> date | None:
    """The month of a filter. Raises: list.bad_filter"""
    month = day_of(f"{text}-01")
    if text and month is None:
        raise InvalidInput("list.bad_filter", "month", value=text)
    return month
