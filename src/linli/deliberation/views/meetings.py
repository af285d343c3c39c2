"""Pages of meetings: the month, the list, one with its verbs, its files and its printed minutes; series."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final, cast

import segno
from django.forms import Form
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.cases.requests import staff, uploads
from linli.core import files
from linli.core.actors import Actor
from linli.core.errors import DomainError, InvalidInput, Mendable, NotFound
from linli.core.forms import day_of, number_of, plain
from linli.deliberation import meetings_section
from linli.deliberation.forms.meetings import AttendanceForm, PlanForm, SeriesForm, days_ahead, kind_choices
from linli.deliberation.operations import agenda, commitments, meetings, series
from linli.deliberation.operations.agenda import Item, Result
from linli.deliberation.policies.meetings import may_convene, require_convene
from linli.deliberation.queries import meetings as queries
from linli.deliberation.queries.meetings import Wanted
from linli.deliberation.queries.raised import counted, open_to_rating
from linli.deliberation.views.public_meetings import rating_token
from linli.deliberation.workflow.meetings import (
    ATTENDANCE,
    CONVENE,
    JOIN,
    MEETING,
    RATINGS,
    RESULTS,
    SOURCES,
    VIEW,
)
from linli.organizations.views.requests import form_page, printed

ANYBODY: Final = (VIEW, CONVENE, JOIN)
FORM: Final = "deliberation/meeting_form.html"


@require_GET
def calendar(request: HttpRequest) -> HttpResponse:
    """A month of meetings, with the sessions that are proposed, missed, and what is overdue."""
    actor = staff(request, *ANYBODY)
    page = queries.month(actor, request.GET.get("month", ""))
    context = {"page": page, "may_convene": actor.can(CONVENE), "tab": "calendar", "names": meetings_section.kinds()}
    return render(request, "deliberation/meetings_calendar.html", context)


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The list of meetings."""
    actor = staff(request, *ANYBODY)
    asked = plain(request.GET)
    rows, following = queries.listed(actor, _wanted(asked))
    kept = request.GET.copy()
    kept.pop("after", None)
    context = {
        "rows": [(row, meetings_section.named(row.kind), MEETING.label(row.state)) for row in rows],
        "following": following,
        "query": kept.urlencode(),
        "asked": asked,
        "kinds": [(item.code, item.named) for item in meetings_section.kinds().values()],
        "states": MEETING.choices,
        "may_convene": actor.can(CONVENE),
        "tab": "list",
    }
    return render(request, "deliberation/meetings_list.html", context)


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """Plan a meeting, of a series where the address names one."""
    actor = staff(request, CONVENE)
    row = queries.series_named(actor, number_of(request.GET["series"]) or 0) if request.GET.get("series") else None
    if row is not None:
        require_convene(actor, row.place)
    places = [(str(row.place_id), row.place.name)] if row else queries.place_choices(actor)
    start = PlanForm.of_series(row, request.GET.get("on") or days_ahead(7)) if row else {"on": days_ahead(7)}
    offers = {"bodies": queries.body_choices(places)} | ({} if row else {"kind": kind_choices(), "place": places})
    form = PlanForm(request.POST or None, of_series=row is not None, offers=offers, initial=start)

    def save() -> HttpResponse:
        made = meetings.meeting_plan(actor=actor, plan=form.plan(row.pk if row else None))
        return redirect("meetings:meeting", pk=made.pk)

    return form_page(
        request, form, save, {"title": row.title if row else _("Plan a meeting"), "do": _("Plan it")}, FORM
    )


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a meeting that was not held yet."""
    actor = staff(request, CONVENE)
    row = queries.meeting(actor, pk)
    require_convene(actor, row.place)
    offers = {"bodies": queries.body_choices([(str(row.place_id), row.place.name)])}
    form = PlanForm(request.POST or None, of_series=True, offers=offers, initial=PlanForm.of(row))

    def save() -> HttpResponse:
        version = form.cleaned_data["version"] or 0
        meetings.meeting_change(actor=actor, meeting_id=pk, version=version, plan=form.plan(row.series_id))
        return redirect("meetings:meeting", pk=pk)

    return form_page(request, form, save, {"title": row.title, "do": _("Save"), "meeting": row}, FORM)


@require_GET
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting: before it, at it, and after it."""
    return _page(request, staff(request, *ANYBODY), pk)


