"""Sums of figures: how fast a year is read from them, how long they take to build, and what they cost intake."""

import statistics
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final

from django.db import connection

from linli.core import clock
from linli.records.figures.answering import Need, answered
from linli.records.figures.compile import EVERYWHERE
from linli.records.figures.compute import parsed
from linli.records.figures.sums.leaves import leaf_of
from linli.records.figures.sums.reading import Question, answers
from linli.records.operations.sums import sums_rebuild, sums_refresh

ROUNDS: Final = 4
TIMES: Final = 40


def milliseconds(work: Callable[[], Any]) -> float:
    """How long something takes."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def build() -> float:
    """Build all sums; the seconds that took."""
    return milliseconds(sums_rebuild) / 1000


def refresh() -> float:
    """Bring all marked days and places up to date, of which there are some; the milliseconds for each thousand."""
    marks, began = 0, time.perf_counter()
    while met := sums_refresh():
        marks += met
    return (time.perf_counter() - began) * 1_000_000 / marks


def reads() -> dict[str, float]:
    """How long readings of a year take, nineteen in twenty of them."""
    today = clock.today()
    period = {"from": str(today - timedelta(days=364)), "to": str(today)}
    count = parsed({"id": "bench.count", "of": "case", "period": period})
    found = leaf_of(count, {})
    assert found is not None
    crossed = Question(found[0], date.fromisoformat(period["from"]), today, "", by_month=True, level="street")
    asked: dict[str, Callable[[], Any]] = {
        "in all": lambda: answered([Need(count, today, EVERYWHERE)]),
        "by month": lambda: answered([Need(count, today, EVERYWHERE, "month")]),
        "by community": lambda: answered([Need(count, today, EVERYWHERE, "community")]),
        "by street and month": lambda: answers([crossed]),
    }
    return {name: within(ask) for name, ask in asked.items()}


def within(ask: Callable[[], Any]) -> float:
    """The milliseconds within which nineteen in twenty are done."""
    ask()
    return statistics.quantiles([milliseconds(ask) for _ in range(TIMES)], n=20)[-1]


def cost(rate: Callable[[], float]) -> float:
    """The rate of intake without marks, divided by that with them; in turn, so that both meet the same machine."""
    rates: dict[bool, list[float]] = {True: [], False: []}
    try:
        for number in range(ROUNDS * 2):
            marking = number % 4 in (0, 3)
            _mark(marking)
            rates[marking].append(rate())
    finally:
        _mark(True)
    return statistics.median(rates[False]) / statistics.median(rates[True])


def _mark(wanted: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE cases_case {'ENABLE' if wanted else 'DISABLE'} TRIGGER sum_inserted_case")
