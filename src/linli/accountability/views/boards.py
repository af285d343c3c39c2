"""Boards: sets of figures at a glance, and the units of a place side by side."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from linli.accountability.board_section import boards
from linli.accountability.queries.boards import board_page
from linli.accountability.views import asking
from linli.accountability.views.book import viewer


@require_GET
def board(request: HttpRequest, code: str) -> HttpResponse:
    """A board of the whole place, or of the place that was asked for."""
    asked = asking.asked(request, viewer(request))
    page = board_page(code, asked.at, asked.scope, asked.figures)
    charts = [card for _part, cards in page.parts for card in cards]
    context = {
        "page": page,
        "asked": asked,
        "charts": {f"course-{card.value.figure.id}": card.course for card in charts if card.course},
        "others": [(item.code, item.named) for item in boards() if item.code != code],
    }
    return render(request, "accountability/board.html", context)
