"""Puts the Actor on each request; views and policies know no other user."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from linli.accounts.models import User
from linli.accounts.queries import actor_of
from linli.core.actors import VISITOR

STATIC = ("/static/", "/health/")


class ActorMiddleware:
    """Sets `request.actor`, built from the posts that the person behind the session holds today."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = None if request.path.startswith(STATIC) else request.user
        known = user if user is not None and user.is_authenticated else None
        request.actor = actor_of(known) if isinstance(known, User) else VISITOR  # type: ignore[attr-defined]
        return self.get_response(request)
