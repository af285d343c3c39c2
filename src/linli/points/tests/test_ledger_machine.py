"""Whatever is posted, set aside, redeemed, taken back or expires, in any order: the ledger adds up and stays."""

from datetime import timedelta
from typing import Any, Final

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from linli.accounts.testing import Cast
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.errors import DomainError
from linli.points.models import Account, Entry, Hold, Transfer
from linli.points.operations.accounts import member_account, organization_account, place_account, subject_account
from linli.points.operations.expiring import points_expire
from linli.points.operations.posting import expire_holds, hold, post, post_holds, reverse, void_holds
from linli.points.tests.ledger import given, member_made, proof
from linli.points.values import Move, Reserve, Source
from linli.points.workflow import GOODS, ISSUE, POINTS, SHOP, STOCK, USED

START: Final = "2026-01-15T10:00"
AMOUNTS: Final = st.integers(1, 40)
WHO: Final = st.integers(0, 2)
ALLOWED: Final = {"points.short", "points.hold_over", "points.reversed", "points.reversal"}
DAY: Final = timedelta(days=1)


class Ledger(RuleBasedStateMachine):
    """A community with three members, a shop and one kind of goods; time goes on."""

    cast: Cast

    def __init__(self) -> None:
        super().__init__()
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.now = clock.now()
        self.at = 0
        self.place = self.cast.places["community"]
        self.members = [member_made(self.place) for _number in range(3)]
        office = self.cast.bodies["community_office"].pk
        self.shop = organization_account(POINTS, SHOP, office, self.place.pk).pk
        self.stock = subject_account(STOCK, "reward_item", 1, self.place.pk, GOODS).pk
        self.used = place_account(GOODS, USED, self.place.pk).pk
        self.seen: dict[int, tuple[Any, ...]] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.outer.__exit__(None, None, None)

    def source(self) -> Source:
        self.at += 1
        return Source("machine", self.at)

    def attempt(self, call: Any) -> None:
        with clock.frozen(self.now):
            try:
                call()
            except DomainError as error:
                if error.code not in ALLOWED:
                    raise

    @rule(days=st.sampled_from([1, 6, 40, 400]))
    def wait(self, days: int) -> None:
        self.now += days * DAY

    @rule(who=WHO, amount=AMOUNTS, twice=st.booleans())
    def earn(self, who: int, amount: int, twice: bool) -> None:
        source = self.source()
        for _time in range(1 + twice):
            self.attempt(lambda: given(self.members[who], amount, source))

    @rule(amount=AMOUNTS)
    def deliver(self, amount: int) -> None:
        issue = place_account(GOODS, ISSUE, self.place.pk).pk
        self.posted(Move(issue, self.stock, amount, self.source(), "supply", GOODS))

    @rule(who=WHO, to=WHO, amount=AMOUNTS)
    def spend(self, who: int, to: int, amount: int) -> None:
        credit = self.shop if who == to else member_account(self.members[to]).pk
        self.posted(Move(member_account(self.members[who]).pk, credit, amount, self.source(), "redeem", POINTS))

    def posted(self, move: Move) -> None:
        self.attempt(lambda: post(actor=SYSTEM, moves=[move], day=clock.today(), place_id=self.place.pk))

    @rule(who=WHO, amount=AMOUNTS, pieces=st.integers(1, 3))
    def reserve(self, who: int, amount: int, pieces: int) -> None:
        source, until = self.source(), self.now + 7 * DAY
        wanted = [
            Reserve(member_account(self.members[who]).pk, amount, source, until),
            Reserve(self.stock, pieces, source, until),
        ]
        self.attempt(lambda: hold(actor=SYSTEM, reserves=wanted))

    def pair(self, pick: int) -> list[Hold]:
        rows = list(Hold.objects.order_by("pk"))
        return [row for row in rows if row.source_id == rows[pick % len(rows)].source_id]

    @precondition(lambda self: Hold.objects.exists())
    @rule(pick=st.integers(0, 50))
    def redeem(self, pick: int) -> None:
        to = {row.pk: self.used if row.account_id == self.stock else self.shop for row in self.pair(pick)}
        given_to: dict[str, Any] = {"to": to, "rule": "redeem", "day": clock.today(), "place_id": self.place.pk}
        self.attempt(lambda: post_holds(actor=SYSTEM, **given_to))

    @precondition(lambda self: Hold.objects.exists())
    @rule(pick=st.integers(0, 50))
    def give_back(self, pick: int) -> None:
        self.attempt(lambda: void_holds(actor=SYSTEM, hold_ids=[row.pk for row in self.pair(pick)]))

    @precondition(lambda self: Transfer.objects.exists())
    @rule(pick=st.integers(0, 50))
    def take_back(self, pick: int) -> None:
        rows = list(Transfer.objects.order_by("pk").values_list("pk", flat=True))
        self.attempt(lambda: reverse(actor=SYSTEM, transfer_id=rows[pick % len(rows)], reason="有误"))

    @rule()
    def run_out(self) -> None:
        self.attempt(expire_holds)

    @rule()
    def expire(self) -> None:
        self.attempt(points_expire)

    @rule(statement=st.sampled_from(["UPDATE points_entry SET amount = -amount", "DELETE FROM points_transfer"]))
    def tamper(self, statement: str) -> None:
        if Transfer.objects.exists():
            with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)

    @invariant()
    def adds_up(self) -> None:
        proof()
        assert Account.objects.get(pk=self.stock).available >= 0

    @invariant()
    def history_stays(self) -> None:
        rows = {
            row[0]: row for row in Entry.objects.values_list("pk", "transfer_id", "account_id", "amount", "balance")
        }
        assert all(rows.get(pk) == row for pk, row in self.seen.items())
        self.seen = rows


@pytest.mark.django_db
def test_the_ledger_adds_up_whatever_happens(cast: Cast) -> None:
    with clock.frozen(START):
        Ledger.cast = cast
        checks = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
        run_state_machine_as_test(
            Ledger,
            settings=settings(max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=checks),
        )
