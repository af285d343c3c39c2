"""What simple figures come to, in all or by groups: from the sums where they are kept, else from the rows.

All that a page needs is asked at once, so that the sums are read once, whatever stands on the page.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache, partial
from typing import Any, Final

from django.apps import apps
from django.db.models import Model

from linli.core import clock
from linli.records.figures.compile import Scope, bounds, condition, rows, within_groups
from linli.records.figures.definitions import Figure
from linli.records.figures.measuring import (
    PLACES,
    Groups,
    decimal,
    grouped_rows,
    how,
    measured_rows,
    multiplies,
    named,
    spanned,
)
from linli.records.figures.sums.leaves import Leaf, has_moments, leaf_of
from linli.records.figures.sums.reading import Answer, Question, Sums, answers
from linli.records.figures.words import Number
from linli.records.types import record_type

COUNTED: Final = ("count", "distinct")
GROUPS: Final = ("", "month", *PLACES)
# As PostgreSQL and Django give them for whole numbers: an average of those is a float.
VALUES: Final[Mapping[str, Callable[[Sums], Number]]] = {
    "count": lambda sums: Decimal(sums.rows),
    "sum": lambda sums: decimal(sums.total),
    "average": lambda sums: None if sums.mean is None else decimal(float(sums.mean)),
}


def _value(how: str, leaf: Leaf, sums: Sequence[Sums]) -> Number:
    """What sums come to."""
    if leaf.since:
        return spanned(how, [each.days for each in sums], [each.rows for each in sums])
    return VALUES[how](sums[0])


@dataclass(frozen=True, slots=True)
class Need:
    """A simple figure, under more conditions where it is a share's part; in all (under None) or by groups.

    With `months` each group is told by months too, under pairs; `ids` are those of places, told by name otherwise.
    """

    figure: Figure
    at: date
    scope: Scope
    by: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)
    months: bool = False
    ids: bool = False


def answered(needs: Sequence[Need]) -> list[Groups]:
    """What each of these comes to."""
    questions = _questions(needs)
    found = dict(zip(questions, answers(list(questions.values())), strict=True))
    told = {needs[n].figure.of for n, answer in found.items() if answer}
    recorded = cache(lambda of: of in told or record_type(of).rows().exists())
    groups = {n: _from_sums(needs[n], questions[n].leaf, answer) for n, answer in found.items() if answer is not None}
    left = [n for n in range(len(needs)) if n not in groups]
    groups |= zip(left, _from_rows([needs[n] for n in left]), strict=True)
    return [_collected(need, groups[n], recorded) for n, need in enumerate(needs)]


def _questions(needs: Sequence[Need]) -> dict[int, Question]:
    """What the sums are asked, by the position of who needs it."""
    leaves = {n: leaf_of(need.figure, need.more) for n, need in enumerate(needs) if need.by in GROUPS}
    told = {n: found for n, found in leaves.items() if found is not None}
    paths = _paths({code for _leaf, within in told.values() for code in within})
    questions = {}
    for n, (leaf, within) in told.items():
        need = needs[n]
        inside = [need.scope.path, *(paths.get(code) for code in within)]
        deepest = max((path or "" for path in inside), key=len)
        # A place that is none, a grid, or one beside the scope: the rows know better.
        if all(path is not None and deepest.startswith(path) for path in inside):
            first, last = bounds(need.figure.period, need.at)
            level = need.by if need.by in PLACES else ""
            questions[n] = Question(leaf, first, last, deepest, need.months or need.by == "month", level)
    return questions


def _paths(codes: Iterable[str]) -> dict[str, str]:
    """The paths of places that are no grids, by code, found as conditions find them."""
    if not codes:
        return {}
    places: type[Model] = apps.get_model("territory.Place")
    found = places._default_manager.filter(code__in=codes).order_by("until", "-id")
    paths: dict[str, str] = {}
    for code, path, grid_path in found.values_list("code", "path", "grid_path"):
        paths.setdefault(code, "" if grid_path else path)
    return {code: path for code, path in paths.items() if path}


def _from_sums(need: Need, leaf: Leaf, answer: Answer) -> Groups:
    value = partial(_value, how(need.figure), leaf)
    if need.by == "month":
        moments = has_moments(leaf.kind, leaf.by)
        months = sorted((month, value(sums)) for (month, _place), sums in answer.items() if month)
        return [(clock.day_start(month) if moments else month, number) for month, number in months]
    if need.months:
        return [((place, month), value(sums)) for (month, place), sums in answer.items()]
    groups: Groups = [(place, value(sums)) for (_month, place), sums in answer.items()]
    if need.ids or not need.by:
        return groups
    return named(sorted(groups, key=lambda group: (group[0] is None, group[0])))


def _collected(need: Need, groups: Groups, recorded: Callable[[str], bool]) -> Groups:
    """Nothing found is a count of 0, unless nothing of the kind was ever recorded."""
    value = groups[0][1] if groups else None
    if need.by or value or how(need.figure) not in COUNTED:
        return groups if groups or need.by else [(None, None)]
    return [(None, Decimal(0) if recorded(need.figure.of) else None)]


def _from_rows(needs: Sequence[Need]) -> list[Groups]:
    """What these come to by the rows; those of the same rows, told the same way, are asked together."""
    together: dict[tuple[Any, ...], dict[str, Figure]] = {}
    firsts: dict[tuple[Any, ...], Need] = {}
    for need in needs:
        alike = _alike(need)
        firsts.setdefault(alike, need)
        together.setdefault(alike, {})[repr(need.figure.measure)] = need.figure
    found = {
        alike: dict(zip(figures, _measured(firsts[alike], list(figures.values())), strict=True))
        for alike, figures in together.items()
    }
    return [found[_alike(need)][repr(need.figure.measure)] for need in needs]


def _alike(need: Need) -> tuple[Any, ...]:
    """What figures have in common that are measured in one query."""
    figure = need.figure
    apart = repr(figure.measure) if multiplies(figure) else ""
    asked = (need.at, need.scope, need.by, repr(need.more), need.months, need.ids)
    return (figure.of, repr(figure.where), repr(figure.period), figure.by, *asked, apart)


def _measured(need: Need, figures: Sequence[Figure]) -> list[Groups]:
    """Figures of the rows of a need, in its way."""
    kind = record_type(need.figure.of)
    found = rows(need.figure, need.at, need.scope).filter(condition(kind, need.more, need.at))
    if not need.by:
        return [[(None, value)] for value in measured_rows(figures, found)]
    if need.by in PLACES:
        found = found.filter(within_groups(kind, need.scope))
    return grouped_rows(figures, found, need.by, months=need.months, ids=need.ids)
