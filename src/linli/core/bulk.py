"""Writing many rows at once by COPY, several times faster than INSERT; ids are reserved beforehand."""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import Model


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


def copy_in(rows: Sequence[Model]) -> None:
    """Add new rows, all of one model and with their ids, in the transaction that is under way.

    Constraints and triggers hold as for INSERT. Values go through the fields as `save` would send them.
    """
    if not rows:
        return
    fields = list(type(rows[0])._meta.concrete_fields)
    names = ", ".join(f'"{item.column}"' for item in fields)
    table = type(rows[0])._meta.db_table
    with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row([_value(item, row) for item in fields])


def _value(item: Any, row: Model) -> Any:
    value = getattr(row, item.attname)
    return None if value is None else item.get_db_prep_save(value, connection)
