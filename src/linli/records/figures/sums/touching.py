"""The triggers that mark days and places whose rows were written: derived from the record types at each migration.

A mark is written by the transaction that writes the row, so whoever sees the one sees the other. It names the row's own
place; to which unit that belongs is looked up when the mark is read.

Two things change where a row counts without writing it. Its place is given to another community: the rows there are
marked for both, and what is marked there already is marked for the old one too (of a row that went, nothing else tells
that it counted there). That happens under the lock of whoever brings sums up to date (`LOCK`), so that no mark of a row
that the move has not seen is taken away before the move itself is seen. And what lies between a row and its place (the
matter of a rating) moves: the rows behind it are marked for both places, and a rating that is written meanwhile waits
(FOR SHARE).
"""

from collections.abc import Iterator
from typing import Any, Final

from django.db import connection

from linli.records.figures.sums.leaves import column_of, events, has_moments, model_of
from linli.records.types import RecordType

LOCK: Final = 7303
MARK: Final = "INSERT INTO records_sumtouch (record_type, day, place_id)"
EVENTS: Final = (
    ("inserted", "INSERT", "NEW TABLE AS fresh"),
    ("deleted", "DELETE", "OLD TABLE AS gone"),
    # The last one made tells that all are there.
    ("updated", "UPDATE", "NEW TABLE AS fresh OLD TABLE AS gone"),
)


def install(**_signal: Any) -> None:
    """Put the triggers of all events in place, after each migration as the owner; nobody else may, or needs to."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_schema_privilege('public', 'CREATE')")
        if not cursor.fetchone()[0]:
            return
        tables = set(connection.introspection.table_names(cursor))
        kinds = [kind for kind in events() if {"records_sumtouch", model_of(kind)._meta.db_table} <= tables]
        for kind in kinds:
            for statement in (*_writing(kind), *_between(kind)):
                cursor.execute(statement)
        if kinds:
            cursor.execute(_resettling(kinds))


def watched() -> set[str]:
    """The record types whose rows are marked when they are written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT substr(tgname, 13) FROM pg_trigger WHERE starts_with(tgname, 'sum_updated_') AND tgenabled <> 'D'"
        )
        return {str(row[0]) for row in cursor.fetchall()}


def _writing(kind: RecordType) -> Iterator[str]:
    table, fresh, gone = _table(kind), _marks(kind, "fresh"), _marks(kind, "gone")
    yield f"""
        CREATE OR REPLACE FUNCTION sum_write_{kind.code}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'INSERT' THEN {MARK} {fresh};
            ELSIF TG_OP = 'DELETE' THEN {MARK} {gone};
            ELSE {MARK} {fresh} UNION {gone};
            END IF;
            RETURN NULL;
        END $$"""
    for name, event, transition in EVENTS:
        yield f"""
            CREATE OR REPLACE TRIGGER sum_{name}_{kind.code} AFTER {event} ON {table}
            REFERENCING {transition} FOR EACH STATEMENT EXECUTE FUNCTION sum_write_{kind.code}()"""


def _between(kind: RecordType) -> Iterator[str]:
    """The triggers of the table between a type and its place, where there is one."""
    own, table, place = _way(kind)
    if not table:
        return
    moved = f"(VALUES (OLD.{place}), (NEW.{place})) p(place)"
    yield f"""
        CREATE OR REPLACE FUNCTION sum_follow_{kind.code}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            {MARK} SELECT DISTINCT '{kind.code}', d.day, coalesce(p.place, 0)
                FROM {_table(kind)} r, {_days(kind)}, {moved} WHERE r.{own} = NEW.id AND d.day IS NOT NULL;
            RETURN NULL;
        END $$"""
    yield f"""
        CREATE OR REPLACE TRIGGER sum_follow_{kind.code} AFTER UPDATE OF {place} ON {table}
        FOR EACH ROW WHEN (OLD.{place} IS DISTINCT FROM NEW.{place}) EXECUTE FUNCTION sum_follow_{kind.code}()"""


def _resettling(kinds: list[RecordType]) -> str:
    """The trigger for places that are given to another community."""
    marking = "".join(
        f"""
            {MARK} SELECT DISTINCT '{kind.code}', d.day, p.place
                FROM {_located(kind)}, {_days(kind)}, (VALUES (coalesce(OLD.community_id, OLD.id)), (NEW.id)) p(place)
                WHERE {_place(kind)} = NEW.id AND d.day IS NOT NULL;"""
        for kind in kinds
    )
    return f"""
        CREATE OR REPLACE FUNCTION sum_resettle() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM pg_advisory_xact_lock({LOCK});
            {MARK} SELECT record_type, day, coalesce(OLD.community_id, OLD.id)
                FROM records_sumtouch WHERE place_id = NEW.id;{marking}
            RETURN NULL;
        END $$;
        CREATE OR REPLACE TRIGGER sum_resettle AFTER UPDATE OF community_id ON territory_place
        FOR EACH ROW WHEN (OLD.community_id IS DISTINCT FROM NEW.community_id) EXECUTE FUNCTION sum_resettle()"""


def _marks(kind: RecordType, rows: str) -> str:
    """The days and places of written rows, each once."""
    own, table, place = _way(kind)
    at = f"(SELECT b.{place} FROM {table} b WHERE b.id = r.{own} FOR SHARE)" if table else f"r.{own}"
    days = f"{_days(kind)} WHERE d.day IS NOT NULL"
    return f"SELECT DISTINCT '{kind.code}', d.day, coalesce({at}, 0) FROM {rows} r, {days}"


def _days(kind: RecordType) -> str:
    """The days of a row `r` by all its dates."""
    days = (
        f"((r.{column_of(kind, name)} AT TIME ZONE 'Asia/Shanghai')::date)"
        if has_moments(kind, name)
        else f"(r.{column_of(kind, name)})"
        for name in kind.dates
    )
    return f"LATERAL (VALUES {', '.join(days)}) d(day)"


def _located(kind: RecordType) -> str:
    """All rows of a type as `r`, with what lies between them and their place as `b`."""
    own, table, _place_column = _way(kind)
    return f"{_table(kind)} r JOIN {table} b ON b.id = r.{own}" if table else f"{_table(kind)} r"


def _place(kind: RecordType) -> str:
    own, table, place = _way(kind)
    return f"b.{place}" if table else f"r.{own}"


def _way(kind: RecordType) -> tuple[str, str, str]:
    """The row's own column on the way to its place; where that leads to another table, that one and its column."""
    first, *further = kind.place.split("__")
    if not further:
        return column_of(kind, first), "", ""
    field: Any = model_of(kind)._meta.get_field(first)
    target: Any = field.related_model._meta.get_field(further[0])
    return column_of(kind, first), _quoted(field.related_model._meta.db_table), _quoted(target.column)


def _table(kind: RecordType) -> str:
    return _quoted(model_of(kind)._meta.db_table)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
