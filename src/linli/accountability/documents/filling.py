"""What fields are worth, written into the document in their place: words, tables and charts, each with its link."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from docx.document import Document as Word
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm
from docx.table import Table
from docx.text.paragraph import Paragraph

from linli.accountability.documents.charts import Chart, drawn
from linli.accountability.documents.fields import FIELD
from linli.accountability.documents.layout import ANNEX, BODY, CAPTION, CELL, DATE, NOTE, SIGNATURE, TITLE
from linli.accountability.documents.reading import Found, replaced, text_of

Answers = Mapping[str, "Words | Grid | Chart"]
WIDTH: Final = 156


@dataclass(frozen=True, slots=True)
class Words:
    """What a field prints; `link` leads to its definition and rows, `typed` is a number that nobody counted."""

    text: str
    link: str = ""
    tip: str = ""
    typed: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its caption, its heads and its rows."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the annex: a figure with all that it rests on."""

    label: str
    sentence: str
    value: str
    parts: str
    period: str
    as_of: str
    link: str = ""


def fill(document: Word, found: Sequence[Found], answers: Answers) -> None:
    """Write answers into the places of their fields."""
    for item in found:
        for match in reversed(list(FIELD.finditer(item.text))):
            answer = answers[match[1]]
            if isinstance(answer, Words):
                after, form = replaced(item.paragraph, match.start(), match.end())
                after.addnext(_written(document, item.paragraph, after, form, answer))
            else:
                replaced(item.paragraph, match.start(), match.end())
                _placed(document, item.paragraph, answer)


def _written(document: Word, paragraph: Paragraph, after: Any, form: Any, words: Words) -> Any:
    """A run with the words, in the format of what stood there; a link where it leads somewhere."""
    run = OxmlElement("w:r")
    if form is not None:
        run.append(deepcopy(form))
    text = OxmlElement("w:t")
    text.text = words.text
    run.append(text)
    if words.typed:
        mark = parse_xml(
            f'<w:r {nsdecls("w")}><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>{_("typed")}</w:t></w:r>'
        )
        after.addnext(mark)
    if not words.link or after.getparent() is not paragraph._p:
        return run
    return _linked(document, run, words.link, words.tip)


