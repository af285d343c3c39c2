"""A named model of working on a day: its components in order, what bears each, and figures by component (ORG-22)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.records import profiles
from linli.records.figures import breaking, compute
from linli.records.figures.compile import Scope, rows
from linli.records.figures.compute import FigureValue, number, rounded, value_of
from linli.records.figures.definitions import Figure, Period
from linli.records.figures.opening import Opened, opened_rows
from linli.records.sections import GovernanceModel, ModelComponent, ModelsSection
from linli.records.types import RecordType, record_type

# Stands in addresses for rows that bear no component of the model.
NONE: Final = "none"
# At most so many figures are shown where the model names none.
MOST: Final = 8


@dataclass(frozen=True, slots=True)
class Line:
    """A component, or none for what is not tagged: how many of its parts are named, and its numbers by column."""

    component: ModelComponent | None
    label: str
    named: int
    counts: tuple[tuple[RecordType, int], ...]
    figures: tuple[Decimal | None, ...]

    @property
    def code(self) -> str:
        """How an address names the line."""
        return self.component.code if self.component else NONE

    @property
    def is_within(self) -> bool:
        """Whether the component lies within another one."""
        return bool(self.component and self.component.within)


@dataclass(frozen=True, slots=True)
class ModelPage:
    """A model with its lines; `kinds` head the counts, `figures` the figures with their values for everything."""

    model: GovernanceModel
    label: str
    kinds: tuple[RecordType, ...]
    figures: tuple[FigureValue, ...]
    lines: tuple[Line, ...]

    def as_dict(self) -> dict[str, Any]:
        """The model as REST and the command line give it."""
        return {
            "code": self.model.code,
            "label": self.label,
            "note": self.model.note,
            "components": [self._line(line) for line in self.lines],
        }

    def _line(self, line: Line) -> dict[str, Any]:
        return {
            "code": line.code,
            "label": line.label,
            "within": line.component.within if line.component else "",
            "parts": line.component.parts if line.component else None,
            "named": line.named,
            "counts": {kind.code: count for kind, count in line.counts},
            "figures": {value.figure.id: number(part) for value, part in zip(self.figures, line.figures, strict=True)},
        }


@dataclass(frozen=True, slots=True)
class Asking:
    """The day, the scope, the figures and the period of events that a model is looked at for."""

    at: Any
    scope: Scope
    figures: Mapping[str, Figure]
    period: Period | None = None


def models() -> list[tuple[GovernanceModel, str, int]]:
    """The models in force with their names and how many components each has."""
    section = profiles.current().section(ModelsSection)
    return [
        (model, model.named, sum(not item.retired for item in section.components_of(model.code)))
        for model in section.models
        if not model.retired
    ]


def model_page(code: str, asking: Asking, is_told: Callable[[str], bool] = lambda figure_id: True) -> ModelPage:
    """A model with its components: one query for each record type, and for each figure one or two.

    A component that holds others tells what bears itself or one of them, with queries of its own for the figures.
    Figures that are not told to the reader are left out.
    Raises: not_found
    """
    model, components = _held(code)
    kinds = tuple(record_type(name) for name in model.tags) if components else ()
    counts = [(kind, dict(_counted(kind, model, asking))) for kind in kinds]
    shown = tuple(item for item in _figures(model, asking.figures) if is_told(item.id)) if components else ()
    broken = [dict(_broken(figure, model, asking)) for figure in shown]
    lines = []
    for item in components:
        bearers = _bearers(item, components)
        counted = tuple((kind, sum(table.get(code, 0) for code in bearers)) for kind, table in counts)
        told = (
            _narrowed(shown, model, bearers, asking) if len(bearers) > 1 else [table.get(item.code) for table in broken]
        )
        named = len([part for part in components if part.within == item.code and not part.retired])
        if not item.retired or any(count for _kind, count in counted):
            lines.append(Line(item, item.named, named, counted, tuple(told)))
    if kinds:
        bare = tuple((kind, table.get("", 0)) for kind, table in counts)
        lines.append(Line(None, str(_("not tagged")), 0, bare, tuple(table.get("") for table in broken)))
    values = tuple(value_of(figure, asking.at, asking.scope, asking.figures) for figure in shown)
    return ModelPage(model, model.named, kinds, values, tuple(lines))


def model_opened(code: str, component: str, of: str, asking: Asking, viewer: Actor) -> tuple[ModelPage, Line, Opened]:
    """The rows of a type that bear a component, or none, as far as the viewer may open them. Raises: not_found"""
    model, components = _held(code)
    item = next((part for part in components if part.code == component), None)
    if of not in model.tags or not components or (item is None and component != NONE):
        raise NotFound
    kind = record_type(of)
    bearing: Any = _bearers(item, components) if item else NONE
    found = rows(_tagged(kind, model, asking, bearing), asking.at, asking.scope)
    line = Line(item, item.named if item else str(_("not tagged")), 0, (), ())
    return ModelPage(model, model.named, (kind,), (), ()), line, opened_rows(kind, found, viewer)


def _held(code: str) -> tuple[GovernanceModel, tuple[ModelComponent, ...]]:
    section = profiles.current().section(ModelsSection)
    model = section.model(code)
    if model is None or model.retired:
        raise NotFound
    return model, section.components_of(code)


def _bearers(item: ModelComponent, components: tuple[ModelComponent, ...]) -> list[str]:
    return [item.code, *(part.code for part in components if part.within == item.code)]


def _tagged(kind: RecordType, model: GovernanceModel, asking: Asking, bearing: Any = None) -> Figure:
    """The figure behind a count: states on the day, events over the period asked for, else of the year."""
    where = {model.code: bearing} if bearing else {}
    period = "as_of" if kind.span else asking.period or "year_to_date"
    return Figure.model_validate({"id": "tagged", "of": kind.code, "where": where, "period": period})


def _counted(kind: RecordType, model: GovernanceModel, asking: Asking) -> Iterator[tuple[str, int]]:
    bare = 0
    for key, count in compute.grouped(_tagged(kind, model, asking), asking.at, asking.scope, model.code):
        if key:
            yield key, int(count or 0)
        else:
            bare += int(count or 0)
    yield "", bare


def _figures(model: GovernanceModel, book: Mapping[str, Figure]) -> Iterator[Figure]:
    """The figures that the model names, or the first of the book that can be told by its components."""
    fitting = [
        figure
        for figure in book.values()
        if breaking.is_told(figure, book) and all(kind.code in model.tags for kind in breaking.kinds_of(figure, book))
    ]
    named = [figure for name in model.figures for figure in fitting if figure.id == name]
    yield from named if model.figures else fitting[:MOST]


def _broken(figure: Figure, model: GovernanceModel, asking: Asking) -> Iterator[tuple[str, Decimal | None]]:
    for key, value in breaking.broken_down(figure, asking.at, asking.scope, model.code, asking.figures):
        yield key or "", rounded(value, figure.decimals)


def _narrowed(
    shown: tuple[Figure, ...], model: GovernanceModel, bearers: list[str], asking: Asking
) -> list[Decimal | None]:
    """The figures of those rows alone that bear one of several components."""
    book = {
        code: figure.model_copy(update={"where": {model.code: bearers, **figure.where}})
        if figure.of in model.tags
        else figure
        for code, figure in asking.figures.items()
    }
    return [value_of(book[figure.id], asking.at, asking.scope, book).value for figure in shown]
