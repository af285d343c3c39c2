"""Redemptions at the same moment, in real threads on a database of their own: the last piece goes to exactly one."""

from functools import partial

from linli.accounts.neighbourhood import neighbourhood
from linli.core.actors import SYSTEM
from linli.core.testing.fixtures import OwnDatabase
from linli.deliberation.tests.test_polls_at_once import answers, in_waves
from linli.points.models import Account
from linli.points.tests.ledger import account_of, proof
from linli.shop.operations import redemptions as operations
from linli.shop.operations.redemptions import Wish
from linli.shop.tests import stocked


def test_the_last_piece_goes_to_one_of_fifty(own_database: OwnDatabase) -> None:
    cast = neighbourhood()
    item = stocked.item_made(stocked.shop_made(cast), 1)
    members = [stocked.member(cast, 10) for _number in range(50)]
    # Half of them reserve on the phone, half stand at the counter.
    wish = Wish(item.pk, 1)
    calls = [partial(operations.redemption_reserve, actor=who, wish=wish) for who, _row in members[:25]]
    calls += [
        partial(operations.redemption_counter, actor=SYSTEM, wish=wish, number=row.number) for _, row in members[25:]
    ]
    mixed = [call for pair in zip(calls[:25], calls[25:], strict=True) for call in pair]
    assert in_waves(own_database, mixed) == {"ok": 1, "redemption.no_stock": 49}
    assert Account.objects.get(pk=item.stock_id).available == 0
    assert sum(account_of(row).available for _who, row in members) == 50 * 10 - 8
    proof()


def test_a_code_handed_over_cancelled_and_returned_at_once_posts_once(own_database: OwnDatabase) -> None:
    cast = neighbourhood()
    item = stocked.item_made(stocked.shop_made(cast), 5)
    who, member = stocked.member(cast, 40)
    row = stocked.reserved(who, item)
    hand_over = partial(operations.redemption_hand_over, actor=SYSTEM, shop_id=item.shop_id, code=row.code or "")
    assert answers(own_database.together(*[hand_over] * 8)) == {"ok": 1, "redemption.state": 7}
    assert account_of(member).balance == 32
    back = partial(operations.redemption_return, actor=SYSTEM, redemption_id=row.pk, reason="退货")
    assert answers(own_database.together(*[back] * 8)) == {"ok": 1, "redemption.state": 7}
    assert (account_of(member).balance, Account.objects.get(pk=item.stock_id).balance) == (40, 5)
    other = stocked.reserved(who, item)
    cancel = partial(operations.redemption_cancel, actor=who, redemption_id=other.pk)
    over = partial(operations.redemption_hand_over, actor=SYSTEM, shop_id=item.shop_id, code=other.code or "")
    assert answers(own_database.together(cancel, over, cancel, over))["ok"] == 1
    proof()


def test_the_same_form_sent_by_many_at_once_counts_once(own_database: OwnDatabase) -> None:
    cast = neighbourhood()
    item = stocked.item_made(stocked.shop_made(cast), 5)
    who, member = stocked.member(cast, 40)
    reserve = partial(operations.redemption_reserve, actor=who, wish=Wish(item.pk, 1, "one"))
    found = own_database.together(*[reserve] * 10)
    assert (answers(found), account_of(member).held) == ({"ok": 10}, 8)
    assert len({row.pk for row in found}) == 1


def test_counters_and_codes_in_both_orders_never_wait_in_a_circle(own_database: OwnDatabase) -> None:
    cast = neighbourhood()
    shop = stocked.shop_made(cast)
    items = [stocked.item_made(shop, 20, name) for name in ("毛巾", "牙膏")]
    people = [stocked.member(cast, 400) for _number in range(4)]
    calls = []
    for number in range(16):
        (who, member), item = people[number % 4], items[number % 2]
        code = stocked.reserved(who, item).code or ""
        calls.append(partial(operations.redemption_hand_over, actor=SYSTEM, shop_id=shop.pk, code=code))
        calls.append(partial(operations.redemption_counter, actor=SYSTEM, wish=Wish(item.pk, 1), number=member.number))
    assert in_waves(own_database, calls) == {"ok": 32}
    assert [Account.objects.get(pk=item.stock_id).balance for item in items] == [4, 4]
    proof()