def _linked(document: Word, run: Any, link: str, tip: str) -> Any:
    """The run as a link: to a page of the installation, or below `#` to the annex."""
    element = OxmlElement("w:hyperlink")
    if link.startswith("#"):
        element.set(qn("w:anchor"), link[1:])
    else:
        element.set(qn("r:id"), document.part.relate_to(link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    if tip:
        element.set(qn("w:tooltip"), tip[:250])
    element.append(run)
    return element


def _placed(document: Word, paragraph: Paragraph, answer: Grid | Chart) -> None:
    """Put a table or a chart where the paragraph is; its caption stands above a table and below a chart."""
    for run in list(paragraph._p.iter(qn("w:r"))):
        run.getparent().remove(run)
    paragraph.style = CAPTION
    if isinstance(answer, Chart):
        below = parse_xml(f"<w:p {nsdecls('w')}/>")
        paragraph._p.addnext(below)
        Paragraph(below, paragraph._parent).style = CAPTION
        Paragraph(below, paragraph._parent).add_run(answer.title)
        paragraph._p.append(drawn(document, answer))
        return
    paragraph.add_run(answer.caption)
    paragraph.paragraph_format.keep_with_next = True
    table = table_of(document, answer.heads, answer.rows)
    paragraph._p.addnext(table._tbl)


def table_of(
    document: Word, heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float] = ()
) -> Table:
    """A table with thin lines whose head is repeated on every page."""
    table: Table = document.add_table(1 + len(rows), len(heads))
    table.autofit = False
    _bordered(table._tbl.tblPr)
    sizes = widths or [WIDTH / len(heads)] * len(heads)
    for column, size in zip(table.columns, sizes, strict=True):
        column.width = Mm(size)
    for line, cells in enumerate((heads, *rows)):
        for cell, text, size in zip(table.rows[line].cells, cells, sizes, strict=True):
            cell.width = Mm(size)
            paragraph = cell.paragraphs[0]
            paragraph.style = CELL
            run = paragraph.add_run(text)
            run.bold = line == 0 or None
        form = table.rows[line]._tr.get_or_add_trPr()
        form.append(OxmlElement("w:cantSplit"))
        if line == 0:
            form.append(OxmlElement("w:tblHeader"))
    return table


def _bordered(form: Any) -> None:
    """Give a table its lines, in the place that the schema has for them: Word refuses files that are out of order."""
    borders = parse_xml(_BORDERS)
    behind = [form.find(qn(f"w:{name}")) for name in ("shd", "tblLayout", "tblCellMar", "tblLook")]
    first = next((item for item in behind if item is not None), None)
    if first is None:
        form.append(borders)
    else:
        first.addprevious(borders)


_BORDERS: Final = (
    f"<w:tblBorders {nsdecls('w')}>"
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + "</w:tblBorders>"
)


def annex(document: Word, entries: Sequence[Entry], typed: Sequence[tuple[str, str]], awaited: Sequence[str]) -> None:
    """Say at the end where every figure comes from, and name the annex above the signature."""
    _announce(document, _("Where the figures come from"))
    head = document.add_paragraph(_("Annex"), ANNEX)
    head.paragraph_format.page_break_before = True
    document.add_paragraph(_("Where the figures come from"), TITLE)
    heads = (_("No."), _("Figure and what it counts"), _("Value"), _("Of"), _("Period"), _("As of"))
    widths = (12, 42, 21, 22, 33, 26)
    rows = [
        (str(number), f"{entry.label}:{entry.sentence}", entry.value, entry.parts, entry.period, entry.as_of)
        for number, entry in enumerate(entries, 1)
    ]
    table = table_of(document, heads, rows, widths)
    for number, entry in enumerate(entries, 1):
        paragraph = table.rows[number].cells[1].paragraphs[0]
        _marked(paragraph, f"figure_{number}", number)
        if entry.link and not entry.link.startswith("#"):
            run = paragraph.runs[0]._r
            place = run.getprevious()
            link = _linked(document, run, entry.link, entry.label)
            place.addnext(link)
    if typed:
        document.add_paragraph(_("Numbers typed by hand, with their reasons:"), BODY)
        for text, reason in typed:
            document.add_paragraph(f"{text}:{reason}", BODY)
    if awaited:
        document.add_paragraph(_("Not collected yet: %(names)s.") % {"names": "、".join(awaited)}, BODY)


def _marked(paragraph: Paragraph, name: str, number: int) -> None:
    """A bookmark at the paragraph's beginning, to which links in the text lead."""
    first = paragraph.runs[0]._r
    for tag, named in (("bookmarkStart", True), ("bookmarkEnd", False)):
        element = OxmlElement(f"w:{tag}")
        element.set(qn("w:id"), str(9000 + number))
        if named:
            element.set(qn("w:name"), name)
        first.addprevious(element)


def _announce(document: Word, title: str) -> None:
    """The note on the annex: one line below the text, above the signature."""
    body = document.paragraphs
    signed = [item for item in body if item.style is not None and item.style.name in (SIGNATURE, DATE)]
    lines = ("", _("Annex: %(title)s") % {"title": title}, "")
    if not signed:
        for text in lines[:2]:
            document.add_paragraph(text, NOTE)
        return
    for before in _blank_before(body, signed[0]):
        before._p.getparent().remove(before._p)
    for text in lines:
        signed[0].insert_paragraph_before(text, NOTE)


def _blank_before(body: Sequence[Paragraph], signed: Paragraph) -> list[Paragraph]:
    """The empty lines right above the signature."""
    found: list[Paragraph] = []
    position = next(n for n, item in enumerate(body) if item._p is signed._p)
    for item in reversed(body[:position]):
        if text_of(item).strip() or item._p.getnext() is None or item._p.find(f".//{qn('w:drawing')}") is not None:
            break
        found.append(item)
    return found
