"""What each cell of a form is taken for: its words are weighed as facts, places and periods of the records."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise, product

from linli.accountability.queries.filling import layout as layouts
from linli.accountability.queries.filling import spans
from linli.accountability.queries.filling.facts import Book, Match
from linli.accountability.queries.filling.layout import Around, is_free, is_neutral, is_unit
from linli.accountability.queries.filling.matching import LIKELY
from linli.accountability.queries.filling.pages import Area, Blank, Cell, Line
from linli.accountability.queries.filling.slots import Slot, State, choice_of
from linli.accountability.queries.filling.units import unit_of
from linli.records.ledgers.labels import RUNNING_NUMBER, is_total, plain
from linli.records.resolving import Resolver, resolvers
from linli.territory.models import Place

MOST_PLACES = 3000
NAMED_BOTH = 0.95
LONGEST_NAME = 24
ELSEWHERE = "elsewhere"
PLACED = re.compile(r"(?:社区|村|居委会|居民委员会|网格|小区|街道|办事处|镇|乡)$")
SHEET = re.compile(r"..(?:社区|村|居委会|居民委员会|街道|办事处)$")
LEVELS = dict.fromkeys(("社区", "村", "居委会", "居民委员会"), "community") | {
    "网格": "grid",
    "小区": "compound",
    **dict.fromkeys(("街道", "办事处", "镇", "乡"), "street"),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a cell: what it is taken for, how surely, and what it is called then."""

    choice: str
    score: float
    label: str


@dataclass
class Named:
    """The period and the year that the words around a cell name, wherever these stand."""

    period: str = ""
    year: int | None = None

    def without(self, text: str, book: Book) -> str:
        """The words that name anything else; notes what they name of time."""
        named = spans.named(text, book.day, book.period)
        if named and not self.period:
            self.period = named
            return ""
        year, rest = spans.year_apart(text, book.day)
        self.year = self.year or year
        return "" if is_neutral(rest) or is_unit(rest) else rest

    def within(self, period: str, day: date) -> str | None:
        """The period, of the words around first, in the year that they name; None where there is none such."""
        found = self.period or period
        if self.year is None:
            return found
        return spans.in_year(found, self.year, day) or None


