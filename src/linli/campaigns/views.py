"""Pages of campaigns: the list, one with its matrix, one place of it, the closing report, what everybody reads."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final
from urllib.parse import quote

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.campaigns import forms
from linli.campaigns.operations import belonging as linking
from linli.campaigns.operations import campaigns as operations
from linli.campaigns.operations import places
from linli.campaigns.queries import pages
from linli.campaigns.queries.belonging import meeting_choices
from linli.campaigns.queries.numbers import numbers_of
from linli.campaigns.queries.reporting import report_text
from linli.campaigns.workflow import ABILITIES, CAMPAIGN, MARKS, RUN, WHEN
from linli.core import clock, files, printing
from linli.core.actors import Actor
from linli.core.errors import DomainError, InvalidInput, Mendable, NotFound
from linli.core.forms import day_of, number_of, plain
from linli.organizations.views.requests import form_page, printed, staff

PAGE: Final = "campaigns:campaign"
TARGET: Final = "campaigns:target"
Data = Mapping[str, str]


@require_GET
def campaigns(request: HttpRequest) -> HttpResponse:
    """The campaigns that somebody sees, a page at a time."""
    actor = staff(request, *ABILITIES)
    state = plain(request.GET).get("state", "")
    lines, more = pages.campaigns(actor, state, _number(request.GET.get("before", ""), "before"))
    context = {"lines": lines, "more": more, "state": state, "states": CAMPAIGN.choices, "runs": actor.can(RUN)}
    return render(request, "campaigns/campaigns.html", context)


@require_http_methods(["GET", "POST"])
def campaign_new(request: HttpRequest) -> HttpResponse:
    """Plan a campaign."""
    actor = staff(request, RUN)
    form = forms.PlanForm(request.POST or None, actor=actor)

    def save() -> HttpResponse:
        return redirect(PAGE, pk=operations.campaign_plan(actor=actor, plan=form.plan()).pk)

    return form_page(request, form, save, {"title": _("Plan a campaign")})


@require_GET
def campaign(request: HttpRequest, pk: int) -> HttpResponse:
    """One campaign: its plan, the matrix of places and items, its reviews."""
    return _campaign(request, staff(request, *ABILITIES), pk)


def _campaign(request: HttpRequest, actor: Actor, pk: int, fault: DomainError | None = None) -> HttpResponse:
    after = _number(request.GET.get("after", ""), "after") or 0
    words = plain(request.GET).get("q", "").strip()
    page = pages.campaign_page(actor, pk, after, words)
    context: dict[str, Any] = {"page": page, "row": page.row, "numbers": page.numbers, "words": words, "fault": fault}
    if page.runs and page.row.ended_on is None:
        context |= {"bodies": forms.bodies(), "places": pages.choices_within(page.row.place)}
        context["meetings"] = meeting_choices(actor, page.row)
    context |= {"sent": plain(request.POST), "today": clock.today()}
    return render(request, "campaigns/campaign.html", context, status=fault.status if fault else 200)


def _item_add(actor: Actor, pk: int, version: int, data: Data) -> object:
    lead = _number(data.get("lead", ""), "lead")
    return operations.item_add(actor=actor, campaign_id=pk, version=version, title=data.get("title", ""), lead_id=lead)


def _item_end(actor: Actor, pk: int, version: int, data: Data) -> object:
    return operations.item_end(
        actor=actor, campaign_id=pk, version=version, item_id=_chosen(data, "item"), reason=data.get("reason", "")
    )


def _unit_add(actor: Actor, pk: int, version: int, data: Data) -> object:
    body = _chosen(data, "organization")
    return operations.unit_add(actor=actor, campaign_id=pk, version=version, organization_id=body)


def _targets_add(actor: Actor, pk: int, version: int, data: Data) -> object:
    return operations.targets_add(
        actor=actor, campaign_id=pk, version=version, place_id=_chosen(data, "place"), each=data.get("each", "")
    )


def _target_end(actor: Actor, pk: int, version: int, data: Data) -> object:
    return operations.target_end(
        actor=actor, campaign_id=pk, version=version, target_id=_chosen(data, "target"), reason=data.get("reason", "")
    )


def _publish(actor: Actor, pk: int, version: int, data: Data) -> object:
    return operations.campaign_publish(actor=actor, campaign_id=pk, version=version, shown=data.get("shown") == "1")


def _link(actor: Actor, pk: int, _version: int, data: Data) -> object:
    meeting = _number(data.get("meeting", ""), "meeting")
    return linking.link_add(actor=actor, campaign_id=pk, meeting_id=meeting, number=data.get("number", ""))


def _unlink(actor: Actor, pk: int, _version: int, data: Data) -> object:
    meeting, case = (_number(data.get(name, ""), name) for name in ("meeting", "case"))
    return linking.link_drop(actor=actor, campaign_id=pk, meeting_id=meeting, case_id=case)


DO: Final[Mapping[str, Callable[[Actor, int, int, Data], object]]] = {
    "begin": lambda actor, pk, version, data: operations.campaign_begin(actor=actor, campaign_id=pk, version=version),
    "review": lambda actor, pk, version, data: operations.campaign_review(
        actor=actor, campaign_id=pk, version=version, text=data.get("text", "")
    ),
    "close": lambda actor, pk, version, data: operations.campaign_close(
        actor=actor, campaign_id=pk, version=version, summary=data.get("summary", "")
    ),
    "drop": lambda actor, pk, version, data: operations.campaign_drop(
        actor=actor, campaign_id=pk, version=version, summary=data.get("summary", "")
    ),
    "publish": _publish,
    "item": _item_add,
    "item_end": _item_end,
    "unit": _unit_add,
    "places": _targets_add,
    "place_end": _target_end,
    "link": _link,
    "unlink": _unlink,
}


@require_POST
def campaign_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """A step of a campaign; a refusal is shown on its page, with what was written."""
    actor = staff(request, RUN)
    if verb not in DO:
        raise NotFound
    data = plain(request.POST)
    try:
        DO[verb](actor, pk, _chosen(data, "version"), data)
    except Mendable as error:
        return _campaign(request, actor, pk, error)
    return redirect(PAGE, pk=pk)


@require_GET
def target(request: HttpRequest, pk: int) -> HttpResponse:
    """One place of a campaign."""
    return _target(request, staff(request, *ABILITIES), pk)


def _target(request: HttpRequest, actor: Actor, pk: int, fault: DomainError | None = None) -> HttpResponse:
    page = pages.target_page(actor, pk)
    context = {"page": page, "row": page.row, "campaign": page.row.campaign, "fault": fault, "marks": MARKS}
    context |= {"when": WHEN, "sent": plain(request.POST), "today": clock.today()}
    return render(request, "campaigns/target.html", context, status=fault.status if fault else 200)


@require_POST
def target_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Mark an item, write down a finding, keep a photo; a refusal is shown on the page of the place."""
    actor, data = staff(request, *ABILITIES), plain(request.POST)
    try:
        if verb == "mark":
            kind, _colon, chosen = data.get("decision", "").partition(":")
            mark: dict[str, Any] = {"state": data.get("state", ""), "note": data.get("note", "")}
            mark["decision"] = (kind, number_of(chosen) or 0)
            places.target_mark(actor=actor, target_id=pk, item_id=_chosen(data, "item"), **mark)
        elif verb == "find":
            text, topic, due = data.get("text", ""), data.get("topic", ""), _day(data.get("due", ""))
            places.finding_add(actor=actor, target_id=pk, text=text, topic=topic, due=due)
        elif verb == "photo":
            file: Any = request.FILES.get("photo")
            if file is None:
                raise InvalidInput("campaign_photo.none", _("Choose a photo."))
            places.photo_add(actor=actor, target_id=pk, when=data.get("when", ""), stream=file)
        else:
            raise NotFound
    except Mendable as error:
        return _target(request, actor, pk, error)
    return redirect(TARGET, pk=pk)


