"""A plain text made into a Word file in the layout of an official document, to be edited in Word from then on.

The first line is the title; a line that ends with a colon is the addressee; “一、” and “（一）” begin headings; the
last two lines are the signature and the date. Everything else is text, and fields stand in it as in Word.
"""

from docx import Document
from docx.document import Document as Word
from docx.opc.constants import RELATIONSHIP_TYPE

from linli.accountability.documents import layout
from linli.accountability.documents.reading import saved


def drafted(text: str) -> bytes:
    """The Word file of a text, a paragraph for each line."""
    document = Document()
    _without_thumbnail(document)
    title, *lines = [line.strip() for line in text.splitlines() if line.strip()]
    for line in (title, "", *lines):
        document.add_paragraph(line)
    layout.dress(document)
    return saved(document)


def _without_thumbnail(document: Word) -> None:
    """A new file begins from the library's own, whose little picture is of another document."""
    held = document.part.package.rels
    for name in [key for key, item in held.items() if item.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del held[name]
