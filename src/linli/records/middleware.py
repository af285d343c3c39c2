"""Each request keeps to one version of the place's profile from its beginning to its end."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from linli.records import profiles

STATIC = ("/static/", "/health/")


class ProfileMiddleware:
    """Asks for the profile in force once a request, before anybody reads it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(STATIC):
            return self.get_response(request)
        with profiles.pinned():
            return self.get_response(request)
