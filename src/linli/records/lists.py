"""Lists of any record type: filters from its dimensions, search, paging by key, export. One way for all screens.

The page, the API and the export ask here, so they apply the same policy and the same filters.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from math import inf
from typing import Any

import xlsxwriter
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import InvalidInput
from linli.records import added
from linli.records.ledgers import safety
from linli.records.types import Column, Dimension, RecordType

PAGE = 50
LARGEST = 2**31
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter of a list as the screen shows it: the dimension, its choices and what is chosen."""

    code: str
    label: Any
    choices: tuple[tuple[str, Any], ...]
    chosen: str


@dataclass(slots=True)
class Listing:
    """One page of a list: rows, the key of the next page, the filters and the query that reproduces it."""

    kind: RecordType
    rows: list[Any]
    filters: list[Filter]
    next_key: str = ""
    query: Mapping[str, str] = field(default_factory=dict)


def listing(kind: RecordType, viewer: Actor, query: Mapping[str, str], size: int = PAGE) -> Listing:
    """The page of rows that the query asks for and the viewer may open.

    The query holds dimension codes, `from` and `to` for the default date, `q` for text,
    `sort` for the order, `after` for the page.
    Raises: list.bad_filter.
    """
    rows = filtered(kind, viewer, query).select_related(*related(kind))
    after = query.get("after", "")
    if query.get("sort"):
        start = _whole(after) if after else 0
        found = list(rows.order_by(*sorting(kind, query["sort"]))[start : start + size + 1])
        following = str(start + size)
    else:
        found = list((rows.filter(pk__lt=_whole(after)) if after else rows).order_by("-pk")[: size + 1])
        following = str(found[size - 1].pk) if len(found) > size else ""
    return Listing(kind, found[:size], filters(kind, query), following if len(found) > size else "", dict(query))


def sorting(kind: RecordType, sort: str) -> tuple[str, str]:
    """The order that a query asks for: a column, from its end with a `-`. Raises: list.bad_filter."""
    code, sign = sort.removeprefix("-"), "-" if sort.startswith("-") else ""
    if code not in sortable(kind):
        raise InvalidInput("list.bad_filter", _("The list cannot be sorted by “%(value)s”."), value=code)
    column = kind.column(code)
    assert column is not None
    return f"{sign}{column.lookup}", f"{sign}pk"


def sortable(kind: RecordType) -> frozenset[str]:
    """The columns by which a list may be sorted: those that the table itself holds."""
    names = {item.name for item in kind.rows().model._meta.concrete_fields}
    return frozenset(column.code for column in exported_columns(kind) if column.lookup in names)


def filtered(kind: RecordType, viewer: Actor, query: Mapping[str, str]) -> QuerySet[Any]:
    """The rows that match the query's filters, under the viewer's policy."""
    rows = kind.rows_for(viewer)
    for dimension in kind.all_dimensions():
        value = query.get(dimension.code, "")
        if value and dimension.type != "reference":
            rows = rows.filter(_match(dimension.type, dimension.lookup, value))
    first = kind.dates[0] if kind.dates else kind.span[0] if kind.span else ""
    for bound, lookup in (("from", "gte"), ("to", "lte")):
        if first and query.get(bound):
            rows = rows.filter(**{f"{_date_lookup(kind, first)}__{lookup}": _day(query[bound])})
    if query.get("place"):
        lookup = f"{kind.place}__path" if kind.place else "path"
        rows = rows.filter(**{f"{lookup}__contains": f"/{_whole(query['place'])}/"})
    if query.get("q"):
        rows = rows.filter(_text(kind, query["q"]))
    return rows


def filters(kind: RecordType, query: Mapping[str, str]) -> list[Filter]:
    """The choice and flag dimensions as filters of the screen."""
    flags = [("true", str(_("yes"))), ("false", str(_("no")))]
    offered = [
        (item, flags if item.type == "flag" else choices(item))
        for item in kind.all_dimensions()
        if item.type in ("choice", "flag")
    ]
    return [
        Filter(item.code, item.label or item.code, tuple(known), query.get(item.code, ""))
        for item, known in offered
        if known
    ]


def cells(kind: RecordType, row: Any, columns: Iterable[Column]) -> list[Any]:
    """A row's exported values, column by column."""
    return [value_of(row, column.lookup) for column in columns]


def table(kind: RecordType, rows: Iterable[Any], columns: Sequence[Column]) -> list[tuple[Any, list[str]]]:
    """Rows as a page shows them: each with its cells in words of the active language."""
    # A column's words are often those of the dimension of its name: a source has more than a ledger may bring.
    named = [(kind.dimension(column.code), column) for column in columns]
    words = [dict(choices(own) if own else ()) | dict(choices(column)) for own, column in named]
    return [
        (row, [spoken(value, known) for value, known in zip(cells(kind, row, columns), words, strict=True)])
        for row in rows
    ]


def choices(item: Dimension | Column) -> list[tuple[str, str]]:
    """The codes that a dimension or column may hold, where they are known, with their words in the active language."""
    fixed = {code: str(label) for code, label in item.choices}
    return list({**fixed, **(added.labels(item.vocabulary) if item.vocabulary else {})}.items())


def in_words(item: Dimension | Column, value: Any) -> str:
    """A value as a page shows it."""
    return spoken(value, dict(choices(item)))