def _page(request: HttpRequest, actor: Actor, pk: int, fault: DomainError | None = None) -> HttpResponse:
    page = queries.meeting_page(actor, pk)
    context = {
        "page": page,
        "row": page.row,
        "fault": fault,
        "said": plain(request.POST) if fault else {},
        "state": MEETING.label(page.row.state),
        "sources": [item for item in SOURCES if item[0] in ("body", "resident", "catalogue")],
        "results": RESULTS,
        "ratings": RATINGS,
        "attendances": ATTENDANCE,
        "draft": page.minutes[0].text if page.minutes else queries.draft_of(page),
        "joint": queries.joint_choices(page.row) if "conclude" in page.verbs else [],
        "topics": queries.topic_choices(actor, page.row) if "add" in page.verbs else [],
        "bodies": _bodies(page) if "commit" in page.verbs else [],
        "soon": days_ahead(14),
        "may_rate": may_convene(actor, page.row.place),
        "counts": {item.pk: counted(item) for item in page.items},
        **_rating(request, actor, page),
    }
    return render(request, "deliberation/meeting.html", context, status=fault.status if fault else 200)


def _rating(request: HttpRequest, actor: Actor, page: queries.MeetingPage) -> dict[str, str]:
    """The address at which those who came rate, with its picture to be photographed."""
    if not may_convene(actor, page.row.place) or not any(map(open_to_rating, page.items)):
        return {}
    address = request.build_absolute_uri(reverse("public_meetings:rate", args=[rating_token(page.row.pk)]))
    return {"rating_address": address, "rating_picture": segno.make(address, error="m").svg_data_uri(border=0)}


def _bodies(page: queries.MeetingPage) -> list[tuple[str, str]]:
    """Who may promise something: the invited first, then whoever else stands around."""
    invited = [(str(item.organization_id), item.organization.name) for item in page.invitations]
    near = queries.body_choices([(str(page.row.place_id), page.row.place.name)])
    return invited + [item for item in near if item not in invited]


@require_POST
def do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Do something with a meeting; a refusal is shown on its page."""
    actor = staff(request, CONVENE)
    row = queries.meeting(actor, pk)
    require_convene(actor, row.place)
    if verb not in VERBS:
        raise NotFound
    return _done(request, actor, pk, lambda: VERBS[verb](request, actor, pk))


@require_POST
def item_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Conclude, rate or decline an agenda item."""
    actor = staff(request, CONVENE)
    row = queries.item_of(actor, pk)
    require_convene(actor, row.place)
    if verb not in ITEM_VERBS:
        raise NotFound
    if row.meeting_id is None:
        agenda.item_decline(actor=actor, item_id=pk, reason=plain(request.POST).get("reason", ""))
        return redirect("meetings:series", pk=row.series_id)
    return _done(request, actor, row.meeting_id, lambda: ITEM_VERBS[verb](request, actor, pk), f"#item-{pk}")


def _done(request: HttpRequest, actor: Actor, pk: int, call: Callable[[], object], mark: str = "") -> HttpResponse:
    try:
        call()
    except Mendable as error:
        return _page(request, actor, pk, error)
    answer = redirect("meetings:meeting", pk=pk)
    answer["Location"] += mark
    return answer


def _hold(request: HttpRequest, actor: Actor, pk: int) -> None:
    form = AttendanceForm(request.POST)
    _sound(form)
    meetings.meeting_hold(actor=actor, meeting_id=pk, attendance=form.attendance())


