"""What an import overwrites, and putting it back when the import is taken back.

Kept are the columns of the changed rows that the writer really changed, whether or not the ledger has a column for
them: a body that was only a name, the holder of a post, what the writer concluded; and what it corrected in a related
record, sealed values as they are at rest. Search words are not kept; the writer makes them anew.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.contrib.postgres.search import SearchVectorField
from django.db.models import BinaryField, ExpressionWrapper, F, Field, QuerySet, Value

from linli.core.actors import Actor
from linli.records.types import Column, RecordType

Values = dict[str, Any]
# The versions of rows go on; paths follow the tree.
LEFT: Final = ("id", "version", "path", "grid_path")
# What stands before the name of a relation where columns of the related record are kept.
BESIDE: Final = "@"


def snapshot(kind: RecordType, ids: Sequence[int]) -> dict[int, Values]:
    """What the rows hold now, as JSON keeps it."""
    if not ids:
        return {}
    names = [item.attname for item in _fields(kind)]
    rows = kind.rows().filter(pk__in=ids)
    held = rows.values_list("pk", *names)
    found: dict[int, Values] = {pk: dict(zip(names, map(plain, values), strict=True)) for pk, *values in held}
    for item in kind.rows().model._meta.many_to_many:
        many: dict[int, list[int]] = {pk: [] for pk in found}
        for pk, other in rows.filter(**{f"{item.name}__isnull": False}).values_list("pk", item.name).order_by("pk"):
            many[pk].append(other)
        for pk, values in many.items():
            found[pk][item.name] = sorted(values)
    for pk, name, beside in _beside(kind, rows):
        found[pk][name] = beside
    return found


def _beside(kind: RecordType, rows: QuerySet[Any]) -> Iterator[tuple[int, str, Values]]:
    """The columns that the writer corrects in related records, what is sealed as it is at rest."""
    for relation, names in kind.corrects:
        columns = {f"kept_{name}": _at_rest(kind, relation, name) for name in names}
        held = rows.filter(**{f"{relation}__isnull": False}).annotate(**columns)
        for pk, other, *values in held.values_list("pk", relation, *columns):
            yield pk, f"{BESIDE}{relation}", {"id": other, **dict(zip(names, map(plain, values), strict=True))}


def _at_rest(kind: RecordType, relation: str, name: str) -> Any:
    column = F(f"{relation}__{name}")
    return ExpressionWrapper(column, BinaryField()) if _is_binary(_related(kind, relation), name) else column


def _related(kind: RecordType, relation: str) -> Any:
    return kind.rows().model._meta.get_field(relation).related_model


def _is_binary(model: Any, name: str) -> bool:
    return bool(model._meta.get_field(name).get_internal_type() == "BinaryField")


def overwritten(before: Mapping[int, Values], after: Mapping[int, Values]) -> dict[int, Values]:
    """Of each row what it held and holds no more."""
    return {
        pk: {name: value for name, value in values.items() if _is_lost(name, value, after.get(pk, values).get(name))}
        for pk, values in before.items()
    }


def _is_lost(name: str, was: Any, now: Any) -> bool:
    """Whether something is held no more; another related record than before was not corrected."""
    if name.startswith(BESIDE):
        return now is not None and was["id"] == now["id"] and was != now
    return bool(was != now)


def corrected(kept: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """The related records that were corrected, as the journal knows them."""
    yield from ((name.removeprefix(BESIDE), value["id"]) for name, value in kept.items() if name.startswith(BESIDE))


def restore(actor: Actor, kind: RecordType, kept: Mapping[int, Values]) -> None:
    """Put back what was kept. The writer moves what hangs in a tree and all that follows; the rest needs no rule."""
    if not kept or kind.write is None:
        return
    kind.write(actor=actor, rows=[{"id": pk, **_row(kind, values)} for pk, values in kept.items()])
    model = kind.rows().model
    several = {item.name for item in model._meta.many_to_many}
    hung = {item.attname for item in _fields(kind) if item.related_model is model}
    for pk, values in kept.items():
        beside = {name: value for name, value in values.items() if name.startswith(BESIDE)}
        for name, value in beside.items():
            _put_beside(_related(kind, name.removeprefix(BESIDE)), value)
        own = {name: value for name, value in values.items() if name not in several | hung | beside.keys()}
        if own:
            kind.rows().filter(pk=pk).update(**own)
        for name in several & set(values):
            getattr(model(pk=pk), name).set(values[name])


def _put_beside(model: Any, values: Values) -> None:
    """Put back what was corrected in a related record."""
    columns = {name: value for name, value in values.items() if name != "id"}
    sealed = {name: value for name, value in columns.items() if value and _is_binary(model, name)}
    columns |= {name: Value(bytes.fromhex(value), output_field=BinaryField()) for name, value in sealed.items()}
    model.objects.filter(pk=values["id"]).update(**columns)


def _row(kind: RecordType, values: Values) -> Values:
    """What was kept as the row of a ledger; `emptied` names references in the tree that were not there."""
    held = {column.code: item for column in kind.all_columns() if (item := _field_of(kind, column))}
    row = {code: _typed(item, values[item.attname]) for code, item in held.items() if item.attname in values}
    emptied = [code for code, value in row.items() if value is None]
    return {code: value for code, value in row.items() if value is not None} | {"emptied": emptied}


def _typed(item: "Field[Any, Any]", value: Any) -> Any:
    """A day as a ledger gives it to the writer, who may count with it."""
    return item.to_python(value) if item.get_internal_type() == "DateField" else value


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
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return str(value) if isinstance(value, Decimal) else value
