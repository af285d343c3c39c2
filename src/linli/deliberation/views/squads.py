"""Pages of those who keep squads and topic groups: both lists, one of each with its verbs, ideas and materials."""

from collections.abc import Callable
from typing import Any, Final

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core.actors import Actor
from linli.core.errors import DomainError, Mendable, NotFound
from linli.core.forms import number_of, plain, require_filled
from linli.deliberation.forms import squads as forms
from linli.deliberation.operations import squads as operations
from linli.deliberation.operations import topic_groups as groups
from linli.deliberation.queries import squads as queries
from linli.deliberation.queries.squads import Wanted
from linli.deliberation.views.topics import before, kept
from linli.deliberation.workflow.bodies import KEEP, VIEW
from linli.deliberation.workflow.squads import GROUP, SQUAD
from linli.organizations.views.requests import form_page, staff

SQUAD_PAGE: Final = "squads:squad"
GROUP_PAGE: Final = "topic_groups:topic_group"
Call = Callable[[Actor, int, Any], Any]


@require_GET
def squads(request: HttpRequest) -> HttpResponse:
    """The squads that somebody sees, a page at a time."""
    actor = staff(request, VIEW)
    lines, more = queries.squads_listed(queries.squads_seen_by(actor), _asked(request))
    return _list(request, actor, "deliberation/squads.html", lines, more, list(SQUAD.choices))


@require_GET
def topic_groups(request: HttpRequest) -> HttpResponse:
    """The groups that somebody sees, a page at a time."""
    actor = staff(request, VIEW)
    lines, more = queries.groups_listed(queries.groups_seen_by(actor), _asked(request))
    return _list(request, actor, "deliberation/topic_groups.html", lines, more, list(GROUP.choices))


def _asked(request: HttpRequest) -> Wanted:
    data = plain(request.GET)
    return Wanted(data.get("q", "").strip()[:60], data.get("state", ""), before(request))


def _list(
    request: HttpRequest, actor: Actor, template: str, lines: list[Any], more: str, states: list[Any]
) -> HttpResponse:
    context = {"lines": lines, "more": more, "asked": _asked(request), "query": kept(request), "states": states}
    return render(request, template, {**context, "keeps": actor.can(KEEP)})


@require_http_methods(["GET", "POST"])
def squad_new(request: HttpRequest) -> HttpResponse:
    """Propose a squad at the desk."""
    actor = staff(request, KEEP)
    initial = {"place": request.GET.get("place", "")}
    form = forms.SquadForm(request.POST or None, places=queries.squad_places(actor), initial=initial)

    def save() -> HttpResponse:
        place = int(form.cleaned_data["place"])
        row = operations.squad_propose(actor=actor, place_id=place, sketch=form.sketch())
        return redirect(SQUAD_PAGE, pk=row.pk)

    context = {"title": _("Propose a squad"), "back": "squads:list"}
    return form_page(request, form, save, context, "deliberation/squad_form.html")


@require_GET
def squad(request: HttpRequest, pk: int) -> HttpResponse:
    """One squad."""
    return _squad(request, staff(request, VIEW), pk)


def _squad(
    request: HttpRequest, actor: Actor, pk: int, fault: DomainError | None = None, contact: str = ""
) -> HttpResponse:
    page = queries.squad_page(actor, pk)
    moves = [move for move in SQUAD.moves if move.verb in page.verbs]
    context = {
        "page": page,
        "row": page.row,
        "fault": fault,
        "contact": contact,
        "keeps": page.verbs,
        "answer_form": forms.NeedAnswerForm(),
        "forms": [(move.verb, move.label, _squad_form(move.verb)) for move in moves],
    }
    return render(request, "deliberation/squad.html", context, status=fault.status if fault else 200)


def _squad_form(verb: str, data: Any = None) -> Form:
    named: dict[str, type[Form]] = {
        "agree": Form,
        "session": forms.SessionForm,
        "need": forms.NeedForm,
        "end": forms.ResultForm,
    }
    return named.get(verb, forms.ReasonForm)(data)


@require_POST
def squad_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Take a squad a step further; a refusal is shown on its page."""
    actor = staff(request, VIEW)
    call = _VERBS.get(verb)
    if call is None:
        raise NotFound
    queries.squad_page(actor, pk)
    try:
        call(actor, pk, _filled(_squad_form(verb, plain(request.POST)), "squad.form"))
    except Mendable as error:
        return _squad(request, actor, pk, error)
    return redirect(SQUAD_PAGE, pk=pk)


_VERBS: Final[dict[str, Call]] = {
    "agree": lambda actor, pk, form: operations.squad_agree(actor=actor, squad_id=pk),
    "decline": lambda actor, pk, form: operations.squad_decline(actor=actor, squad_id=pk, **form.cleaned_data),
    "need": lambda actor, pk, form: operations.squad_need(actor=actor, squad_id=pk, **form.cleaned_data),
    "session": lambda actor, pk, form: operations.squad_session(actor=actor, squad_id=pk, session=form.session()),
    "end": lambda actor, pk, form: operations.squad_end(actor=actor, squad_id=pk, **form.cleaned_data),
}


@require_POST
def squad_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how to reach who proposed a squad, this once, with a reason."""
    actor = staff(request, VIEW)
    queries.squad_page(actor, pk)
    try:
        contact = operations.squad_contact(actor=actor, squad_id=pk, reason=plain(request.POST).get("reason", ""))
    except Mendable as error:
        return _squad(request, actor, pk, error)
    return _squad(request, actor, pk, contact=contact)


