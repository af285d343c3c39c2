"""Answers to work orders of other platforms, as a workbook in the layout that each platform takes."""

import io
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import xlsxwriter
from django.db.models import QuerySet

from linli.cases import sections, words
from linli.cases.models import Case
from linli.cases.queries.lists import asked_for
from linli.cases.reading import public_text
from linli.cases.sections import AnswerColumn, Platform
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.records.ledgers import safety

MOST: Final = 5000


def platform_with(code: str) -> Platform:
    """The platform with this code. Raises: not_found"""
    found = sections.platforms().get(code)
    if found is None:
        raise NotFound
    return found


def orders(viewer: Actor, query: Mapping[str, str]) -> QuerySet[Case]:
    """The work orders among the matters of a list: those with a number of the platform they came from."""
    rows = asked_for(viewer, {"state": "all", **query, "source": "hotline"}).exclude(register_number="")
    return rows.select_related("place", "lead").defer("search").order_by("received_on", "pk")


def answer_rows(viewer: Actor, platform: Platform, query: Mapping[str, str]) -> Iterator[list[str]]:
    """The headers, then one row for each work order; nothing of who reported is in it."""
    yield [column.header for column in platform.columns]
    states = {state.code: str(state.label) for state in sections.flow().states}
    for case in orders(viewer, query)[:MOST]:
        yield [_cell(column, case, states) for column in platform.columns]


def answer_book(
    viewer: Actor,
    platform: Platform,
    query: Mapping[str, str],
    stamp: Callable[[xlsxwriter.Workbook], None] | None = None,
) -> bytes:
    """The same as a workbook, every cell a text."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet()
    if stamp:
        stamp(book)
    for number, row in enumerate(answer_rows(viewer, platform, query)):
        for position, value in enumerate(row):
            sheet.write_string(number, position, safety.safe_cell(value))
    book.close()
    return stream.getvalue()


def _cell(column: AnswerColumn, case: Case, states: Mapping[str, str]) -> str:
    if column.field is None:
        return column.words
    if column.field == "state":
        return states.get(case.state, case.state)
    return str(_FIELDS[column.field](case) or "")


def _moment(at: Any) -> str:
    return f"{at.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}" if at else ""


_FIELDS: Final[Mapping[str, Callable[[Case], Any]]] = {
    "register_number": lambda case: case.register_number,
    "number": lambda case: case.number,
    "text": lambda case: public_text(case.text),
    "place": lambda case: case.place.name,
    "lead": lambda case: case.lead.name if case.lead else case.lead_name,
    "outcome": lambda case: dict(words.OUTCOMES).get(case.outcome, ""),
    "result": lambda case: public_text(case.result),
    "received": lambda case: _moment(case.received) or case.received_on,
    "due": lambda case: _moment(case.due),
    "done": lambda case: _moment(case.done),
    "closed": lambda case: _moment(case.closed) or case.closed_on,
}
