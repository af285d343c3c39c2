"""Pages of those who run votes: the list, one vote with what is to do now, its electorate, papers, keys and codes."""

import json
from collections.abc import Callable
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, BinaryIO, Final, cast

import segno
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core.actors import Actor
from linli.core.errors import DomainError, InvalidInput, Mendable, NotFound
from linli.core.forms import number_of
from linli.deliberation import electorate_files
from linli.deliberation.forms import polls as forms
from linli.deliberation.models import Poll
from linli.deliberation.operations import electorates, paper, polls
from linli.deliberation.operations.counting import poll_close
from linli.deliberation.operations.poll_steps import poll_step_choose, poll_step_decide
from linli.deliberation.policies import polls as policies
from linli.deliberation.queries import polls as queries
from linli.deliberation.workflow.polls import POLL, RUN, VIEW
from linli.organizations.views.requests import form_page, page_number, staff

FORM: Final = "deliberation/poll_form.html"
PAGE: Final = "polls:poll"
# What few votes need stands folded at the end of the form.
ASIDE: Final = ("options", "most", "quorum", "passing_bound", "passing", "unreturned_ground")


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The votes of one's places."""
    actor = staff(request, VIEW)
    state = request.GET.get("state", "")
    state = state if state in dict(POLL.choices) else ""
    words = request.GET.get("q", "").strip()[:60]
    page = Paginator(queries.listed(actor, state, words), queries.PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "states": POLL.choices, "state": state, "words": words, "may_run": actor.can(RUN)}
    return render(request, "deliberation/polls.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Set up a vote."""
    actor = staff(request, RUN)
    form = forms.PollForm(request.POST or None, actor=actor, initial=forms.PollForm.blank())

    def save() -> HttpResponse:
        poll = polls.poll_create(actor=actor, sketch=form.sketch())
        return redirect("polls:electorate", pk=poll.pk)

    return form_page(request, form, save, {"title": _("New vote"), "do": _("Next: who may vote"), "aside": ASIDE}, FORM)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a vote that was not announced."""
    actor, poll = _run(request, pk)
    form = forms.PollForm(request.POST or None, actor=actor, initial=forms.PollForm.of(poll))

    def save() -> HttpResponse:
        polls.poll_change(actor=actor, poll_id=pk, version=form.cleaned_data["version"] or 0, sketch=form.sketch())
        return redirect(PAGE, pk=pk)

    return form_page(request, form, save, {"title": _("Change"), "do": _("Save"), "poll": poll, "aside": ASIDE}, FORM)


@require_GET
def poll(request: HttpRequest, pk: int) -> HttpResponse:
    """One vote: where it stands, and what is to do now."""
    return _page(request, staff(request, VIEW), pk)


def _page(request: HttpRequest, actor: Actor, pk: int, fault: DomainError | None = None) -> HttpResponse:
    page = queries.poll_page(actor, pk)
    held = actor.key in page.poll.keys.values_list("holder", flat=True)
    context = {
        "page": page,
        "poll": page.poll,
        "fault": fault,
        "runs": policies.may_run_poll(actor, page.poll),
        "holds_key": held,
        "options": queries.options_of(page.poll),
        "over": queries.is_over(page.poll),
        "steps": queries.steps_to_decide(actor, page.poll) if "change" in page.verbs else [],
        "address": request.build_absolute_uri(reverse("public_polls:poll", args=[pk])),
    }
    return render(request, "deliberation/poll.html", context, status=fault.status if fault else 200)


@require_POST
def do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Announce, open, close, publish, cancel or declare void; a refusal is shown on the page."""
    actor, _poll = _run(request, pk)
    return _done(request, actor, pk, lambda: _verb(request, actor, pk, verb))


def _verb(request: HttpRequest, actor: Actor, pk: int, verb: str) -> None:
    if verb == "close":
        words = [text for text in (request.POST.get("first", ""), request.POST.get("second", "")) if text.strip()]
        poll_close(actor=actor, poll_id=pk, words=words)
        return
    version = _version(request)
    if verb in ("cancel", "void"):
        reason = forms.checked(forms.EndForm(request.POST))["reason"]
        end = polls.poll_cancel if verb == "cancel" else polls.poll_void
        end(actor=actor, poll_id=pk, version=version, reason=reason)
        return
    forward = {"announce": polls.poll_announce, "open": polls.poll_open, "publish": polls.poll_publish}[verb]
    forward(actor=actor, poll_id=pk, version=version)


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    if number_of(text, 9) is None:
        raise InvalidInput("poll.form", _("The form came without its version. Open the page again."))
    return int(text)


@require_POST
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which step of a topic a vote decides; or, once it is counted, give the step its numbers."""
    actor, row = _run(request, pk)
    return _done(request, actor, pk, lambda: _step(request, actor, row))


def _step(request: HttpRequest, actor: Actor, row: Poll) -> None:
    if row.state != "draft":
        poll_step_decide(actor=actor, poll_id=row.pk)
        return
    chosen = request.POST.get("step", "")
    step_id = number_of(chosen)
    poll_step_choose(actor=actor, poll_id=row.pk, version=_version(request), step_id=step_id)


@require_POST
@never_cache
def key(request: HttpRequest, pk: int) -> HttpResponse:
    """Make one's key as a counter and show it, this once."""
    actor, row = _run(request, pk)
    try:
        words = polls.poll_key_make(actor=actor, poll_id=pk)
    except Mendable as error:
        return _page(request, actor, pk, error)
    return render(request, "deliberation/poll_key.html", {"poll": row, "words": words})


@require_POST
@never_cache
def codes(request: HttpRequest, pk: int) -> HttpResponse:
    """New codes for all who have not voted, or for one, as slips to be printed and cut apart."""
    actor, row = _run(request, pk)
    text = request.POST.get("number", "")
    number = number_of(text, 7)
    chosen = list(row.electors.filter(number=number).values_list("pk", flat=True)) if number else []
    try:
        if number and not chosen:
            raise NotFound
        made = electorates.codes_issue(actor=actor, poll_id=pk, elector_ids=chosen)
    except Mendable as error:
        return _page(request, actor, pk, error)
    address = request.build_absolute_uri(reverse("public_polls:poll", args=[pk]))
    slips = [(queries.roll_line(elector), f"{code[:5]} {code[5:]}", _picture(address, code)) for elector, code in made]
    return render(request, "deliberation/poll_codes.html", {"poll": row, "slips": slips, "address": address})


def _picture(address: str, code: str) -> str:
    """The page of a vote with a code, to be photographed: behind the `#`, which no browser sends and no log holds."""
    return segno.make(f"{address}#code={code}", error="m").svg_data_uri(border=0)


@require_http_methods(["GET", "POST"])
def electorate(request: HttpRequest, pk: int) -> HttpResponse:
    """Who may vote: the list, and as long as nothing is announced another one in its place."""
    actor, row = _run(request, pk)
    form = forms.ElectorateForm()
    fault: DomainError | None = None
    if request.method == "POST":
        form = forms.ElectorateForm(request.POST, request.FILES)
        try:
            _take_in(request, actor, pk, forms.checked(form))
            return redirect("polls:electorate", pk=pk)
        except Mendable as error:
            fault = error
    rows = queries.roll(row, request.GET.get("q", "").strip())
    page = Paginator(rows, queries.ROLL).get_page(page_number(request))
    context = {
        "poll": row,
        "form": form,
        "fault": fault,
        "faults": fault.facts.get("faults", []) if fault else [],
        "page": page,
        "lines": [queries.roll_line(elector) for elector in page],
        "turnout": queries.turnout(row),
        "units": row.rights.count(),
        "query": request.GET.get("q", ""),
    }
    return render(request, "deliberation/poll_electorate.html", context, status=fault.status if fault else 200)


def _take_in(request: HttpRequest, actor: Actor, pk: int, data: dict[str, Any]) -> None:
    upload = request.FILES.get("file")
    if upload is None:
        if not data["posts"]:
            raise InvalidInput("poll.electorate", _("Choose a file, or a kind of post."), faults=[])
        electorates.electorate_from_posts(actor=actor, poll_id=pk, kind=data["posts"])
        return
    with NamedTemporaryFile(suffix=Path(upload.name or "list").suffix) as kept:
        for chunk in upload.chunks():
            kept.write(chunk)
        kept.flush()
        rights = electorate_files.read(Path(kept.name), upload.name or "list")
    electorates.electorate_enter(actor=actor, poll_id=pk, rights=rights)


@require_http_methods(["GET", "POST"])
def papers(request: HttpRequest, pk: int) -> HttpResponse:
    """The desk of paper ballots: one at a time, each twice, by two people."""
    actor, row = _run(request, pk)
    if not row.paper or row.state != "open":
        raise NotFound
    fault, said = None, ""
    if request.method == "POST":
        try:
            said = _paper(request, actor, row)
        except DomainError as error:
            if error.status == 403:
                raise
            fault = error
    context = {
        "poll": row,
        "fault": fault,
        "said": said,
        "form": forms.PaperForm(poll=row),
        "bundle": forms.BundleForm(poll=row),
        "mark": forms.MarkForm(),
        "options": queries.options_of(row),
        "waiting": queries.papers(row),
        "turnout": queries.turnout(row),
    }
    return render(request, "deliberation/poll_papers.html", context, status=fault.status if fault else 200)


def _paper(request: HttpRequest, actor: Actor, row: Poll) -> str:
    """Do what the desk asks for, and say how that paper stands now."""
    kind = request.POST.get("do", "")
    if kind in ("mark", "unmark"):
        data = forms.checked(forms.MarkForm(request.POST))
        if kind == "mark":
            paper.paper_mark(actor=actor, poll_id=row.pk, number=data["number"])
            return _("Number %(number)s has voted on paper.") % {"number": data["number"]}
        paper.paper_unmark(actor=actor, poll_id=row.pk, number=data["number"], reason=data["reason"])
        return _("The mark of number %(number)s was taken back.") % {"number": data["number"]}
    standing = _bundle(request, actor, row) if kind == "bundle" else _ballot(request, actor, row)
    return {
        "first": _("Entered. It counts when a second person has entered the same."),
        "differs": _("The two entries differ. A third person looks at the paper."),
        "settled": _("It counts: two entries agree."),
    }[standing]


def _ballot(request: HttpRequest, actor: Actor, row: Poll) -> paper.Standing:
    data = forms.checked(forms.PaperForm(request.POST, poll=row))
    values = {"actor": actor, "poll_id": row.pk, "number": data["number"], "choices": data["choices"]}
    if data["reason"].strip():
        return paper.paper_correct(**values, reason=data["reason"])
    return paper.paper_enter(**values)


def _bundle(request: HttpRequest, actor: Actor, row: Poll) -> paper.Standing:
    form = forms.BundleForm(request.POST, poll=row)
    data = forms.checked(form)
    return paper.bundle_enter(
        actor=actor,
        poll_id=row.pk,
        bundle=data["bundle"],
        counts=form.counts(),
        ballots=data["ballots"],
        reason=data["reason"],
    )


@require_POST
def proxy(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a proxy."""
    actor, _poll = _run(request, pk)
    return _done(request, actor, pk, lambda: _proxy(request, actor, pk))


def _proxy(request: HttpRequest, actor: Actor, pk: int) -> None:
    data = forms.checked(forms.ProxyForm(request.POST, request.FILES))
    upload = data["file"]
    electorates.proxy_record(
        actor=actor,
        poll_id=pk,
        giver=data["giver"],
        holder=data["holder"],
        stream=cast(BinaryIO, upload.file),
        name=upload.name or "",
    )


@require_GET
def tally(request: HttpRequest, pk: int) -> HttpResponse:
    """The count as a file."""
    row = queries.found(policies.polls_visible_to(staff(request, VIEW)), pk)
    return count_file(row)


def count_file(row: Poll) -> HttpResponse:
    """The count of a poll as a file that anybody can check. Raises: not_found where nothing is counted."""
    if not row.result:
        raise NotFound
    text = json.dumps(queries.tally_document(row), ensure_ascii=False, indent=1)
    headers = {"Content-Disposition": f'attachment; filename="poll-{row.pk}-count.json"'}
    return HttpResponse(text, content_type="application/json; charset=utf-8", headers=headers)


def _done(request: HttpRequest, actor: Actor, pk: int, call: Callable[[], object]) -> HttpResponse:
    try:
        call()
    except Mendable as error:
        return _page(request, actor, pk, error)
    return redirect(PAGE, pk=pk)


def _run(request: HttpRequest, pk: int) -> tuple[Actor, Poll]:
    """Who runs a poll, and the poll. Raises: not_found, poll.not_yours"""
    actor = staff(request, VIEW)
    row = queries.found(policies.polls_visible_to(actor), pk)
    policies.require_run(actor, row.place)
    return actor, row
