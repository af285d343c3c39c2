"""Pages of care: who is cared for, an agreement, help that is asked for and given."""

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.care import forms, queries
from linli.care.operations import agreeing, asking, giving
from linli.care.sections import help_names
from linli.care.workflow import AGREEMENT, GROUPS, KEEP, SERVE, VIEW
from linli.core.actors import Actor
from linli.core.errors import DomainError, Mendable, NotFound
from linli.core.forms import number_of, plain, require_filled
from linli.core.paging import key_asked
from linli.deliberation.views.topics import kept
from linli.organizations.views.requests import actor_of, form_page, staff

PAGE: Final = "care:client"


@require_GET
def clients(request: HttpRequest) -> HttpResponse:
    """Who is cared for, by number and kinds of help."""
    actor, data = staff(request, KEEP, VIEW), plain(request.GET)
    group, state, words = data.get("group", ""), data.get("state", ""), data.get("q", "").strip()
    lines, more = queries.listed(actor, group, state, words, number_of(data.get("before")))
    context: dict[str, Any] = {
        "lines": lines,
        "more": more,
        "group": group,
        "state": state,
        "words": words,
        "groups": GROUPS,
    }
    context |= {"states": AGREEMENT.choices, "query": kept(request), "keeps": actor.can(KEEP)}
    return render(request, "care/clients.html", context)


@require_http_methods(["GET", "POST"])
def client_new(request: HttpRequest) -> HttpResponse:
    """Write down who asked for care, and to what they agreed."""
    actor = staff(request, KEEP)
    form = forms.ClientForm(request.POST or None, actor=actor)

    def save() -> HttpResponse:
        data = form.cleaned_data
        given: dict[str, Any] = {"place_id": int(data["place"]), "group": data["group"]}
        return redirect(PAGE, pk=agreeing.client_register(actor=actor, agreement=form.agreement(), **given).pk)

    return form_page(request, form, save, {"title": _("Somebody new")}, "care/client_new.html")


@require_GET
def client(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody with what was agreed and given."""
    return _page(request, staff(request, KEEP, VIEW), pk)


def _page(
    request: HttpRequest, actor: Actor, pk: int, verb: str = "", fault: DomainError | None = None, named: Any = None
) -> HttpResponse:
    page = queries.client_page(actor, pk)
    sent = request.POST if fault else None
    context: dict[str, Any] = {"page": page, "row": page.row, "fault": fault, "named": named, "verb": verb}
    if page.keeps:
        context["help"] = forms.HelpForm(sent if verb in ("give", "ask") else None, page=page)
        initial = {"helps": page.row.helps, "agreed_by": page.row.agreed_by or "self", "means": page.row.means}
        agreement = forms.AgreementForm(sent if verb == "agree" else None, initial=initial)
        context["agreement"] = agreement
    return render(request, "care/client.html", context, status=fault.status if fault else 200)


@require_POST
def client_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Agree anew, give or ask for help, end, or look who it is; a refusal is shown on the page."""
    actor, reason = staff(request, KEEP), plain(request.POST).get("reason", "")
    try:
        if verb == "look":
            named = agreeing.client_look(actor=actor, client_id=pk, reason=reason)
            return _page(request, actor, pk, named=named)
        if verb == "end":
            agreeing.client_end(actor=actor, client_id=pk, reason=reason)
        elif verb == "agree":
            form = forms.AgreementForm(request.POST)
            require_filled(form, "care.form")
            agreeing.client_agree(actor=actor, client_id=pk, agreement=form.agreement())
        elif verb in ("give", "ask"):
            wanted = forms.HelpForm(request.POST, page=queries.client_page(actor, pk))
            require_filled(wanted, "care.form")
            if verb == "give":
                giving.service_give(actor=actor, client_id=pk, given=wanted.help())
            else:
                giving.service_ask(actor=actor, client_id=pk, wanted=wanted.help())
        else:
            raise NotFound
    except Mendable as error:
        return _page(request, actor, pk, verb, error)
    return redirect(PAGE, pk=pk)


@require_http_methods(["GET", "POST"])
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """Ask for care by one's own account; what one asked for, and what was given."""
    actor = actor_of(request)
    form = forms.OwnNewForm(request.POST or None)

    def save() -> HttpResponse:
        data = form.cleaned_data
        given: dict[str, Any] = {"place_id": int(data["place"]), "group": data["group"]}
        asking.client_ask(actor=actor, agreement=form.agreement(), **given)
        messages.success(request, _("Your community gets in touch with you."))
        return redirect("care:mine")

    own = [(item, forms.OwnForm.of(item.row)) for item in queries.own(actor)]
    return form_page(request, form, save, {"own": own}, "care/mine.html")


@require_POST
@login_required
def mine_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Agree to other kinds of help, or want no more."""
    actor = actor_of(request)
    if verb == "end":
        asking.own_end(actor=actor, client_id=pk)
        messages.success(request, _("Your name and how you are reached are erased."))
        return redirect("care:mine")
    held = {item.row.pk: item for item in queries.own(actor)}
    if verb != "agree" or pk not in held:
        raise NotFound
    form = forms.OwnForm.of(held[pk].row, request.POST)

    def save() -> HttpResponse:
        asking.own_agree(actor=actor, client_id=pk, agreement=form.agreement())
        messages.success(request, _("Your community reads it so from now on."))
        return redirect("care:mine")

    own = [(item, form if item.row.pk == pk else forms.OwnForm.of(item.row)) for item in held.values()]
    return form_page(request, form, save, {"own": own, "changed": pk, "form": forms.OwnNewForm()}, "care/mine.html")


@require_GET
def services(request: HttpRequest) -> HttpResponse:
    """What was given, and what is asked for."""
    return _services(request, staff(request, KEEP, VIEW, SERVE))


def _services(request: HttpRequest, actor: Actor, fault: DomainError | None = None, named: Any = None) -> HttpResponse:
    data = plain(request.GET)
    view, kind = data.get("view", ""), data.get("kind", "")
    lines, last = queries.services(actor, view, kind, key_asked(data.get("before", ""), "before"))
    context: dict[str, Any] = {
        "lines": lines,
        "more": f"{last.on}.{last.pk}" if last else "",
        "view": view,
        "kind": kind,
    }
    context |= {"kinds": help_names().items(), "views": queries.VIEWS, "query": kept(request), "fault": fault}
    context["named"], context["looks"] = named, actor.can(KEEP) or actor.can(VIEW)
    return render(request, "care/services.html", context, status=fault.status if fault else 200)


@require_POST
def service_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Look whom to help, say that what was asked for was given, or that it cannot be."""
    actor = staff(request, KEEP, SERVE)
    if verb not in ("look", "give", "cancel"):
        raise NotFound
    try:
        if verb == "look":
            return _services(request, actor, named=giving.service_look(actor=actor, service_id=pk))
        reason = plain(request.POST).get("reason", "")
        giving.service_answer(actor=actor, service_id=pk, given=verb == "give", reason=reason)
    except Mendable as error:
        return _services(request, actor, error)
    return redirect("care:services")
