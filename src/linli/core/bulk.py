"""Writing rows at once: a few by one planned INSERT, many by COPY, which is several times faster still."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache, lru_cache
from operator import itemgetter
from typing import Any, Final

from django.contrib.postgres.search import SearchVectorField
from django.db import connection, models, transaction
from django.db.models import Field, Model

from linli.core.composed import planned_cursor


def next_ids(model: type[Model], count: int) -> list[int]:
    """Reserve ids from the table's own sequence, so that they can be written with the rows."""
    if count == 0:
        return []
    with planned_cursor(connection) as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s::int)",
            [model._meta.db_table, count],
        )
        return [int(row[0]) for row in cursor.fetchall()]


def insert(*groups: Sequence[Model]) -> None:
    """Add a few new rows in the transaction that is under way, each group of one model, in order: sent all at once.

    Rows without an id get one from the database, which is not read back. Nothing else of `save` happens.
    """
    with planned_cursor(connection) as cursor, connection.wrap_database_errors, cursor.connection.pipeline():
        for rows in filter(None, groups):
            plain = [vars(row) for row in rows]
            # What no row fills is not sent: psycopg reads a statement of more than fifty values anew each time.
            fields = [
                item
                for item in _fields(type(rows[0]), with_id=True)
                if any(row[item.attname] is not None for row in plain)
            ]
            statement = _inserting(type(rows[0]), tuple(item.column for item in fields))
            values = [[_value(item, row) for item in fields] for row in plain]
            # Many at once are made faster by `executemany`, which waits for its answer before it goes on.
            if len(values) == 1:
                cursor.execute(statement, values[0])
            else:
                cursor.executemany(statement, values)


def copy_in(rows: Sequence[Model]) -> None:
    """Add new rows, all of one model and with their ids; see `copy_rows`."""
    if rows:
        copy_rows(type(rows[0]), list(map(vars, rows)))


def copy_rows(model: type[Model], rows: Iterable[Mapping[str, Any]], *, with_id: bool = True) -> None:
    """Add new rows, each by the values of all its columns, in the transaction that is under way.

    Without ids the database gives them, and they are not read back.
    Constraints and triggers hold as for INSERT. Values go through the fields as `save` would send them.
    """
    fields = _fields(model, with_id=with_id)
    plain = [item for item in fields if type(item) in _PLAIN_FIELDS]
    others = [item for item in fields if type(item) not in _PLAIN_FIELDS]
    columns = [str(item.column) for item in (*plain, *others)]
    take = itemgetter(*(item.attname for item in plain))
    with connection.cursor() as cursor, cursor.copy(f"COPY {_into(model, columns)} FROM STDIN") as copy:
        for row in rows:
            values = take(row)
            if not _PLAIN.issuperset(map(type, values)):
                values = [_value(item, row) for item in plain]
            copy.write_row((*values, *(_value(item, row) for item in others)))


def change(model: type[Model], rows: Collection[Model], fields: Iterable[str]) -> None:
    """Write these fields of rows that are in the table already, with plain values.

    `bulk_update` asks of every row and field whether it is the one, which for thousands takes longer than all else.
    """
    if not rows:
        return
    written: list[Any] = [model._meta.pk, *map(model._meta.get_field, fields)]
    columns = [f'"{item.column}"' for item in written]
    listed, table = ", ".join(columns), f'"{model._meta.db_table}"'
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE changing AS SELECT {listed} FROM {table} WITH NO DATA")
        with cursor.copy(f"COPY changing ({listed}) FROM STDIN") as copy:
            for row in map(vars, rows):
                copy.write_row([_value(item, row) for item in written])
        wanted = ", ".join(f"{column} = changing.{column}" for column in columns[1:])
        cursor.execute(f"UPDATE {table} SET {wanted} FROM changing WHERE {table}.{columns[0]} = changing.{columns[0]}")
        cursor.execute("DROP TABLE changing")


def defaults(model: type[Model]) -> dict[str, Any]:
    """What the columns of a new row hold before anything is said of it."""
    return {item.attname: item.get_default() for item in _fields(model, with_id=True)}


@cache
def _fields(model: type[Model], *, with_id: bool) -> "tuple[Field[Any, Any], ...]":
    """The columns that are written; what the database fills by itself is left to it."""
    written = (item for item in model._meta.concrete_fields if not item.has_db_default() and not item.generated)
    return tuple(item for item in written if with_id or not item.primary_key)


@lru_cache(256)
def _inserting(model: type[Model], columns: tuple[str, ...]) -> str:
    return f"INSERT INTO {_into(model, columns)} VALUES ({', '.join(['%s'] * len(columns))})"


def _into(model: type[Model], columns: Iterable[str]) -> str:
    named = '", "'.join(columns)
    return f'"{model._meta.db_table}" ("{named}")'


def _value(item: Any, row: Mapping[str, Any]) -> Any:
    value = row[item.attname]
    if value is None or (type(item) in _PLAIN_FIELDS and type(value) in _PLAIN):
        return value
    return item.get_db_prep_save(value, connection)


# Fields that send such values as they are; asking each field for each of its values takes longer than COPY itself.
_PLAIN: Final = frozenset((str, int, bool, float, bytes, date, datetime, type(None)))
_PLAIN_FIELDS: Final = frozenset(
    (
        *(models.CharField, models.TextField, models.BooleanField, models.FloatField, models.DateField),
        *(models.DateTimeField, models.BigAutoField, models.BigIntegerField, models.IntegerField, models.ForeignKey),
        *(models.PositiveIntegerField, models.PositiveSmallIntegerField, models.SmallIntegerField),
        *(models.BinaryField, SearchVectorField),
    )
)
