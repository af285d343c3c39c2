"""A template as its writer sees it: each paragraph with live values where its fields stand."""

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from linli.accountability.documents import layout, pages
from linli.accountability.documents.charts import Chart
from linli.accountability.documents.drawing import svg
from linli.accountability.documents.fields import FIELD, Known, TemplateFault
from linli.accountability.documents.filling import Grid, Words
from linli.accountability.documents.reading import opened, read
from linli.accountability.queries.report_values import Answered, Asked, answered, scope_faults
from linli.accountability.report_section import awaited
from linli.records.figures import compute


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a paragraph: text, or what a field is worth now; one with a fault bears its field."""

    text: str
    kind: str = "text"
    link: str = ""
    tip: str = ""
    drawing: SafeString | str = ""
    grid: Grid | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a template: its number, which part of a document it is, its text and its pieces."""

    number: int
    part: str
    text: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Live:
    """A template with today's values, and what is wrong with it."""

    lines: list[Line]
    faults: list[TemplateFault]
    answered: Answered


def live(content: bytes, asked: Asked) -> Live:
    """A template with the values of a day. Raises: report.not_word"""
    document = opened(content)
    layout.dress(document)
    found, faults = read(document, Known(compute.book(), awaited()))
    faults = [*faults, *scope_faults(found)]
    wrong = {(fault.paragraph, fault.field) for fault in faults}
    sound = [item for item in found if not any((item.number, field.written) in wrong for field in item.fields)]
    worth = answered(sound, asked, compute.book())
    lines = [Line(item.number, pages.class_of(item.paragraph), item.text, _pieces(item.text, worth)) for item in found]
    return Live(lines, faults, worth)


def _pieces(text: str, worth: Answered) -> tuple[Piece, ...]:
    pieces, at = [], 0
    for match in FIELD.finditer(text):
        if match.start() > at:
            pieces.append(Piece(text[at : match.start()]))
        pieces.append(_piece(match[0], worth.answers.get(match[1])))
        at = match.end()
    if text[at:]:
        pieces.append(Piece(text[at:]))
    return tuple(pieces)


def _piece(written: str, answer: Words | Grid | Chart | None) -> Piece:
    if answer is None:
        return Piece(written, "fault")
    if isinstance(answer, Chart):
        # Numbers, and names that the drawing has escaped.
        return Piece(answer.title, "drawing", drawing=mark_safe(svg(answer)))
    if isinstance(answer, Grid):
        return Piece(answer.caption, "grid", grid=answer)
    return Piece(answer.text, "typed" if answer.typed else "value", answer.link, f"{written} {answer.tip}")
