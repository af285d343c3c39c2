"""REST of boards: the figures of each with their change and course, and its units side by side, as on the page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from linli.accountability.api import Asked, FigureOut, Number, View, viewed
from linli.accountability.board_section import boards
from linli.accountability.policies import figures as policies
from linli.accountability.queries.boards import Card, Page, board_page
from linli.core.rest import answer, signed_in
from linli.records.figures.words import number

router = Router(tags=["boards"])


class BoardNamed(Schema):
    """A board in the list."""

    code: str = Field(description="The name of the board in addresses.")
    label: str = Field(description="What it is called.")
    note: str = Field(description="What it is for.")


class CourseOut(Schema):
    """A month of the course of a figure."""

    month: str = Field(description="The month such as 2026-03.")
    value: Number = Field(description="The figure of that month.")


class BoardFigure(FigureOut):
    """A figure of a board."""

    last_year: Number = Field(description="Its value a year before; null where nothing was collected then.")
    change: Number = Field(description="By how much it changed since; of percentages in points.")
    change_percent: Number = Field(description="The same in percent; null for percentages, or where it was nothing.")
    course: list[CourseOut] = Field(description="Its last months; empty for what stands on a day.")


class BoardPartOut(Schema):
    """Some figures under one heading."""

    code: str = Field(description="The part.")
    label: str = Field(description="Its heading.")
    figures: list[BoardFigure] = Field(description="Its figures in their order.")


class BoardUnit(Schema):
    """A street or community inside the place."""

    code: str = Field(description="The code of the division.")
    label: str = Field(description="Its name.")
    values: dict[str, Number] = Field(description="Its value of each figure by id; null where there is none.")


class BoardOut(BoardNamed):
    """A board on a day, for a place."""

    each: str = Field(description="What its units are: street or community.")
    parts: list[BoardPartOut] = Field(description="Its figures under their headings.")
    units: list[BoardUnit] = Field(
        description="Its units in the order of their codes, never of their values; without a code what lies in none."
    )


@router.get("", response=list[BoardNamed])
def board_list(request: HttpRequest) -> HttpResponse:
    """The boards of the place."""
    policies.require_view(signed_in(request))
    return answer([{"code": item.code, "label": item.named, "note": item.note} for item in boards()])


@router.get("/{code}", response=BoardOut, by_alias=True)
def board_detail(request: HttpRequest, code: str, asked: Query[Asked]) -> HttpResponse:
    """A board on a day, for a place, over a period."""
    view = viewed(request, asked)
    page = board_page(code, view.day, view.scope, view.figures)
    told = {value.figure.id: view.is_told(value.figure.id) for value in page.figures}
    return answer(
        {
            "code": page.board.code,
            "label": page.board.named,
            "note": page.board.note,
            "each": page.board.each,
            "parts": [
                {"code": part.code, "label": part.named, "figures": [_card(card, view, told) for card in cards]}
                for part, cards in page.parts
            ],
            "units": _units(page, told),
        }
    )


def _card(card: Card, view: View, told: dict[str, bool]) -> dict[str, Any]:
    shown = told[card.value.figure.id]
    course = card.course if card.course and shown else {"names": [], "values": []}
    return {
        **view.document(card.value),
        "last_year": number(card.before) if shown else None,
        "change": number(card.amount) if shown else None,
        "change_percent": number(card.percent) if shown else None,
        "course": [
            {"month": month, "value": value} for month, value in zip(course["names"], course["values"], strict=True)
        ],
    }


def _units(page: Page, told: dict[str, bool]) -> list[dict[str, Any]]:
    ids = [value.figure.id for value in page.figures]
    return [
        {
            "code": unit.code,
            "label": unit.label,
            "values": {
                code: number(value) if told[code] else None for code, value in zip(ids, unit.values, strict=True)
            },
        }
        for unit in page.units
    ]
