"""A county of any size in the tables themselves: grids, posts, matters of three years, their work and journal.

It is written by the database from a few hundred prepared texts, because a million operations would take hours.
"""

import math
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from shapely.geometry import box

from linli.core import clock, search
from linli.core.actors import SYSTEM
from linli.records.importing.report import FileReport
from linli.territory.models import Place
from linli.territory.operations.boundaries import Reading, boundaries_store
from linli.territory.operations.recording import grid_record_many

# Beside the demo place, as the grids of one county lie beside one another.
WEST, SOUTH, STEP = 117.36, 40.92, 0.005
TEXTS = 400
DAYS = 1095
# One matter in ten is open; every finished one is closed or rated.
WORDS = ("楼道堆放杂物", "路灯不亮", "下水道堵塞", "电梯停运", "垃圾没有清运", "水管漏水", "车辆占道", "噪声扰民")
PLACES = ("南门", "北门", "地下车库", "儿童活动区", "三单元门口", "配电房旁", "菜市场对面", "公交站")

_CASES = """
INSERT INTO cases_case (id, number, register_number, source, door, kind, category, urgency, in_scope, confidential,
  text, place_id, grid_id, address, lng, lat, state, outcome, lead_id, lead_name, received_on, received, accepted,
  dispatched, taken, done, closed_on, closed, due, returns, reopened, done_by, on_the_spot, imported, result,
  public_reason, why, search, desk_id, contact_due, paused_minutes, extensions, sampled, verification, supervised,
  answer_repeated, extra, version)
SELECT n, 'B' || n, '', (ARRAY['resident','grid_patrol','hotline','window'])[1 + n %% 4], 'desk',
  (ARRAY['problem','problem','suggestion','help'])[1 + n %% 4], '', 'normal', n %% 20 <> 7, false,
  t.text, g.place_id, g.grid_id, '', g.lng, g.lat, state, CASE WHEN open THEN '' ELSE 'resolved' END,
  CASE WHEN state = 'received' THEN NULL ELSE b.id END, '', day, day + interval '3 hours', day + interval '4 hours',
  day, day + interval '9 hours', CASE WHEN open THEN NULL ELSE day + interval '30 hours' END,
  CASE WHEN open THEN NULL ELSE day + 2 END, CASE WHEN open THEN NULL ELSE day + interval '50 hours' END,
  day + interval '5 days', 0, 0, '', n %% 5 = 0 AND NOT open, false,
  CASE WHEN open THEN '' ELSE '已到现场处理完毕' END, '', '', t.vector::tsvector, NULL, day + interval '1 day',
  0, 0, false, '', false, false, '{}', 1
FROM (SELECT n, n %% 10 = 3 AS open, %(today)s::date - ((%(last)s - n) * %(days)s / %(span)s)::int AS day,
        CASE WHEN n %% 10 <> 3 THEN (ARRAY['closed','rated'])[1 + n %% 2]
             ELSE (ARRAY['received','dispatched','taken','dispatched'])[1 + (n / 10) %% 4] END AS state
      FROM generate_series(%(first)s::bigint, %(last)s::bigint) n) s
JOIN bench_text t ON t.k = n %% %(texts)s
JOIN bench_grid g ON g.k = n * 7919 %% %(grids)s
JOIN bench_body b ON b.k = n %% (SELECT count(*) FROM bench_body)
"""
_WORK = """
INSERT INTO core_workitem (kind, subject_type, subject_id, title, place_id, organization_id, raised, yellow_at, due,
  red_at, level, urgent)
SELECT 'case.handle', 'case', id, left(text, 60), place_id, lead_id, received, due - interval '1 day', due,
  due + interval '2 days', 0, false
FROM cases_case WHERE id BETWEEN %(first)s AND %(last)s AND state IN ('received', 'dispatched', 'taken')
"""
_JOURNAL = """
INSERT INTO core_entry (at, actor, operation, subject_type, subject_id, place_id, facts, count)
SELECT received + k * interval '1 hour', 'user:' || (1 + id %% 12),
  (ARRAY['case.receive','case.accept','case.contact','case.dispatch','case.take','case.finish'])[k],
  'case', id, place_id,
  jsonb_build_object('to', (ARRAY['received','accepted','accepted','dispatched','taken','done'])[k]), 1
FROM cases_case, generate_series(1, 6) k WHERE id BETWEEN %(first)s AND %(last)s
"""
_POSTS = """
INSERT INTO organizations_post (kind, title, place_id, unit, lead, employment, origin, state, since, confirmed,
  consent, duty_phone, extra, version)
SELECT 'grid_worker', '', g.grid_id, '', false, 'full', '', '', %(today)s::date - 100, true, false, '', '{}', 1
FROM generate_series(1, %(posts)s) n JOIN bench_grid g ON g.k = n %% %(grids)s
"""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much of everything; grids and posts go with the matters."""

    cases: int

    @property
    def grids(self) -> int:
        """Ten thousand for a million matters."""
        return max(self.cases // 100, 100)

    @property
    def posts(self) -> int:
        """Twenty thousand for a million matters."""
        return self.grids * 2


def ground_fill(sizes: Sizes) -> None:
    """Grids in a square lattice, each drawn, spread over the communities; posts on them; texts to draw from."""
    communities = Place.objects.filter(type=Place.Type.DIVISION, level="community", until=None, placeholder=False)
    homes = list(communities.order_by("pk").values_list("pk", flat=True))
    have = Place.objects.filter(code__startswith="BENCH").count()
    rows = [
        {"code": f"BENCH{n}", "name": f"第{n}格", "level": "grid", "place": homes[n % len(homes)]}
        for n in range(have, sizes.grids)
    ]
    if rows:
        ids = grid_record_many(actor=SYSTEM, rows=rows)
        held = Place.objects.in_bulk(ids)
        forms = {pk: (held[pk], box(*_cell(n))) for n, pk in enumerate(ids, start=have)}
        boundaries_store(actor=SYSTEM, reading=Reading(FileReport("grids"), wanted=forms), as_of=clock.today())
    with connection.cursor() as cursor:
        _lists(cursor, sizes)
        cursor.execute(_POSTS, {"posts": len(rows) * 2, "today": clock.today(), "grids": sizes.grids})


def _cell(n: int) -> tuple[float, float, float, float]:
    west, south = WEST + n % 100 * STEP, SOUTH + n // 100 * STEP
    return west, south, west + STEP, south + STEP


def point_in(n: int) -> tuple[float, float]:
    """The middle of a grid."""
    west, south, east, north = _cell(n)
    return (west + east) / 2, (south + north) / 2


def _lists(cursor: object, sizes: Sizes) -> None:
    run = cursor.execute  # type: ignore[attr-defined]
    run("CREATE TEMP TABLE bench_text (k int PRIMARY KEY, text text, vector text)")
    for k in range(TEXTS):
        text = f"{PLACES[k % 8]}{WORDS[k // 8 % 8]}，已经{k % 50}天，请尽快派人来看。"
        run("INSERT INTO bench_text VALUES (%s, %s, %s)", [k, text, search.vector(text)])
    run(
        "CREATE TEMP TABLE bench_grid AS SELECT substr(code, 6)::int k, id grid_id, parent_id place_id,"
        " 100 + substr(code, 6)::int %% 100 * 0.005 + 0.002 lng, 30 + substr(code, 6)::int / 100 * 0.005 + 0.002 lat"
        " FROM territory_place WHERE code LIKE 'BENCH%%' AND substr(code, 6)::int < %s",
        [sizes.grids],
    )
    run(
        "CREATE TEMP TABLE bench_body AS SELECT row_number() OVER (ORDER BY id) - 1 k, id"
        " FROM organizations_organization WHERE type = 'department'"
    )


def cases_fill(count: int, grids: int, *, bare: bool = False) -> int:
    """Bring the matters up to a count, the newest with the highest ids; returns how many were added.

    Bare ones have neither work nor journal, which no figure reads.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), coalesce(max(id), 0) FROM cases_case")
        have, last = cursor.fetchone()
        missing = count - have
        for start in range(0, max(missing, 0), 100_000):
            size = min(100_000, missing - start)
            values = {
                "first": last + start + 1,
                "last": last + start + size,
                # Days are counted for the whole span, so that each part goes on where the one before ended.
                "today": clock.today() - timedelta(days=math.floor(DAYS * (missing - start - size) / missing)),
                "days": math.ceil(DAYS * size / missing),
                "span": size,
                "texts": TEXTS,
                "grids": grids,
            }
            for statement in (_CASES,) if bare else (_CASES, _WORK, _JOURNAL):
                cursor.execute(statement, values)
        cursor.execute("SELECT setval(pg_get_serial_sequence('cases_case', 'id'), (SELECT max(id) FROM cases_case))")
        for table in ("cases_case", "core_entry", "core_workitem", "territory_place", "organizations_post"):
            cursor.execute(f"VACUUM ANALYZE {table}" if connection.get_autocommit() else f"ANALYZE {table}")
    return int(max(missing, 0))
