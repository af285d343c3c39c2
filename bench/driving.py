"""Clients: eight of them in two processes, each with one connection that stays open, for a few seconds.

A job is a function at the top of a module, so that another process finds it by name; nothing here needs Django.
"""

import http.client
import json
import multiprocessing
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psycopg

PROCESSES = 2
THREADS = 4
# Against forgery a session sends the same token as cookie and as header.
TOKEN = "0123456789abcdef" * 2


@dataclass(frozen=True, slots=True)
class Request:
    """What each client asks again and again; `bodies` and `ids` are taken in turn, every report has its own key."""

    port: int
    path: str
    cookie: str
    method: str = "GET"
    bodies: tuple[Any, ...] = ()
    ids: tuple[int, ...] = (0,)
    accept: str = "application/json"


@dataclass(frozen=True, slots=True)
class Statements:
    """What each client does to the bare database: statements in one transaction, with values taken in turn."""

    dsn: str
    statements: tuple[str, ...]
    values: tuple[dict[str, Any], ...]


def rate(work: Request | Statements, seconds: float) -> float:
    """How often a second all clients together get it done. A refusal ends the measurement."""
    pool = multiprocessing.get_context("spawn").Pool(PROCESSES)
    with pool:
        counts = pool.starmap(_drive, [(work, seconds, number) for number in range(PROCESSES)])
    return sum(counts)


def _drive(work: Request | Statements, seconds: float, process: int) -> float:
    rates: list[float] = []
    faults: list[Exception] = []

    def client(number: int) -> None:
        try:
            rates.append(_loop(_asker(work), seconds, process * THREADS + number))
        except (OSError, RuntimeError, http.client.HTTPException, psycopg.Error) as fault:
            faults.append(fault)

    threads = [threading.Thread(target=client, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return sum(rates)


def _loop(ask: Callable[[int], None], seconds: float, number: int) -> float:
    """Ask a few times to warm up, then for so long; each client begins elsewhere in the values."""
    turn = number * 1_000
    for _warm in range(5):
        ask(turn := turn + 1)
    began, done = time.perf_counter(), 0
    while time.perf_counter() - began < seconds:
        ask(turn := turn + 1)
        done += 1
    return done / (time.perf_counter() - began)


def _asker(work: Request | Statements) -> Callable[[int], None]:
    return _web(work) if isinstance(work, Request) else _bare(work)


def _web(work: Request) -> Callable[[int], None]:
    connection = http.client.HTTPConnection("127.0.0.1", work.port, timeout=60)
    headers = {"Cookie": work.cookie, "Accept": work.accept, "Content-Type": "application/json", "X-CSRFToken": TOKEN}

    def ask(turn: int) -> None:
        path = work.path.format(id=work.ids[turn % len(work.ids)])
        body = _keyed(work.bodies[turn % len(work.bodies)]) if work.bodies else None
        connection.request(work.method, path, body, headers)
        answer = connection.getresponse()
        text = answer.read()
        if answer.status not in (200, 201) or b'"error"' in text[:4000]:
            raise RuntimeError(f"{work.method} {path}: {answer.status} {text[:300]!r}")

    return ask


def _keyed(body: Any) -> bytes:
    """A report, or fifty, each under a key that nobody has used, as phones and hotlines send them."""
    items = body if isinstance(body, list) else [body]
    keyed = [{**item, "key": uuid.uuid4().hex} for item in items]
    return json.dumps(keyed if isinstance(body, list) else keyed[0]).encode()


def _bare(work: Statements) -> Callable[[int], None]:
    connection = psycopg.connect(work.dsn, autocommit=True)

    def ask(turn: int) -> None:
        values = work.values[turn % len(work.values)]
        with connection.transaction():
            for statement in work.statements:
                cursor = connection.execute(statement, values)
                if cursor.description:
                    cursor.fetchall()

    return ask