def _add(request: HttpRequest, actor: Actor, pk: int) -> None:
    post = plain(request.POST)
    taken = number_of(post.get("take"))
    if taken is not None:
        agenda.item_take(actor=actor, item_id=taken, meeting_id=pk)
        return
    item = Item(post.get("text", ""), post.get("source", "body"), post.get("number", ""), number_of(post.get("topic")))
    agenda.item_add(actor=actor, meeting_id=pk, item=item)


def _commit(request: HttpRequest, actor: Actor, pk: int) -> None:
    post = plain(request.POST)
    commitments.commitment_make(
        actor=actor,
        meeting_id=pk,
        organization_id=number_of(post.get("organization")) or 0,
        text=post.get("text", ""),
        due=day_sent(post.get("due", "")),
        item_id=number_of(post.get("item")),
    )


def _attach(request: HttpRequest, actor: Actor, pk: int) -> None:
    for stream, item in zip(uploads(request, "files"), request.FILES.getlist("files"), strict=True):
        meetings.meeting_attach(actor=actor, meeting_id=pk, stream=stream, name=str(cast(Any, item).name or ""))


def _conclude(request: HttpRequest, actor: Actor, pk: int) -> None:
    post = plain(request.POST)
    result = Result(post.get("result", ""), post.get("decision", ""), number_of(post.get("series")))
    agenda.item_conclude(actor=actor, item_id=pk, result=result)


VERBS: Final[dict[str, Callable[[HttpRequest, Actor, int], object]]] = {
    "invite": lambda _request, actor, pk: meetings.meeting_invite(actor=actor, meeting_id=pk),
    "hold": _hold,
    "minute": lambda request, actor, pk: meetings.minutes_write(
        actor=actor, meeting_id=pk, text=plain(request.POST).get("text", "")
    ),
    "approve": lambda request, actor, pk: meetings.minutes_approve(
        actor=actor, meeting_id=pk, number=number_of(plain(request.POST).get("number")) or 0
    ),
    "cancel": lambda request, actor, pk: meetings.meeting_cancel(
        actor=actor, meeting_id=pk, reason=plain(request.POST).get("reason", "")
    ),
    "add": _add,
    "commit": _commit,
    "attach": _attach,
}
ITEM_VERBS: Final[dict[str, Callable[[HttpRequest, Actor, int], object]]] = {
    "conclude": _conclude,
    "rate": lambda request, actor, pk: agenda.item_rate(
        actor=actor, item_id=pk, rating=plain(request.POST).get("rating", "")
    ),
    "decline": lambda request, actor, pk: agenda.item_decline(
        actor=actor, item_id=pk, reason=plain(request.POST).get("reason", "")
    ),
}


@require_GET
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes as PDF; before there are any, the agenda."""
    page = queries.meeting_page(staff(request, *ANYBODY), pk)
    context = {"page": page, "row": page.row, "minutes": page.minutes[0] if page.minutes else None}
    return printed("deliberation/minutes_print.html", context, f"minutes-{pk}.pdf")


@require_GET
def file(request: HttpRequest, pk: int, file: int) -> FileResponse:
    """A file of a meeting that one sees."""
    row = queries.file_of(staff(request, *ANYBODY), pk, file)
    inline = row.file.media_type in files.PHOTOS
    stream = files.path_of(row.file.sha256).open("rb")
    return FileResponse(stream, as_attachment=not inline, filename=row.name, content_type=row.file.media_type)


@require_GET
def series_list(request: HttpRequest) -> HttpResponse:
    """Forums and series of joint meetings, with how many sessions were held and missed."""
    actor = staff(request, *ANYBODY)
    rows = queries.series_for(actor).order_by("until", "place__path", "title")[: queries.MOST]
    context = {
        "rows": [(row, meetings_section.named(row.kind)) for row in rows],
        "may_convene": actor.can(CONVENE),
        "tab": "series",
    }
    return render(request, "deliberation/series_list.html", context)


@require_GET
def series_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One series: what waits, what was held, what was missed."""
    actor = staff(request, *ANYBODY)
    row = queries.series_named(actor, pk)
    convenes = may_convene(actor, row.place)
    context = {
        "row": row,
        "kind": meetings_section.named(row.kind),
        "members": row.members.select_related("organization").order_by("organization__name"),
        "meetings": queries.meetings_for(actor).filter(series=row).order_by("-on", "-pk")[: queries.PAGE],
        "dues": row.dues.select_related("meeting").exclude(state="dropped").order_by("-since")[:24],
        "waiting": row.items.filter(meeting=None, result="").order_by("pk")[: queries.PAGE] if convenes else (),
        "may_convene": convenes and row.until is None,
    }
    return render(request, "deliberation/series.html", context)


