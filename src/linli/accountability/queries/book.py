"""The figure book to browse: by what is counted, found by words in both languages, each with its denominator."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils import translation

from linli.records.figures import compute
from linli.records.figures.compile import Scope
from linli.records.figures.compute import FigureValue
from linli.records.figures.definitions import Figure, leaf
from linli.records.types import record_type

LANGUAGES: Final = ("zh-hans", "en")
SIZE: Final = 40


@dataclass(frozen=True, slots=True)
class Domain:
    """What is counted: a record type, with how many figures rest on it."""

    code: str
    label: Any
    count: int


@dataclass(frozen=True, slots=True)
class Line:
    """A figure of the book with its value, and in words what it counts and what it is divided by."""

    value: FigureValue
    sentence: str
    denominator: str

    @property
    def label(self) -> str:
        """What the figure is called."""
        return self.value.label


def domains(figures: Mapping[str, Figure]) -> list[Domain]:
    """What the figures of the book count, in the order of the record types' first figures."""
    counted = Counter(leaf(figure, figures).of for figure in figures.values())
    return [Domain(code, record_type(code).label, count) for code, count in counted.items()]


def found(figures: Mapping[str, Figure], domain: str = "", words: str = "") -> list[Figure]:
    """The figures of a domain whose names, ids or definitions hold every one of the words, in either language."""
    wanted = words.casefold().split()
    chosen = [item for item in figures.values() if not domain or leaf(item, figures).of == domain]
    if not wanted:
        return chosen
    texts = {item.id: f"{item.id} {item.label} {item.label_en} {' '.join(item.refs)}" for item in chosen}
    for language in LANGUAGES:
        with translation.override(language):
            for item in chosen:
                texts[item.id] += f" {compute.sentence(item, figures)}"
    return [item for item in chosen if all(word in texts[item.id].casefold() for word in wanted)]


def lines(chosen: Sequence[Figure], at: date, scope: Scope, figures: Mapping[str, Figure]) -> list[Line]:
    """These figures with their values, asked for at once."""
    if not chosen:
        return []
    values = compute.compute_many(at, scope, [item.id for item in chosen], figures)
    return [Line(value, compute.sentence(value.figure, figures), below(value.figure, figures)) for value in values]


def below(figure: Figure, figures: Mapping[str, Figure]) -> str:
    """What a rate is divided by, in words: its name with what it counts; nothing of other figures."""
    if figure.change and not figure.change.against.startswith("last_"):
        return ""
    part = figure.ratio.over if figure.ratio else figure.share.of if figure.share else ""
    if figure.change or not part:
        return below(figures[figure.change.of], figures) if figure.change else ""
    return f"{compute.label(figures[part])} ({compute.sentence(figures[part], figures)})"


def in_both(figure: Figure, figures: Mapping[str, Figure]) -> dict[str, tuple[str, str]]:
    """The name and the definition in words, by language."""
    told = {}
    for language in LANGUAGES:
        with translation.override(language):
            told[language] = (compute.label(figure), compute.sentence(figure, figures))
    return told


def namesakes(figure: Figure, figures: Mapping[str, Figure]) -> list[Figure]:
    """Other figures of the same name, which a reader may take for this one."""
    names = {name for name in (figure.label, figure.label_en) if name}
    return [item for item in figures.values() if item.id != figure.id and names & {item.label, item.label_en}]
