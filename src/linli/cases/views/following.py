"""What a reporter does with a matter: open it by number and code or from one's own list, answer, add, rate."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_lockout_response
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.cases import sections, words
from linli.cases.forms import reports
from linli.cases.models import Attachment, Case, Note, Reporter
from linli.cases.operations import finishing, supervising
from linli.cases.operations.intake import follow_code_matches
from linli.cases.operations.rating import Word, case_rate, rating_answer
from linli.cases.operations.talking import word_add
from linli.cases.policies import moves_of, reporter_key
from linli.cases.queries.beside import public_beside
from linli.cases.queries.news import holders
from linli.cases.queries.pages import case_for, happenings, held_by
from linli.cases.requests import actor_of, followed_elsewhere, refuse
from linli.core import clock, files
from linli.core.actors import Actor
from linli.core.errors import DomainError, NotFound, TooMany
from linli.core.models import Entry
from linli.core.visitors import visitor_counted

ANSWERS: Final[dict[str, Callable[..., Any]]] = {
    "confirm": finishing.case_confirm,
    "deny": finishing.case_deny,
    "withdraw": finishing.case_withdraw,
    "reopen": finishing.case_reopen,
    "urge": supervising.case_urge,
}
FOLLOWED: Final = "followed"
LISTED: Final = 100


@csrf_protect
@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Open one's matter by receipt number and code; a wrong number and a wrong code look the same.

    Wrong tries at a number are limited as those at a password are.
    """
    number = (request.POST.get("number") or request.GET.get("number", "")).strip()
    wrong = False
    if request.method == "POST":
        try:
            visitor_counted(request)
        except TooMany as error:
            context = {"number": number, "code": request.POST.get("code", ""), "error": error}
            return render(request, "cases/public_follow.html", context, status=error.status)
        tried = {"username": f"matter {number[:32]}"}
        if not AxesProxyHandler.is_allowed(request, tried):
            locked: HttpResponse = get_lockout_response(request, credentials=tried)
            return locked
        case = Case.objects.defer("search").filter(number=number).first()
        if case is not None and follow_code_matches(case, request.POST.get("code", "")):
            follow_on(request, case.pk)
            return redirect("public:case", number=case.number)
        if address := followed_elsewhere(number, request.POST.get("code", "")):
            return redirect(address)
        AxesProxyHandler.user_login_failed(follow, credentials=tried, request=request)
        wrong = True
    context = {"number": number, "wrong": wrong}
    return render(request, "cases/public_follow.html", context, status=404 if wrong else 200)


@require_GET
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """The matters that one reported under one's own account."""
    own = Reporter.objects.filter(user_id=actor_of(request).user_id).values("case_id")
    rows = Case.objects.filter(pk__in=own).select_related("place", "merged_into").defer("search")
    flow = sections.flow()
    lines = [
        {
            "case": row,
            "state": flow.state((row.merged_into or row).state).label,
            "category": sections.category_name(row.category),
            "asks": (row.merged_into or row).state in ("done", "closed"),
        }
        for row in rows.order_by("-pk")[:LISTED]
    ]
    return render(request, "cases/public_mine.html", {"lines": lines})


@require_GET
def case(request: HttpRequest, number: str) -> HttpResponse:
    """One's own matter: its state, who holds it, what was said, and the answers one may give."""
    row, actor = followed(request, number)
    shown = row.merged_into if row.merged_into_id and row.merged_into else row
    flow = sections.flow()
    entries = list(Entry.objects.filter(subject_type="case", subject_id=shown.pk).order_by("id"))
    moves = [verb for verb in moves_of(actor, row, flow) if verb != "reopen" or _fresh(row)]
    work = dict(words.WORK)
    context = {
        "case": row,
        "shown": shown,
        "state": flow.state(shown.state).label,
        "steps": _steps(shown, entries),
        "held": [(item, work.get(item.kind, "")) for item in holders(held_by(shown))],
        "timeline": happenings(entries if shown.pk == row.pk else _for_another(entries), public=True),
        "notes": row.notes.filter(public=True).order_by("id"),
        "answered": answers_of(shown).order_by("id") if shown.pk != row.pk else (),
        "photos": Attachment.objects.filter(_photos(row, shown)).order_by("id"),
        "beside": public_beside(shown.pk),
        "answers": [verb for verb in moves if verb in ANSWERS],
        "rates": "rate" in moves,
        "open": row.state not in ("void", "withdrawn"),
        "form": reports.WordForm(),
    }
    return render(request, "cases/public_case.html", context)


