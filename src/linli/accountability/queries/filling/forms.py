"""An office's form from its bytes, and back: what kind of file it is, what is refused, and the annex of sources."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.accountability.queries.filling import documents, spans, workbooks
from linli.accountability.queries.filling.answering import NOTHING, Given, answered
from linli.accountability.queries.filling.facts import Book
from linli.accountability.queries.filling.layout import bare, is_neutral, is_unit, lists_in
from linli.accountability.queries.filling.pages import NAMELESS, Area, Cell, Form
from linli.accountability.queries.filling.rows import is_of_residents
from linli.accountability.queries.filling.slots import Layout, State
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import InvalidInput
from linli.core.files import DOCX, XLSX
from linli.organizations.models import Organization
from linli.records.ledgers import safety
from linli.records.ledgers.labels import RUNNING_NUMBER, is_total, is_wordy, plain
from linli.territory.models import Place

READERS: Final = {XLSX: workbooks, DOCX: documents}
SUFFIXES: Final = {XLSX: ".xlsx", DOCX: ".docx"}
SAID: Final = {
    State.SURE: gettext_lazy("from the records"),
    State.CHECK: gettext_lazy("from the records, please check"),
    State.TYPED: gettext_lazy("typed by hand"),
    State.UNCOLLECTED: gettext_lazy("not collected"),
    State.OPEN: gettext_lazy("not filled in"),
}

LOSSES: Final = {
    "controls": gettext_lazy("tick boxes, buttons or embedded objects"),
    "signature": gettext_lazy("a digital signature, which no changed file can bear"),
}


@dataclass(frozen=True, slots=True)
class Paper:
    """A form as it came: its bytes, what kind of file, and its name."""

    content: bytes
    media_type: str
    name: str

    @property
    def title(self) -> str:
        """The name without its ending."""
        return Path(self.name).stem

    @property
    def suffix(self) -> str:
        """The ending of the name, without its dot."""
        return SUFFIXES[self.media_type].removeprefix(".")


def media_type_of(name: str) -> str:
    """What kind of file a name promises. Raises: ask.form_type"""
    suffix = Path(name).suffix.lower()
    for media_type, known in SUFFIXES.items():
        if suffix == known:
            return media_type
    message = gettext_lazy("“%(name)s” is no .xlsx or .docx file; open it in Excel, Word or WPS and save it as one.")
    raise InvalidInput("ask.form_type", message, name=name)


def read(paper: Paper) -> Form:
    """The form, unless it asks for people whom Linli does not list. Raises: ask.form_type, file.forbidden_ledger"""
    reader = READERS.get(paper.media_type)
    if reader is None:
        media_type_of(paper.name)
    assert reader is not None
    try:
        form: Form = reader.read(paper.content, paper.title)
    except InvalidInput as error:
        message = gettext_lazy("“%(name)s” cannot be read; open it in Excel or Word and save it anew.")
        raise InvalidInput(error.code, message, name=paper.name) from error
    for text in form.texts:
        if code := safety.refused_titles(text):
            raise InvalidInput(code, safety.REFUSAL, title=text[:60])
    return form


def name_of(paper: Paper) -> str:
    """What a form that came is called: as its file, or by its heading where the file is called 表1 or 附件2."""
    title = paper.title.strip()
    if len(title) > 1 and not NAMELESS.fullmatch(title):
        return title
    heading = " ".join(read(paper).heading.split()).rstrip("：:")
    return heading if len(heading) > 1 else " ".join(filter(None, [_("Form that came"), title]))


def is_personal(form: Form) -> bool:
    """Whether the form asks for rows about residents: then they belong to one ask and are kept for its time only."""
    return any(
        is_of_residents([column.label for column in table.columns])
        for area in form.areas
        for table in lists_in(area, form.title)
    )


def labels_of(form: Form) -> list[str]:
    """What a form asks in words, each once: columns of lists, and labels with blanks."""
    found = [blank.label for line in form.lines for blank in line.blanks]
    for area in form.areas:
        found += [cell.text for cell in area.cells.values() if _is_label(cell)]
    return list(dict.fromkeys(bare(label)[:80] for label in found if label))[:300]


def _is_label(cell: Cell) -> bool:
    """Whether a cell names what is asked: short words, neither a number, a total, a unit nor a title."""
    text = cell.text
    if not text or len(text) > 24 or cell.right > cell.col + 2 or plain(text).isdecimal():
        return False
    said_for_nothing = is_neutral(text) or is_unit(text) or RUNNING_NUMBER.match(plain(text)) or is_total([text])
    return is_wordy(text) and not said_for_nothing


def listed(title: str, labels: Sequence[str]) -> Form:
    """A form made of what is asked, one line for each, for asks that come without a file."""
    area = Area("t0", title)
    for number, label in enumerate(labels):
        area.add(Cell(number, 0, label))
        area.add(Cell(number, 1))
    return Form(title, [area], [])


def book_for(actor: Actor, place: Place, form: Form, period: str = "", body: Organization | None = None) -> Book:
    """The facts of a place or a body for a form: over its period and as of the last day of it that has come."""
    today = clock.today()
    chosen = period or spans.of_title(_heading(form))
    ends = spans.ends(chosen)
    begins = spans.begins(chosen)
    if begins is not None and begins > today:
        chosen, ends = "", None
    return Book(actor, place, min(ends, today) if ends else today, today, chosen, body)


def _heading(form: Form) -> str:
    """The words that stand over everything: the name of the file, and cells at the top that are alone in their row."""
    rows = [[cell.text for cell in area.row(row) if cell.text] for area in form.areas for row in range(4)]
    return " ".join([form.title, *(row[0] for row in rows if len(row) == 1)])


def filled(paper: Paper, layout: Layout, book: Book) -> bytes:
    """The same file with what is known, what is not marked, and where each value comes from."""
    with translation.override("zh-hans"):
        content: bytes = READERS[paper.media_type].write(paper.content, layout, annex(layout, book), _words())
        return content


def _words() -> Mapping[str, str]:
    return {
        "open": _("The records do not know this; please fill it in, or write that it is not collected."),
        "blank": _("(to fill in)"),
        "sheet": _("Where the values come from"),
        "author": "Linli",
    }


def annex(layout: Layout, book: Book) -> list[list[str]]:
    """One line for each cell: where, what, its value, its source, its period and the day it is of; lists by column."""
    head = [_("cell"), _("what it asks"), _("value"), _("source"), _("period"), _("as of")]
    rows = [head]
    for slot in layout.slots:
        if slot.list_key or slot.state in (State.FREE, State.LATER):
            continue
        known = slot.state in (State.SURE, State.CHECK)
        said = f"{SAID[slot.state]}: {slot.source}" if known and slot.source else str(SAID[slot.state])
        day = slot.as_of.isoformat() if slot.as_of and known else ""
        rows.append([slot.where, slot.label, slot.text, said, slot.period if known else "", day])
    return [*rows, *_of_lists(layout, book)]


def _of_lists(layout: Layout, book: Book) -> list[list[str]]:
    rows = []
    for table in layout.lists:
        for column in table.columns:
            own = [slot for slot in layout.slots if slot.column_key == column.key]
            source = next((slot.source for slot in own if slot.source and slot.state in (State.SURE, State.CHECK)), "")
            counted = {state: sum(1 for slot in own if slot.state == state) for state in SAID}
            said = "、".join(f"{SAID[state]} {count}" for state, count in counted.items() if count)
            if not said:
                continue
            where = own[0].where if own else ""
            rows.append([f"{where} ↓", column.label, said, source, "", book.day.isoformat()])
    return rows


def fill(paper: Paper, actor: Actor, place: Place, *, period: str = "", given: Given = NOTHING) -> tuple[Layout, bytes]:
    """A form filled at once, nothing kept: what it asked and the same file back."""
    form = read(paper)
    book = book_for(actor, place, form, period)
    layout = answered(form, book, given)
    return layout, filled(paper, layout, book)
