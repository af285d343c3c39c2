"""REST of the figure book: values with their period and denominator, and the rows behind them, as the pages have."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Schema
from pydantic import Field

from linli.accountability.policies import figures as policies
from linli.accountability.queries.crossing import document, require_crossed, table
from linli.accountability.queries.models import Asking, model_page, models
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import InvalidInput
from linli.core.rest import answer, signed_in
from linli.records import lists
from linli.records.figures import compute
from linli.records.figures.compile import Scope
from linli.records.figures.compute import FigureValue
from linli.records.figures.definitions import Figure, Period, Span
from linli.records.figures.opening import Opened, Part, figure_opened

router = Router(tags=["figures"])
models_router = Router(tags=["models"])
SIZE: Final = 50
WITHHELD: Final = dict.fromkeys(("value", "exact", "numerator", "denominator"))
Number = int | float | None
Choice = Literal["year_to_date", "quarter", "month", "last_month", "cumulative"]


class Asked(Schema):
    """For which day, place and period."""

    at: date | None = Field(default=None, description="The day on which it is computed; today where none is given.")
    scope: str = Field(
        default="",
        max_length=64,
        description="The code of the division or grid that is counted; everything, or the place of the API key.",
    )
    period: Choice | None = Field(default=None, description="Another period than the figures' own, for events.")
    first: date | None = Field(default=None, alias="from", description="The first day of a period of one's own.")


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
    withheld: bool = Field(description="Of persons, of whom the key may not open every row: no number is told.")
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
    total: int | None = Field(description="How many rows are behind it; null where it is withheld.")
    parts: dict[str, int] | None = Field(
        description="Of a share or rate, how many rows there are in all, how many meet it and how many fall short."
    )


class FigureRows(Schema):
    """A page of the rows behind a figure: those that the reader may open, of how many."""

    id: str = Field(description="The figure's id.")
    record_type: str = Field(description="The type of the records; `record-types` says what their fields mean.")
    part: str = Field(description="Of a share or rate: all, met or short; empty for other figures.")
    visible: int = Field(description="How many rows the reader may open.")
    total: int | None = Field(description="How many rows there are; null where the figure is withheld.")
    rows: list[dict[str, Any]] = Field(description="At most 50 records: their id and the columns of their type.")
    next: str = Field(description="What to send as `after` for the next page; empty on the last.")


@router.get("", response=FiguresOut, by_alias=True)
def figures(request: HttpRequest, asked: Query[Asked]) -> HttpResponse:
    """The whole book on a day, for a place."""
    view = viewed(request, asked)
    values = compute.compute_many(view.day, view.scope, figures=view.figures)
    return answer({"figures": [view.document(value) for value in values]})


@router.get("/{figure_id}", response=FigureDetail, by_alias=True)
def figure(request: HttpRequest, figure_id: str, asked: Query[Asked]) -> HttpResponse:
    """One figure with its sentence and how many rows are behind it."""
    view = viewed(request, asked)
    value = compute.compute(figure_id, view.day, view.scope, view.figures)
    opened = view.opened(figure_id)
    return answer(
        {
            **view.document(value),
            "sentence": compute.sentence(value.figure, view.figures),
            **view.counted(opened, figure_id),
            "parts": opened.parts if view.is_told(figure_id) else None,
        }
    )


@router.get("/{figure_id}/rows", response=FigureRows)
def figure_rows(
    request: HttpRequest,
    figure_id: str,
    asked: Query[Asked],
    after: Annotated[int | None, Query(ge=1, lt=2**63, description="The key of the page before.")] = None,
    part: Annotated[Part | None, Query(description="Of a share or rate: all its rows, or one part of them.")] = None,
) -> HttpResponse:
    """The rows from which a figure is computed, the newest first; of a share also those that fall short."""
    view = viewed(request, asked)
    opened = view.opened(figure_id, part or "")
    rows = opened.rows if after is None else opened.rows.filter(pk__lt=after)
    found = list(rows.select_related(*lists.related(opened.kind)).order_by("-pk")[: SIZE + 1])
    return answer(
        {
            "id": figure_id,
            **view.counted(opened, figure_id),
            "part": opened.part,
            "rows": lists.documents(opened.kind, found[:SIZE]),
            "next": str(found[SIZE - 1].pk) if len(found) > SIZE else "",
        }
    )


class CellOut(Schema):
    """A value where a group and a month meet, or a total."""

    value: Number = Field(description="Rounded as the figure is; null where there is nothing to compute it from.")
    numerator: Number = Field(description="What was divided, or the value before rounding.")
    denominator: Number = Field(description="What it was divided by; null where nothing was.")


class GroupOut(Schema):
    """A place or a value of a dimension with its cells."""

    code: str = Field(description="The code of the place or value; empty where it is not given or has none.")
    label: str = Field(description="What it is called.")
    cells: list[CellOut] = Field(description="One for each of the months, in their order.")
    total: CellOut = Field(description="All months together, computed and not added up.")


class CrossedOut(Schema):
    """A figure by a dimension and by months, with the totals of both."""

    id: str = Field(description="The figure that is told; of what cannot be told so, the one that it rests on first.")
    by: str = Field(description="What the groups are: a level of places or a dimension of the record type.")
    withheld: bool = Field(description="Of persons, of whom the key may not open every row: nothing is told.")
    months: list[str] = Field(description="The months such as 2026-03, in their order; empty text where not given.")
    groups: list[GroupOut] = Field(description="Places in the order of their codes, values in that of their list.")
    totals: list[CellOut] = Field(description="All groups together, one for each of the months.")
    total: CellOut | None = Field(description="All of it: the figure itself; null where it is withheld.")


@router.get("/{figure_id}/months", response=CrossedOut)
def figure_months(
    request: HttpRequest,
    figure_id: str,
    asked: Query[Asked],
    by: Annotated[str, Query(max_length=60, description="`street`, `community`, or a dimension with listed values.")],
) -> HttpResponse:
    """A figure of what happens in time by places or values and by months at once."""
    view = viewed(request, asked)
    figure = compute.figure_of(figure_id, view.figures)
    require_crossed(figure, by, view.figures)
    if not view.is_told(figure_id):
        nothing: dict[str, Any] = {"id": figure_id, "by": by, "months": [], "groups": [], "totals": [], "total": None}
        return answer({**nothing, "withheld": True})
    return answer({**document(table(figure, view.day, view.scope, by, view.figures)), "withheld": False})


class ComponentOut(Schema):
    """A component of a model, or `none` for what bears no component."""

    code: str = Field(description="The component; rows that bear it are found by it in the lists of their type.")
    label: str = Field(description="What it is called.")
    within: str = Field(description="The component within which it lies; empty for the first level.")
    parts: int | None = Field(description="How many parts the model says it has; null where it does not say.")
    named: int = Field(description="How many of them are named.")
    counts: dict[str, int] = Field(description="How many records of each type bear it, or one within it.")
    figures: dict[str, Number] = Field(description="Figures of those records alone; null where not collected.")


class ModelOut(Schema):
    """A model of working; without components it is a name only."""

    code: str = Field(description="The model, and the name of the dimension by which records are tagged with it.")
    label: str = Field(description="What it is called.")
    note: str = Field(description="What it is about.")
    components: list[ComponentOut] = Field(description="Its components in order, then what is not tagged.")


class ModelNamed(Schema):
    """A model in the list."""

    code: str = Field(description="The name of the model in addresses.")
    label: str = Field(description="What it is called.")
    note: str = Field(description="What it is about.")
    components: int = Field(description="How many components it has; 0 for a name only.")


@models_router.get("", response=list[ModelNamed])
def model_list(request: HttpRequest) -> HttpResponse:
    """The models of working of the place."""
    policies.require_view(signed_in(request))
    return answer(
        [
            {"code": model.code, "label": label, "note": model.note, "components": count}
            for model, label, count in models()
        ]
    )


@models_router.get("/{code}", response=ModelOut)
def model_detail(request: HttpRequest, code: str, asked: Query[Asked]) -> HttpResponse:
    """A model with its components, how many records of each type bear them, and figures by component."""
    view = viewed(request, asked)
    return answer(model_page(code, Asking(view.day, view.scope, view.figures, view.period), view.is_told).as_dict())


@dataclass(frozen=True, slots=True)
class View:
    """The book as somebody asked for it: who, the day, the place, and the figures over the period."""

    actor: Actor
    day: date
    scope: Scope
    period: Period | None
    figures: Mapping[str, Figure]
    query: str

    def opened(self, figure_id: str, part: str = "") -> Opened:
        """The rows behind a figure, as far as the reader may open them."""
        return figure_opened(figure_id, self.day, self.scope, self.actor, self.figures, part)

    def is_told(self, figure_id: str) -> bool:
        """Whether the reader is told the figure's numbers."""
        return policies.is_told(self.actor, self.figures[figure_id], self.figures, self.scope)

    def counted(self, opened: Opened, figure_id: str) -> dict[str, Any]:
        """What is behind a figure, as far as its numbers are told."""
        total = opened.total if self.is_told(figure_id) else None
        return {"record_type": opened.kind.code, "visible": opened.visible, "total": total}

    def document(self, value: FigureValue) -> dict[str, Any]:
        """A figure with where its rows are, on the page and here."""
        told = self.is_told(value.figure.id)
        return {
            **value.as_dict(),
            **({} if told else WITHHELD | {"wording": str(_("withheld"))}),
            "withheld": not told,
            "collected": value.value is not None,
            "scope": value.scope,
            "rows_url": f"/figures/{value.figure.id}/?{self.query}",
            "rows": f"/api/v1/figures/{value.figure.id}/rows?{self.query}",
        }


def viewed(request: HttpRequest, asked: Asked) -> View:
    """What somebody asks for, if they may. Raises: not_found, scope.unknown, figure.bad_period"""
    actor = signed_in(request)
    policies.require_view(actor)
    day, scope = asked.at or clock.today(), policies.scope_for(actor, asked.scope)
    if asked.first and asked.first > day:
        raise InvalidInput("figure.bad_period", _("The period begins after the day it ends on."))
    first = asked.first.isoformat() if asked.first else ""
    words = {"at": day.isoformat(), "scope": scope.code, "period": asked.period or "", "from": first}
    period: Period | None = Span.model_validate({"from": first}) if first else asked.period
    query = urlencode({name: value for name, value in words.items() if value})
    return View(actor, day, scope, period, compute.book_over(period), query)
