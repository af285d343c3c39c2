"""The figures of a place for everybody, as a page and as JSON: small counts of persons are withheld."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from linli.accountability.queries.public import public_place


@require_GET
def place(request: HttpRequest, code: str = "") -> HttpResponse:
    """What is published of a place."""
    return render(request, "accountability/public_place.html", {"page": public_place(code)})


@require_GET
def place_json(request: HttpRequest, code: str) -> JsonResponse:
    """The same as a document."""
    return JsonResponse(public_place(code).as_dict(), json_dumps_params={"ensure_ascii": False})
