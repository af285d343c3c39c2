"""What makes Linli an app on the phone: its manifest, its service worker, and the page without signal."""

from pathlib import Path
from typing import Final

from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_GET

from linli.records import profiles
from linli.records.sections import PlaceSection

WORKER: Final = Path(__file__).parent / "static" / "build" / "worker.js"


@require_GET
def service_worker(request: HttpRequest) -> FileResponse:
    """The service worker, at the root so that it covers every page; never kept, so that a new one is found at once."""
    headers = {"Cache-Control": "no-cache", "Service-Worker-Allowed": "/"}
    return FileResponse(WORKER.open("rb"), content_type="text/javascript; charset=utf-8", headers=headers)


@require_GET
def manifest(request: HttpRequest) -> JsonResponse:
    """How the phone shows Linli beside other apps."""
    place = profiles.current().section(PlaceSection)
    icons = [{"src": static("build/app-icon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any maskable"}]
    document = {
        "name": place.name,
        "short_name": place.name[:12],
        "start_url": reverse("home"),
        "scope": "/",
        "display": "standalone",
        "lang": "zh-Hans",
        "background_color": "#f6f4ee",
        "theme_color": "#1b5e46",
        "icons": icons,
    }
    return JsonResponse(document, content_type="application/manifest+json")


@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    """What a page without signal shows; kept on the phone by the service worker."""
    return render(request, "offline.html")
