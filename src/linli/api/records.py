"""REST of every record type: which there are, their lists and one record, by the same policies as the pages."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from linli.core.errors import NotFound
from linli.core.rest import answer, asked_by, signed_in
from linli.records import lists
from linli.records.types import Column, Dimension, RecordType, record_type, record_types

router = Router(tags=["records"])
# What may stand in the address of any list, beside the dimensions of its type.
FILTERS: Final = {
    "from": "The first day of its default date, as 2026-03-10.",
    "to": "The last day.",
    "place": "The id of a place; everything below it counts.",
    "q": "Part of a name, code or number.",
    "sort": "A column to sort by, from its end with a `-`.",
    "after": "The key of the page before, from its `next`.",
}


class FieldOut(Schema):
    """A field of a record, or what its list may be filtered by."""

    code: str = Field(description="The name of the field.")
    label: str = Field(description="What it is called.")
    type: str = Field(description="What it holds: text, name, date, datetime, whole, number, flag, choice, list ...")
    values: dict[str, str] = Field(description="The codes it may hold and what they are called; empty where open.")


class RecordTypeOut(Schema):
    """A record type, what one may filter by, and what its records hold."""

    code: str = Field(description="The name of the type in addresses.")
    label: str = Field(description="What its records are called.")
    dimensions: list[FieldOut] = Field(description="What the list may be filtered by, and figures group by.")
    columns: list[FieldOut] = Field(description="The fields of a record beside its id; nothing personal.")


class RecordOut(Schema):
    """A record: its id and the columns of its type, which `record-types` lists."""

    model_config = {"extra": "allow"}
    __pydantic_extra__: dict[str, bool | int | float | str | list[Any]]

    id: int = Field(description="The id of the record.")


class RecordsOut(Schema):
    """A page of records."""

    records: list[RecordOut] = Field(description="At most 50 records, the newest first unless `sort` says otherwise.")
    next: str = Field(description="What to send as `after` for the next page; empty on the last.")


@router.get("/record-types", response=list[RecordTypeOut])
def record_type_list(request: HttpRequest) -> HttpResponse:
    """The record types that have lists."""
    signed_in(request)
    return answer([_described(kind) for kind in record_types() if kind.visible])


@router.get("/records/{code}", response=RecordsOut, openapi_extra=asked_by(FILTERS))
def record_page(request: HttpRequest, code: str) -> HttpResponse:
    """A page of records; the query filters by the dimensions of the type too."""
    actor, kind = signed_in(request), record_type(code)
    page = lists.listing(kind, actor, request.GET.dict())
    return answer({"records": lists.documents(kind, page.rows), "next": page.next_key})


@router.get("/records/{code}/{int:pk}", response=RecordOut)
def record_detail(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One record; hidden and missing look the same."""
    actor, kind = signed_in(request), record_type(code)
    row = kind.rows_for(actor).select_related(*lists.related(kind)).filter(pk=pk).first()
    if row is None:
        raise NotFound
    return answer(lists.documents(kind, [row])[0])


def _described(kind: RecordType) -> dict[str, Any]:
    return {
        "code": kind.code,
        "label": str(kind.label),
        "dimensions": [_field(item) for item in kind.all_dimensions()],
        "columns": [_field(item) for item in lists.exported_columns(kind)],
    }


def _field(item: Dimension | Column) -> dict[str, Any]:
    values = {code: str(label) for code, label in item.choices}
    return {"code": item.code, "label": str(item.label or item.code), "type": item.type, "values": values}
