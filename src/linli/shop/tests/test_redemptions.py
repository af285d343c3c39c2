"""Redemptions as operations: reserved, handed over, at the counter, ended, taken back; nothing is lost on the way."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from linli.accounts.testing import Cast
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.errors import DomainError
from linli.core.models import Entry, WorkItem
from linli.points.models import Account
from linli.points.operations.posting import expire_holds
from linli.points.tests.ledger import account_of, proof
from linli.shop.models import Redemption, RewardItem, RewardPrice
from linli.shop.operations import redemptions as operations
from linli.shop.operations.goods import Price, item_end, item_price, prices_apply
from linli.shop.operations.redemptions import Wish
from linli.shop.operations.shops import shop_end
from linli.shop.operations.stock import stock_count
from linli.shop.tests import stocked

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def code_of(operation: Callable[..., Any], **values: Any) -> str:
    """The code with which an operation refuses; empty where it does not."""
    try:
        operation(**values)
    except DomainError as error:
        return error.code
    return ""


def stock(item: RewardItem) -> tuple[int, int]:
    """The pieces that are there, and those that may still be reserved."""
    row = Account.objects.get(pk=item.stock_id)
    return row.balance, row.available


def test_reserved_with_a_code_and_handed_over_once(cast: Cast) -> None:
    item = stocked.item_made(stocked.shop_made(cast))
    who, member = stocked.member(cast)
    row = stocked.reserved(who, item, 2)
    held = account_of(member)
    assert (row.points, row.value_fen, held.balance, held.available, stock(item)) == (16, 1600, 100, 84, (10, 8))
    assert row.until == clock.day_start(clock.today() + 8 * DAY)
    hand_over = partial(operations.redemption_hand_over, actor=cast.community_worker, shop_id=item.shop_id)
    assert code_of(hand_over, code="12") == "redemption.code"
    row = hand_over(code=f" {(row.code or '')[:4]} {(row.code or '')[4:]}")
    assert (row.state, row.handed_on, account_of(member).balance, stock(item)) == (
        *("handed_over", clock.today(), 84),
        (8, 8),
    )
    assert code_of(hand_over, code=row.code) == "redemption.state"
    assert operations.account_of(row.shop or item.shop).balance == 16
    proof()


def test_the_same_form_sent_twice_counts_once(cast: Cast) -> None:
    item = stocked.item_made(stocked.shop_made(cast))
    who, member = stocked.member(cast)
    first, again = (stocked.reserved(who, item, 1, "k1") for _time in range(2))
    assert (first.pk, account_of(member).held) == (again.pk, 8)
    reserve = partial(operations.redemption_reserve, actor=who)
    assert code_of(reserve, wish=Wish(item.pk, 2, "k1")) == "redemption.other_input"
    at_counter = [stocked.at_counter(member, item, 1, "k2").pk for _time in range(2)]
    assert (at_counter[0], account_of(member).balance, stock(item)) == (at_counter[1], 92, (9, 8))


@pytest.mark.parametrize(
    ("quantity", "code"),
    [(0, "redemption.quantity"), (4, "redemption.limit"), (6, "redemption.no_stock"), (5, "redemption.no_points")],
)
def test_what_is_not_redeemed(cast: Cast, quantity: int, code: str) -> None:
    item = stocked.item_made(stocked.shop_made(cast), 5, points=10, month_limit=3)
    who, member = stocked.member(cast, 40)
    reserve = partial(operations.redemption_reserve, actor=who)
    assert code_of(reserve, wish=Wish(item.pk, quantity)) == code
    assert (account_of(member).held, stock(item), Redemption.objects.count()) == (0, (5, 5), 0)


def test_who_did_not_join_and_what_is_not_offered(cast: Cast) -> None:
    shop = stocked.shop_made(cast)
    item, other = stocked.item_made(shop), stocked.item_made(shop, name="牙膏")
    who, _member = stocked.member(cast)
    reserve = partial(operations.redemption_reserve, wish=Wish(item.pk, 1))
    assert code_of(reserve, actor=cast.resident) == "redemption.not_joined"
    assert code_of(operations.redemption_reserve, actor=who, wish=Wish(987654321, 1)) == "not_found"
    item_end(actor=SYSTEM, item_id=item.pk)
    assert code_of(reserve, actor=who) == "redemption.not_offered"
    kept = stocked.reserved(who, other)
    shop_end(actor=SYSTEM, shop_id=shop.pk)
    with clock.frozen(clock.now() + DAY):
        assert code_of(operations.redemption_reserve, actor=who, wish=Wish(other.pk, 1)) == "redemption.not_offered"
        # What was reserved before is still handed over.
        kept = operations.redemption_hand_over(actor=SYSTEM, shop_id=shop.pk, code=kept.code or "")
    assert kept.state == "handed_over"


def test_the_month_is_counted_by_what_stands(cast: Cast) -> None:
    item = stocked.item_made(stocked.shop_made(cast), month_limit=2)
    who, member = stocked.member(cast)
    reserve = partial(operations.redemption_reserve, actor=who, wish=Wish(item.pk, 1))
    with clock.frozen("2026-03-20T10:00"):
        first = stocked.reserved(who, item)
        stocked.at_counter(member, item)
        assert code_of(reserve) == "redemption.limit"
        operations.redemption_cancel(actor=who, redemption_id=first.pk)
        assert code_of(reserve) == ""
    with clock.frozen("2026-04-01T10:00"):
        assert code_of(reserve) == ""


def test_a_reservation_ends_and_gives_all_back(cast: Cast) -> None:
    item = stocked.item_made(stocked.shop_made(cast))
    who, member = stocked.member(cast)
    with clock.frozen("2026-03-02T10:00"):
        own, theirs, late = (stocked.reserved(who, item) for _number in range(3))
        operations.redemption_cancel(actor=who, redemption_id=own.pk)
        cancel = partial(operations.redemption_cancel, actor=cast.community_worker, redemption_id=theirs.pk)
        assert code_of(cancel) == "redemption.reason"
        cancel(reason="货架损坏")
        assert (account_of(member).held, stock(item)) == (8, (10, 9))
        assert operations.redemptions_expire() == 0
    with clock.frozen("2026-03-10T00:00"):
        # The ledger may free what ran out before the shop looks at it.
        expire_holds()
        hand_over = partial(operations.redemption_hand_over, actor=SYSTEM, shop_id=item.shop_id)
        assert code_of(hand_over, code=late.code) == "redemption.expired"
        assert (operations.redemptions_expire(), operations.redemptions_expire()) == (1, 0)
    late.refresh_from_db()
    assert (late.state, account_of(member).available, stock(item)) == ("expired", 100, (10, 10))
    proof()


def test_goods_are_taken_back_once(cast: Cast) -> None:
    item = stocked.item_made(stocked.shop_made(cast))
    who, member = stocked.member(cast)
    good, spoiled = stocked.handed(who, item), stocked.at_counter(member, item)
    back = partial(operations.redemption_return, actor=cast.secretary, redemption_id=good.pk)
    assert code_of(back, reason=" ") == "redemption.reason"
    back(reason="质量问题")
    assert code_of(back, reason="再退") == "redemption.state"
    operations.redemption_return(actor=SYSTEM, redemption_id=spoiled.pk, reason="破损", restock=False)
    assert (account_of(member).balance, stock(item)) == (100, (9, 9))
    waiting = stocked.reserved(who, item)
    assert code_of(back, redemption_id=waiting.pk, reason="未取") == "redemption.state"
    proof()


def test_who_may_hand_out_and_take_back(cast: Cast) -> None:
    item = stocked.item_made(stocked.shop_made(cast))
    who, member = stocked.member(cast)
    row = stocked.reserved(who, item)
    for role in ("outsider", "resident", "grid_worker", "leader", "auditor"):
        actor = cast.actors[role]
        hand_over = partial(operations.redemption_hand_over, actor=actor, shop_id=item.shop_id, code=row.code or "")
        counter = partial(operations.redemption_counter, actor=actor, wish=Wish(item.pk, 1), number=member.number)
        cancel = partial(operations.redemption_cancel, actor=actor, redemption_id=row.pk, reason="不行")
        assert [code_of(call) for call in (hand_over, counter, cancel)] == ["not_found"] * 3
    counter = partial(operations.redemption_counter, actor=cast.secretary, wish=Wish(item.pk, 1))
    assert code_of(counter, number="无此人") == "redemption.member"
    assert code_of(counter, number=" ") == "redemption.member"
    # Nobody hands out to themselves.
    own, mine = stocked.member(cast)
    mine.person_id = cast.secretary.person_id
    mine.save()
    assert code_of(counter, number=mine.number) == "redemption.own"
    theirs = stocked.reserved(cast.secretary, item)
    hand_over = partial(operations.redemption_hand_over, actor=cast.secretary, shop_id=item.shop_id)
    assert code_of(hand_over, code=theirs.code) == "redemption.own"
    assert own.person_id is not None


def test_a_price_begins_on_its_day_and_what_is_reserved_keeps_its_own(cast: Cast) -> None:
    with clock.frozen("2026-03-02T10:00"):
        item = stocked.item_made(stocked.shop_made(cast))
        who, _member = stocked.member(cast)
        kept = stocked.reserved(who, item)
        price = partial(item_price, actor=cast.secretary, item_id=item.pk)
        assert code_of(price, price=Price(0, Decimal(1)), since=clock.today()) == "reward_item.price"
        assert code_of(price, price=Price(9, Decimal("0.001")), since=clock.today()) == "reward_item.price"
        assert code_of(price, price=Price(9, Decimal(9)), since=clock.today() - DAY) == "reward_item.day"
        price(price=Price(9, Decimal("9.50")), since=clock.today() + 2 * DAY)
        assert prices_apply() == 0
    with clock.frozen("2026-03-04T00:10"):
        assert (prices_apply(), prices_apply()) == (1, 0)
        assert (stocked.reserved(who, item).points, kept.points) == (9, 8)
        price(price=Price(7, Decimal(7)), since=clock.today())
        assert prices_apply() == 0
    item.refresh_from_db()
    assert (item.points, item.value_fen, item.prices.count()) == (7, 700, 3)
    with pytest.raises(IntegrityError), transaction.atomic():
        RewardPrice.objects.filter(item=item).update(points=1)


def test_stock_by_papers_and_what_runs_low(cast: Cast) -> None:
    shop = stocked.shop_made(cast)
    item = stocked.item_made(shop, 0, low=2)
    owed = WorkItem.objects.filter(kind="shop.refill", subject_id=item.pk, ended=None)
    stocked.delivered(shop, {item.pk: 5}, "进货A")
    assert not owed.exists()
    again = partial(stocked.delivered, shop, {item.pk: 5})
    assert code_of(again, number="进货A") == "stock.twice"
    assert code_of(partial(stocked.delivered, shop, {item.pk: 0}), number="进货B") == "stock.pieces"
    assert code_of(partial(stocked.delivered, shop, {987654321: 1}), number="进货B") == "stock.pieces"
    who, _member = stocked.member(cast)
    stocked.reserved(who, item, 3)
    assert owed.count() == 1
    count = partial(stock_count, actor=cast.secretary, shop_id=shop.pk, day=clock.today())
    assert code_of(count, number="盘点1", pieces={item.pk: 2}) == "stock.reserved"
    assert code_of(count, number="盘点1", pieces={item.pk: 2}, day=clock.today() + DAY) == "stock.day"
    paper = count(number="盘点1", pieces={item.pk: 4})
    assert (paper.lines.get().change, stock(item), owed.count()) == (-1, (4, 1), 1)
    count(number="盘点2", pieces={item.pk: 7})
    assert (stock(item), owed.count()) == ((7, 4), 0)
    with pytest.raises(IntegrityError), transaction.atomic():
        paper.lines.update(change=5)
    proof()


def test_the_journal_names_nobody_and_no_code(cast: Cast) -> None:
    item = stocked.item_made(stocked.shop_made(cast))
    who, member = stocked.member(cast)
    row = stocked.handed(who, item)
    entries = Entry.objects.filter(subject_type="redemption", subject_id=row.pk)
    assert sorted(entries.values_list("operation", flat=True)) == ["redemption.hand_over", "redemption.reserve"]
    text = str(list(entries.values_list("facts", flat=True)))
    assert [word in text for word in (row.code or "", member.number, "金秀英")] == [False] * 3
