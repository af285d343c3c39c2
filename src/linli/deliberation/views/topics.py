"""Pages of those who lead topics: the list, a new one, one with its line of steps and the verbs of the current one."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.forms import Form
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core import clock, files
from linli.core.actors import Actor
from linli.core.errors import DomainError, InvalidInput, Mendable, NotFound
from linli.core.forms import number_of, plain, require_filled
from linli.core.paging import key_asked
from linli.deliberation import procedures_section
from linli.deliberation.forms import topics as forms
from linli.deliberation.models import StepPaper, TopicObjection, TopicStep
from linli.deliberation.operations import objections, steps
from linli.deliberation.operations import topics as operations
from linli.deliberation.procedures import Procedure
from linli.deliberation.queries import topics as queries
from linli.deliberation.queries.topics import TopicPage, Wanted
from linli.deliberation.workflow.topics import HOST, TOPIC, VIEW
from linli.organizations.views.requests import form_page, staff
from linli.publishing.operations.publications import Upload

PAGE: Final = "topics:topic"


@require_GET
def topics(request: HttpRequest) -> HttpResponse:
    """The topics that somebody sees, a page at a time."""
    actor = staff(request, VIEW)
    asked = wanted(request)
    lines, more = queries.listed(queries.seen_by(actor), asked)
    context = {
        "lines": lines,
        "more": more,
        "asked": asked,
        "query": kept(request),
        "states": TOPIC.choices,
        "procedures": [(item.code, item.named) for item in procedures_section.named_procedures()],
        "hosts": actor.can(HOST),
    }
    return render(request, "deliberation/topics.html", context)


@require_http_methods(["GET", "POST"])
def topic_new(request: HttpRequest) -> HttpResponse:
    """Propose a topic: from a body, the catalogue, a meeting, or a matter whose number stands in the address."""
    actor = staff(request, HOST)
    case = request.GET.get("case", "")
    initial = {"source": "case" if case else "body", "case": number_of(case)}
    form = forms.ProposalForm(request.POST or None, places=queries.hosting(actor), initial=initial)

    def save() -> HttpResponse:
        row = operations.topic_propose(actor=actor, proposal=form.proposal())
        return redirect(PAGE, pk=row.pk)

    context = {"title": _("Propose a topic"), "do": _("Propose a topic"), "back": "topics:list"}
    return form_page(request, form, save, context, "deliberation/topic_form.html")


@require_GET
def topic(request: HttpRequest, pk: int) -> HttpResponse:
    """One topic."""
    return _page(request, staff(request, VIEW), pk)


def _page(
    request: HttpRequest, actor: Actor, pk: int, fault: DomainError | None = None, form: Form | None = None
) -> HttpResponse:
    page = queries.topic_page(actor, pk)
    context = {
        "page": page,
        "topic": page.topic,
        "fault": fault,
        "begin": forms.BeginForm(initial=_suggested(page)) if "begin" in page.verbs else None,
        "form": form or _form(page),
        "today": clock.today(),
    }
    return render(request, "deliberation/topic.html", context, status=fault.status if fault else 200)


def _suggested(page: TopicPage) -> dict[str, Any]:
    """The procedure and tier that the catalogue says."""
    known = procedures_section.catalogue().get(page.topic.catalogue)
    return {"procedure": known.procedure, "tier": known.tier, "public": True} if known else {"public": True}


def _form(page: TopicPage) -> Form | None:
    """The form of the step whose turn it is."""
    if page.current is None or "step" not in page.verbs:
        return None
    rule = page.current.rule
    if rule.kind in ("talk", "meet", "vote"):
        return forms.SittingForm(step=rule, initial={"held_on": clock.today(), "represented": 0})
    if rule.kind == "disclose":
        return forms.DiscloseForm(initial={"text": page.resolution.text if page.resolution else page.topic.text})
    return None


@require_POST
def topic_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Begin, decline, postpone, resume or end a topic; a refusal is shown on its page."""
    actor = staff(request, VIEW)
    call = _TOPIC_VERBS.get(verb)
    if call is None:
        raise NotFound
    return _done(request, actor, pk, lambda: call(request, actor, pk))


def _begin(request: HttpRequest, actor: Actor, pk: int) -> None:
    data = plain(request.POST)
    operations.topic_begin(
        actor=actor,
        topic_id=pk,
        procedure=data.get("procedure", ""),
        tier=data.get("tier", ""),
        public="public" in data,
    )


def _with_reason(operation: Callable[..., Any]) -> Callable[[HttpRequest, Actor, int], None]:
    def call(request: HttpRequest, actor: Actor, pk: int) -> None:
        operation(actor=actor, topic_id=pk, reason=plain(request.POST).get("reason", ""))

    return call


def _resume(_request: HttpRequest, actor: Actor, pk: int) -> None:
    operations.topic_resume(actor=actor, topic_id=pk)


_TOPIC_VERBS: Final[dict[str, Callable[[HttpRequest, Actor, int], None]]] = {
    "begin": _begin,
    "decline": _with_reason(operations.topic_decline),
    "postpone": _with_reason(operations.topic_postpone),
    "end": _with_reason(operations.topic_end),
    "resume": _resume,
}