@require_POST
def need_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer what a squad asked for; a refusal is shown on the page of the squad."""
    actor = staff(request, VIEW)
    squad_id = queries.squad_of_need(actor, pk)
    form = forms.NeedAnswerForm(plain(request.POST))
    try:
        operations.need_answer(actor=actor, need_id=pk, **_filled(form, "squad.form").cleaned_data)
    except Mendable as error:
        return _squad(request, actor, squad_id, error)
    return redirect(SQUAD_PAGE, pk=squad_id)


@require_http_methods(["GET", "POST"])
def group_new(request: HttpRequest) -> HttpResponse:
    """Open a group."""
    actor = staff(request, KEEP)
    form = forms.GroupForm(request.POST or None, places=queries.group_places(actor))

    def save() -> HttpResponse:
        data = form.cleaned_data
        row = groups.group_open(actor=actor, place_id=int(data["place"]), name=data["name"], about=data["about"])
        return redirect(GROUP_PAGE, pk=row.pk)

    context = {"title": _("Open a group"), "back": "topic_groups:list"}
    return form_page(request, form, save, context, "deliberation/squad_form.html")


@require_GET
def topic_group(request: HttpRequest, pk: int) -> HttpResponse:
    """One group with its ideas."""
    return _group(request, staff(request, VIEW), pk)


def _group(request: HttpRequest, actor: Actor, pk: int, fault: DomainError | None = None) -> HttpResponse:
    asked = request.GET.get("before", "")
    page = queries.group_page(actor, pk, number_of(asked) or 0)
    context = {
        "page": page,
        "row": page.row,
        "fault": fault,
        "forms": [(move.verb, move.label, _group_form(move.verb)) for move in GROUP.moves if move.verb in page.verbs],
    }
    return render(request, "deliberation/topic_group.html", context, status=fault.status if fault else 200)


def _group_form(verb: str, data: Any = None) -> Form:
    return forms.NoticeForm(data) if verb == "announce" else forms.ReasonForm(data)


@require_POST
def group_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Announce something to a group or close it; a refusal is shown on its page."""
    actor = staff(request, VIEW)
    call = _GROUP_VERBS.get(verb)
    if call is None:
        raise NotFound
    queries.group_page(actor, pk)
    try:
        call(actor, pk, _filled(_group_form(verb, plain(request.POST)), "group.form"))
    except Mendable as error:
        return _group(request, actor, pk, error)
    return redirect(GROUP_PAGE, pk=pk)


_GROUP_VERBS: Final[dict[str, Call]] = {
    "announce": lambda actor, pk, form: groups.group_announce(actor=actor, group_id=pk, **form.cleaned_data),
    "close": lambda actor, pk, form: groups.group_close(actor=actor, group_id=pk, **form.cleaned_data),
}


@require_POST
def idea_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Say what becomes of an idea; a refusal is shown on the page of its group."""
    actor = staff(request, VIEW)
    call = _IDEA_VERBS.get(verb)
    if call is None:
        raise NotFound
    group_id = queries.group_of_idea(actor, pk)
    form = _filled(forms.WordsForm(plain(request.POST)), "group.form")
    try:
        call(actor, pk, form.cleaned_data["words"])
    except Mendable as error:
        return _group(request, actor, group_id, error)
    return redirect(GROUP_PAGE, pk=group_id)


_IDEA_VERBS: Final[dict[str, Call]] = {
    "case": lambda actor, pk, words: groups.idea_to_case(actor=actor, idea_id=pk),
    "topic": lambda actor, pk, words: groups.idea_to_topic(actor=actor, idea_id=pk, title=words),
    "answer": lambda actor, pk, words: groups.idea_answer(actor=actor, idea_id=pk, answer=words),
    "hide": lambda actor, pk, words: groups.idea_hide(actor=actor, idea_id=pk, reason=words),
    "show": lambda actor, pk, words: groups.idea_show(actor=actor, idea_id=pk),
}


def _filled(form: Any, code: str) -> Any:
    """The form, filled in. Raises: the code"""
    require_filled(form, code)
    return form
