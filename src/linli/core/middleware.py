"""The one place where a domain error becomes a page or a JSON document; limits of bodies, and what nobody keeps."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from linli.core.errors import DomainError, InvalidInput, TooLarge


def answer(request: HttpRequest, error: DomainError) -> HttpResponse:
    """A domain error as the page or the JSON document that the client asked for."""
    if request.path.startswith("/api/") or "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"error": error.as_dict()}, status=error.status)
    # Hidden equals missing, down to the page that says so.
    template = "404.html" if error.status == 404 else "error.html"
    return render(request, template, {"error": error}, status=error.status)


class BodyLimitMiddleware:
    """Answers in words what is too large or cannot be read, and signs that no text may hold.

    Stands above the check against forgery, which reads the form and would break off without a word.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _listed: Any, named: dict[str, Any]
    ) -> HttpResponse | None:
        """Refuse by what the head of the request says; a view whose refusals have a form of their own has `refuse`."""
        fault = _fault(request)
        refuse = getattr(view, "refuse", None)
        if fault is None or refuse is None:
            return answer(request, fault) if fault else None
        refused: HttpResponse = refuse(fault, **named)
        return refused


def _fault(request: HttpRequest) -> DomainError | None:
    if "%00" in request.META.get("QUERY_STRING", "") or "\0" in request.path_info:
        return InvalidInput("address.malformed", _("The address holds a sign that no text has."))
    size = int(request.META.get("CONTENT_LENGTH") or 0)
    files = request.META.get("CONTENT_TYPE", "").startswith("multipart/")
    limit = settings.UPLOAD_LIMIT if files else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    return _too_large(limit) if size > limit else _unreadable(request)


def _too_large(limit: int) -> DomainError:
    text = _("What was sent is too large: at most %(limit)s MB are taken at once.")
    return TooLarge("body.too_large", text, limit=limit >> 20)


def _unreadable(request: HttpRequest) -> DomainError | None:
    """What is wrong with the form that was sent; REST, which takes no forms, answers for itself."""
    if request.method != "POST" or request.path.startswith("/api/"):
        return None
    try:
        texts = [text for _name, values in request.POST.lists() for text in values]
    except RequestDataTooBig:
        return _too_large(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
    except (TooManyFieldsSent, TooManyFilesSent):
        return TooLarge("body.too_many", _("Too many fields or files were sent at once."))
    except (MultiPartParserError, UnreadablePostError, BadRequest):
        return InvalidInput("body.malformed", _("What was sent broke off or cannot be read; please send it again."))
    if any("\0" in text for text in texts):
        return InvalidInput("body.malformed", _("What was sent holds a sign that no text has."))
    return None


class NothingKeptMiddleware:
    """What is shown in a session is kept by no cache, so that nobody after a sign-out reads it by going back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class DomainErrorMiddleware:
    """Turns a DomainError raised by a view into an answer with its own status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Render a domain error; leave every other exception to Django."""
        if not isinstance(exception, DomainError):
            return None
        return answer(request, exception)
