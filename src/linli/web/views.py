"""The first page, the switch for large print, and whether the service is alive."""

from django.db import connection
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from linli.accounts.views.own import ELDER
from linli.core import files
from linli.core.actors import Actor
from linli.core.calendar_table import unknown_ahead
from linli.core.errors import NotFound
from linli.core.files import WEBP
from linli.emergencies.queries import banner
from linli.records import profiles
from linli.records.sections import PlaceSection
from linli.territory.queries import root_place
from linli.web.context import large_print
from linli.web.functions import functions_in_use
from linli.web.queries import owed

YEAR = 365 * 24 * 3600


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Today's list for who is signed in; what a visitor can do for everybody else."""
    actor = getattr(request, "actor", None)
    assert isinstance(actor, Actor)
    if actor.user_id is None or not actor.scopes:
        return welcome(request)
    desk = _url("cases:desk") if actor.can("cases.register") else ""
    context = {
        "today": owed(actor),
        "emergencies": banner(actor),
        "desk_url": desk,
        "unknown_ahead": unknown_ahead(),
        "may_enter_days": actor.can("calendar.edit"),
    }
    return render(request, "home.html", context)


@require_GET
def welcome(request: HttpRequest) -> HttpResponse:
    """What everybody may do and read here, whether signed in or not."""
    return render(request, "welcome.html", {"root": root_place()})


@require_POST
def elder(request: HttpRequest) -> HttpResponse:
    """Turn large print on or off in this browser."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}):
        target = "/"
    answer = HttpResponseRedirect(target)
    answer.set_cookie(ELDER, "0" if large_print(request) else "1", max_age=YEAR, samesite="Lax", httponly=True)
    return answer


@require_GET
def functions(request: HttpRequest) -> HttpResponse:
    """What there is here, for whom, and how often it was used in the last month (R24)."""
    actor = getattr(request, "actor", None)
    assert isinstance(actor, Actor)
    context = {"functions": functions_in_use(actor), "shell": "base.html" if actor.scopes else "public.html"}
    return render(request, "functions.html", context)


@require_GET
def logo(request: HttpRequest) -> FileResponse:
    """The place's own sign, as its profile names it."""
    sha256 = profiles.current().section(PlaceSection).logo
    if not sha256:
        raise NotFound
    return FileResponse(files.thumbnail(sha256, 320).open("rb"), content_type=WEBP)


@require_GET
def health(request: HttpRequest) -> JsonResponse:
    """Whether the service and its database answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"state": "ok"})


def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