@dataclass
class Proposer:
    """Takes the words of a form for what the book of a place can tell."""

    book: Book
    here: Place | None = None

    @cached_property
    def resolver(self) -> Resolver:
        """What finds places by the names that ledgers write."""
        return resolvers()["place"]

    @cached_property
    def places(self) -> dict[str, Place]:
        """The places within one's own by their names as forms write them."""
        own = self.book.place
        rows = Place.objects.filter(path__startswith=own.path, until=None, placeholder=False).exclude(type="building")
        found: dict[str, Place] = {}
        for place in rows.select_related("street", "county", "community")[:MOST_PLACES]:
            for name in names_of(place, own):
                found.setdefault(name, place)
        return found

    def cell(self, area: Area, cell: Cell) -> Slot | None:
        """The slot of an empty cell, or None where no words ask for it."""
        words = layouts.around(area, cell)
        left = [text for text in words.left if not _is_said_for_nothing(text)]
        beside = area.at(cell.row, cell.right + 1)
        if not left and (not words.touches_above or (beside is not None and beside.text)):
            return None
        slot = layouts.slot_at(area, cell, _said(left, words))
        if any(is_free(text) for text in (left[:1] or words.above[:1])) or _is_remark(words):
            slot.state = State.FREE
            return slot
        if left and is_total(left[:1]) and _is_beside_label(area, cell):
            slot.state = State.FREE
            return slot
        if any(layouts.is_derived(text) for text in (*left[:1], *words.above[:1])):
            # A rate has words of its own; a share or a change is worked out, and nobody's total stands for it.
            slot.state = State.FREE if left and is_total(left[:1]) else slot.state
            return slot
        slot.unit = unit_of([*left[:1], *words.above[:1]], words.left)
        found = self._read(left, words)
        if found is None:
            slot.state = State.FREE
        elif not found.choice:
            slot.state = State.FREE if left and is_total(left[:1]) else slot.state
        else:
            slot.choice, slot.score, slot.label = found.choice, found.score, found.label
            slot.state = State.FREE if _is_of_total(left, found) else slot.state
        return slot

    def _read(self, left: list[str], words: Around) -> Reading | None:
        """The likeliest way to read a cell, empty where there is none; None where it is of another place."""
        place, when = self.here, Named()
        sides: tuple[list[str], list[str]] = ([], [])
        for texts, rest in zip((left[:2], words.above[:2]), sides, strict=True):
            for text in texts:
                at = self._place(text)
                if at is ELSEWHERE:
                    return None
                if isinstance(at, Place) and place is self.here:
                    place = at
                elif words_left := when.without(text, self.book):
                    rest.append(words_left)
        found = max(self._readings(*sides, words, place), key=lambda item: item[1], default=None)
        if found is None:
            return Reading("", 0, "")
        match, score = found
        counted = match.fact.figure is not None
        where = place.pk if place is not None and place.pk != self.book.place.pk else None
        heading = _heading(words.above, self.book.day)
        label = _label([*left[:1], *heading] if counted or place else left[:1] or list(heading))
        period = when.within(match.period, self.book.day)
        if period is None:
            return Reading("", 0, "")
        return Reading(choice_of(match.fact.code, period if counted else "", where), score, label)

    def place_named(self, words: str) -> Place | str | None:
        """The place that a sheet or a block of rows is of by its name: one's own or within it, elsewhere, or none."""
        name = plain(words)
        found = self._place(name)
        return ELSEWHERE if found is None and SHEET.search(name) and len(name) <= LONGEST_NAME else found

    def _place(self, text: str) -> Place | str | None:
        """The place that a text names: within one's own, elsewhere, or none."""
        name = plain(text)
        if name in self.places:
            return self.places[name]
        found = PLACED.search(name)
        if found is not None and len(name) > 3 and name.removesuffix("居委会") in plain(self.book.place.name):
            return self.book.place
        if found is None or len(name) > LONGEST_NAME:
            return None
        where = self.resolver.resolve({LEVELS[found.group()]: text.strip()}, "")
        if not isinstance(where, int):
            return None
        return next((place for place in self.places.values() if place.pk == where), ELSEWHERE)

    def _readings(
        self, left: list[str], above: list[str], words: Around, place: Place | None
    ) -> Iterator[tuple[Match, float]]:
        """Every way to read what remains of the words when places and periods are known."""
        turned = [(second, first) for first, second in product(left[:1], above[:1])]
        for first, second in (*_stacked(left), *_stacked(above), *product(left[:1], above[:1]), *turned):
            match = self.book.find(f"{first}{second}", place)
            if match is not None and match.score >= NAMED_BOTH:
                yield match, match.score + 0.01
        yield from self._crossings(left, above)
        # What stands beside the cell counts even where an unknown heading stands above: somebody should look, then.
        match = self.book.find(left[0], place) if left and (words.touches_left or not above) else None
        if match is not None and (words.touches_left or place is not None or match.fact.figure is not None):
            yield match, match.score * (0.75 if above else 1.0)
        if above and not left and (match := self.book.find(above[0], place)):
            yield match, match.score

    def _crossings(self, left: list[str], above: list[str]) -> Iterator[tuple[Match, float]]:
        """A total on one side and a choice of its record type on the other: 停车秩序 and 受理数."""
        for first, second in (*product(left[:1], above[:1]), *product(above[:1], left[:1])):
            base, choice = self.book.find(first), self.book.choice(second)
            if base is None or choice is None:
                continue
            crossed = self.book.cross(base.fact, choice)
            if crossed is not None:
                yield Match(crossed, base.score, base.period), base.score

    def _of_blank(self, blank: Blank) -> Match | None:
        """What a blank asks: its words with the unit behind it, 居民____户 and 居民____人."""
        unit = blank.unit.removeprefix("万")
        if unit and (match := self.book.find(f"{blank.label}{unit}数")) and match.score >= NAMED_BOTH:
            return match
        return self.book.find(blank.label) if blank.label else None

    def line(self, line: Line, where: str) -> Iterator[Slot]:
        """The slots of a text with blanks; a period holds until the sentence ends."""
        period, last = "", 0
        for number, blank in enumerate(line.blanks):
            slot = Slot(f"{line.key}#{number}", blank.label, where, day=blank.day, unit=blank.unit)
            period = "" if "。" in line.text[last : blank.start] else period
            last = blank.end
            match = self._of_blank(blank)
            if is_free(blank.label):
                slot.state = State.FREE
            elif match is not None:
                period = match.period or period
                counted = match.fact.figure is not None
                slot.choice, slot.score = choice_of(match.fact.code, period if counted else ""), match.score
            yield slot


