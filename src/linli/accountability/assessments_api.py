"""REST of published results of assessments: units only, as the public page shows them."""

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from linli.accountability.queries.assessments import documents, published
from linli.core.errors import NotFound
from linli.core.rest import answer, signed_in

router = Router(tags=["assessments"])
MOST = 100


class UnitOut(Schema):
    """A unit with what it came to."""

    name: str = Field(description="The unit.")
    place: str = Field(description="The code of the place where it lies; may be empty.")
    total: str | None = Field(description="The total of at most 100 as text; null where something was not collected.")
    grade: str = Field(description="The grade in the reader's language; empty where there is none.")


class RoundOut(Schema):
    """A round of assessment whose results of units are published. Persons are in no answer."""

    id: int = Field(description="The id of the round.")
    scheme: str = Field(description="The code of the scheme in the profile.")
    label: str = Field(description="What the scheme is called.")
    place: str = Field(description="The code of the place that was assessed.")
    period: str = Field(description="The period, such as 2026-Q2, 2026-H1 or 2026.")
    first: str = Field(alias="from", description="The first day of the period.")
    last: str = Field(alias="to", description="The last day of the period.")
    state: str = Field(description="published and objections may still change; final does not.")
    units: list[UnitOut] = Field(description="The units in the order of places, never of totals.")


@router.get("", response=list[RoundOut], by_alias=True)
def assessments(request: HttpRequest) -> HttpResponse:
    """The newest hundred rounds of units whose results are published."""
    signed_in(request)
    return answer(documents(published()[:MOST]))


@router.get("/{pk}", response=RoundOut, by_alias=True)
def assessment(request: HttpRequest, pk: int) -> HttpResponse:
    """One published round."""
    signed_in(request)
    found = documents(published().filter(pk=pk))
    if not found:
        raise NotFound
    return answer(found[0])
