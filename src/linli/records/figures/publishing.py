"""Figures for everybody: what is published of a place, and which small counts of persons are withheld (STA-02).

A count or share of persons is withheld below the profile's minimum, together with cells from which it could be
computed: the rest of a share, the smallest sibling where a single small cell could be had from the total, and all
that lies inside a withheld place. Whether persons are counted is what the record type declares, not the unit.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any, cast

from django.db.models import Aggregate, Count, F, QuerySet
from django.utils.translation import gettext_lazy as _

from linli.core import clock
from linli.records import profiles
from linli.records.figures import compute, measuring
from linli.records.figures.compile import Scope, condition, rows
from linli.records.figures.compute import FigureValue
from linli.records.figures.definitions import Figure, FiguresSection, walk
from linli.records.types import RecordType, record_type

Table = Mapping[Any, Decimal]


class Withheld(StrEnum):
    """Why a value is not printed: too few persons, or few could be computed from it."""

    NO = ""
    SMALL = "small"
    COMPLEMENT = "complement"


@dataclass(frozen=True, slots=True)
class Level:
    """A step down the territory: everything in `within`, told apart by `key` (`street`, `community`); `own` is ours."""

    within: Scope
    key: str
    own: int


@dataclass(frozen=True, slots=True)
class Published:
    """A figure as everybody may read it."""

    value: FigureValue
    withheld: Withheld
    least: int

    @property
    def label(self) -> str:
        """What the figure is called."""
        return compute.label(self.value.figure)

    @property
    def words(self) -> str:
        """The value as it is printed."""
        if self.withheld == Withheld.SMALL:
            return str(_("fewer than %(least)s") % {"least": self.least})
        return str(_("withheld")) if self.withheld else compute.wording(self.value.figure, self.value.value)

    def as_dict(self) -> dict[str, Any]:
        """The public document: never a withheld value, nor its parts."""
        document = self.value.as_dict()
        for name in ("refs", "rows_url", "exact"):
            document.pop(name)
        if self.withheld:
            document |= {"value": None, "numerator": None, "denominator": None, "wording": self.words}
        return document | {"withheld": self.withheld.value, "scope": self.value.scope}


def public_day() -> date:
    """The day of what is published, the last of the month before: two days in a row would tell who was added."""
    return clock.today().replace(day=1) - timedelta(days=1)


def published(at: date, scope: Scope, levels: list[Level], ids: Collection[str] = ()) -> list[Published]:
    """The public figures of a place, or those of them that are named; `levels` lead from the whole down to it."""
    figures = compute.book()
    least = profiles.current().section(FiguresSection).public_minimum
    return [
        Published(compute.value_of(figure, at, scope, figures), _held(figure, at, scope, levels, figures, least), least)
        for figure in figures.values()
        if figure.public and (not ids or figure.id in ids)
    ]


def suppressed(table: Table, least: int) -> dict[Any, Withheld]:
    """Which cells of a table with a known total are withheld, and why."""
    small = {key for key, count in table.items() if count < least}
    result = dict.fromkeys(small, Withheld.SMALL)
    others = sorted((item for item in table.items() if item[0] not in small), key=lambda item: (item[1], str(item[0])))
    hidden = sum((table[key] for key in small), Decimal(0))
    # What is withheld can be had from the total as a sum: it must be a sum of at least two cells and not small itself.
    while result and others and (len(result) < 2 or hidden < least):
        key, count = others.pop(0)
        result[key] = Withheld.COMPLEMENT
        hidden += count
    return result


def _held(
    figure: Figure, at: date, scope: Scope, levels: list[Level], figures: Mapping[str, Figure], least: int
) -> Withheld:
    """Whether a figure is withheld at a place: by its own counts, by its siblings', or with all of the place above."""
    if figure.of and compute.measured(figure, at, scope) is None:
        return Withheld.NO
    whole = [table.get(None, Decimal(0)) for table in tables(figure, at, scope, "", figures)]
    if any(count < least for count in whole):
        return Withheld.SMALL
    for level in levels:
        for table in tables(figure, at, level.within, level.key, figures):
            if suppressed(table, least).get(level.own):
                return Withheld.COMPLEMENT
    return Withheld.NO


def kinds_of_persons(figure: Figure, figures: Mapping[str, Figure]) -> frozenset[str]:
    """The record types of which a figure counts persons."""
    if figure.of:
        return frozenset({figure.of} if _counting(figure) is not None else ())
    return frozenset().union(*(kinds_of_persons(figures[part], figures) for part in figure.parts))