@require_POST
def step_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Hold, merge, skip, make public, finish a step, or add papers to it; a refusal is shown on the topic's page."""
    actor = staff(request, VIEW)
    row = TopicStep.objects.filter(pk=pk, topic__in=queries.seen_by(actor)).select_related("topic").first()
    if row is None or verb not in _STEP_VERBS:
        raise NotFound
    form = _step_form(request, row, verb)
    return _done(request, actor, row.topic_id, lambda: _STEP_VERBS[verb](request, actor, row, form), form)


def _step_form(request: HttpRequest, row: TopicStep, verb: str) -> Form | None:
    """The form that a verb of a step was sent with."""
    if verb == "hold":
        return forms.SittingForm(request.POST, step=Procedure.model_validate(row.topic.rule).step(row.code))
    return forms.DiscloseForm(request.POST) if verb == "disclose" else None


def _hold(request: HttpRequest, actor: Actor, row: TopicStep, form: Any) -> None:
    require_filled(form, "topic.form")
    held = steps.step_hold(actor=actor, step_id=row.pk, sitting=form.sitting(), uploads=uploads(request))
    if held.met:
        messages.success(request, _("Recorded; the next step has its turn."))
    else:
        messages.warning(request, _("Recorded. It was not enough; the step can be held again."))


def _disclose(request: HttpRequest, actor: Actor, row: TopicStep, form: Any) -> None:
    require_filled(form, "topic.form")
    steps.step_disclose(actor=actor, step_id=row.pk, text=form.cleaned_data["text"], uploads=uploads(request))
    messages.success(request, _("It is public now."))


def _skip(request: HttpRequest, actor: Actor, row: TopicStep, _form: Any) -> None:
    steps.step_skip(actor=actor, step_id=row.pk, reason=plain(request.POST).get("reason", ""))


def _merge(_request: HttpRequest, actor: Actor, row: TopicStep, _form: Any) -> None:
    steps.step_merge(actor=actor, step_id=row.pk)


def _finish(_request: HttpRequest, actor: Actor, row: TopicStep, _form: Any) -> None:
    steps.step_finish(actor=actor, step_id=row.pk)


def _attach(request: HttpRequest, actor: Actor, row: TopicStep, _form: Any) -> None:
    steps.step_attach(actor=actor, step_id=row.pk, uploads=uploads(request))


_STEP_VERBS: Final[dict[str, Callable[[HttpRequest, Actor, TopicStep, Any], None]]] = {
    "hold": _hold,
    "disclose": _disclose,
    "skip": _skip,
    "merge": _merge,
    "finish": _finish,
    "attach": _attach,
}


@require_POST
def objection_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer an objection."""
    actor = staff(request, VIEW)
    row = TopicObjection.objects.filter(pk=pk, topic__in=queries.seen_by(actor)).first()
    if row is None:
        raise NotFound
    text = plain(request.POST).get("text", "")
    return _done(
        request,
        actor,
        row.topic_id,
        lambda: objections.objection_answer(actor=actor, objection_id=pk, text=text),
    )


@require_GET
def paper(request: HttpRequest, pk: int) -> FileResponse:
    """A paper of a step."""
    return given(queries.paper_for(queries.seen_by(staff(request, VIEW)), pk))


def given(row: StepPaper) -> FileResponse:
    """A paper as it was attached; photos are shown, the rest is downloaded."""
    inline = row.file.media_type in files.PHOTOS
    stream = files.path_of(row.file.sha256).open("rb")
    return FileResponse(stream, as_attachment=not inline, filename=row.name, content_type=row.file.media_type)


def _done(
    request: HttpRequest, actor: Actor, pk: int, call: Callable[[], object], form: Form | None = None
) -> HttpResponse:
    try:
        call()
    except Mendable as error:
        return _page(request, actor, pk, error, form)
    return redirect(PAGE, pk=pk)


def wanted(request: HttpRequest) -> Wanted:
    """What a list is asked for. Raises: list.bad_filter"""
    asked = plain(request.GET)
    place = asked.get("place", "")
    if place and number_of(place) is None:
        raise InvalidInput("list.bad_filter", "place", value=place)
    names = {name: asked.get(name, "") for name in ("state", "procedure")}
    return Wanted(asked.get("q", "").strip()[:60], place=place, before=before(request), **names)


def before(request: HttpRequest) -> tuple[date, int] | None:
    """The key after which the page begins. Raises: list.bad_filter"""
    return key_asked(request.GET.get("before", ""), "before")


def kept(request: HttpRequest) -> str:
    """The filters of the address, for the link to the next page."""
    asked = request.GET.copy()
    asked.pop("before", None)
    return asked.urlencode()


def uploads(request: HttpRequest) -> list[Upload]:
    """The files that came with a form."""
    found: list[Any] = request.FILES.getlist("files")
    return [Upload(item.name or "file", item) for item in found]
