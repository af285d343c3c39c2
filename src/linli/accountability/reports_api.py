"""REST of reports that were issued: every figure as it was printed and frozen, beside what it would be today."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from linli.accountability.api import Number
from linli.accountability.models import IssuedReport
from linli.accountability.policies import reports as policies
from linli.accountability.policies.figures import VIEW, is_told
from linli.accountability.queries.issued import IssuedLine, issued_page, issued_report, issued_reports
from linli.core.actors import Actor
from linli.core.rest import answer, signed_in
from linli.records.figures import compute
from linli.records.figures.words import number

router = Router(tags=["reports"])


class ReportOut(Schema):
    """A report as it left the house."""

    id: int = Field(description="The report.")
    report: str = Field(description="The code of what was issued, the same every time.")
    title: str = Field(description="Its title.")
    scope: str = Field(description="The code of the place that it speaks of; empty for everything.")
    as_of: date = Field(description="The day that its figures speak of.")
    issued: str = Field(description="When it was issued.", json_schema_extra={"format": "date-time"})
    version: int = Field(description="The version of its template.")


class ReportsOut(Schema):
    """A page of issued reports."""

    reports: list[ReportOut] = Field(description="At most 50, the newest first.")
    next: str = Field(description="What to send as `after` for the next page; empty on the last.")


class IssuedFigureOut(Schema):
    """A figure of a report: frozen when it was issued, and by the same definition with what is known today."""

    id: str = Field(description="The figure's id in the book.")
    label: str = Field(description="What the report calls it.")
    scope: str = Field(description="The code of the place that was counted; empty for everything.")
    start: date | None = Field(alias="from", description="The first day of its period; null from the beginning.")
    end: date = Field(alias="to", description="The last day of its period.")
    withheld: bool = Field(description="Of persons or of a place that the key does not reach: no number is told.")
    printed: str = Field(description="What the report prints; empty where it is withheld.")
    value: Number = Field(description="The value that was frozen; null where nothing was collected then.")
    numerator: Number = Field(description="What was divided, or the value itself.")
    denominator: Number = Field(description="What it was divided by; null where nothing was.")
    today: Number = Field(description="The value of the same day and definition with what is known today.")
    changed: bool = Field(description="Whether later corrections changed the value; false where it is withheld.")
    redefined: bool = Field(description="Whether the book defines the figure otherwise today.")


class ReportDetail(ReportOut):
    """A report with its figures."""

    figures: list[IssuedFigureOut] = Field(description="Its figures in the order of the annex.")


@router.get("", response=ReportsOut)
def report_list(
    request: HttpRequest,
    after: Annotated[int | None, Query(ge=1, lt=2**63, description="The key of the page before.")] = None,
) -> HttpResponse:
    """The reports that were issued; for a key those of its own place."""
    actor = signed_in(request)
    policies.require_view(actor)
    rows, following = issued_reports(before=after, among=policies.issued_visible_to(actor))
    return answer({"reports": [_report(row) for row in rows], "next": following})


@router.get("/{pk}", response=ReportDetail, by_alias=True)
def report_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One report with what each of its figures was and would be today."""
    actor = signed_in(request)
    policies.require_view(actor)
    issued_report(pk, among=policies.issued_visible_to(actor))
    page = issued_page(pk)
    return answer({**_report(page.report), "figures": [_figure(actor, line) for line in page.lines]})


def _report(row: IssuedReport) -> dict[str, Any]:
    return {
        "id": row.pk,
        "report": row.template.code,
        "title": row.title,
        "scope": row.scope,
        "as_of": row.as_of.isoformat(),
        "issued": row.issued.isoformat(),
        "version": row.version.number,
    }


def _figure(actor: Actor, line: IssuedLine) -> dict[str, Any]:
    then, now, told = line.compared.then, line.compared.now, _is_told(actor, line)
    numbers = {
        "value": then.value,
        "numerator": then.numerator,
        "denominator": then.denominator,
        "today": now.value,
    }
    start, end = then.period
    return {
        "id": then.figure.id,
        "label": line.figure.label,
        "scope": then.scope,
        "from": start.isoformat() if start else None,
        "to": end.isoformat(),
        "withheld": not told,
        "printed": line.figure.printed if told else "",
        **{name: number(value) if told else None for name, value in numbers.items()},
        "changed": told and line.compared.changed,
        "redefined": line.compared.redefined,
    }


def _is_told(actor: Actor, line: IssuedLine) -> bool:
    """Whether the numbers are told: to people always, to a key of its own place and as the book tells them."""
    if not actor.key.startswith("api-key:"):
        return True
    frozen = line.compared.frozen
    scope, book = compute.scope_of(frozen.scope), frozen.book
    within = not frozen.scope or actor.reaches(VIEW, path=scope.path)
    return within and is_told(actor, book[frozen.figure], book, scope)
