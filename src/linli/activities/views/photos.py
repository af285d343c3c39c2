"""Photos of an activity: sent to who keeps it, added, taken away."""

from typing import Any, BinaryIO, cast

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from linli.activities.operations import photos as operations
from linli.activities.queries import activities as queries
from linli.activities.views.activities import PAGE, done, working
from linli.core import files


@require_GET
def photo(request: HttpRequest, pk: int) -> FileResponse:
    """A photo, small as pages show it."""
    row = queries.photo_seen(working(request), pk)
    return FileResponse(files.thumbnail(row.file.sha256, 1280).open("rb"), content_type="image/webp")


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add the photos that were sent."""
    actor = working(request)
    queries.activity_page(actor, pk)

    def call() -> None:
        for item in request.FILES.getlist("photos"):
            sent: Any = item
            operations.photo_add(
                actor=actor, activity_id=pk, stream=cast(BinaryIO, sent), name=str(sent.name or "photo")
            )

    return done(request, actor, pk, call)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a photo away."""
    return redirect(PAGE, pk=operations.photo_remove(actor=working(request), photo_id=pk))
