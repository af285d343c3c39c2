"""Puts the Actor on each request, and ends sessions that nobody has used for a while.

Views and policies know no other user.
"""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse

from linli.accounts.models import User
from linli.accounts.queries import actor_of, administers, has_second_factor
from linli.core import clock
from linli.core.actors import VISITOR, Actor

STATIC: Final = ("/static/", "/health/")
SEEN: Final = "seen"
# The session is written once a minute at most, not with every request.
PRECISION_SECONDS: Final = 60
# Pages that work before the second factor or the new password is set: where one sets them, and the way out.
SETTLING: Final = ("/accounts/", "/me/password/", "/i18n/")


class ActorMiddleware:
    """Sets `request.actor`, built from the posts that the person behind the session holds today."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        actor, detour = (VISITOR, "") if request.path.startswith(STATIC) else self._identify(request)
        request.actor = actor  # type: ignore[attr-defined]
        return redirect(detour) if detour else self.get_response(request)

    def _identify(self, request: HttpRequest) -> tuple[Actor, str]:
        """The actor, and where to go first where the account is not ready for work."""
        user = request.user
        if not isinstance(user, User) or _is_idle(request):
            return VISITOR, ""
        actor = actor_of(user)
        detour = "accounts:password" if user.must_change_password else ""
        if settings.SECOND_FACTOR_REQUIRED and administers(actor) and not has_second_factor(user):
            actor = actor_of(user, second_factor=False)
            detour = detour or "mfa_activate_totp"
        return actor, _address(request, detour)


def _is_idle(request: HttpRequest) -> bool:
    """End a session that was not used for the time in settings; otherwise note that it is used."""
    now = int(clock.now().timestamp())
    seen = request.session.get(SEEN)
    if seen is not None and now - int(seen) > settings.SESSION_IDLE_MINUTES * 60:
        logout(request)
        return True
    if seen is None or now - int(seen) >= PRECISION_SECONDS:
        request.session[SEEN] = now
    return False


def _address(request: HttpRequest, name: str) -> str:
    """The address of a detour, for pages only: the API and the pages where one settles it go on."""
    page = request.method == "GET" and "text/html" in request.headers.get("Accept", "")
    if not name or not page or request.path.startswith(SETTLING):
        return ""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