def _heading(above: tuple[str, ...], day: date) -> tuple[str, ...]:
    """The heading of a column, after that of its group where it only names a time."""
    return above[1::-1] if len(above) > 1 and spans.named(above[0], day) else above[:1]


def _label(texts: list[str]) -> str:
    return " / ".join(dict.fromkeys(layouts.bare(text) for text in texts if not is_neutral(text)))


def _stacked(texts: list[str]) -> Iterator[tuple[str, str]]:
    """A group and its part, the group first."""
    yield from ((group, part) for part, group in pairwise(texts))


def _is_said_for_nothing(text: str) -> bool:
    bare = plain(text)
    return is_unit(text) or bare.isdecimal() or RUNNING_NUMBER.match(bare) is not None


def _is_beside_label(area: Area, cell: Cell) -> bool:
    """Whether the words right above a cell are the label of their own row, which wants to be filled to their right."""
    above = area.at(cell.row - 1, cell.col) if cell.row else None
    beside = area.at(above.row, above.right + 1) if above is not None and above.text else None
    return beside is not None and not beside.text


def _is_of_total(left: list[str], found: Reading) -> bool:
    """Whether a cell beside 合计 would hold a name or a code, which nobody adds up."""
    return bool(left) and is_total(left[:1]) and not found.choice.startswith(("figure:", "total:", "series:", "cross:"))


def _said(left: list[str], words: Around) -> str:
    """What a cell is called in the list of cells."""
    parts = [layouts.bare(text) for text in reversed(left[:2])]
    if words.above and not is_neutral(words.above[0]) and (words.touches_above or not words.touches_left):
        parts.append(layouts.bare(words.above[0]))
    return " / ".join(dict.fromkeys(part for part in parts if part))


def _is_remark(words: Around) -> bool:
    return bool(words.above) and is_free(words.above[0]) and not words.touches_left


def names_of(place: Place, own: Place) -> Iterator[str]:
    """A place's name as forms write it: whole, without what it lies in, a community also without its committee."""
    name = plain(place.name)
    yield name
    short = plain(own.name)
    for prefix in (short, short.removesuffix("社区"), short.removesuffix("居民委员会")):
        if len(prefix) > 1 and name.startswith(prefix) and len(name) - len(prefix) >= 2:
            yield name[len(prefix) :]
    if name.endswith("居民委员会"):
        yield name.removesuffix("居民委员会")
        yield name.removesuffix("居民委员会").removesuffix("社区") + "社区"


def empty_cells(area: Area, claimed: Iterable[tuple[int, int]]) -> Iterator[Cell]:
    """The cells that may be asked for: empty, bordered, not merged over the whole width, not part of a list."""
    taken = set(claimed)
    for position, cell in sorted(area.cells.items()):
        if cell.empty and cell.bordered and not cell.locked and position not in taken:
            yield cell


def is_likely(score: float) -> bool:
    """Whether a reading is worth proposing."""
    return score >= LIKELY