def tables(figure: Figure, at: date, scope: Scope, key: str, figures: Mapping[str, Figure]) -> Iterator[Table]:
    """Every count of persons that a figure tells, by the places of a level (or in all, under None)."""
    if figure.of:
        counting = _counting(figure)
        if counting is not None:
            yield _table(record_type(figure.of), rows(figure, at, scope), counting, key)
    elif figure.share:
        yield from _parted(figures[figure.share.of], figure.share.where, at, scope, key)
    elif figure.change:
        of = figures[figure.change.of]
        yield from tables(of, at, scope, key, figures)
        if figure.change.against in figures:
            yield from tables(figures[figure.change.against], at, scope, key, figures)
        else:
            yield from tables(of, compute.earlier(at, figure.change.against), scope, key, figures)
    elif figure.ratio:
        yield from _over(figures[figure.ratio.of], figures[figure.ratio.over], at, scope, key, figures)
    else:
        yield from _each(figure, at, scope, figures)


def _parted(base: Figure, where: Mapping[str, Any], at: date, scope: Scope, key: str) -> Iterator[Table]:
    """A share tells the part and the rest, both of persons where its base counts them."""
    counting = _counting(base)
    if counting is None:
        return
    kind, found = record_type(base.of), rows(base, at, scope)
    whole = _table(kind, found, counting, key)
    part = _table(kind, found.filter(condition(kind, where, at)), counting, key)
    yield {place: part.get(place, Decimal(0)) for place in whole}
    yield {place: count - part.get(place, Decimal(0)) for place, count in whole.items()}


def _over(
    above: Figure, below: Figure, at: date, scope: Scope, key: str, figures: Mapping[str, Figure]
) -> Iterator[Table]:
    """A ratio tells both counts; of the same records, as a rate has them, the difference too."""
    first = list(tables(above, at, scope, key, figures))
    second = list(tables(below, at, scope, key, figures))
    yield from first
    yield from second
    if above.of and above.of == below.of and (above.measure == below.measure or _is_part(above, below)):
        for part, whole in zip(first, second, strict=True):
            yield {place: count - part.get(place, Decimal(0)) for place, count in whole.items()}


def _is_part(above: Figure, below: Figure) -> bool:
    """Whether what is measured is declared to be a part of what it is divided by."""
    if isinstance(above.measure, str) or isinstance(below.measure, str):
        return False
    measure = record_type(above.of).measure(next(iter(above.measure.values())))
    return bool(measure and measure.part_of and below.measure == {"sum": measure.part_of})


def _each(figure: Figure, at: date, scope: Scope, figures: Mapping[str, Figure]) -> Iterator[Table]:
    """An extreme or a mean over months or places tells the smallest of them at worst."""
    each = figure.lowest or figure.highest or figure.mean
    assert each is not None
    base = figures[each.of]
    if base.of and _counting(base) is not None:
        groups = [value for _key, value in compute.grouped(base, at, scope, each.each) if value is not None]
        yield {None: min(groups, default=Decimal(0))}


def _counting(figure: Figure) -> Aggregate | None:
    """How the persons behind a simple figure are counted; None where it counts none."""
    kind = record_type(figure.of)
    rows_are = Count("pk", distinct=True) if kind.persons else None
    if figure.measure == "count":
        return rows_are
    how, name = next(iter(cast(dict[str, str], figure.measure).items()))
    measure = kind.measure(name)
    if how == "distinct":
        return Count(measuring.distinct_path(kind, name), distinct=True) if _are_persons(kind, name) else None
    return rows_are or (measuring.aggregate(how, measure.lookup) if measure is not None and measure.persons else None)


def _are_persons(kind: RecordType, name: str) -> bool:
    """Whether what is counted once each are persons."""
    measure = kind.measure(name)
    if measure is not None and measure.persons:
        return True
    found = walk(kind, name)
    to = found[1].to if found and found[1] else ""
    return bool(to) and record_type(to).persons


def _table(kind: RecordType, found: QuerySet[Any], counting: Aggregate, key: str) -> dict[Any, Decimal]:
    """Counts by the places of a level in one query; rows that lie at none of them are a cell of their own."""
    if not key:
        return {None: Decimal(str(found.aggregate(n=counting)["n"] or 0))}
    path = f"{kind.place}__{key}_id" if kind.place else f"{key}_id"
    counted = found.order_by().annotate(cell=F(path)).values("cell").annotate(n=counting).values_list("cell", "n")
    return {cell: Decimal(str(n or 0)) for cell, n in counted}
