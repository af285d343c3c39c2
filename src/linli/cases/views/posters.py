"""Printed posters: a QR code per building, compound or grid that brings the place along to the report page."""

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from linli.cases.queries.posters import ABLE, AT_ONCE, below, full_name, poster_code, within
from linli.cases.requests import staff
from linli.core import printing
from linli.core.errors import NotFound, RuleBroken
from linli.territory.models import Place

SHOWN = 60
ROWS = ("community", "compound", "parent")


@require_GET
def posters(request: HttpRequest) -> HttpResponse:
    """Places within the viewer's reach, each with its poster and one file for everything in it."""
    actor = staff(request, *ABLE)
    words = request.GET.get("q", "").strip()
    rows = Place.objects.select_related(*ROWS).filter(within(actor, ABLE))
    for part in words.split():
        rows = rows.filter(name__icontains=part)
    if not words:
        rows = rows.filter(type=Place.Type.COMPOUND)
    found = list(rows.order_by("path")[: SHOWN + 1])
    lines = [(place, full_name(place)) for place in found[:SHOWN]]
    return render(request, "cases/posters.html", {"lines": lines, "q": words, "more": len(found) > SHOWN})


@require_GET
def poster(request: HttpRequest, pk: int) -> HttpResponse:
    """The poster of one place, or with `?all=1` of everything in it, as one PDF."""
    actor = staff(request, *ABLE)
    allowed = Place.objects.select_related(*ROWS).filter(within(actor, ABLE))
    place = allowed.filter(pk=pk).first()
    if place is None:
        raise NotFound
    rows = [place]
    if request.GET.get("all"):
        rows = list(allowed.filter(below(place)).distinct().order_by("path")[: AT_ONCE + 1])
    if len(rows) > AT_ONCE:
        raise RuleBroken("poster.too_many", _("More than %(most)s posters; choose a smaller place."), most=AT_ONCE)
    html = render_to_string("cases/poster.html", {"pages": [_page(request, row) for row in rows]}, request)
    headers = {"Content-Disposition": f'inline; filename="poster-{poster_code(pk)}.pdf"'}
    return HttpResponse(printing.pdf(html), content_type="application/pdf", headers=headers)


def _page(request: HttpRequest, place: Place) -> dict[str, str]:
    address = request.build_absolute_uri(reverse("public:poster", args=[poster_code(place.pk)]))
    picture = segno.make(address, error="q").svg_data_uri(border=0)
    return {"name": full_name(place), "address": address, "picture": picture}
