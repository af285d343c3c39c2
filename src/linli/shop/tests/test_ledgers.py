"""Redemptions of before: taken in once, corrected, taken back; figures of what was handed over."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from linli.accounts.testing import Cast
from linli.core.actors import SYSTEM
from linli.points.models import Member
from linli.points.tests.ledger import account_of, given, proof
from linli.records.figures import compute
from linli.records.operations.profiles import content_apply
from linli.shop.models import Redemption
from linli.shop.operations import ledgers
from linli.shop.tests import stocked

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
FIGURES = [
    {
        **{"id": f"shop.{name}", "label": name, "of": "redemption", "where": {"state": "handed_over"}},
        **{"measure": {"sum": name}, "period": "cumulative"},
    }
    for name in ("quantity", "value")
]


def row(**values: Any) -> dict[str, Any]:
    """A line of a ledger."""
    told = {"number": "DH1", "day": DAY, "member": "AX1", "name": "金秀英", "goods": "毛巾", "quantity": 2}
    return {**told, "points": 16, "value": 16, **values}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, ""),
        ({"quantity": -2}, "redemption.amount"),
        ({"points": 0}, "redemption.amount"),
        ({"value": -1}, "redemption.amount"),
        ({"value": Decimal("0.001")}, "redemption.amount"),
        ({"goods": "毛" * 61}, "redemption.too_long"),
    ],
)
def test_what_a_ledger_may_not_say(cast: Cast, change: dict[str, Any], code: str) -> None:
    assert ledgers.redemptions_refused(rows=[row(**change)]).get(0, "") == code


def test_a_ledger_does_not_rewrite_what_was_redeemed_here(cast: Cast) -> None:
    item = stocked.item_made(stocked.shop_made(cast))
    made = stocked.handed(stocked.member(cast)[0], item)
    assert ledgers.redemptions_refused(rows=[row(number=made.number)]) == {0: "redemption.made_here"}


def test_taken_in_corrected_and_taken_back(cast: Cast) -> None:
    (pk,) = ledgers.redemption_record_many(actor=SYSTEM, rows=[row()])
    assert ledgers.redemption_record_many(actor=SYSTEM, rows=[row()]) == [pk]
    member = Member.objects.get(book="points", number="AX1")
    # An old ledger may lack what was earned: the budget of the place bears it.
    assert (member.consent, account_of(member).balance, Redemption.objects.count()) == ("ledger", 0, 1)
    given(member, 30)
    ledgers.redemption_record_many(actor=SYSTEM, rows=[row(id=pk, points=20, value=20, quantity=3)])
    found = Redemption.objects.get(pk=pk)
    assert (found.points, found.quantity, found.value_yuan) == (20, 3, 20)
    # What the budget bore before was never the member's.
    assert account_of(member).balance == 10
    proof()
    content_apply(actor=SYSTEM, content=lambda held: {**held, "figures": {"figures": FIGURES}})
    assert [item.value for item in compute.compute_many(DAY)] == [3, 20]
    ledgers.redemptions_remove(actor=SYSTEM, ids=[pk])
    assert (Redemption.objects.exists(), account_of(member).balance) == (False, 30)
    proof()
