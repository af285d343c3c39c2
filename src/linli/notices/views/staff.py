"""Pages for those who write notices: the list, a new one, one with what may be done, the group chats of places."""

from typing import Any, BinaryIO, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core.actors import Actor
from linli.core.errors import DomainError, Mendable, NotFound
from linli.core.forms import number_of, plain, require_filled
from linli.deliberation.views.topics import kept
from linli.notices import forms, queries
from linli.notices.operations import publishing, writing
from linli.notices.operations import robots as chats
from linli.notices.sections import kind_names
from linli.notices.workflow import APPROVE, NOTICE, WRITE
from linli.organizations.views.requests import form_page, staff

PAGE = "notices:notice"


@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """The notices that somebody keeps, a page at a time."""
    actor, data = staff(request, WRITE, APPROVE), plain(request.GET)
    kind, state, words = data.get("kind", ""), data.get("state", ""), data.get("q", "").strip()
    lines, more = queries.listed(actor, kind, state, words, number_of(data.get("before")))
    context: dict[str, Any] = {"lines": lines, "more": more, "kind": kind, "state": state, "words": words}
    context |= {"kinds": kind_names().items(), "states": NOTICE.choices, "query": kept(request)}
    return render(request, "notices/notices.html", context | {"writes": actor.can(WRITE)})


@require_http_methods(["GET", "POST"])
def notice_new(request: HttpRequest) -> HttpResponse:
    """Write a notice, with its files."""
    actor = staff(request, WRITE)
    form = forms.NoticeForm(request.POST or None, actor=actor)

    def save() -> HttpResponse:
        row = writing.notice_draft(actor=actor, sketch=form.sketch())
        return _done(request, actor, row.pk, "attach")

    return form_page(request, form, save, {"title": _("New notice")}, "notices/notice_new.html")


@require_GET
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """One notice: what it says, whom it reaches, what may be done with it."""
    return _page(request, staff(request, WRITE, APPROVE), pk)


@require_POST
def notice_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Do something with a notice; a refusal is shown on its page, with what was written."""
    return _done(request, staff(request, WRITE, APPROVE), pk, verb)


def _page(
    request: HttpRequest, actor: Actor, pk: int, verb: str = "", fault: DomainError | None = None
) -> HttpResponse:
    page = queries.notice_page(actor, pk)
    sent = request.POST if fault else None
    context: dict[str, Any] = {"page": page, "row": page.row, "fault": fault, "verb": verb}
    context["reason"] = plain(request.POST).get("reason", "")
    context["takes_out"] = not {"change", "withdraw"}.isdisjoint(page.verbs)
    if "change" in page.verbs:
        context["change"] = forms.NoticeForm(sent if verb == "change" else None, actor=actor, row=page.row)
    if "correct" in page.verbs:
        initial = forms.NoticeForm.of(page.row)
        context["correct"] = forms.CorrectForm(sent if verb == "correct" else None, initial=initial)
    return render(request, "notices/notice.html", context, status=fault.status if fault else 200)


def _done(request: HttpRequest, actor: Actor, pk: int, verb: str) -> HttpResponse:
    try:
        _do(request, actor, pk, verb)
    except Mendable as error:
        return _page(request, actor, pk, verb, error)
    return redirect(PAGE, pk=pk)


def _do(request: HttpRequest, actor: Actor, pk: int, verb: str) -> None:
    data = plain(request.POST)
    given: dict[str, Any] = {"actor": actor, "notice_id": pk}
    if verb in ("change", "correct"):
        _change(request, given, verb)
    elif verb == "attach":
        for item in request.FILES.getlist("files"):
            writing.notice_attach(**given, stream=cast(BinaryIO, item.file), name=item.name or "")
    elif verb == "detach":
        writing.notice_detach(**given, file_id=number_of(data.get("file")) or 0)
    elif verb in ("refuse", "withdraw"):
        call = writing.notice_refuse if verb == "refuse" else publishing.notice_withdraw
        call(**given, reason=data.get("reason", ""))
    elif verb in ("submit", "drop"):
        (writing.notice_submit if verb == "submit" else writing.notice_drop)(**given)
    elif verb in ("publish", "approve"):
        (publishing.notice_publish if verb == "publish" else publishing.notice_approve)(**given)
    else:
        raise NotFound


def _change(request: HttpRequest, given: dict[str, Any], verb: str) -> None:
    if verb == "change":
        row = queries.notice_kept(given["actor"], given["notice_id"])
        form = forms.NoticeForm(request.POST, actor=given["actor"], row=row)
        require_filled(form, "notice.form")
        writing.notice_change(**given, version=form.cleaned_data["version"] or 0, sketch=form.sketch())
        return
    said = forms.CorrectForm(request.POST)
    require_filled(said, "notice.form")
    held = said.cleaned_data
    publishing.notice_correct(**given, version=held["version"], text=said.text(), reason=held["reason"])


@require_http_methods(["GET", "POST"])
def robots(request: HttpRequest) -> HttpResponse:
    """The group chats of one's places: a new one, a test, the end of one."""
    actor = staff(request, WRITE)
    verb, robot = request.POST.get("verb", ""), number_of(request.POST.get("robot")) or 0
    if request.method == "POST" and verb in ("test", "end"):
        (chats.robot_test if verb == "test" else chats.robot_end)(actor=actor, robot_id=robot)
        messages.success(request, _("A test was sent.") if verb == "test" else _("It is taken out."))
        return redirect("notices:robots")
    form = forms.RobotForm(request.POST or None, actor=actor)

    def save() -> HttpResponse:
        data = form.cleaned_data
        named = {"place_id": int(data["place"]), "name": data["name"], "channel": data["channel"]}
        home = request.build_absolute_uri("/")
        chats.robot_add(actor=actor, **named, address=data["key"], home=home)
        messages.success(request, _("Saved."))
        return redirect("notices:robots")

    context = {"robots": queries.robots(actor), "channels": dict(queries.chat_channels())}
    return form_page(request, form, save, context, "notices/robots.html")
