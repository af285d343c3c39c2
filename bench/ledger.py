"""The ledger of points: postings by eight clients beside the same double entry in bare SQL, and a long statement."""

import multiprocessing
import random
import statistics
import threading
import time
from itertools import count
from typing import Any

import django
from django.db import connection, connections

from bench.driving import PROCESSES, THREADS, Statements, rate

ACCOUNTS = 10_000
PAGES = 200
ROUNDS = 3
# The same work, statement by statement: both accounts locked in their order, a transfer, two entries, two balances.
BARE = (
    "SELECT id, balance FROM points_account WHERE id IN (%(low)s, %(high)s) ORDER BY id FOR UPDATE",
    "INSERT INTO points_transfer (book, source_type, source_id, edition, rule, direction, debit_id, credit_id, amount,"
    " charged, day, place_id, reason, confirmer, actor, at) VALUES ('points', 'bare', gen_random_uuid()::text, 1,"
    " 'gift', 'moved', %(low)s, %(high)s, 1, 0, current_date, %(place)s, '', '', 'system', now())",
    "INSERT INTO points_entry (transfer_id, account_id, amount, balance) SELECT t.id, a.id,"
    " CASE a.id WHEN %(low)s THEN -1 ELSE 1 END, a.balance + CASE a.id WHEN %(low)s THEN -1 ELSE 1 END"
    " FROM points_account a, (SELECT currval(pg_get_serial_sequence('points_transfer', 'id')) AS id) t"
    " WHERE a.id IN (%(low)s, %(high)s)",
    "UPDATE points_account SET balance = balance - 1 WHERE id = %(low)s",
    "UPDATE points_account SET balance = balance + 1 WHERE id = %(high)s",
    "INSERT INTO core_entry (at, actor, operation, subject_type, subject_id, place_id, facts, count) VALUES"
    " (now(), 'system', 'points.post', 'points_transfer',"
    " currval(pg_get_serial_sequence('points_transfer', 'id')), %(place)s, '{}', 1)",
)
_MEMBERS = """
INSERT INTO points_member (book, number, place_id, alias, consent, joined_on, version)
SELECT 'points', 'BENCH' || n, %(place)s, '', 'ledger', current_date, 1 FROM generate_series(1, %(accounts)s) n
ON CONFLICT DO NOTHING
"""
_ACCOUNTS = """
INSERT INTO points_account (book, kind, member_id, subject_type, subject_id, place_id, floor, balance, held)
SELECT 'points', 'holder', id, '', '', place_id, -1000000000, 0, 0 FROM points_member WHERE number LIKE 'BENCH%%'
ON CONFLICT DO NOTHING
"""
_TRANSFERS = """
INSERT INTO points_transfer (book, source_type, source_id, edition, rule, direction, debit_id, credit_id, member_id,
  amount, charged, day, place_id, reason, confirmer, actor, at)
SELECT 'points', 'bench', n::text, 1, 'given', 'given', (%(ids)s::bigint[])[2 + n %% %(others)s],
  CASE WHEN n %% 5 = 0 THEN (%(ids)s::bigint[])[1] ELSE (%(ids)s::bigint[])[2 + (n * 7 + 1) %% %(others)s] END,
  NULL, 1, 0, current_date - n %% 900, %(place)s, '', '', 'system', now()
FROM generate_series(1, %(transfers)s) n
WHERE n %% 5 = 0 OR n %% %(others)s <> (n * 7 + 1) %% %(others)s
ON CONFLICT DO NOTHING
"""
_ENTRIES = """
INSERT INTO points_entry (transfer_id, account_id, amount, balance)
SELECT t.id, leg.account, leg.amount, 0 FROM points_transfer t
CROSS JOIN LATERAL (VALUES (t.debit_id, -t.amount), (t.credit_id, t.amount)) leg(account, amount)
WHERE t.source_type = 'bench' AND NOT EXISTS (SELECT 1 FROM points_entry e WHERE e.transfer_id = t.id)
"""
_BALANCES = """
UPDATE points_account a SET balance = e.total FROM
  (SELECT account_id, sum(amount) AS total FROM points_entry GROUP BY account_id) e WHERE e.account_id = a.id
"""