def spoken(value: Any, words: Mapping[str, str]) -> str:
    """A value as a page shows it, a code by its word."""
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, datetime):
        return f"{value.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, list):
        return "、".join(words.get(str(item), str(item)) for item in value)
    return words.get(text(value), text(value))


def exported_columns(kind: RecordType) -> list[Column]:
    """The columns of an export: never personal ones."""
    return [column for column in kind.all_columns() if not column.personal]


def shown_columns(kind: RecordType, most: int = 8) -> list[Column]:
    """The columns of a page: the first of the type's own, and then some of those that the profile adds."""
    known = [column for column in exported_columns(kind) if column.type != "place"]
    names = {item.code for item in kind.added_dimensions()}
    added_here = [column for column in known if column.code in names][:2]
    return [column for column in known if column.code not in names][:most] + added_here


def documents(kind: RecordType, rows: Iterable[Any]) -> list[dict[str, Any]]:
    """Rows as the API gives them: the id, and every exported column by its code."""
    columns = exported_columns(kind)
    return [
        {"id": row.pk}
        | {item.code: plain(value) for item, value in zip(columns, cells(kind, row, columns), strict=True)}
        for row in rows
    ]


def plain(value: Any) -> Any:
    """A value as JSON holds it: numbers, yes and no, and lists as they are, dates as ISO, the rest as text."""
    return value if isinstance(value, bool | int | float | list) else text(value)


def value_of(row: Any, lookup: str) -> Any:
    """Follow an ORM path on an object; JSON keys included; the empty string where it ends."""
    for step in lookup.split("__"):
        row = row.get(step) if isinstance(row, dict) else getattr(row, step, None)
        if row is None:
            return ""
    return row


def export_csv(kind: RecordType, rows: QuerySet[Any]) -> Iterator[bytes]:
    """The rows as CSV in UTF-8 with a mark for spreadsheets, piece by piece."""
    columns = exported_columns(kind)
    yield "\ufeff".encode()
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(_headers(columns))
    for row in rows.select_related(*related(kind)).order_by("pk").iterator(2000):
        writer.writerow([safety.safe_cell(text(value)) for value in cells(kind, row, columns)])
        if buffer.tell() > 65536:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def export_xlsx(
    kind: RecordType, rows: QuerySet[Any], stamp: Callable[[xlsxwriter.Workbook], None] | None = None
) -> bytes:
    """The rows as a workbook; `stamp` marks it with where it comes from."""
    columns = exported_columns(kind)
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream,
        {"constant_memory": True, "in_memory": False, "strings_to_formulas": False, "strings_to_urls": False},
    )
    sheet = book.add_worksheet()
    if stamp:
        stamp(book)
    bold = book.add_format({"bold": True})
    sheet.write_row(0, 0, _headers(columns), bold)
    for number, row in enumerate(rows.select_related(*related(kind)).order_by("pk").iterator(2000), start=1):
        for position, value in enumerate(cells(kind, row, columns)):
            if isinstance(value, int | float) and not isinstance(value, bool):
                sheet.write_number(number, position, value)
            else:
                sheet.write_string(number, position, safety.safe_cell(text(value)))
    book.close()
    return stream.getvalue()


def text(value: Any) -> str:
    """A value as an export prints it."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(str(item) for item in value)
    return "" if value is None else str(value)


def _headers(columns: Iterable[Column]) -> list[str]:
    return [header(column) for column in columns]


def header(column: Column) -> str:
    """The heading of a column in a file: one by which ledgers know it."""
    return column.synonyms[0] if column.synonyms else str(column.label or column.code)


def related(kind: RecordType) -> list[str]:
    """The references that a list follows, fetched with the rows."""
    model = kind.rows().model
    related = []
    for name in {column.lookup.split("__")[0] for column in kind.columns} | {kind.place.split("__")[0]} - {""}:
        try:
            related += [name] if name and model._meta.get_field(name).many_to_one else []
        except FieldDoesNotExist:
            continue
    return sorted(related)


def _match(kind: str, lookup: str, value: str) -> Q:
    if kind == "flag":
        return Q(**{lookup: value == "true"})
    read = {"number": _number, "date": _day}.get(kind)
    if value == "none":
        empty = Q(**{f"{lookup}__isnull": True})
        return empty if read else empty | Q(**{lookup: ""})
    return Q(**{f"{lookup}__in": [read(part) for part in value.split(",")] if read else value.split(",")})


def _text(kind: RecordType, words: str) -> Q:
    model = kind.rows().model
    names = {item.name for item in model._meta.concrete_fields}
    condition = Q(pk__in=[])
    for name in ("name", "code", "number", "external_number"):
        if name in names:
            condition |= Q(**{f"{name}__icontains": words})
    return condition


def _date_lookup(kind: RecordType, name: str) -> str:
    is_moment = kind.rows().model._meta.get_field(name).get_internal_type() == "DateTimeField"
    return f"{name}__date" if is_moment else name


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise InvalidInput("list.bad_filter", _("“%(value)s” is not a date."), value=value) from error


def _number(value: str) -> int | float:
    try:
        number = float(value)
    except ValueError:
        number = inf
    if not abs(number) < LARGEST:
        raise InvalidInput("list.bad_filter", _("“%(value)s” is not a number."), value=value)
    return int(number) if number.is_integer() else number


def _whole(value: str) -> int:
    if not value.isascii() or not value.isdigit() or len(value) > 18:
        raise InvalidInput("list.bad_filter", _("“%(value)s” is not a page or place of this list."), value=value)
    return int(value)
