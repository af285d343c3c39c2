"""What a form asks, cell by cell: slots to be filled, and lists whose rows are records."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """How a slot stands: found surely, to be looked at, typed by hand, said not to be collected, open, or nobody's."""

    SURE = "sure"
    CHECK = "check"
    TYPED = "typed"
    UNCOLLECTED = "uncollected"
    OPEN = "open"
    FREE = "free"
    LATER = "later"


ANSWERED = frozenset({State.SURE, State.CHECK, State.TYPED, State.UNCOLLECTED})
FILLED = frozenset({State.SURE, State.CHECK})
# Signatures, remarks and months that lie ahead are nobody's debt.
OWED = frozenset({State.SURE, State.CHECK, State.TYPED, State.UNCOLLECTED, State.OPEN})


@dataclass(slots=True)
class Slot:
    """One cell or blank: where it is, what it asks, what it was taken for and what answers it."""

    key: str
    label: str
    where: str = ""
    choice: str = ""
    score: float = 0
    state: State = State.OPEN
    value: Any = None
    text: str = ""
    source: str = ""
    period: str = ""
    as_of: date | None = None
    unit: str = ""
    offered: str = ""
    changed: bool = False
    day: bool = False
    list_key: str = ""
    column_key: str = ""
    row: int = 0


@dataclass(slots=True)
class Column:
    """A column of a list: its label and what it is filled with."""

    key: str
    col: int
    label: str
    choice: str = ""
    score: float = 0


@dataclass(slots=True)
class ListTable:
    """A table whose blank rows are to hold records: which, and how many rows the form has left for them.

    `label` is what stands beside all rows at once, in cells merged over them: the place whose records they are.
    """

    key: str
    area: str
    first: int
    last: int
    title: str
    columns: list[Column]
    label: str = ""
    kind: str = ""
    named: bool = True
    count: int = 0
    more: int = 0

    @property
    def room(self) -> int:
        """How many rows the form has."""
        return self.last - self.first + 1


@dataclass(slots=True)
class Layout:
    """Everything a form asks; `losses` are what it holds that cannot go back."""

    slots: list[Slot] = field(default_factory=list)
    lists: list[ListTable] = field(default_factory=list)
    losses: tuple[str, ...] = ()

    @property
    def owed(self) -> list[Slot]:
        """The slots that want an answer."""
        return [slot for slot in self.slots if slot.state in OWED]

    @property
    def filled(self) -> int:
        """How many of them the records answer."""
        return sum(1 for slot in self.slots if slot.state in FILLED)

    @property
    def share(self) -> int:
        """How many in a hundred the records answer, rounded down."""
        owed = len(self.owed)
        return 100 * self.filled // owed if owed else 0

    def count(self, *states: State) -> int:
        """How many slots stand so."""
        return sum(1 for slot in self.slots if slot.state in states)


def choice_of(code: str, period: str = "", place: int | None = None) -> str:
    """What a slot is taken for, as it is kept: a fact, the period and another place than one's own."""
    return f"{code}@{period}@{place or ''}"


def parts(choice: str) -> tuple[str, str, int | None]:
    """The fact, the period and the place of a choice."""
    code, period, place = [*choice.split("@"), "", ""][:3]
    return code, period, int(place) if place.isdecimal() else None
