"""A Word file read for its paragraphs and fields, and its paragraphs written anew."""

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from docx import Document
from docx.document import Document as Word
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from linli.accountability.documents.fields import FIELD, OPEN, Field, Known, TemplateFault, parse
from linli.core.errors import InvalidInput

MOST: Final = 2000


@dataclass(frozen=True, slots=True)
class Found:
    """A paragraph of a document: its number as a reader counts (1 is the first), its text and its fields."""

    number: int
    paragraph: Paragraph
    text: str
    fields: tuple[Field, ...]


def opened(content: bytes) -> Word:
    """A Word file. Raises: report.not_word"""
    try:
        return Document(BytesIO(content))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise InvalidInput("report.not_word", _("This is no Word file (.docx).")) from error


def saved(document: Word) -> bytes:
    """The document as a file; the same document is the same file, whenever it is written."""
    stream, result = BytesIO(), BytesIO()
    document.save(stream)
    with zipfile.ZipFile(stream) as given, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as package:
        for part in sorted(given.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            package.writestr(zipfile.ZipInfo(part), given.read(part), zipfile.ZIP_DEFLATED)
    return result.getvalue()


def paragraphs(document: Word) -> Iterator[Paragraph]:
    """Every paragraph of the body in reading order, those in tables too."""
    for element in document.element.body.iter(qn("w:p")):
        yield Paragraph(element, document._body)


def text_of(paragraph: Paragraph) -> str:
    """The text of a paragraph, however Word has split it."""
    return "".join(part.text or "" for part in _texts(paragraph))


def read(document: Word, known: Known) -> tuple[list[Found], list[TemplateFault]]:
    """The paragraphs of a template with their fields, and everything wrong with them."""
    found: list[Found] = []
    faults: list[TemplateFault] = []
    for number, paragraph in enumerate(paragraphs(document), 1):
        text = text_of(paragraph)
        fields, wrong = _fields(number, text, known)
        faults += wrong
        found.append(Found(number, paragraph, text, tuple(fields)))
    if len(found) > MOST:
        message = _("A report has at most %(most)s paragraphs.") % {"most": MOST}
        faults.append(TemplateFault(paragraph=len(found), field="", code="report.too_long", message=str(message)))
    return found, faults


def read_strictly(document: Word, known: Known) -> list[Found]:
    """The paragraphs of a template. Raises: report.faulty with every fault"""
    found, faults = read(document, known)
    if faults:
        raise faulty(faults)
    return found


def faulty(faults: Sequence[TemplateFault]) -> InvalidInput:
    """The refusal of a template, naming each paragraph."""
    lines = [spoken(fault) for fault in faults]
    return InvalidInput("report.faulty", "%(lines)s", lines="\n".join(lines), faults=lines)


def spoken(fault: TemplateFault) -> str:
    """One fault in words: which paragraph, which field, what is wrong."""
    words = {"number": fault.paragraph, "message": fault.message}
    if not fault.field:
        return str(_("Paragraph %(number)s: %(message)s") % words)
    return str(_("Paragraph %(number)s, “{{%(field)s}}”: %(message)s") % {**words, "field": fault.field})


def _fields(number: int, text: str, known: Known) -> tuple[list[Field], list[TemplateFault]]:
    fields: list[Field] = []
    faults: list[TemplateFault] = []

    def wrong(field: str, error: InvalidInput) -> None:
        faults.append(TemplateFault(paragraph=number, field=field, code=error.code, message=error.sentence))

    for match in FIELD.finditer(text):
        try:
            field = parse(match[1], known)
            if field.kind in ("table", "chart") and text.strip() != match[0]:
                raise InvalidInput("report.not_alone", _("A table or chart stands in a paragraph of its own."))
            fields.append(field)
        except InvalidInput as error:
            wrong(match[1], error)
    if OPEN.search(FIELD.sub("", text)):
        wrong("", InvalidInput("report.unclosed", _("A field begins with {{ and ends with }}.")))
    return fields, faults


def replaced(paragraph: Paragraph, start: int, end: int) -> tuple[Any, Any]:
    """Take out the text from `start` to `end`: the run after which something else belongs, and its format."""
    first: Any = None
    at = 0
    for part in _texts(paragraph):
        text, begin = part.text or "", at
        at += len(text)
        if at <= start or begin >= end:
            continue
        before, after = text[: max(0, start - begin)], text[max(0, end - begin) :]
        run = part.getparent()
        if first is None:
            first = run
            _set(part, before)
            _split(run, part, after)
        else:
            _set(part, after)
    assert first is not None, "a field has text"
    form = first.find(qn("w:rPr"))
    return first, form


def _split(run: Any, part: Any, after: str) -> None:
    """Move what stands behind a piece of text into a run of its own."""
    behind = list(part.itersiblings())
    if not after and not behind:
        return
    rest = deepcopy(run)
    for other in [item for item in rest if item.tag != qn("w:rPr")]:
        rest.remove(other)
    text = deepcopy(part)
    _set(text, after)
    rest.extend([text, *behind])
    run.addnext(rest)


def rewrite(paragraph: Paragraph, text: str) -> None:
    """Give a paragraph other words in the format of its first; nothing happens where they are the same."""
    if text == text_of(paragraph):
        return
    parts = _texts(paragraph)
    if not parts:
        paragraph.add_run(text)
        return
    _set(parts[0], text)
    for part in parts[1:]:
        _set(part, "")


def rewritten(content: bytes, texts: Mapping[int, str]) -> bytes:
    """A Word file whose paragraphs, by their numbers, have other words in the format that they had.

    An empty text removes a paragraph, each further line adds one.
    """
    document = opened(content)
    for number, paragraph in list(enumerate(paragraphs(document), 1)):
        if number not in texts or texts[number].replace("\r\n", "\n") == text_of(paragraph):
            continue
        lines = [line.strip() for line in texts[number].splitlines() if line.strip()]
        if not lines and paragraph._p.getparent() is document.element.body and text_of(paragraph).strip():
            paragraph._p.getparent().remove(paragraph._p)
            continue
        for line in reversed(lines[1:]):
            paragraph._p.addnext(_like(paragraph, line))
        rewrite(paragraph, lines[0] if lines else "")
    return saved(document)


def _like(paragraph: Paragraph, text: str) -> Any:
    """Another paragraph in the same format."""
    other = deepcopy(paragraph._p)
    rewrite(Paragraph(other, paragraph._parent), text)
    return other


def _texts(paragraph: Paragraph) -> list[Any]:
    """The pieces of a paragraph's own text, without those of text boxes in it."""
    own = paragraph._p
    return [part for part in own.iter(qn("w:t")) if next(part.iterancestors(qn("w:p"))) is own]


def _set(part: Any, text: str) -> None:
    part.text = text
    part.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
