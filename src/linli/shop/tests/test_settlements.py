"""Settlements with partner shops: a month at money value, two persons, paid once, never changed after."""

from datetime import date
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from linli.accounts.testing import Cast
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.models import WorkItem
from linli.points.tests.ledger import account_of, proof
from linli.shop.models import Settlement
from linli.shop.operations import settlements as operations
from linli.shop.operations.redemptions import account_of as taken_by
from linli.shop.operations.redemptions import redemption_return
from linli.shop.tests import stocked
from linli.shop.tests.test_redemptions import code_of

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 1)
APRIL = date(2026, 4, 1)


def kinds() -> list[str]:
    return sorted(WorkItem.objects.filter(kind__startswith="shop.", ended=None).values_list("kind", flat=True))


def test_a_month_is_drawn_checked_by_another_and_paid(cast: Cast) -> None:
    shop = stocked.partner_made(cast)
    draw = partial(operations.settlement_draw, actor=cast.community_worker, shop_id=shop.pk)
    with clock.frozen("2026-03-10T10:00"):
        towel, paste = stocked.item_made(shop, value="7.50"), stocked.item_made(shop, name="牙膏", points=6)
        who, member = stocked.member(cast)
        first = stocked.handed(who, towel, 2)
        second = stocked.at_counter(member, paste)
        stocked.reserved(who, paste)
        assert code_of(draw, month=MARCH) == "settlement.month"
    with clock.frozen("2026-04-01T05:30"):
        assert (operations.settlements_check(), kinds()) == (1, ["shop.settle"])
        # Goods of April are not of March.
        third = stocked.at_counter(member, paste)
        row = draw(month=MARCH)
        assert (row.value_fen, row.pieces, row.points, kinds()) == (2100, 3, 22, ["shop.check"])
        assert row.lines == [
            {"name": "毛巾", "pieces": 2, "points": 16, "fen": 1500},
            {"name": "牙膏", "pieces": 1, "points": 6, "fen": 600},
        ]
        assert code_of(draw, month=MARCH) == "settlement.twice"
        check = partial(operations.settlement_check, settlement_id=row.pk)
        pay = partial(operations.settlement_pay, actor=cast.secretary, settlement_id=row.pk, on=clock.today())
        assert code_of(pay, voucher="凭证1") == "settlement.state"
        assert code_of(check, actor=cast.community_worker) == "settlement.two_persons"
        check(actor=cast.secretary)
        assert kinds() == ["shop.pay"]
        assert code_of(pay, voucher=" ") == "settlement.voucher"
        assert code_of(pay, voucher="凭证1", on=date(2026, 4, 2)) == "settlement.day"
        assert code_of(pay, voucher="凭证1", on=date(2026, 3, 31)) == "settlement.day"
        pay(voucher="凭证1")
        assert (code_of(pay, voucher="凭证2"), kinds()) == ("settlement.state", [])
        # What was paid is used up; what was handed over since is still owed.
        assert taken_by(shop).balance == 6
        # What comes back after it was paid is deducted from the next month.
        redemption_return(actor=SYSTEM, redemption_id=second.pk, reason="过期")
    with clock.frozen("2026-05-04T10:00"):
        later = draw(month=APRIL)
        assert [row.pk for row in later.redemptions.all()] == [third.pk]
        assert (later.value_fen, later.points, list(later.returns.all())) == (0, 0, [second])
        operations.settlement_check(actor=cast.secretary, settlement_id=later.pk)
        operations.settlement_pay(actor=SYSTEM, settlement_id=later.pk, on=clock.today(), voucher="凭证3")
    assert (taken_by(shop).balance, account_of(member).balance, first.state) == (0, 78, "handed_over")
    with pytest.raises(IntegrityError), transaction.atomic():
        Settlement.objects.filter(pk=row.pk).update(value_fen=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Settlement.objects.filter(pk=row.pk).delete()
    proof()


def test_one_that_is_sent_back_is_drawn_again(cast: Cast) -> None:
    shop = stocked.partner_made(cast)
    with clock.frozen("2026-03-10T10:00"):
        item = stocked.item_made(shop)
        _who, member = stocked.member(cast)
        stocked.at_counter(member, item)
    with clock.frozen("2026-04-02T10:00"):
        draw = partial(operations.settlement_draw, actor=cast.community_worker, shop_id=shop.pk, month=MARCH)
        row = draw()
        back = partial(operations.settlement_send_back, actor=cast.secretary, settlement_id=row.pk)
        assert code_of(back, reason=" ") == "settlement.reason"
        back(reason="单价有误")
        assert (kinds(), row.redemptions.count(), draw().value_fen) == (["shop.settle"], 0, 800)


def test_with_whom_nothing_is_settled_and_who_may_not(cast: Cast) -> None:
    own, partner = stocked.shop_made(cast), stocked.partner_made(cast)
    draw = partial(operations.settlement_draw, month=date(2025, 1, 1))
    assert code_of(draw, actor=SYSTEM, shop_id=own.pk) == "settlement.not_settled_with"
    assert code_of(draw, actor=SYSTEM, shop_id=partner.pk) == "settlement.nothing"
    for role in ("outsider", "resident", "leader"):
        assert code_of(draw, actor=cast.actors[role], shop_id=partner.pk) == "not_found"
    assert code_of(stocked.shop_made, cast=cast, name="另一店", settles=True) == "shop.partner"
    assert code_of(stocked.shop_made, cast=cast) == "shop.twice"
