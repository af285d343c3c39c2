"""Writing rows at once: a few by one planned INSERT, many by COPY, which is several times faster still."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, Final

from django.db import connection, models
from django.db.models import Field, Model

from linli.core.composed import planned_cursor


def next_ids(model: type[Model], count: int) -> list[int]:
    """Reserve ids from the table's own sequence, so that they can be written with the rows."""
    if count == 0:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [int(row[0]) for row in cursor.fetchall()]


def insert(rows: Sequence[Model]) -> None:
    """Add a few new rows, all of one model, in the transaction that is under way: one statement, sent once.

    Rows without an id get one from the database, which is not read back. Nothing else of `save` happens.
    """
    if not rows:
        return
    fields = _fields(type(rows[0]), with_id=rows[0].pk is not None)
    values = [[_value(item, row) for item in fields] for row in rows]
    places = ", ".join(["%s"] * len(fields))
    with planned_cursor(connection) as cursor:
        cursor.executemany(f"INSERT INTO {_into(type(rows[0]), fields)} VALUES ({places})", values)


def copy_in(rows: Sequence[Model]) -> None:
    """Add new rows, all of one model and with their ids, in the transaction that is under way.

    Constraints and triggers hold as for INSERT. Values go through the fields as `save` would send them.
    """
    if not rows:
        return
    fields = _fields(type(rows[0]), with_id=True)
    with connection.cursor() as cursor, cursor.copy(f"COPY {_into(type(rows[0]), fields)} FROM STDIN") as copy:
        for row in rows:
            copy.write_row([_value(item, row) for item in fields])


@cache
def _fields(model: type[Model], *, with_id: bool) -> "tuple[Field[Any, Any], ...]":
    """The columns that are written; what the database fills by itself is left to it."""
    written = (item for item in model._meta.concrete_fields if not item.has_db_default())
    return tuple(item for item in written if with_id or not item.primary_key)


def _into(model: type[Model], fields: "Sequence[Field[Any, Any]]") -> str:
    columns = ", ".join(f'"{item.column}"' for item in fields)
    return f'"{model._meta.db_table}" ({columns})'


def _value(item: Any, row: Model) -> Any:
    value = getattr(row, item.attname)
    if value is None or (type(item) in _PLAIN_FIELDS and type(value) in _PLAIN):
        return value
    return item.get_db_prep_save(value, connection)


# Fields that send such values as they are; asking each field for each of its values takes longer than COPY itself.
_PLAIN: Final = frozenset((str, int, bool, float, date, datetime))
_PLAIN_FIELDS: Final = frozenset(
    (
        *(models.CharField, models.TextField, models.BooleanField, models.FloatField, models.DateField),
        *(models.DateTimeField, models.BigAutoField, models.BigIntegerField, models.IntegerField, models.ForeignKey),
        *(models.PositiveIntegerField, models.PositiveSmallIntegerField, models.SmallIntegerField),
    )
)
