"""The engine: what is posted once stays once, adds up, and never changes."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from linli.accounts.testing import Cast
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.errors import DomainError, InvalidInput, NotFound, RuleBroken
from linli.core.models import Entry as JournalEntry
from linli.points.models import Account, Entry, Hold, Transfer
from linli.points.operations.accounts import member_account, organization_account, place_account, subject_account
from linli.points.operations.posting import expire_holds, hold, post, post_holds, reverse, void_holds
from linli.points.tests.ledger import account_of, given, member_made, proof
from linli.points.values import Move, Reserve, Source
from linli.points.workflow import CAMPAIGN, GOODS, ISSUE, POINTS, SHOP, STOCK, USED

pytestmark = pytest.mark.django_db
SOURCE = Source("redemption", 7)


def refused(code: str, call: object) -> None:
    with pytest.raises(DomainError) as found:
        call()  # type: ignore[operator]
    assert found.value.code == code


def shop_of(cast: Cast) -> Account:
    return organization_account(POINTS, SHOP, cast.bodies["community_office"].pk, cast.places["community"].pk)


def spent(cast: Cast, member: object, amount: int, source: Source = SOURCE) -> Transfer:
    account = account_of(member)  # type: ignore[arg-type]
    move = Move(account.pk, shop_of(cast).pk, amount, source, "redeem", POINTS)
    return post(actor=SYSTEM, moves=[move], day=clock.today(), place_id=account.place_id)[0]


def test_a_posting_moves_balances_and_is_noted(cast: Cast) -> None:
    member = member_made(cast.places["community"])
    row = given(member, 30, confirmer="文宁旺", reason="清扫楼道")
    assert account_of(member).balance == 30
    assert (row.direction, row.member_id, row.quantity, row.confirmer) == ("given", member.pk, 30, "文宁旺")
    assert [(entry.amount, entry.balance) for entry in row.entries.order_by("amount")] == [(-30, -30), (30, 30)]
    assert JournalEntry.objects.get(operation="points.post").subject_id == row.pk
    assert spent(cast, member, 12).direction == "taken"
    assert (account_of(member).balance, shop_of(cast).balance) == (18, 12)
    proof()


def test_the_same_again_gives_the_same_and_other_input_is_refused(cast: Cast) -> None:
    member = member_made(cast.places["community"])
    first = given(member, 30, SOURCE)
    assert given(member, 30, SOURCE).pk == first.pk
    refused("points.other_input", lambda: given(member, 31, SOURCE))
    refused("points.other_input", lambda: given(member_made(cast.places["community"]), 30, SOURCE))
    assert given(member, 5, Source("redemption", 7, edition=2)).pk != first.pk
    assert account_of(member).balance == 35
    assert JournalEntry.objects.filter(operation="points.post").count() == 2
    proof()


def test_many_moves_are_all_posted_or_none(cast: Cast) -> None:
    place = cast.places["community"]
    first, second = member_made(place), member_made(place)
    issue = place_account(POINTS, ISSUE, place.pk).pk
    moves = [
        Move(issue, member_account(row).pk, 10 * at, Source("test", at), "given", POINTS)
        for at, row in enumerate((first, second, first), start=1)
    ]
    made = post(actor=SYSTEM, moves=moves, day=clock.today(), place_id=place.pk)
    assert [row.amount for row in made] == [10, 20, 30]
    assert [(entry.amount, entry.balance) for entry in Entry.objects.filter(account__member=first).order_by("pk")] == [
        (10, 10),
        (30, 40),
    ]
    wrong = [*moves[:1], Move(account_of(first).pk, issue, 999, Source("test", 9), "back", POINTS)]
    refused("points.short", lambda: post(actor=SYSTEM, moves=wrong, day=clock.today(), place_id=place.pk))
    # One of them was there already: the new one is added, and both are given.
    more = [*moves[:1], Move(issue, account_of(second).pk, 1, Source("test", 4), "given", POINTS)]
    assert [row.amount for row in post(actor=SYSTEM, moves=more, day=clock.today(), place_id=place.pk)] == [10, 1]
    assert post(actor=SYSTEM, moves=[], day=clock.today(), place_id=place.pk) == []
    proof()


@pytest.mark.parametrize("amount", [0, -1, 10**10])
def test_an_amount_is_whole_and_above_zero(cast: Cast, amount: int) -> None:
    with pytest.raises(InvalidInput) as found:
        given(member_made(cast.places["community"]), amount)
    assert found.value.code == "points.amount"


def test_nobody_spends_what_is_not_there_or_set_aside(cast: Cast) -> None:
    member = member_made(cast.places["community"])
    given(member, 30)
    until = clock.now() + timedelta(days=7)
    reserve = Reserve(account_of(member).pk, 20, SOURCE, until)
    (row,) = hold(actor=SYSTEM, reserves=[reserve])
    assert hold(actor=SYSTEM, reserves=[reserve]) == [row]
    refused("points.other_input", lambda: hold(actor=SYSTEM, reserves=[reserve._replace(amount=3)]))
    refused("points.short", lambda: hold(actor=SYSTEM, reserves=[reserve._replace(source=Source("redemption", 8))]))
    refused("points.short", lambda: spent(cast, member, 11))
    refused("points.amount", lambda: hold(actor=SYSTEM, reserves=[reserve._replace(amount=0)]))
    assert (account_of(member).balance, account_of(member).held, account_of(member).available) == (30, 20, 10)
    proof()


def test_points_and_stock_are_set_aside_and_posted_together(cast: Cast) -> None:
    place, member = cast.places["community"], member_made(cast.places["community"])
    given(member, 30)
    stock = subject_account(STOCK, "reward_item", 1, place.pk, GOODS)
    supply = Move(place_account(GOODS, ISSUE, place.pk).pk, stock.pk, 5, Source("delivery", 1), "supply", GOODS)
    post(actor=SYSTEM, moves=[supply], day=clock.today(), place_id=place.pk)
    until = clock.now() + timedelta(days=7)
    points, pieces = hold(
        actor=SYSTEM,
        reserves=[Reserve(account_of(member).pk, 20, SOURCE, until), Reserve(stock.pk, 2, SOURCE, until)],
    )
    to = {points.pk: shop_of(cast).pk, pieces.pk: place_account(GOODS, USED, place.pk).pk}
    partly = {pieces.pk: 1}
    too_much = {pieces.pk: 3}
    given_more = {"to": to, "rule": "redeem", "day": clock.today(), "place_id": place.pk}
    refused("points.amount", lambda: post_holds(actor=SYSTEM, amounts=too_much, **given_more))  # type: ignore[arg-type]
    made = post_holds(actor=SYSTEM, amounts=partly, **given_more)  # type: ignore[arg-type]
    assert [(row.book, row.amount) for row in made] == [("points", 20), ("goods", 1)]
    stock.refresh_from_db()
    assert (stock.balance, stock.held, account_of(member).available) == (4, 0, 10)
    refused("points.hold_over", lambda: post_holds(actor=SYSTEM, **given_more))  # type: ignore[arg-type]
    refused("points.hold_over", lambda: void_holds(actor=SYSTEM, hold_ids=[points.pk]))
    assert list(Hold.objects.order_by("pk").values_list("state", "posted")) == [("posted", 20), ("posted", 1)]
    # What is returned goes back where it came from.
    reverse(actor=SYSTEM, transfer_id=made[1].pk, reason="退回")
    stock.refresh_from_db()
    assert stock.balance == 5
    proof()


def test_what_is_given_back_or_runs_out_is_free_again(cast: Cast) -> None:
    member = member_made(cast.places["community"])
    given(member, 30)
    account, until = account_of(member), clock.now() + timedelta(days=1)
    rows = hold(actor=SYSTEM, reserves=[Reserve(account.pk, 10, Source("redemption", at), until) for at in (1, 2)])
    assert void_holds(actor=SYSTEM, hold_ids=[rows[0].pk]) == 1
    assert (account_of(member).available, expire_holds()) == (20, 0)
    with clock.frozen(until + timedelta(minutes=1)):
        assert (expire_holds(), expire_holds()) == (1, 0)
    assert account_of(member).available == 30
    assert list(Hold.objects.order_by("pk").values_list("state", flat=True)) == ["voided", "expired"]
    proof()


def test_a_reversal_is_made_once_and_the_budget_bears_what_was_spent(cast: Cast) -> None:
    member = member_made(cast.places["community"])
    row = given(member, 30)
    spent(cast, member, 25)
    back = reverse(actor=SYSTEM, transfer_id=row.pk, reason="登记有误")
    assert (back.amount, back.charged, back.direction, back.reverses_id) == (30, 25, "taken", row.pk)
    assert account_of(member).balance == 0
    assert place_account(POINTS, CAMPAIGN, member.place_id).balance == -25
    assert place_account(POINTS, ISSUE, member.place_id).balance == 0
    refused("points.reversed", lambda: reverse(actor=SYSTEM, transfer_id=row.pk, reason="再来"))
    refused("points.reversal", lambda: reverse(actor=SYSTEM, transfer_id=back.pk, reason="再来"))
    refused("points.reason", lambda: reverse(actor=SYSTEM, transfer_id=row.pk, reason=" "))
    with pytest.raises(NotFound):
        reverse(actor=SYSTEM, transfer_id=0, reason="没有")
    proof()


def test_what_is_set_aside_is_not_taken_by_a_reversal(cast: Cast) -> None:
    member = member_made(cast.places["community"])
    row = given(member, 30)
    (kept,) = hold(actor=SYSTEM, reserves=[Reserve(account_of(member).pk, 20, SOURCE, clock.now() + timedelta(days=1))])
    assert reverse(actor=SYSTEM, transfer_id=row.pk, reason="登记有误").charged == 20
    post_holds(
        actor=SYSTEM,
        to={kept.pk: shop_of(cast).pk},
        rule="redeem",
        day=clock.today(),
        place_id=member.place_id,
    )
    assert (account_of(member).balance, account_of(member).held) == (0, 0)
    proof()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE points_transfer SET amount = 1",
        "DELETE FROM points_transfer",
        "UPDATE points_entry SET amount = 1",
        "DELETE FROM points_entry",
        "TRUNCATE points_entry",
        "TRUNCATE points_entry, points_transfer CASCADE",
        "INSERT INTO points_entry (transfer_id, account_id, amount, balance)"
        " SELECT transfer_id, account_id, 5, 5 FROM points_entry LIMIT 1",
        "UPDATE points_account SET balance = -1 WHERE kind = 'holder'",
        "UPDATE points_account SET held = balance + 1 WHERE kind = 'holder'",
    ],
)
def test_the_database_itself_refuses(cast: Cast, statement: str) -> None:
    given(member_made(cast.places["community"]), 30)
    with pytest.raises(Exception) as found, transaction.atomic(), connection.cursor() as cursor:  # noqa: PT011
        cursor.execute(statement)
    assert isinstance(found.value, IntegrityError) or "permission denied" in str(found.value)
    proof()


def test_accounts_are_opened_once(cast: Cast) -> None:
    place = cast.places["community"]
    assert place_account(POINTS, ISSUE, place.pk) == place_account(POINTS, ISSUE, place.pk)
    assert place_account(POINTS, ISSUE, place.pk) != place_account(POINTS, CAMPAIGN, place.pk)
    assert shop_of(cast) == shop_of(cast)
    assert (shop_of(cast).floor, place_account(POINTS, ISSUE, place.pk).floor) == (0, None)
    assert isinstance(RuleBroken("x"), DomainError)
