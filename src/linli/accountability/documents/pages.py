"""A finished report as pages: the Word file read as HTML, from which it is printed and shown in the browser."""

from base64 import b64encode
from html import escape
from typing import Any, Final

from docx.document import Document as Word
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from linli.accountability.documents import charts, layout
from linli.accountability.documents.drawing import svg

CLASSES: Final = {
    layout.TITLE: "title",
    layout.ADDRESSEE: "addressee",
    layout.BODY: "body",
    layout.HEADING: "heading",
    layout.SUBHEADING: "subheading",
    layout.SIGNATURE: "signed",
    layout.DATE: "date",
    layout.CAPTION: "caption",
    layout.CELL: "cell",
    layout.NOTE: "body",
    layout.ANNEX: "annex",
}
SAFE: Final = ("http://", "https://", "#")


def html_of(document: Word, *, sized: bool = False) -> str:
    """The body of a document as HTML, with charts as drawings; `sized` keeps the widths of columns, for print."""
    parts = []
    for element in document.element.body:
        if element.tag == qn("w:p"):
            parts.append(_paragraph(document, Paragraph(element, document._body)))
        elif element.tag == qn("w:tbl"):
            parts.append(_table(document, Table(element, document._body), sized))
    return "".join(parts)


def class_of(paragraph: Paragraph) -> str:
    """Which part of a document a paragraph is."""
    return CLASSES.get(paragraph.style.name or "" if paragraph.style is not None else "", "body")


def _paragraph(document: Word, paragraph: Paragraph) -> str:
    kind = class_of(paragraph)
    if paragraph.paragraph_format.page_break_before:
        kind += " new-page"
    if paragraph.paragraph_format.keep_with_next:
        kind += " keep"
    return f'<p class="{kind}">{_inside(document, paragraph._p) or "&#160;"}</p>'


def _inside(document: Word, element: Any) -> str:
    parts = []
    for item in element:
        if item.tag == qn("w:r"):
            parts.append(_run(document, item))
        elif item.tag == qn("w:hyperlink"):
            parts.append(_link(document, item))
        elif item.tag in (qn("w:ins"), qn("w:smartTag"), qn("w:sdt"), qn("w:sdtContent"), qn("w:fldSimple")):
            parts.append(_inside(document, item))
        elif item.tag == qn("w:bookmarkStart") and item.get(qn("w:name"), "").startswith("figure_"):
            parts.append(f'<a id="{escape(item.get(qn("w:name")))}"></a>')
    return "".join(parts)


def _link(document: Word, element: Any) -> str:
    name = element.get(qn("r:id"))
    held = document.part.rels.get(name) if name else None
    target = held.target_ref if held is not None else f"#{element.get(qn('w:anchor')) or ''}"
    inside = _inside(document, element)
    return f'<a href="{escape(target)}">{inside}</a>' if target.startswith(SAFE) else inside


def _run(document: Word, run: Any) -> str:
    parts = []
    for item in run:
        if item.tag == qn("w:t"):
            parts.append(escape(item.text or ""))
        elif item.tag == qn("w:tab"):
            parts.append("&#12288;")
        elif item.tag == qn("w:br"):
            parts.append('<span class="new-page"></span>' if item.get(qn("w:type")) == "page" else "<br>")
        elif item.tag == qn("w:drawing"):
            parts.append(_drawing(document, item))
    return _formatted("".join(parts), run.find(qn("w:rPr")))


def _formatted(text: str, form: Any) -> str:
    if form is None or not text:
        return text
    bold = form.find(qn("w:b"))
    if bold is not None and bold.get(qn("w:val"), "1") not in ("0", "false"):
        text = f"<b>{text}</b>"
    raised = form.find(qn("w:vertAlign"))
    if raised is not None and raised.get(qn("w:val")) == "superscript":
        text = f"<sup>{text}</sup>"
    return text


def _drawing(document: Word, drawing: Any) -> str:
    for item in drawing.iter():
        if item.tag == f"{{{charts.C}}}chart":
            part = document.part.related_parts[item.get(qn("r:id"))]
            return svg(charts.read(part.blob))
        if item.tag == qn("a:blip") and item.get(qn("r:embed")):
            part = document.part.related_parts[item.get(qn("r:embed"))]
            if part.content_type in ("image/png", "image/jpeg", "image/gif"):
                return f'<img alt="" src="data:{part.content_type};base64,{b64encode(part.blob).decode()}">'
    return ""


def _table(document: Word, table: Table, sized: bool) -> str:
    rows = []
    for position, row in enumerate(table._tbl.tr_lst):
        head = position == 0 and row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        cells = "".join(_cell(document, cell, "th" if head else "td", sized) for cell in row.tc_lst)
        rows.append(f"<thead><tr>{cells}</tr></thead><tbody>" if head else f"<tr>{cells}</tr>")
    inside = "".join(rows)
    return f"<table>{inside}</tbody></table>" if "<tbody>" in inside else f"<table><tbody>{inside}</tbody></table>"


def _cell(document: Word, cell: Any, tag: str, sized: bool) -> str:
    span = cell.grid_span
    inside = "<br>".join(_inside(document, item) for item in cell.iterchildren(qn("w:p")))
    width = cell.width
    look = f' style="width: {round(width.mm)}mm"' if sized and width else ""
    return f"<{tag}{look}{f' colspan={span}' if span > 1 else ''}>{inside}</{tag}>"