@require_http_methods(["GET", "POST"])
def series_new(request: HttpRequest) -> HttpResponse:
    """Open a series."""
    actor = staff(request, CONVENE)
    places = queries.place_choices(actor)
    offers = {"kind": kind_choices(), "place": places, "members": queries.body_choices(places)}
    form = SeriesForm(request.POST or None, offers=offers, initial=_usual(request.GET.get("kind", "")))

    def save() -> HttpResponse:
        row = series.series_open(actor=actor, series=form.series())
        return redirect("meetings:series", pk=row.pk)

    return form_page(request, form, save, {"title": _("New series of meetings"), "do": _("Open it")}, FORM)


@require_http_methods(["GET", "POST"])
def series_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a series."""
    actor = staff(request, CONVENE)
    row = queries.series_named(actor, pk)
    require_convene(actor, row.place)
    places = [(str(row.place_id), row.place.name)]
    offers = {"members": queries.body_choices(places)}
    form = SeriesForm(request.POST or None, of=row, offers=offers, initial=SeriesForm.of(row))

    def save() -> HttpResponse:
        version = form.cleaned_data["version"] or 0
        series.series_change(actor=actor, series_id=pk, version=version, series=form.series())
        return redirect("meetings:series", pk=pk)

    return form_page(request, form, save, {"title": row.title, "do": _("Save")}, FORM)


@require_POST
def series_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a series."""
    actor = staff(request, CONVENE)
    series.series_end(actor=actor, series_id=pk, reason=plain(request.POST).get("reason", ""))
    return redirect("meetings:series", pk=pk)


@require_GET
def session_due(request: HttpRequest, pk: int) -> HttpResponse:
    """A session that is due: on to its series."""
    return redirect("meetings:series", pk=queries.session_due(staff(request, *ANYBODY), pk).series_id)


def _usual(kind: str) -> dict[str, Any]:
    """What a series of a kind usually begins with."""
    found = meetings_section.kinds().get(kind)
    if found is None:
        return {}
    names = ("rhythm", "every_days", "starts", "minutes")
    return {"kind": kind, "title": found.named, **{name: getattr(found, name) for name in names}}


def _wanted(asked: dict[str, str]) -> Wanted:
    """The filters of the address. Raises: list.bad_filter"""
    after = asked.get("after", "")
    on, _line, pk = after.partition("_")
    if after and number_of(pk) is None:
        raise InvalidInput("list.bad_filter", "after", value=after)
    key = (day_sent(on), int(pk)) if after else None
    return Wanted(asked.get("q", "")[:60], asked.get("kind", ""), asked.get("state", ""), key)


def day_sent(text: str) -> date:
    """A day that was written. Raises: meeting.day"""
    day = day_of(text)
    if day is None:
        raise InvalidInput("meeting.day", _("Write a day as 2026-03-31."))
    return day


def _sound(form: Form) -> None:
    if not form.is_valid():
        raise InvalidInput("meeting.form", " ".join(str(line[0]) for line in form.errors.values()))
