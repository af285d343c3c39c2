"""The page on which a place or a body answers: every cell with what it was taken for, and the same file back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from linli.accountability.forms.asks import changes_of
from linli.accountability.models import AskAnswer
from linli.accountability.operations import ask_answers as operations
from linli.accountability.policies import asks as policies
from linli.accountability.queries import ask_answers as queries
from linli.accountability.queries.filling.answering import choices
from linli.accountability.queries.filling.facts import Book
from linli.accountability.queries.filling.forms import LOSSES
from linli.accountability.queries.filling.rows import Lister
from linli.accountability.queries.filling.slots import Column, Layout, ListTable, Slot, State, parts
from linli.accountability.views.book import viewer
from linli.accountability.workflow.asks import ANSWER, ASK, VIEW
from linli.core.actors import Actor
from linli.core.errors import DomainError
from linli.core.forms import number_of
from linli.records.exporting import noted

ROWS: Final = 30


@dataclass(frozen=True, slots=True)
class Shown:
    """A list as the page shows it: its columns with what they hold, one page of its rows, and how many there are."""

    table: ListTable
    columns: list[tuple[Column, str]]
    rows: list[list[Slot | None]]
    choices: list[str]
    page: int
    pages: int
    total: int


@require_http_methods(["GET", "POST"])
def ask_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The cells of an answer; posted corrections are kept, and on request the answer is given."""
    actor = viewer(request, VIEW, ANSWER)
    answer = queries.answer_of(actor, pk)
    fault: DomainError | None = None
    if request.method == "POST":
        try:
            return _posted(request, actor, answer)
        except DomainError as error:
            if error.status == 404:
                raise
            fault = error
            answer = queries.answer_of(actor, pk)
    return _page(request, actor, answer, fault)


def _posted(request: HttpRequest, actor: Actor, answer: AskAnswer) -> HttpResponse:
    version = _whole(request.POST.get("version", ""))
    _paper, layout, book = queries.now(actor, answer)
    labels = {label: code for code, label in choices(book)} | _column_labels(layout, book)
    changes = changes_of(request.POST.dict(), labels)
    saved = operations.answer_save(actor=actor, answer_id=answer.pk, version=version, changes=changes)
    if request.POST.get("do") == "give":
        operations.answer_give(actor=actor, answer_id=answer.pk, version=saved.version)
        return redirect("asks:ask_answer", pk=answer.pk)
    page = _whole(request.POST.get("rows", "1"))
    return redirect(f"{request.path}?rows={page}" if page > 1 else request.path)


def _page(request: HttpRequest, actor: Actor, answer: AskAnswer, fault: DomainError | None) -> HttpResponse:
    ask = answer.ask
    context: dict[str, Any] = {"answer": answer, "ask": ask, "fault": fault, "state_label": ASK.label(ask.state)}
    context["may_answer"] = answer.is_owed and policies.may_answer(actor, answer)
    try:
        context |= _cells(request, actor, answer)
        context["losses"] = [LOSSES[code] for code in context["layout"].losses]
    except DomainError as error:
        if error.status == 404:
            raise
        context |= {"sealed": error.sentence, "may_answer": False}
    return render(request, "accountability/ask_answer.html", context, status=fault.status if fault else 200)


def _cells(request: HttpRequest, actor: Actor, answer: AskAnswer) -> dict[str, Any]:
    if answer.answered is not None:
        layout = queries.layout_of(actor, answer)
        return {"layout": layout, "sent_cells": layout.slots, "file": bool(answer.ask.form_name)}
    queries.require_read(actor, answer)
    _paper, layout, book = queries.now(actor, answer)
    single = [slot for slot in layout.slots if not slot.list_key]
    page = max(1, _whole(request.GET.get("rows", "1")))
    return {
        "layout": layout,
        "open": [slot for slot in single if slot.state in (State.OPEN, State.UNCOLLECTED) or _by_hand(slot)],
        "check": [slot for slot in single if slot.state == State.CHECK],
        "sure": [slot for slot in single if slot.state == State.SURE],
        "free": [slot for slot in single if slot.label and slot.state in (State.FREE, State.LATER)][:20],
        "lists": [_shown(table, layout, book, page) for table in layout.lists],
        "choices": sorted({label for _code, label in choices(book)}),
        "file": bool(answer.ask.form_name),
        "open_count": layout.count(State.OPEN),
        "check_count": layout.count(State.CHECK),
        "rows_page": page,
    }


def _by_hand(slot: Slot) -> bool:
    return slot.state == State.TYPED


def _shown(table: ListTable, layout: Layout, book: Book, page: int) -> Shown:
    own = [slot for slot in layout.slots if slot.list_key == table.key]
    total = max((slot.row for slot in own), default=-1) + 1
    pages = max(1, -(-total // ROWS))
    first = (min(page, pages) - 1) * ROWS
    by_place = {(slot.row, slot.column_key): slot for slot in own}
    rows = [
        [by_place.get((row, column.key)) for column in table.columns] for row in range(first, min(first + ROWS, total))
    ]
    named = dict(_column_choices(table, book))
    columns = [(column, _said(column, named, book)) for column in table.columns]
    return Shown(table, columns, rows, sorted(named.values()), min(page, pages), pages, total)


def _column_choices(table: ListTable, book: Book) -> Sequence[tuple[str, str]]:
    return list(Lister(book).choices(table))


def _column_labels(layout: Layout, book: Book) -> dict[str, str]:
    return {label: code for table in layout.lists for code, label in _column_choices(table, book)}


def _said(column: Column, named: dict[str, str], book: Book) -> str:
    code = parts(column.choice)[0]
    fact = book.known(code) if code else None
    return named.get(column.choice) or (fact.label if fact else "")


@require_GET
def ask_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The same file that came, filled in: as it stands, or as it was sent once it is answered."""
    actor = viewer(request, VIEW, ANSWER)
    answer = queries.answer_of(actor, pk)
    paper = queries.file_of(actor, answer)
    mark = noted(actor, "ask-answer", {"answer": str(pk)}, 1, paper.suffix)
    return HttpResponse(paper.content, content_type=paper.media_type, headers=mark.headers("form", paper.suffix))


def _whole(text: str) -> int:
    return number_of(text, 6) or 0