def fill(place: int, entries: int) -> list[int]:
    """So many entries among ten thousand accounts, a tenth of them of one; gives the accounts, that one first."""
    with connection.cursor() as cursor:
        cursor.execute(_MEMBERS, {"place": place, "accounts": ACCOUNTS})
        cursor.execute(_ACCOUNTS)
        cursor.execute(
            "SELECT a.id FROM points_account a JOIN points_member m ON m.id = a.member_id"
            " WHERE m.number LIKE 'BENCH%' ORDER BY a.id"
        )
        ids = [int(row[0]) for row in cursor.fetchall()]
        values: dict[str, Any] = {"ids": ids, "others": len(ids) - 1, "place": place, "transfers": entries // 2}
        cursor.execute(_TRANSFERS, values)
        cursor.execute(_ENTRIES)
        cursor.execute(_BALANCES)
        cursor.execute("ANALYZE points_transfer, points_entry, points_account")
    return ids


def postings(dsn: str, ids: list[int], place: int, seconds: float) -> tuple[float, float]:
    """Postings a second by the operation and by bare SQL, in turn; the middle one of each."""
    draw = random.Random(7)
    pairs = [sorted(draw.sample(ids, 2)) for _number in range(4_000)]
    values = tuple({"low": low, "high": high, "place": place} for low, high in pairs)
    rounds = [(_own(pairs, place, seconds), rate(Statements(dsn, BARE, values), seconds)) for _round in range(ROUNDS)]
    own, bare = (statistics.median(side) for side in zip(*rounds, strict=True))
    return own, bare


def statement(account: int) -> float:
    """The 95th percentile of reading a page of a long statement anywhere in it, in milliseconds."""
    from linli.points.models import Account
    from linli.points.queries import book_of

    row = Account.objects.get(pk=account)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM points_entry WHERE account_id = %s ORDER BY random() LIMIT %s", [account, PAGES])
        keys = [int(key) for (key,) in cursor.fetchall()]
    times = []
    for key in keys:
        began = time.perf_counter()
        book_of(row, key)
        times.append((time.perf_counter() - began) * 1000)
    return statistics.quantiles(times, n=20)[-1]


def _own(pairs: list[list[int]], place: int, seconds: float) -> float:
    with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
        return sum(pool.starmap(_drive, [(pairs, place, seconds, number) for number in range(PROCESSES)]))


def _drive(pairs: list[list[int]], place: int, seconds: float, process: int) -> float:
    """Post with several clients in one process; each has its own connection and begins elsewhere."""
    django.setup()
    rates: list[float] = []
    faults: list[Exception] = []

    def client(number: int) -> None:
        try:
            rates.append(_loop(pairs, place, seconds, f"{time.time_ns()}-{process}-{number}", number))
        except Exception as fault:  # noqa: BLE001  a refusal ends the measurement, in the process that asked for it
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=client, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return sum(rates)


def _loop(pairs: list[list[int]], place: int, seconds: float, name: str, number: int) -> float:
    from linli.core import clock
    from linli.core.actors import SYSTEM
    from linli.points.operations.posting import post
    from linli.points.values import Move, Source

    turns = count(number * 500)

    def ask() -> None:
        turn = next(turns)
        low, high = pairs[turn % len(pairs)]
        move = Move(low, high, 1, Source("gift", f"{name}-{turn}"), "gift", "points")
        post(actor=SYSTEM, moves=[move], day=clock.today(), place_id=place)

    for _warm in range(5):
        ask()
    began, done = time.perf_counter(), 0
    while time.perf_counter() - began < seconds:
        ask()
        done += 1
    return done / (time.perf_counter() - began)
