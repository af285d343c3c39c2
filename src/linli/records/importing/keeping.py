"""What an import overwrites, and putting it back when the import is taken back.

Kept are the columns of the changed rows that the writer really changed, whether or not the ledger has a column for
them: a body that was only a name, the holder of a post, what the writer concluded. Values at rest under a key and
search words are not kept; the writer makes the latter anew.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.contrib.postgres.search import SearchVectorField
from django.db.models import BinaryField, Field

from linli.core.actors import Actor
from linli.records.types import Column, RecordType

Values = dict[str, Any]
# The versions of rows go on; paths follow the tree.
LEFT: Final = ("id", "version", "path", "grid_path")


def snapshot(kind: RecordType, ids: Sequence[int]) -> dict[int, Values]:
    """What the rows hold now, as JSON keeps it."""
    if not ids:
        return {}
    names = [item.attname for item in _fields(kind)]
    rows = kind.rows().filter(pk__in=ids)
    found = {pk: dict(zip(names, map(plain, values), strict=True)) for pk, *values in rows.values_list("pk", *names)}
    for item in kind.rows().model._meta.many_to_many:
        many: dict[int, list[int]] = {pk: [] for pk in found}
        for pk, other in rows.filter(**{f"{item.name}__isnull": False}).values_list("pk", item.name).order_by("pk"):
            many[pk].append(other)
        for pk, values in many.items():
            found[pk][item.name] = sorted(values)
    return found


def overwritten(before: Mapping[int, Values], after: Mapping[int, Values]) -> dict[int, Values]:
    """Of each row what it held and holds no more."""
    return {
        pk: {name: value for name, value in values.items() if after.get(pk, values)[name] != value}
        for pk, values in before.items()
    }


def restore(actor: Actor, kind: RecordType, kept: Mapping[int, Values]) -> None:
    """Put back what was kept. The writer moves what hangs in a tree and all that follows; the rest needs no rule."""
    if not kept or kind.write is None:
        return
    kind.write(actor=actor, rows=[{"id": pk, **_row(kind, values)} for pk, values in kept.items()])
    model = kind.rows().model
    several = {item.name for item in model._meta.many_to_many}
    hung = {item.attname for item in _fields(kind) if item.related_model is model}
    for pk, values in kept.items():
        own = {name: value for name, value in values.items() if name not in several | hung}
        if own:
            kind.rows().filter(pk=pk).update(**own)
        for name in several & set(values):
            getattr(model(pk=pk), name).set(values[name])


def _row(kind: RecordType, values: Values) -> Values:
    """What was kept as the row of a ledger; `emptied` names references in the tree that were not there."""
    held = {column.code: item for column in kind.all_columns() if (item := _field_of(kind, column))}
    row = {code: values[item.attname] for code, item in held.items() if item.attname in values}
    emptied = [code for code, value in row.items() if value is None]
    return {code: value for code, value in row.items() if value is not None} | {"emptied": emptied}


def _field_of(kind: RecordType, column: Column) -> "Field[Any, Any] | None":
    """The column of the table in which a value of a ledger is kept; none for what is kept otherwise."""
    fields = {item.name: item for item in _fields(kind)}
    if column.type in ("place", "organization"):
        return fields.get(column.lookup.partition("__")[0])
    return fields.get(column.lookup)


def _fields(kind: RecordType) -> "list[Field[Any, Any]]":
    everything = kind.rows().model._meta.concrete_fields
    return [item for item in everything if item.name not in LEFT and not _unkept(item)]


def _unkept(item: "Field[Any, Any]") -> bool:
    return isinstance(item, SearchVectorField | BinaryField) or item.get_internal_type() == "BinaryField"


def plain(value: Any) -> Any:
    """A value as JSON keeps it."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