@require_GET
def photo(request: HttpRequest, number: str, pk: int) -> FileResponse:
    """A photo of one's own matter, small."""
    row, _actor = followed(request, number)
    shown = row.merged_into or row
    found = Attachment.objects.select_related("file").filter(_photos(row, shown), pk=pk).first()
    if found is None:
        raise NotFound
    return FileResponse(files.thumbnail(found.file.sha256, 320).open("rb"), content_type="image/webp")


@csrf_protect
@require_POST
def answer(request: HttpRequest, number: str, verb: str) -> HttpResponse:
    """Confirm, deny, urge, withdraw or reopen one's own matter."""
    visitor_counted(request)
    row, actor = followed(request, number)
    call = ANSWERS.get(verb)
    if call is None:
        raise NotFound
    reason = request.POST.get("reason", "").strip()
    call(actor=actor, case_id=row.pk, **({} if verb == "confirm" else {"reason": reason}))
    messages.success(request, _("Done. Whoever holds the matter sees it now."))
    return redirect("public:case", number=number)


@csrf_protect
@require_POST
def word(request: HttpRequest, number: str) -> HttpResponse:
    """Add a word to one's own matter."""
    visitor_counted(request)
    row, actor = followed(request, number)
    word_add(actor=actor, case_id=row.pk, text=request.POST.get("text", ""))
    messages.success(request, _("Done. Whoever holds the matter sees it now."))
    return redirect("public:case", number=number)


@csrf_protect
@require_POST
def rate(request: HttpRequest, number: str) -> HttpResponse:
    """Rate one's own closed matter."""
    visitor_counted(request)
    row, actor = followed(request, number)
    form = reports.WordForm(request.POST)
    if form.is_valid():
        case_rate(actor=actor, case_id=row.pk, word=Word(**form.cleaned_data))
        messages.success(request, _("Thank you. Your answer was kept; nobody can change it."))
    else:
        messages.error(request, _("Please answer both questions."))
    return redirect("public:case", number=number)


@csrf_protect
@require_http_methods(["GET", "POST"])
def rate_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Rate by the one-time link; what the matter is about is not shown, for links travel."""
    form = reports.WordForm(request.POST or None)
    status, thanks = 200, False
    if request.method == "POST" and form.is_valid():
        try:
            visitor_counted(request)
            rating_answer(actor=actor_of(request), token=token, word=Word(**form.cleaned_data))
            thanks = True
        except DomainError as error:
            status = refuse(form, error)
    return render(request, "cases/public_rate.html", {"form": form, "thanks": thanks}, status=status)


def follow_on(request: HttpRequest, pk: int) -> None:
    """Remember in the session which matters were opened by their codes."""
    known = [item for item in request.session.get(FOLLOWED, []) if item != pk]
    request.session[FOLLOWED] = [*known, pk][-20:]


def followed(request: HttpRequest, number: str) -> tuple[Case, Actor]:
    """The matter and the reporter's own actor: by its code given in this session, or by the account that reported.

    Raises: not_found
    """
    found = Case.objects.filter(number=number).values_list("pk", flat=True).first()
    if found is None or not (found in request.session.get(FOLLOWED, []) or _reported(actor_of(request), found)):
        raise NotFound("case.follow", _("Open your matter with its number and code."))
    actor = Actor(key=reporter_key(found), label="")
    return case_for(actor, found), actor


def _reported(actor: Actor, pk: int) -> bool:
    return bool(actor.user_id) and Reporter.objects.filter(case_id=pk, user_id=actor.user_id).exists()


def _photos(row: Case, shown: Case) -> Q:
    """What one sent oneself, and what the desk has cleared for the public."""
    return Q(case=row, stage="report") | Q(case=shown, cleared=True)


def _fresh(row: Case) -> bool:
    """Whether the matter can still be reopened."""
    return row.closed_on is not None and clock.today() <= row.closed_on + timedelta(sections.section().reopen_days)


def answers_of(shown: Case) -> QuerySet[Note]:
    """What was answered about a matter that others reported too; what its own reporter wrote stays theirs."""
    return shown.notes.filter(public=True).exclude(actor__startswith="reporter:")


def _for_another(entries: list[Entry]) -> Iterator[Entry]:
    """The journal for others who reported the same: what the first reporter gave as a reason stays theirs."""
    for entry in entries:
        if entry.actor.startswith("reporter:"):
            entry.facts = {name: value for name, value in entry.facts.items() if name != "reason"}
        yield entry


def _steps(shown: Case, entries: list[Entry]) -> list[tuple[Any, datetime | None]]:
    """The line of steps, each with the moment it was last reached."""
    reached = {str(entry.facts["to"]): entry.at for entry in entries if entry.facts.get("to")}
    steps = sections.flow().line_of_steps(shown.state, {*reached, shown.state})
    return [(step, reached.get(step.code) if step.place in ("past", "now") else None) for step in steps]
