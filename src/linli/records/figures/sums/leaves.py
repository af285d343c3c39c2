"""Of what sums are kept: events counted, added up or told by how many days they took, by one of their dates.

Their conditions are on the row alone. What depends on other rows (a join, `has`) could change without the row being
touched, and is left to the rows.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet, FieldDoesNotExist
from django.db import connection
from django.db.models import DateField, DateTimeField, ForeignKey, IntegerField, JSONField, Model, Q

from linli.core import clock
from linli.records.figures.compile import condition
from linli.records.figures.definitions import Figure, dates_of, walk
from linli.records.types import RecordType, record_type, record_types


@dataclass(frozen=True)
class Leaf:
    """What is summed: rows of a type by a date, under conditions, and a column where more than rows are counted.

    With `since` rows are counted by the days from that column to the other, of which medians and averages are made.
    """

    of: str
    by: str
    where: tuple[Mapping[str, Any], ...]
    column: str
    since: str = ""

    @property
    def kind(self) -> RecordType:
        """The record type."""
        return record_type(self.of)

    @cached_property
    def condition(self) -> Q:
        """All conditions as one filter."""
        result = Q()
        for where in self.where:
            result &= condition(self.kind, where, clock.today())
        return result

    @cached_property
    def words(self) -> str:
        """The definition in one way of writing."""
        where = [dict(sorted(item.items())) for item in self.where if item]
        return json.dumps([self.of, self.by, self.column, self.since, where], ensure_ascii=False, default=str)

    @property
    def key(self) -> bytes:
        """What figures with the same leaf share."""
        return _key(self.words)


def is_event(kind: RecordType) -> bool:
    """Whether a type has dates and no span, and lies at one place that can be found by following references."""
    return bool(kind.dates) and kind.span is None and bool(kind.place) and all(_steps(kind))


def events() -> list[RecordType]:
    """The record types of which sums can be kept."""
    return [kind for kind in record_types() if is_event(kind)]


def model_of(kind: RecordType) -> type[Model]:
    """The model of a record type."""
    return kind.rows().model


def column_of(kind: RecordType, name: str) -> str:
    """The column in which a type's model keeps a field, as SQL writes it."""
    field: Any = model_of(kind)._meta.get_field(name)
    return connection.ops.quote_name(field.column)


def has_moments(kind: RecordType, name: str) -> bool:
    """Whether a date of a type is a moment, that falls on a day in Shanghai."""
    return isinstance(model_of(kind)._meta.get_field(name), DateTimeField)


def leaf_of(figure: Figure, more: Mapping[str, Any]) -> tuple[Leaf, tuple[str, ...]] | None:
    """The leaf of a simple figure and the codes it must lie within; None where it is computed from the rows."""
    kind = record_type(figure.of)
    columns = _columns(kind, figure.measure)
    if not is_event(kind) or columns is None:
        return None
    wheres = [_without_place(where) for where in (figure.where, more)]
    if not all(_is_own(kind, where) for where, _within in wheres):
        return None
    by = dates_of(kind)[figure.by] if figure.by else kind.dates[0]
    leaf = Leaf(figure.of, by, tuple(where for where, _within in wheres), *columns)
    return (leaf, tuple(code for _where, code in wheres if code)) if leaf.key else None


def _without_place(where: Mapping[str, Any]) -> tuple[Mapping[str, Any], str]:
    """Conditions without that of a place within another, which is applied when sums are read; and its code."""
    place = where.get("place")
    if not isinstance(place, Mapping) or set(place) != {"within"}:
        return where, ""
    return {name: value for name, value in where.items() if name != "place"}, str(place["within"])


def _columns(kind: RecordType, measure: str | Mapping[str, str]) -> tuple[str, str] | None:
    """The whole number that is added up, or the day until which and that since which days are counted.

    Both are empty for a count; None is for what cannot be kept day by day.
    """
    if isinstance(measure, str):
        return "", ""
    how, name = next(iter(measure.items()))
    found = kind.measure(name)
    if found is None or how == "distinct":
        return None
    if found.kind == "duration":
        both = found.end, found.start
        return None if found.working or not all(_is_day(kind, column) for column in both) else both
    whole = how in ("sum", "average") and isinstance(_field(kind, found.lookup), IntegerField)
    return (found.lookup, "") if whole else None


def _is_day(kind: RecordType, name: str) -> bool:
    field = _field(kind, name)
    return isinstance(field, DateField) and not isinstance(field, DateTimeField)


def _steps(kind: RecordType) -> Iterator[bool]:
    """Whether each step to the place follows one reference; one table between is as far as the triggers look."""
    steps, model = kind.place.split("__"), model_of(kind)
    yield len(steps) <= 2
    for step in steps:
        field = model._meta.get_field(step)
        yield isinstance(field, ForeignKey)
        if not isinstance(field, ForeignKey):
            return
        model = field.related_model


def _is_own(kind: RecordType, where: Mapping[str, Any]) -> bool:
    """Whether conditions look at nothing but the row's own columns."""
    for name, value in where.items():
        if name == "any":
            if not all(_is_own(kind, item) for item in value):
                return False
        elif name == "has" or _looks_within(value) or not _is_own_path(kind, name):
            return False
    return True


def _looks_within(value: Any) -> bool:
    return isinstance(value, Mapping) and ("within" in value or _looks_within(value.get("not")))


def _is_own_path(kind: RecordType, name: str) -> bool:
    found = walk(kind, name)
    if found is None:
        return False
    first, *further = found[0].split("__")
    return isinstance(_field(kind, first), JSONField) or (_field(kind, first) is not None and not further)


def _field(kind: RecordType, name: str) -> Any:
    """The column of this name; None where it is none of the row's own."""
    try:
        field = model_of(kind)._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return field if getattr(field, "concrete", False) and not field.many_to_many else None


@lru_cache(maxsize=2000)
def _key(words: str) -> bytes:
    """A digest of the query itself, so that a release that counts otherwise has sums of its own; empty: no rows."""
    of, by, column, since, where = json.loads(words)
    leaf = Leaf(of, by, tuple(where), column, since)
    columns = ("pk", by, column or "pk", since or "pk")
    try:
        query = leaf.kind.rows().filter(leaf.condition).values_list(*columns).query.sql_with_params()
    except EmptyResultSet:
        return b""
    return hashlib.sha256(f"{words} {query}".encode()).digest()[:16]


def wanted(figures: Mapping[str, Figure]) -> dict[bytes, Leaf]:
    """The leaves of all figures of a book by their key: a share has those of its whole and of its part."""
    found = []
    for figure in figures.values():
        if figure.of:
            found.append(leaf_of(figure, {}))
        elif figure.share:
            base = figures[figure.share.of].model_copy(update={"measure": "count"})
            found += [leaf_of(base, {}), leaf_of(base, figure.share.where)]
    return {leaf.key: leaf for leaf, _within in filter(None, found)}
