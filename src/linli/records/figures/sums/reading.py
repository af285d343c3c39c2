"""Reading sums: what the cells say, corrected where rows were touched since. One statement, so nothing moves meanwhile.

    value = cells + change,    change = rows counted now - cells, over the touched days and units

The same change is what `keeping` adds to the cells. So a value is exact whether anybody brings cells up to date or not;
where very much was touched, counting it would take longer than computing the figure from the rows, and that is done.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from django.apps import apps
from django.db import connection
from django.db.models import BooleanField, Count, F, Func, IntegerField, Model, Sum, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce, TruncDate

from linli.core import clock
from linli.records.figures.sums.leaves import Leaf, column_of, has_moments, model_of
from linli.records.types import RecordType, record_type

MOST: Final = 20_000
TOUCHED: Final = """
    SELECT DISTINCT t.record_type, t.day, coalesce(p.community_id, t.place_id) AS unit
    FROM {marks} t LEFT JOIN territory_place p ON p.id = t.place_id
"""
NOTHING: Final = """
    SELECT 0::bigint AS series, NULL::date AS day, 0::bigint AS unit, 0 AS days, 0 AS rows, 0 AS measured, 0 AS total
    WHERE false
"""
KEPT: Final = """
    SELECT c.series_id AS series, c.day, c.unit, c.days, -c.rows AS rows, -c.measured AS measured, -c.total AS total
    FROM touched t JOIN records_sumseries s ON s.record_type = t.record_type
    JOIN records_sumcell c ON c.series_id = s.id AND NOT c.monthly AND c.day = t.day AND c.unit = t.unit
"""
READ: Final = """
    WITH asked (n, series, monthly, first, last, path, by_month, level) AS (VALUES {asked}),
    touched AS MATERIALIZED ({touched}),
    change AS ({change}),
    part AS (
        SELECT a.*, c.day, c.unit, c.days, c.rows, c.measured, c.total FROM asked a JOIN records_sumcell c
            ON c.series_id = a.series AND c.monthly = a.monthly AND c.day BETWEEN a.first AND a.last
        UNION ALL
        SELECT a.*, c.day, c.unit, c.days, c.rows, c.measured, c.total FROM asked a JOIN change c
            ON c.series = a.series AND c.day BETWEEN a.first AND a.last
    )
    SELECT p.n, CASE WHEN p.by_month THEN date_trunc('month', p.day)::date END,
        CASE p.level WHEN 'county' THEN u.county_id WHEN 'street' THEN u.street_id
            WHEN 'community' THEN u.community_id END,
        p.days, sum(p.rows), CASE WHEN sum(p.measured) > 0 THEN sum(p.total) END,
        sum(p.total) / nullif(sum(p.measured), 0)
    FROM part p LEFT JOIN territory_place u ON u.id = p.unit
    WHERE p.path = '' OR starts_with(u.path, p.path)
    GROUP BY 1, 2, 3, 4 HAVING sum(p.rows) > 0
    UNION ALL
    SELECT -s.id, NULL, NULL, 0, 0, NULL, NULL FROM records_sumseries s WHERE s.id IN (SELECT series FROM asked)
"""


class Days(Func):
    """How many days lie between two, the later one first, as a whole number."""

    template = "(%(expressions)s)"
    arg_joiner = " - "
    output_field = IntegerField()


@dataclass(frozen=True)
class Question:
    """What is asked of a leaf: a period, a place or everything, and by month or the places of a level."""

    leaf: Leaf
    first: date | None
    last: date
    path: str
    by_month: bool = False
    level: str = ""


class Sums(NamedTuple):
    """What rows come to: how many they are that took so many days, what they add up to, their average of values."""

    days: int
    rows: int
    total: Any
    mean: Any


# One for all rows, or one for each number of days.
Answer = Mapping[tuple[date | None, int | None], Sequence[Sums]]


def answers(questions: Sequence[Question]) -> list[Answer | None]:
    """What the sums say to each question, by month and place; None where the rows must be asked."""
    series = _series({item.leaf.key for item in questions}) if questions else {}
    units = _units({item.path for item in questions if item.path}) if series else set()
    asked = {
        n: series[item.leaf.key]
        for n, item in enumerate(questions)
        if item.leaf.key in series and (not item.path or item.path in units)
    }
    if not asked:
        return [None] * len(questions)
    leaves = {series[item.leaf.key]: item.leaf for item in questions if item.leaf.key in series}
    found: dict[int, dict[tuple[date | None, int | None], list[Sums]]] = defaultdict(dict)
    there = set()
    for n, month, place, *sums in _read({n: questions[n] for n in asked}, asked, leaves):
        if n < 0:
            there.add(-n)
        else:
            found[n].setdefault((month, place), []).append(Sums(*sums))
    # Sums that were dropped since the first query answer nothing, which is not the same as none.
    return [found[n] if asked.get(n) in there else None for n in range(len(questions))]


def _series(keys: Iterable[bytes]) -> dict[bytes, int]:
    """The kept sums with these keys, those whose record type is not touched too much."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT key, id FROM records_sumseries s WHERE key = ANY(%s) AND NOT EXISTS (SELECT FROM records_sumtouch t"
            " WHERE t.record_type = s.record_type OFFSET %s LIMIT 1)",
            [list(keys), MOST],
        )
        return {bytes(key): pk for key, pk in cursor.fetchall()}


def _units(paths: Iterable[str]) -> set[str]:
    """Those places whose rows are whole units: what is smaller than a community is counted from the rows."""
    places: type[Model] = apps.get_model("territory.Place")
    found = places._default_manager.filter(path__in=paths).values_list("path", "pk", "community_id")
    return {path for path, pk, community in found if community in (None, pk)}


