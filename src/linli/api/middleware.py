"""Who comes in under /api/: with a key, `Authorization: Bearer KEY`, or with the session of the pages."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja.utils import check_csrf

from linli.api.keys import actor_by
from linli.core.errors import DomainError, NotAllowed
from linli.core.middleware import answer


class KeyMiddleware:
    """Puts the key's Actor on the request; a key that does not hold is refused, never taken for a visitor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
        if request.path.startswith("/api/") and scheme.lower() == "bearer":
            try:
                request.actor = actor_by(secret.strip())  # type: ignore[attr-defined]
            except DomainError as refusal:
                return answer(request, refusal)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *_arguments: Any) -> HttpResponse | None:
        """A session is held against forgery as on the pages; a key is in no browser that another site could use."""
        session = getattr(getattr(request, "actor", None), "user_id", None) is not None
        if not session or not request.path.startswith("/api/") or check_csrf(request, _asks_for_token) is None:
            return None
        text = _("Send the header X-CSRFToken with what the cookie csrftoken holds, or an API key.")
        return answer(request, NotAllowed("api.csrf", text))


def _asks_for_token(_request: HttpRequest) -> None:
    """Stands for the view, which is exempt from the pages' own check."""
