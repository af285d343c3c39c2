"""What the pages of matters share: who asks, and how refusals are shown on a form."""

from collections.abc import Callable
from typing import BinaryIO, Final, cast

from django.forms import Form
from django.http import HttpRequest

from linli.cases import policies
from linli.core.actors import VISITOR, Actor
from linli.core.errors import DomainError, NotFound


def actor_of(request: HttpRequest) -> Actor:
    """Who asks; a visitor where nobody is signed in."""
    actor = getattr(request, "actor", None)
    return actor if isinstance(actor, Actor) else VISITOR


def staff(request: HttpRequest, *abilities: str) -> Actor:
    """Who asks, if any of these abilities is theirs; the page is missing for everybody else.

    Raises: not_found
    """
    actor = actor_of(request)
    if not any(actor.can(ability) for ability in abilities):
        raise NotFound
    return actor


STAFF = policies.STAFF


def refuse(form: Form, error: DomainError) -> int:
    """Show a refusal on the form it belongs to; returns the status of the answer."""
    form.add_error(None, error.sentence)
    return error.status


def uploads(request: HttpRequest, name: str) -> list[BinaryIO]:
    """The files that came under a name, as streams."""
    return [cast(BinaryIO, item) for item in request.FILES.getlist(name)]


_followed: Final[list[Callable[[str, str], str]]] = []


def register_followed(finder: Callable[[str, str], str]) -> None:
    """Let another app say which page a receipt number and code of its own open: one page follows whatever one has."""
    _followed.append(finder)


def followed_elsewhere(number: str, code: str) -> str:
    """The page of another app that a number and code open; empty where they open none."""
    return next((address for finder in _followed if (address := finder(number, code))), "")
