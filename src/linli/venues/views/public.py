"""What everybody sees: venues with their hours, one of them, a room with what is free; whoever signs in books it."""

from datetime import date
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import dates
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_GET, require_http_methods

from linli.core import clock
from linli.core.errors import InvalidInput
from linli.core.forms import day_of, plain
from linli.organizations.views.requests import actor_of, form_page, page_number
from linli.venues import forms
from linli.venues.operations.holding import room_hold
from linli.venues.policies import may_book
from linli.venues.queries import pages

PAGE = 50


def day_asked(request: HttpRequest) -> date:
    """The day that is asked for, today where none is. Raises: list.bad_filter"""
    text = plain(request.GET).get("day", "")
    if not text:
        return clock.today()
    day = day_of(text)
    if day is None or not 2000 <= day.year < 2100:
        raise InvalidInput("list.bad_filter", "day", value=text)
    return day


@require_GET
def venues(request: HttpRequest) -> HttpResponse:
    """The venues whose hours are posted."""
    words = plain(request.GET).get("q", "").strip()[:60]
    page = Paginator(pages.public_list(words), PAGE).get_page(page_number(request))
    return render(request, "venues/public_venues.html", {"page": page, "words": words})


@require_GET
def venue(request: HttpRequest, pk: int) -> HttpResponse:
    """One venue: its hours, closed days, rooms and supplies."""
    page = pages.public_venue(pk)
    week = list(zip(dates.WEEKDAYS.values(), page.week, strict=False))
    return render(request, "venues/public_venue.html", {"page": page, "row": page.row, "week": week})


@csrf_protect
@require_http_methods(["GET", "POST"])
def room(request: HttpRequest, pk: int) -> HttpResponse:
    """A room: what is free in a week, and the form by which whoever may book holds a time."""
    actor = actor_of(request)
    since = max(day_asked(request), clock.today())
    page = pages.room_page(actor, pk, since)
    if request.method == "POST" and not actor.known:
        return redirect_to_login(request.get_full_path())
    own = may_book(actor, page.row, None)
    form = forms.HoldForm(request.POST or None, page=page, own=own, initial={"on": since})

    def save() -> HttpResponse:
        return redirect("venues:booking", pk=room_hold(actor=actor, wish=form.wish())[0].pk)

    context: dict[str, Any] = {"page": page, "row": page.row, "since": since, "next": page.days[-1].day}
    return form_page(request, form, save, context, "venues/room.html")


@require_GET
def room_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """When a room is taken, as an iCalendar."""
    return HttpResponse(pages.room_calendar(pk), content_type="text/calendar; charset=utf-8")
