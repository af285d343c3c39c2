"""The ledger at the same moment, in real threads on a database of its own."""

import random
from collections import Counter
from functools import partial
from typing import Any

from linli.accounts.neighbourhood import neighbourhood
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.errors import DomainError
from linli.core.testing.fixtures import OwnDatabase
from linli.points.models import Transfer
from linli.points.operations.accounts import member_account
from linli.points.operations.posting import post, reverse
from linli.points.tests.ledger import account_of, given, member_made, proof
from linli.points.values import Move, Source
from linli.points.workflow import POINTS

REVERSALS = 500
WORKERS = 8
MOVES = 60


def _each(calls: list[Any]) -> Counter[str]:
    found: Counter[str] = Counter()
    for call in calls:
        try:
            call()
            found["ok"] += 1
        except DomainError as error:
            found[error.code] += 1
    return found


def test_everything_is_taken_back_exactly_once(own_database: OwnDatabase) -> None:
    place = neighbourhood().places["community"]
    member = member_made(place)
    rows = [given(member, 1) for _number in range(REVERSALS)]
    calls = [partial(reverse, actor=SYSTEM, transfer_id=row.pk, reason="登记有误") for row in rows] * 2
    random.Random(5).shuffle(calls)
    answers = own_database.together(*(partial(_each, calls[at::WORKERS]) for at in range(WORKERS)))
    assert sum(answers, Counter()) == {"ok": REVERSALS, "points.reversed": REVERSALS}
    assert (account_of(member).balance, Transfer.objects.filter(reverses__isnull=False).count()) == (0, REVERSALS)
    proof()


def test_both_ways_between_two_accounts_nobody_meets_a_deadlock(own_database: OwnDatabase) -> None:
    place = neighbourhood().places["community"]
    first, second = member_made(place), member_made(place)
    for member in (first, second):
        given(member, 1000)
    sides = [member_account(first).pk, member_account(second).pk]

    def moves(worker: int) -> Counter[str]:
        ways = sides if worker % 2 else sides[::-1]
        calls = [
            partial(
                post,
                actor=SYSTEM,
                moves=[Move(ways[0], ways[1], 1, Source("test", f"w{worker}-{at}"), "gift", POINTS)],
                day=clock.today(),
                place_id=place.pk,
            )
            for at in range(MOVES)
        ]
        return _each(calls)

    answers = own_database.together(*(partial(moves, worker) for worker in range(WORKERS)))
    assert sum(answers, Counter()) == {"ok": WORKERS * MOVES}
    assert [account_of(member).balance for member in (first, second)] == [1000, 1000]
    proof()


def test_the_last_points_are_spent_once(own_database: OwnDatabase) -> None:
    place = neighbourhood().places["community"]
    member, other = member_made(place), member_made(place)
    given(member, 30)
    ways = member_account(member).pk, member_account(other).pk
    calls = [
        partial(
            post,
            actor=SYSTEM,
            moves=[Move(ways[0], ways[1], 20, Source("test", at), "gift", POINTS)],
            day=clock.today(),
            place_id=place.pk,
        )
        for at in range(WORKERS)
    ]
    answers = own_database.together(*calls)
    codes = Counter(item.code if isinstance(item, DomainError) else "ok" for item in answers)
    assert codes == {"ok": 1, "points.short": WORKERS - 1}
    same = [partial(given, member, 7, Source("test", "once")) for _number in range(WORKERS)]
    assert len({row.pk for row in own_database.together(*same)}) == 1
    proof()
