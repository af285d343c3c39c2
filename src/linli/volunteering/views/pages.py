"""What the pages of volunteering share: the shell for staff or residents, keys of pages."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.forms import number_of
from linli.organizations.views.requests import actor_of


def known(request: HttpRequest) -> Actor:
    """Who asks, if somebody is signed in; the page is missing for visitors. Raises: not_found"""
    actor = actor_of(request)
    if actor.user_id is None:
        raise NotFound
    return actor


def shown(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page in the shell of staff, or in the plain one of residents."""
    shell = "base.html" if actor_of(request).scopes else "public.html"
    return render(request, template, {"shell": shell, **context}, status=status)


def key(request: HttpRequest) -> int:
    """The key behind which the page begins; 0 for the first. Raises nothing: what is no key is none"""
    text = request.GET.get("after", "")
    return number_of(text) or 0


def kept(request: HttpRequest) -> str:
    """The filters of the address, for the link to the next page."""
    asked = request.GET.copy()
    asked.pop("after", None)
    return asked.urlencode()


def number(text: str) -> int:
    """An id as it was sent; 0 where it is none."""
    return number_of(text) or 0
