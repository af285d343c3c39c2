"""Pages for those who keep venues: the list with who falls short of the rules, one venue with what is done there."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import dates
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from linli.core.actors import Actor
from linli.core.errors import DomainError, InvalidInput, Mendable, NotFound
from linli.core.forms import day_of, number_of, plain
from linli.organizations.views.requests import form_page, page_number
from linli.organizations.views.requests import staff as staff_of
from linli.venues import forms
from linli.venues.operations import plans, rooms, things, works
from linli.venues.queries import pages, space
from linli.venues.sections import section
from linli.venues.views.public import day_asked
from linli.venues.workflow import CLEARED, DECIDE, KEEP, SEES, SUPPLIES

Data = Mapping[str, str]
PAGE: Final = "venues:venue"


@require_GET
def venues(request: HttpRequest) -> HttpResponse:
    """The venues that somebody sees, how their space is divided, and who falls short by how much."""
    actor, data = staff_of(request, *SEES), plain(request.GET)
    words, short = data.get("q", "").strip()[:60], data.get("short", "") == "1"
    page = Paginator(space.venues(actor, words, short=short), space.PAGE).get_page(page_number(request))
    context = {"page": page, "lines": space.lines(page.object_list), "words": words, "short": short}
    context |= {"rules": section(), "supplies": space.supplies(actor)[: space.PAGE] if page.number == 1 else []}
    return render(request, "venues/venues.html", context)


@require_GET
def venue(request: HttpRequest, pk: int) -> HttpResponse:
    """One venue."""
    return _page(request, staff_of(request, *SEES), pk)


def _page(request: HttpRequest, actor: Actor, pk: int, fault: DomainError | None = None) -> HttpResponse:
    page = pages.venue_page(actor, pk, day_asked(request))
    context: dict[str, Any] = {"page": page, "row": page.row, "division": page.division, "fault": fault}
    context |= {"week": list(zip(dates.WEEKDAYS.values(), page.week, strict=False)), "sent": plain(request.POST)}
    context |= {"rules": section(), "supply_kinds": SUPPLIES, "cleared_kinds": CLEARED}
    return render(request, "venues/venue.html", context, status=fault.status if fault else 200)


@require_http_methods(["GET", "POST"])
def venue_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """A step at a venue: a form of its own for hours and rooms, else a form on the venue's page."""
    actor = staff_of(request, KEEP, DECIDE)
    if verb in FORMS:
        return FORMS[verb](request, actor, pk)
    if request.method != "POST" or verb not in DO:
        raise NotFound
    page = pages.venue_page(actor, pk, day_asked(request))
    try:
        DO[verb](actor, page, plain(request.POST))
    except Mendable as error:
        return _page(request, actor, pk, error)
    return redirect(PAGE, pk=pk)


