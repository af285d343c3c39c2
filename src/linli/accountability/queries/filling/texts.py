"""Writing into the blanks of a text, so that the rest of it stays."""

from linli.accountability.queries.filling.pages import Blank, blanks_in
from linli.accountability.queries.filling.slots import Slot, State


def pieces(text: str, slots: list[Slot]) -> list[tuple[int, int, str]]:
    """What is to be replaced: from where to where, and by what; from the end to the beginning."""
    blanks = blanks_in(text)
    found = []
    for slot in slots:
        number = int(slot.key.rpartition("#")[2])
        if number < len(blanks) and slot.state not in (State.OPEN, State.FREE, State.LATER) and slot.text:
            blank = blanks[number]
            found.append((blank.start, blank.end, _shaped(text, blank, slot)))
    return sorted(found, reverse=True)


def filled_text(text: str, slots: list[Slot]) -> str:
    """The text with its blanks filled."""
    for start, end, piece in pieces(text, slots):
        text = text[:start] + piece + text[end:]
    return text


def _shaped(text: str, blank: Blank, slot: Slot) -> str:
    """A value in the shape of its blank: a day as 年月日, a gap before the next word kept."""
    value = slot.text
    if blank.day and len(value) == 10 and value[4] == value[7] == "-":
        year, month, day = value.split("-")
        with_day = "日" in text[blank.start : blank.end]
        value = f"{year}年{int(month)}月" + (f"{int(day)}日" if with_day else "")
    after = text[blank.end : blank.end + 1]
    gap = text[blank.start : blank.end]
    return f"{value}    " if gap.isspace() and after.isalpha() and not blank.unit else value
