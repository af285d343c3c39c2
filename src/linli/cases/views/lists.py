"""Lists of matters with filters and export, the page of one, its file as PDF, and its photos."""

from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_GET

from linli.cases import routing, sections, words
from linli.cases.models import Attachment, Case
from linli.cases.policies import (
    is_reporter,
    may_answer,
    may_call,
    may_check,
    may_help,
    may_publish,
    reaches,
    ways_to_ask,
    whistle_moves_of,
)
from linli.cases.queries.beside import beside
from linli.cases.queries.lists import FILTERS, asked_for, case_list, list_choices, saved_filters
from linli.cases.queries.nearby import similar_to
from linli.cases.queries.news import standing
from linli.cases.queries.pages import CasePage, case_for, case_page, summary_of
from linli.cases.queries.parts import HelpLine, WhistleLine
from linli.cases.queries.whereabouts import has_map, whereabouts
from linli.cases.requests import STAFF, actor_of, staff
from linli.cases.views.calling import slip_sign, to_say
from linli.cases.workflow import ABOVE, CHECKER, WHISTLE
from linli.core import clock, files, printing
from linli.core.actors import Actor
from linli.core.errors import NotAllowed, NotFound
from linli.core.forms import plain
from linli.records.exporting import export
from linli.records.types import record_type

COLOURS = (("soon", later("due soon")), ("late", later("overdue")), ("red", later("long overdue")))
PLANS = (
    ("ahead", later("planned or under way")),
    ("late", later("past its planned end")),
    ("finished", later("finished")),
)
BULK = (
    ("accept", later("accept")),
    ("dispatch", later("dispatch")),
    ("urge", later("urge")),
    ("close", later("close")),
)
# Steps that are offered large, in the order in which one of them is the page's primary action.
PRIMARY = (
    "reply",
    "accept",
    "arbitrate",
    "dispatch",
    "take",
    "finish",
    "verify",
    "close",
    "approve_out_of_scope",
    "resume",
)


@require_GET
def case_index(request: HttpRequest) -> HttpResponse:
    """A filtered page of matters; the address holds the filters."""
    actor = staff(request, *STAFF)
    query = plain(request.GET)
    page = case_list(actor, query)
    rest = request.GET.copy()
    rest.pop("after", None)
    whole = not getattr(request, "htmx", False)
    context = {
        "page": page,
        "query": query,
        "colours": COLOURS,
        "plans": PLANS,
        "platforms": sections.platforms().values() if query.get("source") == "hotline" else (),
        "offered": list_choices(actor) if whole else None,
        "saved": saved_filters(actor) if whole else (),
        "filtered": any(query.get(name) for name in FILTERS),
        "narrowed": any(query.get(name) for name in FILTERS if name not in ("q", "state")),
        "bulk": BULK if actor.can("cases.dispatch") else (),
        "desk": actor.can("cases.register") or actor.can("cases.dispatch"),
        "checks": actor.can(CHECKER) or actor.can(ABOVE),
        "exports": actor.can("figures.view"),
        "rest": rest.urlencode(),
        "states": sections.flow().choices,
        "kinds": words.KINDS,
        "sources": words.SOURCES,
        "categories": [(code, sections.category_name(code)) for code in sections.categories()],
        "now": clock.now(),
    }
    template = "cases/list.html" if whole else "cases/_rows.html"
    return render(request, template, context)


@require_GET
def case_export(request: HttpRequest, form: str) -> HttpResponse | StreamingHttpResponse:
    """The filtered matters as CSV or XLSX, under the same policy; grid posts have no bulk export (R22)."""
    actor = staff(request, *STAFF)
    if not actor.can("figures.view"):
        raise NotAllowed("export.not_yours")
    kind = record_type("case")
    rows = asked_for(actor, plain(request.GET))
    return export(actor, kind, rows, form, name="cases", query=plain(request.GET))


