"""The blur tool: rectangles drawn over a photo become a new photo; only the desk decides what may be seen."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from linli.cases.models import Attachment
from linli.cases.operations.originals import original_look
from linli.cases.operations.talking import attachment_blur
from linli.cases.policies import reaches
from linli.cases.queries.pages import case_for
from linli.cases.requests import STAFF, staff
from linli.core import files
from linli.core.errors import DomainError, InvalidInput, NotFound
from linli.core.photos import Region

EDGES = (("left", _("from the left")), ("upper", _("from the top")), ("wide", _("width")), ("high", _("height")))
MOST = 40


@require_http_methods(["GET", "POST"])
def blur(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw over what nobody should recognise, and blur it."""
    actor = staff(request, *STAFF)
    row = Attachment.objects.select_related("file").filter(pk=pk).first()
    if row is None or row.file.media_type not in files.PHOTOS:
        raise NotFound
    if not reaches(actor, case_for(actor, row.case_id), "cases.dispatch"):
        raise NotFound
    problem, status = "", 200
    if request.method == "POST":
        try:
            attachment_blur(actor=actor, attachment_id=pk, regions=_regions(request))
        except DomainError as error:
            problem, status = str(error.sentence), error.status
        else:
            return redirect("cases:case", pk=row.case_id)
    return render(request, "cases/blur.html", {"row": row, "edges": EDGES, "problem": problem}, status=status)


@require_POST
def original(request: HttpRequest, pk: int) -> FileResponse:
    """The photo before it was blurred, after a reason was given; the look is logged and no browser keeps it."""
    row = original_look(actor=staff(request, *STAFF), attachment_id=pk, reason=request.POST.get("reason", ""))
    stream = files.path_of(row.sha256).open("rb")
    return FileResponse(stream, content_type=row.media_type, headers={"Cache-Control": "no-store"})


def _regions(request: HttpRequest) -> list[Region]:
    """What was drawn, and the rectangle given by numbers. Raises: file.region"""
    parts = [part.split(",") for part in request.POST.get("regions", "").split(";") if part]
    typed = [request.POST.get(name, "").strip() for name, _label in EDGES]
    try:
        found = [Region(*(float(edge) for edge in part)) for part in parts]
        if any(typed):
            found.append(Region(*(float(edge) / 100 for edge in typed)))
    except (TypeError, ValueError) as error:
        raise InvalidInput("file.region", _("Please draw at least one rectangle.")) from error
    if not found or len(found) > MOST:
        raise InvalidInput("file.region", _("Please draw at least one rectangle."))
    return found
