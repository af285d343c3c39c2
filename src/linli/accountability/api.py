"""REST of the figure book: values with their period and denominator, and the rows behind them, as the pages have."""

from datetime import date
from typing import Annotated, Any, Final

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from linli.accountability import policies
from linli.core import clock
from linli.core.actors import Actor
from linli.core.rest import answer, signed_in
from linli.records import lists
from linli.records.figures import compute
from linli.records.figures.compile import Scope
from linli.records.figures.compute import FigureValue

router = Router(tags=["figures"])
SIZE: Final = 50
Number = int | float | None
At = Annotated[date | None, Query(description="The day on which it is computed; today where none is given.")]
Code = Annotated[
    str,
    Query(
        alias="scope",
        max_length=64,
        description="The code of the division or grid that is counted; everything, or the place of the API key.",
    ),
]


class PeriodOut(Schema):
    """The days that a figure speaks of."""

    start: date | None = Field(alias="from", description="The first day; null where it counts from the beginning.")
    end: date = Field(alias="to", description="The last day.")


class FigureOut(Schema):
    """A figure on a day. What was never collected has no value, which is not the same as 0."""

    id: str = Field(description="The figure's id in the book.")
    refs: list[str] = Field(description="The entries of outside catalogues that it answers.")
    label: str = Field(description="Its name in the reader's language.")
    collected: bool = Field(description="Whether there is anything to compute it from.")
    value: Number = Field(description="Rounded half up to the definition's decimals; null where not collected.")
    exact: Number = Field(description="The value before rounding.")
    unit: str = Field(description="The unit, such as 件, 个 or %; may be empty.")
    period: PeriodOut
    as_of: date = Field(description="The day on which it was computed.")
    scope: str = Field(description="The code of the place that was counted; empty for everything.")
    wording: str = Field(description="The value as a report prints it, such as 90余件, or 未采集.")
    numerator: Number = Field(description="What was divided, or the value itself.")
    denominator: Number = Field(description="What it was divided by; null where nothing was.")
    rows_url: str = Field(description="The page with the rows behind it.")
    rows: str = Field(description="The same rows in this API.")


class FiguresOut(Schema):
    """The figure book on a day."""

    figures: list[FigureOut] = Field(description="Every figure in the order of the book.")


class FigureDetail(FigureOut):
    """One figure, and how it comes about."""

    sentence: str = Field(description="What it counts, in words made from its definition.")
    record_type: str = Field(description="The type of the records behind it.")
    visible: int = Field(description="How many of the rows behind it the reader may open.")
    total: int = Field(description="How many rows are behind it.")


class FigureRows(Schema):
    """A page of the rows behind a figure: those that the reader may open, of how many."""

    id: str = Field(description="The figure's id.")
    record_type: str = Field(description="The type of the records; `record-types` says what their fields mean.")
    visible: int = Field(description="How many rows the reader may open.")
    total: int = Field(description="How many rows there are.")
    rows: list[dict[str, Any]] = Field(description="At most 50 records: their id and the columns of their type.")
    next: str = Field(description="What to send as `after` for the next page; empty on the last.")


@router.get("", response=FiguresOut, by_alias=True)
def figures(request: HttpRequest, at: At = None, scope: Code = "") -> HttpResponse:
    """The whole book on a day, for a place."""
    day, within = _asked(request, at, scope)[1:]
    return answer({"figures": [_document(value) for value in compute.compute_many(day, within)]})


@router.get("/{figure_id}", response=FigureDetail, by_alias=True)
def figure(request: HttpRequest, figure_id: str, at: At = None, scope: Code = "") -> HttpResponse:
    """One figure with its sentence and how many rows are behind it."""
    actor, day, within = _asked(request, at, scope)
    value = compute.compute(figure_id, day, within)
    opened = compute.opened(figure_id, day, within, actor)
    return answer(
        {
            **_document(value),
            "sentence": compute.sentence(value.figure, compute.book()),
            "record_type": opened.kind.code,
            "visible": opened.visible,
            "total": opened.total,
        }
    )


@router.get("/{figure_id}/rows", response=FigureRows)
def figure_rows(
    request: HttpRequest,
    figure_id: str,
    at: At = None,
    scope: Code = "",
    after: Annotated[int | None, Query(ge=1, lt=2**63, description="The key of the page before.")] = None,
) -> HttpResponse:
    """The rows from which a figure is computed, the newest first."""
    actor, day, within = _asked(request, at, scope)
    opened = compute.opened(figure_id, day, within, actor)
    rows = opened.rows if after is None else opened.rows.filter(pk__lt=after)
    found = list(rows.select_related(*lists.related(opened.kind)).order_by("-pk")[: SIZE + 1])
    return answer(
        {
            "id": figure_id,
            "record_type": opened.kind.code,
            "visible": opened.visible,
            "total": opened.total,
            "rows": lists.documents(opened.kind, found[:SIZE]),
            "next": str(found[SIZE - 1].pk) if len(found) > SIZE else "",
        }
    )


def _asked(request: HttpRequest, at: date | None, code: str) -> tuple[Actor, date, Scope]:
    """Who asks, for which day and which place."""
    actor = signed_in(request)
    policies.require_view(actor)
    return actor, at or clock.today(), policies.scope_for(actor, code)


def _document(value: FigureValue) -> dict[str, Any]:
    return {
        **value.as_dict(),
        "collected": value.value is not None,
        "scope": value.scope,
        "rows": f"/api/v1/figures/{value.figure.id}/rows?{value.query}",
    }
