"""The measurements in order: small, filled, large; then one table with target and bare machine beside each."""

import functools
import os
import signal
import statistics
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench import bare, circles, driving, duties, filling, ledger, papers, roster, summing
from bench.driving import Request, Statements, rate
from linli.accounts.models import User
from linli.accounts.queries import actor_of
from linli.cases.models import Case
from linli.core import clock, search
from linli.core.actors import SYSTEM
from linli.records.figures.compile import Scope
from linli.records.figures.compute import compute_many, grouped, measured, parsed
from linli.records.operations.imports import files_import
from linli.territory import locating
from linli.territory.models import Place

# Fewer than these and the demo place itself is all there is to measure.
CASES = max(2_000, int(os.environ.get("BENCH_CASES", "1000000")))
# How many to compute figures over in the end, over three years; none further where this is less than there are.
RECORDS = int(os.environ.get("BENCH_RECORDS", "0"))
SECONDS = float(os.environ.get("BENCH_SECONDS", "2"))
# How often each door is driven, in turn with the bare database; the middle one counts.
ROUNDS = 5
PORT = int(os.environ.get("BENCH_PORT", "8111"))
SMALL = 1_000
BATCH = 50
POINTS = 400_000
LEDGER = min(20_000, max(500, CASES // 10))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table; `most` says that the target is an upper bound."""

    name: str
    value: float
    unit: str
    target: float
    bare: float | None = None
    most: bool = False

    def __str__(self) -> str:
        met = self.value <= self.target if self.most else self.value >= self.target
        digits = 2 if self.unit == "x" else 1
        ratio = f"{self.value / self.bare:.2f}" if self.bare else "-"
        own = f"{self.bare:,.1f}" if self.bare else "-"
        bound = "<=" if self.most else ">="
        cells = (
            f"{self.value:,.{digits}f} {self.unit}",
            f"{bound} {self.target:,.{digits - 1}f}",
            own,
            ratio,
            "yes" if met else "NO",
        )
        return f"| {self.name} | {' | '.join(cells)} |"


@dataclass(slots=True)
class Table:
    """What was measured."""

    lines: list[Line] = field(default_factory=list)

    def add(self, *values: Any, **named: Any) -> None:
        """Keep a line and show it at once."""
        self.lines.append(Line(*values, **named))
        print(self.lines[-1], flush=True)


def main(linli: Path) -> int:
    """Fill, serve, measure, print."""
    print("| what | measured | target | bare database | ratio | met |\n|---|---|---|---|---|---|", flush=True)
    table, sizes = Table(), filling.Sizes(CASES)
    filling.ground_fill(sizes)
    small = Case.objects.count() <= SMALL
    filling.cases_fill(min(SMALL, CASES), sizes.grids)
    with _served(linli) as pids:
        before = _doors(Table(), sizes) if small else {}
        if not small:
            print(f"the folder held more than {SMALL:,} matters already: no comparison with few", flush=True)
        began = time.perf_counter()
        added = filling.cases_fill(CASES, sizes.grids)
        print(f"filled {added:,} matters in {time.perf_counter() - began:.0f} s", flush=True)
        after = _doors(table, sizes)
        for name, value in after.items():
            if name in before:
                table.add(f"{name}, {SMALL:,} to {CASES:,}", before[name] / value, "x", 1.3, most=True)
        _summing(table, sizes)
        _figures(table)
        _locating(table, sizes)
        _ledger(table)
        _volunteers(table)
        _visits(table)
        table.add("server memory, the largest process", max(map(_memory, pids())), "MB", 400, most=True)
        _importing(table)
    if RECORDS > CASES:
        _many(table, sizes)
    missed = [line.name for line in table.lines if str(line).endswith("NO |")]
    print(f"missed: {', '.join(missed) or 'nothing'}")
    return 0


@contextmanager
def _served(linli: Path) -> Iterator[Callable[[], list[int]]]:
    """The real server, as the application's own role; gives what lists its processes.

    Without the worker, which would seal the journal of the filling, six million entries, while doors are measured.
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE", "LINLI_DAT"))}
    environment |= {"LINLI_DATA": os.environ["LINLI_DATA"], "PORT": str(PORT)}
    process = subprocess.Popen([linli, "serve", "--no-worker"], env=environment, stdout=subprocess.DEVNULL)
    try:
        for _try in range(120):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{PORT}/health/", timeout=5).close()
                break
            except (urllib.error.URLError, OSError):
                time.sleep(1)
        else:
            raise RuntimeError("the server does not answer")
        yield lambda: _family(process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(below for child in children for below in _family(int(child)))]


def _memory(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def _doors(table: Table, sizes: filling.Sizes) -> dict[str, float]:
    """Intake, list and one case, over HTTP with eight clients; each against the bare database at once after."""
    desk, leader = _session("shequ"), _session("lingdao")
    middle = Case.objects.exclude(state__in=("closed", "rated")).order_by("received_on", "pk")
    row = middle[middle.count() // 2]
    ids = tuple(Case.objects.filter(number__startswith="B").order_by("?").values_list("pk", flat=True)[:500])
    one = ({"day": row.received_on, "id": row.pk},)
    reports = _reports(sizes)
    found = {}

    def door(name: str, target: float, request: Request, sql: tuple[str, ...], values: Any, each: int = 1) -> None:
        bare_work = Statements(_dsn(), sql, values)
        pairs = [(rate(request, SECONDS) * each, rate(bare_work, SECONDS)) for _ in range(ROUNDS)]
        own, machine = (statistics.median(side) for side in zip(*pairs, strict=True))
        found[name] = own
        table.add(name, own, "/s", target or machine / 2, machine)

    after = f"{row.received_on:%Y%m%d}-{row.pk}"
    cases = "/api/v1/cases"
    bodies = tuple(report for report, _values in reports)
    rows = tuple(values for _report, values in reports)
    batches = tuple(list(bodies[n : n + BATCH]) for n in range(0, len(bodies) - BATCH, 7))
    door("intake, one a request", 240, Request(PORT, cases, desk, "POST", bodies), bare.INTAKE, rows)
    door("intake, fifty a request", 0, Request(PORT, f"{cases}/batch", desk, "POST", batches), bare.INTAKE, rows, BATCH)
    first = ({"day": clock.today() + timedelta(days=1), "id": 0},)
    door("list, first page, JSON", 170, Request(PORT, cases, leader), (bare.LIST,), first)
    door("list, later page, JSON", 170, Request(PORT, f"{cases}?after={after}", leader), (bare.LIST,), one)
    page = Request(PORT, f"/cases/?after={after}", leader, accept="text/html")
    door("list, later page, HTML", 60, page, (bare.LIST,), one)
    values = tuple({"id": pk} for pk in ids)
    door("one case, JSON", 250, Request(PORT, f"{cases}/{{id}}", leader, ids=ids), bare.CASE, values)
    page = Request(PORT, "/cases/{id}/", leader, ids=ids, accept="text/html")
    door("one case, HTML", 120, page, bare.CASE, values)
    for name, path, most in (("list", f"{cases}?after={after}", 12), ("one case", f"{cases}/{ids[0]}", 10)):
        table.add(f"queries of {name}", _queries("lingdao", path), "", most, most=True)
    return found


def _session(username: str) -> str:
    session = _client(username).cookies[settings.SESSION_COOKIE_NAME].value
    return f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={driving.TOKEN}"


def _client(username: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=username), settings.AUTHENTICATION_BACKENDS[1])
    return client


def _queries(username: str, path: str) -> int:
    client = _client(username)
    client.get(path)
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path}: {answer.status_code}")
    return len(seen)


def _reports(sizes: filling.Sizes) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """What is reported, and the same for the bare database, in grids where the desk may register."""
    actor = actor_of(User.objects.get(username="shequ"))
    grids = Place.objects.filter(code__startswith="BENCH").select_related("parent").order_by("pk")[: sizes.grids]
    held = [grid for grid in grids if grid.parent and actor.reaches("cases.register", path=grid.parent.path)]
    if not held:
        raise RuntimeError("the desk reaches none of the grids")
    made = []
    for n in range(1_000):
        grid = held[n * 31 % len(held)]
        lng, lat = filling.point_in(int(grid.code.removeprefix("BENCH")))
        text = f"{filling.PLACES[n % 8]}{filling.WORDS[n // 8 % 8]}，第{n}次反映"
        report = {"text": text, "lng": lng, "lat": lat, "source": "resident", "reporter_name": "张三"}
        values = {"text": text, "lng": lng, "lat": lat, "place": grid.parent_id, "grid": grid.pk}
        made.append((report, values | {"vector": search.vector(text)}))
    return made


def _dsn() -> str:
    given = connection.get_connection_params()
    return " ".join(
        f"{name}={given[name]}" for name in ("host", "port", "user", "password", "dbname") if given.get(name)
    )


def _figures(table: Table, slow: float = 1_000) -> None:
    at = clock.today()
    values = {"from": at - timedelta(days=365), "to": at}
    period = {"from": str(at - timedelta(days=364)), "to": str(at)}
    count = parsed({"id": "bench.count", "of": "case", "period": period})
    distinct = parsed({"id": "bench.distinct", "of": "case", "measure": {"distinct": "place"}, "period": period})
    median = parsed({"id": "bench.median", "of": "case", "measure": {"median": "handling_days"}, "period": period})
    everywhere = Scope()
    for name, most, ask, sql in (
        ("a year by month", 300, lambda: grouped(count, at, everywhere, "month"), bare.BY_MONTH),
        ("a year by street", 300, lambda: grouped(count, at, everywhere, "street"), bare.BY_STREET),
        ("a year, distinct places", slow, lambda: measured(distinct, at, everywhere), bare.DISTINCT),
        ("a year, median days", slow, lambda: measured(median, at, everywhere), bare.MEDIAN),
    ):
        pairs = [(_milliseconds(ask), _milliseconds(functools.partial(_bare, sql, values))) for _ in range(5)]
        own, machine = (statistics.median(side) for side in zip(*pairs, strict=True))
        table.add(name, own, "ms", most, machine, most=True)


def _summing(table: Table, sizes: filling.Sizes) -> None:
    """Sums: built anew, which meets every mark there is; then what intake marks for a few seconds is met."""
    table.add("sums, building all", summing.build(), "s", CASES / 50_000, most=True)
    reports = _reports(sizes)
    intake = Statements(_dsn(), bare.INTAKE, tuple(values for _report, values in reports))
    rate(intake, SECONDS)
    table.add("sums, a thousand marks", summing.refresh(), "ms", 1_000, most=True)
    request = Request(PORT, "/api/v1/cases", _session("shequ"), "POST", tuple(report for report, _values in reports))
    table.add("sums, cost of intake in SQL", summing.cost(lambda: rate(intake, SECONDS)), "x", 1.1, most=True)
    table.add("sums, cost of intake", summing.cost(lambda: rate(request, SECONDS)), "x", 1.1, most=True)
    summing.refresh()
    _reading(table)


def _reading(table: Table) -> None:
    for name, within in summing.reads().items():
        table.add(f"a year from sums, {name}, p95", within, "ms", 200, most=True)
    table.add(
        "the book of the demo place, p95", summing.within(lambda: compute_many(clock.today())), "ms", 1_000, most=True
    )
    leader = _client("lingdao")
    table.add(
        "the board of the county, p95",
        summing.within(lambda: leader.get("/figures/boards/overview/")),
        "ms",
        500,
        most=True,
    )
    for name, seconds in papers.report().items():
        table.add(f"a report with 60 figures and 6 charts, {name}", seconds, "s", 10, most=True)


def _many(table: Table, sizes: filling.Sizes) -> None:
    """The same questions among many more rows, of which nothing but the rows is there."""
    began = time.perf_counter()
    added = filling.cases_fill(RECORDS, sizes.grids, bare=True)
    print(f"filled {added:,} matters in {time.perf_counter() - began:.0f} s", flush=True)
    table.add("sums, building all", summing.build(), "s", RECORDS / 50_000, most=True)
    _reading(table)
    _figures(table, slow=3_000)


def _bare(sql: str, values: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        cursor.fetchall()


def _milliseconds(ask: Callable[[], Any]) -> float:
    began = time.perf_counter()
    ask()
    return (time.perf_counter() - began) * 1000


def _locating(table: Table, sizes: filling.Sizes) -> None:
    draw = np.random.default_rng(3)
    lng = filling.WEST + draw.uniform(0, 100, POINTS) * filling.STEP
    lat = filling.SOUTH + draw.uniform(0, sizes.grids // 100, POINTS) * filling.STEP
    locating.refresh()
    locating.locate(float(lng[0]), float(lat[0]))
    bulk = statistics.median(_milliseconds(lambda: locating.locate_many(lng, lat)) for _ in range(5))
    table.add("locate in bulk", POINTS / bulk * 1000, "points/s", 400_000)
    points = list(zip(lng[:20_000].tolist(), lat[:20_000].tolist(), strict=True))
    each = statistics.median(_milliseconds(lambda: [locating.locate(x, y) for x, y in points]) for _ in range(5))
    table.add("locate one", each / len(points) * 1000, "us", 25, most=True)


def _ledger(table: Table) -> None:
    """Postings between ten thousand accounts, and a statement that holds a tenth of as many entries as matters."""
    place = Place.objects.filter(type=Place.Type.DIVISION, level="community").values_list("pk", flat=True)[0]
    ids = ledger.fill(place, CASES)
    own, machine = ledger.postings(_dsn(), ids, place, SECONDS)
    table.add("posting to the ledger", own, "/s", machine / 3, machine)
    table.add("a page of a long statement, p95", ledger.statement(ids[0]), "ms", 80, most=True)


def _volunteers(table: Table) -> None:
    """Whom an order might be offered to among ten thousand in the street, and the slowest search of a large roster."""
    roster.roster_fill(10_000)
    table.add("a suggestion for an order, among 10,000, p95", roster.suggestion(), "ms", 100, most=True)
    roster.roster_fill(CASES)
    found = roster.searches(actor_of(User.objects.get(username="shequ")), SYSTEM)
    slowest = max(found, key=found.__getitem__)
    print(", ".join(f"{name} {value:.0f} ms" for name, value in found.items()), flush=True)
    table.add(f"search of the roster, the slowest ({slowest}), p95", found[slowest], "ms", 100, most=True)


def _visits(table: Table) -> None:
    """Lists of visits among as many as there are matters, and the quotas of everybody who answers for a place."""
    duties.fill(CASES)
    found = duties.lists(actor_of(User.objects.get(username="shequ")))
    slowest = max(found, key=found.__getitem__)
    print(", ".join(f"{name} {value:.0f} ms" for name, value in found.items()), flush=True)
    table.add(f"visits, the slowest list ({slowest}), p95", found[slowest], "ms", 100, most=True)
    table.add("quotas of a year, 5,000 who answer, p95", duties.quotas(), "ms", 1_000, most=True)


def _walks(table: Table) -> None:
    """What is within a walk in a town of twenty thousand junctions and three thousand buildings."""
    found = circles.seconds()
    print(f"best sites of all kinds in all divisions {found['all sites']:.1f} s", flush=True)
    table.add("15-minute circle, all kinds and the best site of one", found["one site"], "s", 2, most=True)


def _importing(table: Table) -> None:
    """Ledgers of matters that nobody has seen, in the layout of the demo place; the middle one of three."""
    place = Place.objects.filter(type=Place.Type.COMPOUND, until=None).order_by("pk").first()
    table.add("import of a ledger", statistics.median(_imported(place, n) for n in range(3)), "rows/s", 5_000)


def _imported(place: Place | None, number: int) -> float:
    stamp = f"{clock.now():%y%m%d%H%M%S}{number}"
    day = clock.today() - timedelta(days=30)
    head = "居民诉求办理台账,,,,,,,,\n编号,登记日期,来源,类别,内容,小区,承办单位,办结日期,办理状态\n"
    lines = [
        f"YS{stamp}{n},{day},窗口,消防设施,第{n}号灭火器过期,{place},县消防救援大队,{day},已办结\n"
        for n in range(LEDGER)
    ]
    path = Path(settings.DATA) / f"诉求台账{stamp}.csv"
    path.write_text(head + "".join(lines), "utf-8-sig")
    began = time.perf_counter()
    (report,) = files_import(actor=SYSTEM, paths=[path], as_of=clock.today())
    seconds = time.perf_counter() - began
    path.unlink()
    if report.created != LEDGER:
        raise RuntimeError(f"{report.created} of {LEDGER} rows came in")
    return LEDGER / seconds
