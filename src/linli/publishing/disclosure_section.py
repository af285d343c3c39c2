"""The profile section `disclosure`: what a body must make public, on what ground, how often, and for how long.

Where a place writes nothing, what the law asks of village committees is taken for communities too, until the place
has checked what holds for it.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final, Literal

from pydantic import Field

from linli.records import profiles
from linli.records.figures import compute
from linli.records.profiles import Fault, Labelled, Part

FILE: Final = "disclosure.yaml"
EVENT: Final = "event"
# Stands in addresses for a notice that no item asks for.
FREE: Final = "free"
GROUND: Final = "《村民委员会组织法》第三十条（居务公开的次数未核实前，按村务办理）"


class DisclosureItem(Labelled):
    """One thing that every place of a level makes public.

    It is due `due_days` after a period has ended, and stays up for `stays_days`. `figures` are public figures that
    stand in it with their values.
    """

    code: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)
    ground: str = Field(min_length=1)
    at: Literal["community", "street", "county"] = "community"
    every: Literal["month", "quarter", "half_year", "year", "event"]
    due_days: int = Field(default=15, ge=1, le=180)
    stays_days: int = Field(default=30, ge=1, le=3660)
    audience: Literal["everybody", "residents"] = "everybody"
    figures: tuple[str, ...] = ()

    def due(self, until: date) -> date:
        """By which day what a period brought must be public."""
        return until + timedelta(days=self.due_days)


class DisclosureSection(Part):
    """`disclosure.yaml`. A question is answered within `answer_days` working days."""

    items: tuple[DisclosureItem, ...] = ()
    answer_days: int = Field(default=5, ge=1, le=60)


DEFAULTS: Final = (
    DisclosureItem(
        code="affairs", label="居务事项", label_en="Community affairs", ground=GROUND, every="quarter", stays_days=90
    ),
    DisclosureItem(
        code="accounts", label="财务收支", label_en="Income and spending", ground=GROUND, every="quarter", stays_days=90
    ),
    DisclosureItem(code="major", label="重大事项", label_en="Major matters", ground=GROUND, every="event"),
)


def section() -> DisclosureSection:
    """What the profile in force says."""
    return profiles.current().section(DisclosureSection)


def items() -> dict[str, DisclosureItem]:
    """The items in force by code: the place's, or the built-in ones where it names none."""
    return {item.code: item for item in section().items or DEFAULTS if not item.retired}


def named_items() -> tuple[DisclosureItem, ...]:
    """Every item that has a name, those that are retired too."""
    return section().items or DEFAULTS


def faults(data: dict[str, Any]) -> list[Fault]:
    """Everything wrong in a profile's items, checked as if the profile were in force."""
    with profiles.tried(data) as profile:
        held = profile.section(DisclosureSection).items
        if not held:
            return []
        found = ((number, *fault) for number, item in enumerate(held) for fault in _faults(number, item, held))
        return [Fault(FILE, 1, f"items.{number}.{key}", message) for number, key, message in found]


def _faults(number: int, item: DisclosureItem, held: tuple[DisclosureItem, ...]) -> Iterator[tuple[str, str]]:
    if item.code in [other.code for other in held[:number]]:
        yield "code", f"disclosure.twice: {item.code}"
    if item.code == FREE:
        yield "code", f"disclosure.reserved: {FREE}"
    book = compute.book() if item.figures else {}
    for position, code in enumerate(item.figures):
        if code not in book:
            yield f"figures.{position}", f"figure.unknown: {code}"
        elif not book[code].public:
            yield f"figures.{position}", f"disclosure.not_public: {code}"
