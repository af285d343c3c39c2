"""Who comes in with an API key instead of a session: `Authorization: Bearer KEY` under /api/."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from linli.api.keys import actor_by
from linli.core.errors import DomainError
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