@require_GET
def case_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One matter: what it is, its state and who holds it, what can be done, and how it came here."""
    actor = staff(request, *STAFF)
    page = case_page(actor, pk)
    offered = [verb for verb in page.moves if verb not in _unoffered(page)]
    primary = next((verb for verb in PRIMARY if verb in offered), "")
    labels = {move.verb: str(move.label) for move in sections.flow().moves}
    actions = [(verb, labels[verb]) for verb in dict.fromkeys(offered) if verb != primary]
    # The table of powers does not say who deals with a complaint: not those it is about.
    suggests = primary == "dispatch" and not page.case.complained_of_id
    route = routing.route_of(page.case) if suggests else None
    code = request.session.pop(f"receipt:{pk}", "") if hasattr(request, "session") else ""
    context = {
        "page": page,
        "case": page.case,
        "primary": (primary, labels[primary]) if primary else None,
        "actions": actions,
        "route": route,
        "near": _near(actor, page),
        "beside": beside(actor, pk) if getattr(page.case, "spoken_of", False) else (),
        "has_map": has_map(page.case),
        "reply": _reply(page),
        "to_say": to_say(actor, page),
        "told": words.TOLD,
        "wants_call": any(item.callback for item in page.reporters),
        "may_blur": reaches(actor, page.case, "cases.dispatch"),
        "may_publish": may_publish(actor, page.case) and not page.case.confidential and page.case.kind != "complaint",
        "summary": summary_of(page.case),
        "helps": _parts(page, None),
        "whistles": [(line, _offered(actor, page, line), _parts(page, line.pk)) for line in page.whistles],
        "answering": _answering(actor, page),
        "channels": _channels(actor, page),
        "may_check": may_check(actor, page.case),
        "code": code,
        "slip": slip_sign(pk, code),
        "may_tell": may_call(actor, page.case),
        "may_answer": may_answer(actor, page.case),
    }
    return render(request, "cases/case.html", context)


def _unoffered(page: CasePage) -> set[str]:
    """The moves that have no button: those of other pages, and those for which nothing waits now."""
    told = page.case.extra.get("supervision") or {}
    waits = {
        "whistle": all(line.state == "done" for line in page.whistles),
        "ask_extension": "extension" not in page.case.extra,
        "decide_extension": "extension" in page.case.extra,
        "supervise": not told or "finding" in told,
        "reply": bool(told) and told.keys().isdisjoint(("reply", "finding")),
        "conclude": bool(told) and "finding" not in told,
    }
    return {"rate", "return_again", "report_late", *(verb for verb, open_now in waits.items() if not open_now)}


def _parts(page: CasePage, whistle: int | None) -> list[HelpLine]:
    """The bodies that a whistle called, or those that help without one."""
    return [call for call in page.helps if call.whistle_id == whistle]


def _channels(actor: Actor, page: CasePage) -> dict[str, str]:
    """The ways by which the actor may ask the reporter of a closed matter for a rating."""
    if page.case.state != "closed" or not (page.reporters or page.reporter_hidden):
        return {}
    labels = dict(words.CHANNELS)
    return {code: str(labels[code]) for code in ways_to_ask(actor, page.case)}


def _answering(actor: Actor, page: CasePage) -> set[int]:
    """The parts of joint handling that the actor may report as done."""
    return {
        call.pk
        for call in page.helps
        if may_help(actor, page.case, call.organization_id, ended=call.body_ended is not None)
    }


def _offered(actor: Actor, page: CasePage, whistle: WhistleLine) -> dict[str, str]:
    """The steps at a whistle that are still open to the actor, with their labels; coming late is coming too."""
    calls = _parts(page, whistle.pk)
    mine = [call for call in calls if call.organization_id in actor.organization_ids]
    open_for = {
        "report_in": any(call.reported is None for call in mine),
        "rate_caller": any(call.rating_of_caller is None for call in mine),
        "rate_department": any(call.rating is None for call in calls),
    }
    bodies = {call.organization_id for call in calls if call.organization_id}
    verbs = whistle_moves_of(actor, page.case.place, whistle.state, bodies)
    labels = {move.verb: str(move.label) for move in WHISTLE.moves}
    named = dict.fromkeys("report_in" if verb == "report_late" else verb for verb in verbs)
    return {verb: labels[verb] for verb in named if open_for.get(verb, True)}


@require_GET
def case_map(request: HttpRequest, pk: int) -> JsonResponse:
    """Where a matter lies, for the map on its page."""
    return JsonResponse(whereabouts(case_for(staff(request, *STAFF), pk)))


@require_GET
def case_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The printable file of a matter, with everything personal masked."""
    page = case_page(staff(request, *STAFF), pk)
    text = render_to_string("cases/file.html", {"page": page, "case": page.case, "now": clock.now()})
    headers = {"Content-Disposition": f'inline; filename="{page.case.number}.pdf"'}
    return HttpResponse(printing.pdf(text), content_type="application/pdf", headers=headers)


@require_GET
def attachment(request: HttpRequest, pk: int) -> FileResponse:
    """A photo or paper of a matter that one may open, or a thumbnail of a photo (`?side=`)."""
    row = Attachment.objects.select_related("file").filter(pk=pk).first()
    if row is None:
        raise NotFound
    viewer = actor_of(request)
    case = case_for(viewer, row.case_id)
    if not (row.cleared or viewer.can("cases.view") or viewer.can("cases.handle") or is_reporter(viewer, case)):
        raise NotFound
    small = request.GET.get("side") == "320" and row.file.media_type in files.PHOTOS
    path = files.thumbnail(row.file.sha256, 320) if small else files.path_of(row.file.sha256)
    kind = "image/webp" if small else row.file.media_type
    inline = row.file.media_type in files.PHOTOS
    return FileResponse(
        path.open("rb"), content_type=kind, as_attachment=not inline, filename="" if inline else row.file.name
    )


def _reply(page: CasePage) -> str:
    """What may be copied back into a chat: number, state and what was done, without a phone or the report itself."""
    case = page.case
    if case.confidential or case.kind == "complaint":
        return ""
    between = "" if (get_language() or "").startswith("zh") else " "
    return between.join(standing(page))


def _near(viewer: Actor, page: CasePage) -> list[Case]:
    """Open matters that may be the same, while the desk still decides."""
    if page.case.state not in ("received", "accepted") or "merge" not in page.moves:
        return []
    return similar_to(viewer, page.case)
