"""What every page's shell needs: the place's name, the actor, the navigation that the actor may use."""

from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from linli.accounts.views.own import ELDER
from linli.core import navigation
from linli.core.actors import VISITOR, Actor
from linli.messaging.queries import unread_count
from linli.records import profiles
from linli.records.sections import PlaceSection


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context of the shell; one query for the profile in force, one for the unread messages."""
    actor = getattr(request, "actor", VISITOR)
    assert isinstance(actor, Actor)
    place = profiles.current().section(PlaceSection)
    menu = navigation.menu_for(actor, request.path)
    english = getattr(request, "LANGUAGE_CODE", "").startswith("en")
    return {
        "actor": actor,
        "place_name": place.name_en if english else place.name,
        "filing_number": place.filing_number,
        "logo": place.logo,
        "elder": large_print(request),
        "unread": SimpleLazyObject(lambda: unread_count(actor)),
        "back": SimpleLazyObject(lambda: page_before(request)),
        "navigation": menu.entries,
        "bars": SimpleLazyObject(lambda: _drawn(menu, get_language() or "")),
    }


# Drawn once for each kind of post, page and language: it is the larger part of a short page.
@lru_cache(maxsize=512)
def _drawn(menu: navigation.Menu, language: str) -> dict[str, SafeString]:
    context = {"navigation": menu.entries}
    return {part: render_to_string(f"menu_{part}.html", context) for part in ("side", "beside", "bottom")}


def page_before(request: HttpRequest) -> str:
    """The page of ours from which somebody comes; the first page for who comes from elsewhere."""
    address = request.headers.get("Referer", "")
    return address if url_has_allowed_host_and_scheme(address, {request.get_host()}) else "/"


def large_print(request: HttpRequest) -> bool:
    """What this browser chose, else what the account chose."""
    chosen = request.COOKIES.get(ELDER)
    return chosen == "1" if chosen else bool(getattr(getattr(request, "user", None), "elder_mode", False))