def _read(questions: Mapping[int, Question], series: Mapping[int, int], leaves: Mapping[int, Leaf]) -> list[Any]:
    rows, values = [], list[Any]()
    for n, item in questions.items():
        for monthly, first, last in _pieces(item.first or date.min, item.last):
            rows.append("(%s::int, %s::bigint, %s::bool, %s::date, %s::date, %s::text, %s::bool, %s::text)")
            values += [n, series[n], monthly, first, last, item.path, item.by_month, item.level]
    if not rows:
        return []
    change, parameters = changed(leaves)
    types = list({leaf.of for leaf in leaves.values()})
    touched = f"{TOUCHED.format(marks='records_sumtouch')} WHERE t.record_type = ANY(%s)"
    with connection.cursor() as cursor:
        statement = READ.format(asked=", ".join(rows), touched=touched, change=change)
        cursor.execute(statement, [*values, types, *parameters])
        return list(cursor.fetchall())


def _pieces(first: date, last: date) -> list[tuple[bool, date, date]]:
    """A period as its whole months, and the days before and after them."""
    if max(first, last).year == date.max.year:
        return [(False, first, last)]
    begin = first if first.day == 1 else next_month(first)
    end = next_month(last) if (last + timedelta(days=1)).day == 1 else last.replace(day=1)
    if begin >= end:
        return [(False, first, last)] if first <= last else []
    day = timedelta(days=1)
    before = [(False, first, begin - day)] if first < begin else []
    after = [(False, end, last)] if end <= last else []
    return [*before, (True, begin, end - day), *after]


def next_month(day: date) -> date:
    """The first day of the next month."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def changed(leaves: Mapping[int, Leaf]) -> tuple[str, list[Any]]:
    """The query of what the cells of these series lack, over the days and units in `touched`; with its values."""
    counted, values = counting(leaves, touched=True)
    return f"{KEPT} WHERE c.series_id = ANY(%s) UNION ALL {counted}", [list(leaves), *values]


def counting(leaves: Mapping[int, Leaf], *, touched: bool = False) -> tuple[str, list[Any]]:
    """The query of all cells of these series from the rows, or of the touched ones; with its values.

    Leaves of one record type and date, and of the same days from one to another, are counted in one pass over its rows.
    """
    passes: dict[tuple[str, str, tuple[str, ...]], dict[int, Leaf]] = defaultdict(dict)
    for pk, leaf in leaves.items():
        passes[leaf.of, leaf.by, (leaf.column, leaf.since) if leaf.since else ()][pk] = leaf
    statements, values = [NOTHING], list[Any]()
    for (of, by, span), together in passes.items():
        query, parameters = _pass(record_type(of), by, span, together, touched)
        only = f"WHERE (sum_day, sum_unit) IN (SELECT day, unit FROM touched WHERE record_type = '{of}')"
        cells = (
            f"({pk}, rows_{pk}, rows_{pk}, 0)"
            if span or not leaf.column
            else f"({pk}, rows_{pk}, measured_{pk}, total_{pk})"
            for pk, leaf in together.items()
        )
        statements.append(
            "SELECT series, sum_day AS day, sum_unit AS unit, sum_days AS days, rows, measured,"
            " coalesce(total, 0) AS total"
            f" FROM (SELECT * FROM ({query}) w {only if touched else ''}) w,"
            f" LATERAL (VALUES {', '.join(cells)}) v (series, rows, measured, total) WHERE rows > 0"
        )
        values += parameters
    return " UNION ALL ".join(statements), values


def _pass(
    kind: RecordType, by: str, span: tuple[str, ...], leaves: Mapping[int, Leaf], touched: bool
) -> tuple[str, tuple[Any, ...]]:
    """What all these leaves count, by day and unit, and by the days of a span."""
    rows = kind.rows().filter(**{f"{name}__isnull": False for name in (by, *span)})
    if touched:
        rows = rows.filter(_on_touched_days(kind, by))
    day: Any = TruncDate(by, tzinfo=clock.SHANGHAI) if has_moments(kind, by) else F(by)
    unit = Coalesce(f"{kind.place}__community_id", f"{kind.place}_id", Value(0))
    days = Days(*span) if span else Value(0)
    rows = rows.order_by().annotate(sum_day=day, sum_unit=unit, sum_days=days).values("sum_day", "sum_unit", "sum_days")
    for pk, leaf in leaves.items():
        only = leaf.condition or None
        rows = rows.annotate(**{f"rows_{pk}": Count("pk", filter=only)})
        if leaf.column and not span:
            measured, total = Count(leaf.column, filter=only), Sum(leaf.column, filter=only)
            rows = rows.annotate(**{f"measured_{pk}": measured, f"total_{pk}": total})
    statement: tuple[str, tuple[Any, ...]] = rows.query.sql_with_params()
    return statement


def _on_touched_days(kind: RecordType, by: str) -> RawSQL:
    """That a row lies on a touched day, said so that the index of the date serves."""
    table = connection.ops.quote_name(model_of(kind)._meta.db_table)
    column = f"{table}.{column_of(kind, by)}"
    days = f"FROM touched WHERE record_type = '{kind.code}'"
    text = f"{column} = ANY(ARRAY(SELECT DISTINCT day {days}))"
    if has_moments(kind, by):
        edge = "({} AT TIME ZONE 'Asia/Shanghai')"
        first, last = edge.format("min(day)::timestamp"), edge.format("(max(day) + 1)::timestamp")
        text = f"{column} >= (SELECT {first} {days}) AND {column} < (SELECT {last} {days})"
    return RawSQL(text, [], output_field=BooleanField())