@require_POST
def finding_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Put a finding right, open it again, or hand it on as a matter."""
    actor = staff(request, *ABILITIES)
    there = pages.target_of(actor, pk)
    if verb not in ("rectify", "reopen", "raise"):
        raise NotFound
    try:
        places.finding_step(actor=actor, finding_id=pk, verb=verb)
    except Mendable as error:
        return _target(request, actor, there, error)
    return redirect(TARGET, pk=there)


@require_GET
def photo(request: HttpRequest, pk: int) -> FileResponse:
    """A photo of a place."""
    row = pages.photo(staff(request, *ABILITIES), pk)
    return FileResponse(files.thumbnail(row.sha256, 1280).open("rb"), content_type="image/webp")


@require_GET
def report(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The report of a campaign from its own rows, to print or as a Word file."""
    page = pages.campaign_page(staff(request, *ABILITIES), pk)
    if form == "docx":
        headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(page.row.title)}.docx"}
        return HttpResponse(printing.word(report_text(page)), content_type=files.DOCX, headers=headers)
    context = {"page": page, "row": page.row, "numbers": page.numbers, "today": clock.today()}
    return printed("campaigns/report_print.html", context, "report.pdf")


@require_GET
def public_campaigns(request: HttpRequest) -> HttpResponse:
    """What came of campaigns, for everybody."""
    return render(request, "campaigns/public_campaigns.html", {"rows": pages.published()})


@require_GET
def public_campaign(request: HttpRequest, pk: int) -> HttpResponse:
    """What came of one of them."""
    row = pages.published_one(pk)
    return render(request, "campaigns/public_campaign.html", {"row": row, "numbers": numbers_of(row)})


def _number(text: str, name: str) -> int | None:
    """A number, or none. Raises: list.bad_filter"""
    number = number_of(text)
    if text and number is None:
        raise InvalidInput("list.bad_filter", name, value=text[:40])
    return number


def _chosen(data: Data, name: str) -> int:
    """What was chosen. Raises: form.choose"""
    number = number_of(data.get(name))
    if number is None:
        raise InvalidInput("form.choose", _("Choose one from the list."))
    return number


def _day(text: str) -> date | None:
    """A day, or none. Raises: form.day"""
    day = day_of(text)
    if text and day is None:
        raise InvalidInput("form.day", _("Write a day as 2026-03-31."))
    return day
