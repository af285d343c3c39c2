"""Bringing the sums of figures up to date: building what is missing, dropping what no figure needs, adding changes.

One at a time does this, under a lock (`touching.LOCK`) that lasts until its transaction can be seen. Each batch takes
marks away and adds to the cells what they lack, in one statement that sees both at one moment: a transaction that it
does not see has left its marks where it will find them later. So the cells, with the marks that are left, always tell
the rows of that moment and of every later one.
"""

from typing import Any, Final

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from linli.records.figures.compute import book
from linli.records.figures.sums.leaves import Leaf, wanted
from linli.records.figures.sums.reading import TOUCHED, changed, counting
from linli.records.figures.sums.touching import LOCK, watched

BATCH: Final = 20_000
# Days and their months: whatever is added to the one is added to the other.
STORE: Final = """
    INSERT INTO records_sumcell AS kept (series_id, monthly, day, unit, days, rows, measured, total)
    SELECT series, monthly, since, unit, days, sum(rows), sum(measured), sum(total)
    FROM change, LATERAL (VALUES (false, day), (true, date_trunc('month', day)::date)) g (monthly, since)
    GROUP BY 1, 2, 3, 4, 5 HAVING sum(rows) <> 0 OR sum(measured) <> 0 OR sum(total) <> 0
    ON CONFLICT (series_id, monthly, day, unit, days) DO UPDATE SET rows = kept.rows + EXCLUDED.rows,
        measured = kept.measured + EXCLUDED.measured, total = kept.total + EXCLUDED.total
"""
REFRESH: Final = """
    WITH taken AS (
        DELETE FROM records_sumtouch
        WHERE id IN (SELECT id FROM records_sumtouch ORDER BY record_type, day LIMIT %s)
        RETURNING record_type, day, place_id
    ),
    touched AS MATERIALIZED ({touched}), change AS ({change}), stored AS ({store} RETURNING 1)
    SELECT (SELECT count(*) FROM taken), (SELECT count(*) FROM stored)
"""


def sums_refresh(batch: int = BATCH) -> int:
    """Bring at most one batch of marked days and places up to date; returns how many marks it was."""
    with transaction.atomic(), connection.cursor() as cursor:
        if not _alone(cursor):
            return 0
        change, values = changed(_kept(cursor))
        statement = REFRESH.format(touched=TOUCHED.format(marks="taken"), change=change, store=STORE)
        cursor.execute(statement, [batch, *values])
        return int(cursor.fetchone()[0])


def sums_build() -> int:
    """Build the sums that figures of the book need and that are not there; returns how many."""
    with transaction.atomic(), connection.cursor() as cursor:
        return _build(cursor) if _alone(cursor) else 0


def sums_rebuild() -> int:
    """Build all sums anew; returns how many. The old ones are read until the new ones are there.

    The statement that counts takes the marks away: whose marks it sees, their rows it has counted.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        _drop(cursor, "true", [])
        return _build(cursor, ", taken AS (DELETE FROM records_sumtouch)")


def _alone(cursor: CursorWrapper) -> bool:
    cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
    return bool(cursor.fetchone()[0])


def _build(cursor: CursorWrapper, besides: str = "") -> int:
    held = {leaf.key for leaf in _kept(cursor).values()}
    types = watched()
    missing = [leaf for key, leaf in wanted(book()).items() if key not in held and leaf.of in types]
    built = {_series(cursor, leaf): leaf for leaf in missing}
    counted, values = counting(built)
    cursor.execute(f"WITH change AS ({counted}){besides} {STORE}", values)
    return len(built)


def _kept(cursor: CursorWrapper) -> dict[int, Leaf]:
    """The sums that are kept, by their number, once those are gone that no figure needs any more."""
    leaves = wanted(book())
    _drop(cursor, "key <> ALL(%s)", [list(leaves)])
    cursor.execute("SELECT id, key FROM records_sumseries")
    return {pk: leaves[bytes(key)] for pk, key in cursor.fetchall()}


def _drop(cursor: CursorWrapper, which: str, values: list[Any]) -> None:
    cursor.execute(
        f"WITH gone AS (DELETE FROM records_sumseries WHERE {which} RETURNING id)"
        " DELETE FROM records_sumcell WHERE series_id IN (SELECT id FROM gone)",
        values,
    )


def _series(cursor: CursorWrapper, leaf: Leaf) -> int:
    cursor.execute(
        "INSERT INTO records_sumseries (key, record_type, words) VALUES (%s, %s, %s) RETURNING id",
        [leaf.key, leaf.of, leaf.words],
    )
    return int(cursor.fetchone()[0])