def _opening(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    page = pages.venue_page(actor, pk, day_asked(request))
    form = forms.OpeningForm(request.POST or None, row=page.opening)

    def save() -> HttpResponse:
        version = form.cleaned_data["version"]
        rooms.opening_set(actor=actor, facility_id=pk, version=version, opening=form.opening())
        return redirect(PAGE, pk=pk)

    context = {"title": _("Hours and house rules"), "of": page.row.name, "do": _("Post")}
    return form_page(request, form, save, _kept(page) | context)


def _room(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Add a room, a part of `?of=`, or change `?room=`."""
    page = pages.venue_page(actor, pk, day_asked(request))
    data = plain(request.GET)
    row = _among(page.rooms, _number(data.get("room", "")))
    whole = _among(page.rooms, _number(data.get("of", "")))
    form = forms.RoomForm(request.POST or None, row=row)

    def save() -> HttpResponse:
        if row is not None:
            version = form.cleaned_data["version"]
            rooms.room_change(actor=actor, room_id=row.pk, version=version, sketch=form.sketch())
        else:
            part_of = whole.pk if whole else None
            rooms.room_add(actor=actor, facility_id=pk, sketch=form.sketch(), part_of_id=part_of)
        return redirect(PAGE, pk=pk)

    title = _("Change a room") if row else _("Add a part of a room") if whole else _("Add a room")
    of = f"{page.row.name} {whole.name}" if whole else page.row.name
    return form_page(request, form, save, _kept(page) | {"title": title, "of": of, "do": _("Save")})


def _work(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    page = pages.venue_page(actor, pk, day_asked(request))
    form = forms.WorksForm(request.POST or None)

    def save() -> HttpResponse:
        works.work_plan(actor=actor, facility_id=pk, works=form.works())
        return redirect(PAGE, pk=pk)

    return form_page(request, form, save, _kept(page) | {"title": _("Plan works"), "of": page.row.name})


def _work_finish(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """End the works of `?work=`, with the rooms as they are now."""
    page = pages.venue_page(actor, pk, day_asked(request))
    row = _chosen([line.row for line in page.works if "finish" in line.verbs], plain(request.GET), "work")
    form = forms.RoomsNowForm(request.POST or None, rooms=page.rooms)

    def save() -> HttpResponse:
        works.work_finish(actor=actor, work_id=row.pk, rooms=form.now())
        return redirect(PAGE, pk=pk)

    return form_page(request, form, save, _kept(page) | {"title": _("Works are finished"), "of": page.row.name})


def _kept(page: pages.VenuePage) -> dict[str, Any]:
    """Nothing but that the venue is kept; for everybody else there is no such form. Raises: not_found"""
    if not page.keeps:
        raise NotFound
    return {}


def _close(actor: Actor, page: pages.VenuePage, data: Data) -> object:
    since, last = _day(data, "since"), _day(data, "last")
    if since is None or last is None:
        raise InvalidInput("closure.days", _("Days to close begin today or later, the first before the last."))
    return rooms.closure_add(
        actor=actor, facility_id=page.row.pk, since=since, last=last, reason=data.get("reason", "")
    )


def _supply(actor: Actor, page: pages.VenuePage, data: Data) -> object:
    name, kind, unit = (data.get(field, "") for field in ("name", "kind", "unit"))
    stock = things.Stock(name, kind, _amount(data, "amount"), _amount(data, "least"), unit, _day(data, "expires"))
    return things.supply_add(actor=actor, facility_id=page.row.pk, stock=stock)


def _restock(actor: Actor, page: pages.VenuePage, data: Data) -> object:
    row = _chosen(page.supplies, data, "supply")
    return things.supply_restock(
        actor=actor,
        supply_id=row.pk,
        version=_amount(data, "version"),
        amount=_amount(data, "amount"),
        least=row.least,
        expires=_day(data, "expires"),
    )


def _decide(verb: str) -> Callable[[Actor, pages.VenuePage, Data], object]:
    def call(actor: Actor, page: pages.VenuePage, data: Data) -> object:
        item = _chosen(page.clearing, data, "item")
        freed = _number(data.get("room", "")) if verb == "remove" else None
        reason = data.get("reason", "")
        return things.clearing_decide(actor=actor, item_id=item.pk, verb=verb, reason=reason, room_id=freed)

    return call


def _plan(verb: str) -> Callable[[Actor, pages.VenuePage, Data], object]:
    def call(actor: Actor, page: pages.VenuePage, data: Data) -> object:
        plan = _chosen([plan for plan, _verbs in page.plans], data, "plan")
        return plans.plan_step(actor=actor, plan_id=plan.pk, verb=verb, reason=data.get("reason", ""))

    return call


def _put_off(actor: Actor, page: pages.VenuePage, data: Data) -> object:
    row = _work_of(page, data)
    first, last = _day(data, "first"), _day(data, "last")
    if last is None or (first is None and not row.begun):
        raise InvalidInput("venue_work.days", _("Works begin today or later, and end on that day or after it."))
    return works.work_put_off(
        actor=actor, work_id=row.pk, version=_amount(data, "version"), days=works.Days(first, last)
    )


def _work_of(page: pages.VenuePage, data: Data) -> Any:
    """The works that were chosen. Raises: not_found"""
    return _chosen([line.row for line in page.works], data, "work")


FORMS: Final[Mapping[str, Callable[[HttpRequest, Actor, int], HttpResponse]]] = {
    "opening": _opening,
    "room": _room,
    "work": _work,
    "work_finish": _work_finish,
}
DO: Final[Mapping[str, Callable[[Actor, pages.VenuePage, Data], object]]] = {
    "close": _close,
    "reopen": lambda actor, page, data: rooms.closure_void(
        actor=actor, facility_id=page.row.pk, closure_id=_chosen(page.closures, data, "closure").pk
    ),
    "room_end": lambda actor, page, data: rooms.room_end(actor=actor, room_id=_chosen(page.rooms, data, "room").pk),
    "propose": lambda actor, page, data: plans.plan_propose(
        actor=actor, room_id=_chosen(page.rooms, data, "room").pk, text=data.get("text", "")
    ),
    **{verb: _plan(verb) for verb in ("approve", "refuse", "begin", "end")},
    "supply": _supply,
    "restock": _restock,
    "supply_end": lambda actor, page, data: things.supply_end(
        actor=actor, supply_id=_chosen(page.supplies, data, "supply").pk
    ),
    "clear": lambda actor, page, data: things.clearing_add(
        actor=actor, facility_id=page.row.pk, kind=data.get("kind", ""), text=data.get("text", "")
    ),
    "keep": _decide("keep"),
    "remove": _decide("remove"),
    "work_begin": lambda actor, page, data: works.work_begin(actor=actor, work_id=_work_of(page, data).pk),
    "work_put_off": _put_off,
    "work_drop": lambda actor, page, data: works.work_drop(
        actor=actor, work_id=_work_of(page, data).pk, reason=data.get("reason", "")
    ),
}


def _among(rows: list[Any], pk: int | None) -> Any:
    """The row with this id, None where none is asked for. Raises: not_found"""
    if pk is None:
        return None
    found = next((row for row in rows if row.pk == pk), None)
    if found is None:
        raise NotFound
    return found


def _chosen(rows: list[Any], data: Data, name: str) -> Any:
    """The row that was chosen. Raises: not_found"""
    found = _among(rows, _number(data.get(name, "")))
    if found is None:
        raise NotFound
    return found


def _number(text: str) -> int | None:
    """A number of a form or an address. Raises: not_found"""
    number = number_of(text)
    if text and number is None:
        raise NotFound
    return number


def _amount(data: Data, name: str) -> int:
    """A whole number. Raises: supply_item.amount"""
    number = number_of(data.get(name, "").strip() or "0", 9)
    if number is None:
        raise InvalidInput("supply_item.amount", _("Amounts are whole numbers from zero on."))
    return number


def _day(data: Data, name: str) -> date | None:
    """A day, None where nothing is written. Raises: venue.day"""
    text = data.get(name, "").strip()
    day = day_of(text)
    if text and day is None:
        raise InvalidInput("venue.day", _("Write a day like 2026-03-01."))
    return day
