"""REST under /api/v1/: lists and figures of every record type, by the same policies as the pages.

Domains add routers of their own in `<app>/api.py`; this module mounts them and answers errors in one form.
"""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema

from linli.cases.api import router as cases_router
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import DomainError, NotAllowed, NotFound
from linli.records import lists
from linli.records.types import record_type, record_types

api = NinjaAPI(title="Linli", version="1", urls_namespace="api", docs_url=None, openapi_url="/openapi.json")


api.add_router("/cases", cases_router)


class RecordTypeOut(Schema):
    """A record type with what one may filter by."""

    code: str
    label: str
    dimensions: list[str]
    columns: list[str]


class PageOut(Schema):
    """A page of records and the key of the next page."""

    records: list[dict[str, Any]]
    next: str


@api.exception_handler(DomainError)
def domain_error(request: HttpRequest, error: DomainError) -> HttpResponse:
    """Every refusal in one form, with its own status."""
    return api.create_response(request, {"error": error.as_dict()}, status=error.status)


def actor_of(request: HttpRequest) -> Actor:
    """Who asks; a visitor is refused. Raises: api.not_signed_in."""
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Actor) or not actor.known:
        raise NotAllowed("api.not_signed_in", "Sign in, or send an API key.")
    return actor


@api.get("/record-types", response=list[RecordTypeOut])
def record_type_list(request: HttpRequest) -> list[RecordTypeOut]:
    """The record types that have lists."""
    actor_of(request)
    return [
        RecordTypeOut(
            code=kind.code,
            label=str(kind.label),
            dimensions=[item.code for item in kind.all_dimensions()],
            columns=[item.code for item in lists.exported_columns(kind)],
        )
        for kind in record_types()
        if kind.visible
    ]


@api.get("/records/{code}", response=PageOut)
def record_page(request: HttpRequest, code: str) -> PageOut:
    """A page of records; the query filters by dimensions, `from`, `to`, `place`, `q`, `after`."""
    kind = record_type(code)
    page = lists.listing(kind, actor_of(request), request.GET.dict())
    columns = lists.exported_columns(kind)
    records = [
        {
            "id": row.pk,
            **{c.code: _plain(v) for c, v in zip(columns, lists.cells(kind, row, columns), strict=True)},
        }
        for row in page.rows
    ]
    return PageOut(records=records, next=page.next_key)


@api.get("/records/{code}/{pk}", response=dict[str, Any])
def record_detail(request: HttpRequest, code: str, pk: int) -> dict[str, Any]:
    """One record; hidden and missing look the same."""
    kind = record_type(code)
    row = kind.rows_for(actor_of(request)).filter(pk=pk).first()
    if row is None:
        raise NotFound
    columns = lists.exported_columns(kind)
    return {
        "id": row.pk,
        **{c.code: _plain(v) for c, v in zip(columns, lists.cells(kind, row, columns), strict=True)},
    }


@api.get("/health", response=dict[str, str])
def health(request: HttpRequest) -> dict[str, str]:
    """That the service answers, and its clock."""
    return {"state": "ok", "now": clock.now().isoformat()}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, bool | int | float | list) else lists.text(value)
