"""The layout of GB/T 9704: A4, type area of 156 by 225 mm, 22 lines of 28 characters, page numbers — 1 —.

A template may be any Word file: paragraphs that bear no format of their own get that of their part in the document,
which is told from where they stand and how they begin.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from linli.accountability.documents.reading import text_of

LATIN: Final = "Times New Roman"
PITCH: Final = Pt(28.95)
# 28 characters of 16 points are wider than 156 mm, so each gives up a quarter of a point (in twentieths). In a grid
# of narrower cells LibreOffice would give each character two.
TIGHT: Final = "-5"
# Fonts of official documents, and what Word takes where a machine does not have them.
FALLBACKS: Final[Mapping[str, str]] = {
    "方正小标宋简体": "华文中宋",
    "仿宋_GB2312": "仿宋",
    "楷体_GB2312": "楷体",
    "黑体": "SimHei",
}


@dataclass(frozen=True, slots=True)
class Look:
    """How one part of a document looks: font, size in points, alignment, indent of the first line in characters."""

    font: str
    size: float = 16
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.JUSTIFY
    first: int = 0
    right: int = 0
    fixed: bool = True


LEFT, CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
TITLE, ADDRESSEE, BODY, HEADING, SUBHEADING = "公文标题", "公文主送", "公文正文", "公文一级标题", "公文二级标题"
SIGNATURE, DATE, CAPTION, CELL, NOTE, ANNEX = "公文署名", "公文日期", "公文图表", "公文表格", "公文附件说明", "公文附件"
LOOKS: Final[Mapping[str, Look]] = {
    TITLE: Look("方正小标宋简体", 22, CENTRE),
    ADDRESSEE: Look("仿宋_GB2312", align=LEFT),
    BODY: Look("仿宋_GB2312", first=2),
    HEADING: Look("黑体", first=2),
    SUBHEADING: Look("楷体_GB2312", first=2),
    SIGNATURE: Look("仿宋_GB2312", align=RIGHT, right=2),
    DATE: Look("仿宋_GB2312", align=RIGHT, right=4),
    NOTE: Look("仿宋_GB2312", align=LEFT, first=2),
    ANNEX: Look("黑体", align=LEFT),
    CAPTION: Look("黑体", 12, CENTRE, fixed=False),
    CELL: Look("仿宋_GB2312", 10.5, LEFT, fixed=False),
}
PLAIN: Final = frozenset({"Normal", "正文", "Body Text", "List Paragraph", "Normal (Web)"})
GIVEN: Final = {"Title": TITLE, "Heading 1": HEADING, "Heading 2": SUBHEADING}
SIGNED: Final = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日|[{｛]{2}\s*(日期|on)\s*[}｝]{2}")


def dress(document: Word) -> None:
    """Give a document the layout: its page, its styles, its page numbers."""
    for name, look in LOOKS.items():
        _style(document, name, look)
    _default_font(document)
    _substitutes(document)
    for section in document.sections:
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        section.footer_distance = Mm(25)
        _grid(section._sectPr)
        _numbered(section)
    document.settings.odd_and_even_pages_header_footer = True
    _assign(document.paragraphs)


def _assign(body: Sequence[Paragraph]) -> None:
    """Say of paragraphs without a format of their own which part of the document they are."""
    filled = [item for item in body if text_of(item).strip()]
    dated = next((item._p for item in reversed(filled) if SIGNED.fullmatch(text_of(item).strip())), None)
    signed = None
    for position, item in enumerate(filled):
        if item._p is dated and position and len(text_of(filled[position - 1])) < 40:
            signed = filled[position - 1]._p
    for paragraph in body:
        held = paragraph.style.name if paragraph.style is not None else "Normal"
        if held in GIVEN:
            paragraph.style = GIVEN[held]
        elif held in PLAIN:
            paragraph.style = _part(paragraph, filled, signed, dated)


def _part(paragraph: Paragraph, filled: Sequence[Paragraph], signed: Any, dated: Any) -> str:
    text = text_of(paragraph).strip()
    position = next((n for n, item in enumerate(filled) if item._p is paragraph._p), -1)
    if position == 0 and len(text) < 60 and not text.endswith("。"):
        return TITLE
    if position in (1, 2) and text.endswith(("：", ":")):
        return ADDRESSEE
    if paragraph._p is dated:
        return DATE
    if paragraph._p is signed:
        return SIGNATURE
    if re.match(r"[一二三四五六七八九十]+、", text) and len(text) < 40:
        return HEADING
    if re.match(r"[（(][一二三四五六七八九十]+[)）]", text) and len(text) < 40:
        return SUBHEADING
    return BODY


def _style(document: Word, name: str, look: Look) -> None:
    if name in document.styles:
        return
    style: Any = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.quick_style = True
    style.font.size = Pt(look.size)
    run = style.element.get_or_add_rPr()
    _fonts(run, look.font)
    if look.size == 16:
        run.find(qn("w:rFonts")).addnext(parse_xml(f'<w:spacing {nsdecls("w")} w:val="{TIGHT}"/>'))
    form = style.paragraph_format
    form.alignment = look.align
    form.space_before = form.space_after = Pt(0 if look.fixed else 2)
    form.line_spacing_rule = WD_LINE_SPACING.EXACTLY if look.fixed else WD_LINE_SPACING.SINGLE
    if look.fixed:
        form.line_spacing = PITCH if look.size <= 16 else Pt(34)
    else:
        style.element.pPr.find(qn("w:spacing")).addprevious(parse_xml(f'<w:snapToGrid {nsdecls("w")} w:val="0"/>'))
    if look.first or look.right:
        indent = style.element.get_or_add_pPr().get_or_add_ind()
        if look.first:
            indent.set(qn("w:firstLineChars"), str(look.first * 100))
            indent.set(qn("w:firstLine"), str(int(look.first * look.size * 20)))
        if look.right:
            indent.set(qn("w:rightChars"), str(look.right * 100))
            indent.set(qn("w:right"), str(int(look.right * look.size * 20)))


def _fonts(form: Any, name: str) -> None:
    fonts = form.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        form.insert(0, fonts)
    for side in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{side}"), LATIN)
    fonts.set(qn("w:eastAsia"), name)


def _default_font(document: Word) -> None:
    """What has no style of ours is set in the font of the text; the language is Chinese."""
    properties = document.core_properties
    if properties.author == "python-docx":
        properties.author = properties.comments = ""
    if "Normal" not in document.styles:
        return
    normal: Any = document.styles["Normal"]
    form = normal.element.get_or_add_rPr()
    fonts = form.find(qn("w:rFonts"))
    if fonts is None or not fonts.get(qn("w:eastAsia")):
        _fonts(form, "仿宋_GB2312")
        normal.font.size = Pt(16)
    if form.find(qn("w:lang")) is None:
        form.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="en-US" w:eastAsia="zh-CN"/>'))


def _substitutes(document: Word) -> None:
    """Name in the font table what stands in for a font that a machine does not have."""
    for relation in document.part.rels.values():
        if relation.reltype != RELATIONSHIP_TYPE.FONT_TABLE:
            continue
        part: Any = relation.target_part
        table = parse_xml(part.blob)
        held = {font.get(qn("w:name")) for font in table}
        for name, other in FALLBACKS.items():
            if name not in held:
                table.append(parse_xml(f'<w:font {nsdecls("w")} w:name="{name}"><w:altName w:val="{other}"/></w:font>'))
        part._blob = serialize_part_xml(table)


def _grid(section: Any) -> None:
    """22 lines a page."""
    grid = section.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section.append(grid)
    for name, value in (("type", "lines"), ("linePitch", "579")):
        grid.set(qn(f"w:{name}"), value)


def _numbered(section: Any) -> None:
    """Page numbers — 1 — at the outer edge, one character in; nothing happens where the footer has been written."""
    for footer, align in ((section.footer, RIGHT), (section.even_page_footer, LEFT)):
        footer.is_linked_to_previous = False
        if any(text_of(item).strip() or item._p.findall(f".//{qn('w:fldSimple')}") for item in footer.paragraphs):
            continue
        paragraph = footer.paragraphs[0] if footer.paragraphs else footer.add_paragraph()
        paragraph.alignment = align
        side = "right" if align == RIGHT else "left"
        paragraph._p.get_or_add_pPr().get_or_add_ind().set(qn(f"w:{side}"), "280")
        for part in ("— ", "", " —"):
            paragraph._p.append(parse_xml(_page_number(part)))


def _page_number(text: str) -> str:
    """A run with this text, or the number itself."""
    run = f'<w:r {nsdecls("w")}>{_NUMBER}<w:t xml:space="preserve">{text or 1}</w:t></w:r>'
    return run if text else f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE ">{run}</w:fldSimple>'


_NUMBER: Final = '<w:rPr><w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体"/><w:sz w:val="28"/></w:rPr>'
